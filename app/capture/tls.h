// What a TLS connection tells in clear: who is asked for, which versions, how it failed (RFC 8446 4 to 6).
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "capture/capture.h"

namespace sipdex::capture {

// Whether a record begins at the front: handshake, alert or application data of SSL 3 to TLS 1.3.
bool begins_tls(std::string_view octets);

class TlsReader {
public:
    // Octets of one side, in order. Gives how many were understood; the rest is to be given again with more behind it.
    // What follows in a long record is passed over: `skip` is how much of it is still to come.
    std::size_t read(std::string_view octets, bool first_side, Time time, std::size_t& skip);

    // With the sides told apart: the first side, and whether it is the client, where that is known.
    const TlsConnection& connection() const { return connection_; }
    TlsConnection& connection() { return connection_; }
    // The first side sent the ServerHello, or the second the ClientHello.
    bool swapped() const { return swapped_; }

private:
    void record(std::uint32_t type, std::string_view content, bool first_side, Time time);
    void handshake(std::uint32_t type, std::string_view content, bool first_side);
    void client_hello(std::string_view content);
    void server_hello(std::string_view content);

    TlsConnection connection_;
    bool swapped_ = false, encrypted_[2] = {};
    std::string begun_[2];  // a handshake message that goes on in the next record
    std::uint64_t octets_[2] = {};
};

}  // namespace sipdex::capture
