#include "simulator/servers/max_breadth.h"

#include <algorithm>

#include "sip/token.h"

namespace sipdex::simulator {

std::size_t breadth_of(const sip::Message& request, std::size_t allowed) {
    const auto came = sip::number_of(request.header("Max-Breadth").value_or(""));
    return came ? std::min<std::size_t>(*came, allowed) : allowed;
}

}  // namespace sipdex::simulator
