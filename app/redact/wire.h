// Puts messages on the wire again: datagrams, connections with their segments, WebSocket, SCTP, errors of the network,
// connections that were reset, the beginnings of encrypted ones. Addresses are pseudonyms already.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "capture/capture.h"
#include "recording/packets.h"
#include "redact/pcapng.h"

namespace sipdex::redact {

class Wire {
public:
    explicit Wire(Pcapng& file) : file_(file) {}

    // One way that octets go.
    struct Way {
        capture::Time time{};
        capture::Address from, to;
        std::uint32_t interface = 0;
        std::uint8_t hops = 0;
        std::uint32_t before = 0;  // octets that a datagram had before it was redacted; 0: as many as now
    };

    // `identification` of a datagram that is the same packet as one before; 0: a new one. Gives it back.
    std::uint32_t message(const Way& way, capture::Transport transport, std::string_view octets, std::uint32_t missing,
                          std::uint32_t identification);
    void datagram(const Way& way, std::string_view octets, std::size_t missing);
    void error(const capture::IcmpError& error, std::string_view quoted, std::uint32_t interface);
    void reset(const capture::TcpReset& reset, std::uint32_t interface);
    void encrypted(const capture::TlsConnection& connection, const std::string& server_name, std::uint32_t interface);

private:
    struct Half {
        std::uint32_t sent = 0;  // the next sequence number
    };
    struct Connection {
        capture::Address first;
        Half halves[2];  // of `first`, of the other
        bool web_socket = false, closed = false;
    };

    recording::Endpoint end_of(const capture::Address& address, std::uint8_t hops = 0);
    Connection& connection_of(const Way& way);
    Connection& open(const Way& way);
    void segments(const Way& way, Connection& connection, std::string_view octets, std::size_t missing);
    void segment(const Way& way, Connection& connection, recording::Segment segment, std::size_t missing = 0);
    void associate(const Way& way, std::string_view octets, std::uint32_t missing);
    void begin_web_socket(const Way& way, Connection& connection);
    std::uint32_t next_number();

    Pcapng& file_;
    std::uint32_t number_ = 0;
    std::unordered_map<capture::Path, Connection, capture::PathHash> connections_;
    std::unordered_map<capture::Address, std::uint32_t, capture::AddressHash> stations_;
    std::unordered_map<capture::Path, std::uint32_t, capture::PathHash> associations_;
};

}  // namespace sipdex::redact
