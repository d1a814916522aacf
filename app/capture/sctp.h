// SIP over SCTP (RFC 4168): user messages out of DATA chunks, put together where they were sent in several (RFC 9260
// 3.3.1, 6.9).
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "capture/output.h"

namespace sipdex::capture {

class Sctp {
public:
    explicit Sctp(Output& output) : output_(output) {}

    // A packet; its addresses are without ports, which stand in the packet itself.
    void packet(Packet packet, std::string_view octets);

private:
    struct Piece {
        bool begins = false, ends = false;
        std::uint32_t frame = 0;
        std::string octets;
    };
    struct Association {                         // one direction
        std::map<std::uint32_t, Piece> waiting;  // by transmission sequence number
        std::vector<std::uint32_t> recent;       // numbers of messages already delivered, to know repetitions
        std::size_t next_recent = 0;
    };

    void data(Association& association, const Packet& packet, std::string_view chunk);
    bool is_repeated(Association& association, std::uint32_t number);
    void user_message(const Packet& packet, std::string_view octets);

    Output& output_;
    std::unordered_map<Path, Association, PathHash> associations_;
};

}  // namespace sipdex::capture
