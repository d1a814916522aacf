// TCP connections put in order again, and what runs within them: SIP, SIP in WebSocket, HEP, TLS by what its handshake
// tells (RFC 9293, RFC 3261 18.3).
//
// Octets are looked at where they lie in the capture as long as a message lies within one segment; only what waits for
// more is kept. Where segments were not captured, what follows the gap is read once it is clear that they will not come.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "capture/output.h"
#include "capture/tls.h"
#include "capture/websocket.h"

namespace sipdex::capture {

class Streams {
public:
    explicit Streams(Output& output) : output_(output) {}

    // A segment; the packet's addresses are without ports, which stand in the segment itself.
    void segment(Packet packet, std::string_view octets);
    void finish();

private:
    enum class Kind : std::uint8_t { unknown, sip, http, websocket, hep, tls, other };

    struct Waiting {  // a segment ahead of its turn
        std::uint32_t sequence = 0;
        Packet packet;
        std::string octets;
    };
    struct Mark {  // up to where in `kept` a frame reached
        std::size_t end = 0;
        std::uint32_t frame = 0;
    };
    // One direction of a connection.
    struct Half {
        Kind kind = Kind::unknown;
        bool known = false;      // `next` is
        bool opened = false;     // its SYN was seen
        bool spoke = false;      // it sent data
        std::uint32_t next = 0;  // sequence number
        std::vector<Waiting> ahead;
        Time gap_since{};
        std::string kept;  // octets that wait for more
        std::vector<Mark> marks;
        std::size_t searched = 0;  // of `kept`, without an end of the header fields
        std::size_t needed = 0;    // of `kept`, before anything can be done
        std::size_t skip = 0;      // octets to come that are of no use
        std::string payload;       // of WebSocket frames that another continues
        bool compressed = false;   // that payload is
        std::unique_ptr<WebSocketInflater> inflater;
        std::vector<std::uint32_t> payload_frames;
        Packet last;                     // seen of this side
        std::uint32_t acknowledged = 0;  // by the other side: all before this number arrived there
        bool answered = false;           // it is known
        Problem unsaid{};                // a gap that counts once it is known that SIP is spoken
    };
    struct Connection {
        Address first, second;  // of the sides; the first is the one that was seen first
        Half halves[2];
        bool upgraded = false;  // to WebSocket
        std::uint32_t last_frame = 0;
        std::unique_ptr<TlsReader> tls;
    };
    Connection& connection_of(const Packet& packet, bool& first_side);
    void make_room();
    void opened(Connection& connection, Half& half, std::uint32_t sequence);
    void take(Connection& connection, Half& half, Packet packet, std::uint32_t sequence, std::string_view octets);
    void keep_ahead(Connection& connection, Half& half, const Packet& packet, std::uint32_t sequence,
                    std::string_view octets);
    void drain(Connection& connection, Half& half, const Packet& filled);
    void give_up_gap(Connection& connection, Half& half);
    void in_order(Connection& connection, Half& half, const Packet& packet, std::string_view octets);
    void gap(Half& half, const Packet& packet, std::uint32_t octets);
    void tell_gap(Half& half, const Packet& packet, std::uint32_t octets);
    void end(Connection& connection, Half& half);
    void end(Connection& connection);

    // Each reads what it can at the front of the octets, and gives how much that was: 0 where it waits for more. `at`
    // is where these octets begin within all that are there.
    std::size_t consume(Connection& connection, Half& half, const Packet& packet, std::string_view octets);
    std::size_t recognise(Connection& connection, Half& half, const Packet& packet, std::string_view octets);
    std::size_t read_sip(Half& half, const Packet& packet, std::string_view octets, std::size_t at);
    std::size_t read_http(Connection& connection, Half& half, std::string_view octets);
    std::size_t read_websocket(Half& half, const Packet& packet, std::string_view octets, std::size_t at);
    bool inflate_payload(Half& half) const;
    std::size_t read_hep_packet(Half& half, const Packet& packet, std::string_view octets, std::size_t at);

    void deliver(const Half& half, const Packet& packet, Transport transport, std::string_view octets, std::size_t at,
                 std::uint32_t missing);
    void add_frames(std::vector<std::uint32_t>& frames, const Half& half, const Packet& packet, std::size_t begin,
                    std::size_t end) const;
    void set_kind(Connection& connection, Kind kind);
    bool is_first(const Connection& connection, const Half& half) const { return &half == &connection.halves[0]; }

    Output& output_;
    std::unordered_map<Path, std::unique_ptr<Connection>, PathHash> connections_;  // by the smaller address first
    std::size_t waiting_ = 0;                                                      // octets of all connections
};

}  // namespace sipdex::capture
