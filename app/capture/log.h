// The messages of a log, with what it says of when, from where and to where, as the same values as captures give.
//
//     2022/03/01 20:52:38.761521 192.0.2.1:42459 -> 192.0.2.2:5060
//     <--- Transmitting SIP response (390 bytes) to UDP:192.0.2.7:5060 --->
//     recv 980 bytes from udp/[192.0.2.7]:5060 at 20:52:38.761521:
//     F1 INVITE Alice -> Proxy 1
//
// A log does not keep the octets of a message, so they are put together again from its header fields and body; what
// the log left out is left out. Frames of a message are its first and last line.
#pragma once
#include <optional>
#include <string_view>

#include "capture/capture.h"
#include "evidence/vocabulary.h"

namespace sipdex::capture {

Summary read_log(std::string_view text, const evidence::Vocabulary& vocabulary, Listener& listener,
                 const Limits& limits = {});

// When something happened, as a line of a log tells it.
struct TimeTold {
    Time time{};
    Clock clock = Clock::none;
};
TimeTold time_in(std::string_view line);

// Between whom: one end or both.
struct WayTold {
    Address from, to;
    std::string_view from_name, to_name;
};
WayTold way_in(std::string_view line, Side side);

// What a value with a name says of the ends, in lines of their own as tables, sipdump of Kamailio and JSON have them:
// "srcip: 192.0.2.7", `"dst_port": 5060`, "from="192.0.2.7"", "remote_ip: 192.0.2.7" of the end where the log was not
// written. Nothing where the line is no such value; empty where it is one of something else.
struct FactTold {
    std::optional<Address> from, to, there;
    std::uint16_t from_port = 0, to_port = 0, there_port = 0;

    bool of_an_end() const { return from || to || there || from_port != 0 || to_port != 0 || there_port != 0; }
};
std::optional<FactTold> fact_in(std::string_view line);

}  // namespace sipdex::capture
