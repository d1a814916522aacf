// What a gateway makes of a Q.850 cause in SIP, and of a SIP status in Q.850: the tables of RFC 3398.
//
//     17  user busy   ->  486      RFC 3398 §7.2.4.1
//     486             ->  17       RFC 3398 §8.2.6.1
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sipdex::simulator {

struct FromCause {
    int cause;
    int status;
    std::string_view phrase;  // of the status
    std::string_view name;    // of the cause, as Q.850 has it
    bool later = false;       // a temporary failure: Retry-After may be added (resource unavailable)
};

struct ToCause {
    int status;
    int cause;
};

std::span<const FromCause> causes();  // RFC 3398 §7.2.4.1, in the order of the RFC
std::span<const ToCause> statuses();  // RFC 3398 §8.2.6.1

// The row for a cause. `by_user`: its location says that the called user rejected the call, not the network.
// `new_number`: a diagnostic holds one. Causes that the RFC does not list become 500.
FromCause status_for(int cause, bool by_user, bool new_number);

// 31 for statuses that the RFC does not list.
int cause_for(int status);

}  // namespace sipdex::simulator
