#include "findings/reach.h"

#include <algorithm>

namespace sipdex::findings {

namespace {

Reach reach_of_four(std::uint8_t first, std::uint8_t second) {
    if (first == 0) return Reach::nowhere;
    if (first == 127) return Reach::itself;
    const bool inside = first == 10 || (first == 172 && second >= 16 && second < 32) ||
                        (first == 192 && second == 168) ||                 // RFC 1918 3
                        (first == 100 && second >= 64 && second < 128) ||  // RFC 6598 7
                        (first == 169 && second == 254);                   // RFC 3927 2.1
    return inside ? Reach::inside : Reach::everywhere;
}

}  // namespace

Reach reach_of(const capture::Address& address) {
    const auto& octets = address.octets;
    if (address.length == 4) return reach_of_four(octets[0], octets[1]);
    if (address.length != 16) return Reach::unknown;
    if (std::ranges::all_of(octets.begin(), octets.begin() + 15, [](std::uint8_t one) { return one == 0; })) {
        if (octets[15] == 0) return Reach::nowhere;
        if (octets[15] == 1) return Reach::itself;
    }
    const bool mapped = std::ranges::all_of(octets.begin(), octets.begin() + 10, [](auto one) { return one == 0; }) &&
                        octets[10] == 0xff && octets[11] == 0xff;
    if (mapped) return reach_of_four(octets[12], octets[13]);               // RFC 4291 2.5.5.2
    const bool inside = (octets[0] & 0xfe) == 0xfc ||                       // RFC 4193 3.1
                        (octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80);  // RFC 4291 2.5.6
    return inside ? Reach::inside : Reach::everywhere;
}

std::optional<capture::Address> address_named(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return capture::parse_address(host);
}

Reach reach_of(std::string_view host) {
    const auto address = address_named(host);
    return address ? reach_of(*address) : Reach::unknown;
}

}  // namespace sipdex::findings
