// How many branches a request may have at once, all proxies on its way together (RFC 5393 5.3).
//
//     Max-Breadth: 60
#pragma once
#include <cstddef>

#include "sip/message.h"

namespace sipdex::simulator {

inline constexpr std::size_t usual_breadth = 60;  // RFC 5393 5.3.3

// What is left for one proxy to share out (RFC 5393 5.3.3): what the request says, at most `allowed`, which also counts
// where it says nothing.
std::size_t breadth_of(const sip::Message& request, std::size_t allowed);

}  // namespace sipdex::simulator
