#include "sip/timers.h"

#include <array>

namespace sipdex::sip {

namespace {

constexpr std::array<TimerRow, 16> table = {{
    {"T1", "500 ms", "500 ms", "RFC 3261 §17.1.1.1", "RTT estimate"},
    {"T2", "4 s", "4 s", "RFC 3261 §17.1.2.2",
     "maximum retransmit interval for non-INVITE requests and INVITE responses"},
    {"T4", "5 s", "5 s", "RFC 3261 §17.1.2.2", "maximum duration a message will remain in the network"},
    {"A", "initially T1", "not started", "RFC 3261 §17.1.1.2", "INVITE request retransmit interval"},
    {"B", "64*T1", "64*T1", "RFC 3261 §17.1.1.2", "INVITE transaction timeout"},
    {"C", "> 3 min", "> 3 min", "RFC 3261 §16.6", "proxy INVITE transaction timeout"},
    {"D", ">= 32 s", "0 s", "RFC 6026 §8.4", "wait time for response retransmits"},
    {"E", "initially T1", "not started", "RFC 3261 §17.1.2.2", "non-INVITE request retransmit interval"},
    {"F", "64*T1", "64*T1", "RFC 3261 §17.1.2.2", "non-INVITE transaction timeout"},
    {"G", "initially T1", "not started", "RFC 3261 §17.2.1", "INVITE response retransmit interval"},
    {"H", "64*T1", "64*T1", "RFC 3261 §17.2.1", "wait time for ACK receipt"},
    {"I", "T4", "0 s", "RFC 3261 §17.2.1", "wait time for ACK retransmits"},
    {"J", "64*T1", "0 s", "RFC 3261 §17.2.2", "wait time for non-INVITE request retransmits"},
    {"K", "T4", "0 s", "RFC 3261 §17.1.2.2", "wait time for response retransmits"},
    {"L", "64*T1", "64*T1", "RFC 6026 §8.7", "wait time for accepted INVITE request retransmits"},
    {"M", "64*T1", "64*T1", "RFC 6026 §8.4",
     "wait time for retransmission of 2xx to INVITE or additional 2xx from other branches of a forked INVITE"},
}};

constexpr std::size_t before_a = 3;

}  // namespace

std::span<const TimerRow> timer_table() { return table; }

std::string_view name_of(Timer timer) { return table[before_a + static_cast<std::size_t>(timer)].name; }

Duration first_value(Timer timer, bool reliable, const BaseTimes& base) {
    using namespace std::chrono_literals;
    switch (timer) {
        case Timer::A:
        case Timer::E:
        case Timer::G: return base.t1;
        case Timer::B:
        case Timer::F:
        case Timer::H:
        case Timer::L:
        case Timer::M: return 64 * base.t1;
        case Timer::C:
            return 3min + 1s;  // RFC 3261 16.6: it must be larger than 3 minutes.
        // RFC 6026 8.4: a fixed minimum, for the client does not know the T1 of the server.
        case Timer::D: return reliable ? 0s : 32s;
        case Timer::I:
        case Timer::K: return reliable ? Duration::zero() : base.t4;
        case Timer::J: return reliable ? Duration::zero() : 64 * base.t1;
    }
    return {};
}

}  // namespace sipdex::sip
