// From where an address can be reached, by its form alone (RFC 6890): 10.0.0.5 only within its own network, 127.0.0.1
// only within its own machine.
#pragma once
#include <cstdint>
#include <string_view>

#include "capture/address.h"

namespace sipdex::capture {

enum class Reach : std::uint8_t {
    unknown,        // no address, or a name
    unspecified,    // 0.0.0.0, ::
    loopback,       // 127.0.0.0/8, ::1
    link_local,     // 169.254.0.0/16 (RFC 3927), fe80::/10
    private_use,    // 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (RFC 1918)
    shared,         // 100.64.0.0/10, between a carrier's NAT and its customers (RFC 6598)
    unique_local,   // fc00::/7 (RFC 4193)
    documentation,  // 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 (RFC 5737), 2001:db8::/32 (RFC 3849)
    multicast,      // 224.0.0.0/4, ff00::/8
    reserved,       // given to nobody, or to no host
    global,
};
Reach reach_of(const Address& address);
std::string_view name_of(Reach reach);  // "private_use"

// Whether only some network knows it: loopback, link-local, private, shared, unique local.
bool is_local(Reach reach);
// Whether anybody can send to it. Addresses of documentation can, for they stand for others, as in examples and in
// captures that were made anonymous.
bool is_public(Reach reach);

}  // namespace sipdex::capture
