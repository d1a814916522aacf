#include "findings/zone.h"

#include "capture/reach.h"

namespace sipdex::findings {

Zone zone_of(const capture::Address& address) {
    const capture::Reach reach = capture::reach_of(address);
    if (reach == capture::Reach::unknown) return Zone::unknown;
    if (reach == capture::Reach::unspecified) return Zone::nowhere;
    if (reach == capture::Reach::loopback) return Zone::itself;
    return is_local(reach) ? Zone::inside : Zone::everywhere;
}

std::optional<capture::Address> address_named(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return capture::parse_address(host);
}

Zone zone_of(std::string_view host) {
    const auto address = address_named(host);
    return address ? zone_of(*address) : Zone::unknown;
}

}  // namespace sipdex::findings
