#include "sip/timers.h"

namespace sipdex::sip {

std::string_view name_of(Timer timer) {
    constexpr std::string_view letters = "ABCDEFGHIJKLM";
    return letters.substr(static_cast<std::size_t>(timer), 1);
}

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
