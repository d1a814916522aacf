// From where an address can be reached, as rules tell addresses apart (capture/reach.h has all kinds of them).
//
//     192.168.1.20   inside        203.0.113.5   everywhere
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "capture/address.h"

namespace sipdex::findings {

enum class Zone : std::uint8_t {
    unknown,     // no address
    everywhere,  // public; those of documentation count as such, for captures that were made anonymous hold them
    inside,      // RFC 1918, RFC 6598, RFC 4193, link-local
    itself,      // loopback
    nowhere,     // 0.0.0.0, ::
};
Zone zone_of(const capture::Address& address);

// Of the host of a Via, a URI or a c= line, in brackets or not; nothing for names.
std::optional<capture::Address> address_named(std::string_view host);
Zone zone_of(std::string_view host);  // unknown for names

}  // namespace sipdex::findings
