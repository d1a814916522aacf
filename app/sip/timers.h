// The timers of RFC 3261 (table 4 of its annex A) with L and M of RFC 6026, as durations. As a table for reading they
// stand in facts/facts.h.
//
//     B   64*T1   32 s where T1 is 500 ms
#pragma once
#include <chrono>
#include <string_view>

namespace sipdex::sip {

using Duration = std::chrono::microseconds;

enum class Timer { A, B, C, D, E, F, G, H, I, J, K, L, M };

// What all timers are derived from; a network may set its own (RFC 3261 17.1.1.1).
struct BaseTimes {
    Duration t1 = std::chrono::milliseconds(500);  // round trip
    Duration t2 = std::chrono::seconds(4);         // longest interval between retransmissions
    Duration t4 = std::chrono::seconds(5);         // longest life of a message in the network
};

std::string_view name_of(Timer timer);  // "A"

// What a timer is first set to. A, E and G, which pace retransmissions, are not started over reliable
// transports; the answer is then that of UDP all the same.
Duration first_value(Timer timer, bool reliable, const BaseTimes& base = {});

// How long a server transaction leaves its user to answer an INVITE before it sends 100 (RFC 3261 17.2.1).
inline constexpr Duration trying_delay = std::chrono::milliseconds(200);

}  // namespace sipdex::sip
