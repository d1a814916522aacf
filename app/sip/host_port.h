// A host with or without a port, as URIs and Vias name it (RFC 3261 25.1).
//
//     [2001:db8::1]:5070
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "sip/fault.h"

namespace sipdex::sip {

struct HostPort {
    std::string host;         // as written; an IPv6 address in its brackets
    std::optional<int> port;  // 0 to 65535
};

// White space around ":" is allowed. Nothing for an empty host, a bare IPv6 address, or a port that is no number.
std::optional<HostPort> parse_host_port(std::string_view text);
bool read_host_port(std::string_view text, HostPort* place, Flaws* flaws);

std::string to_text(const HostPort& place);

bool is_host(std::string_view text);  // a host name, an IPv4 address, or an IPv6 address in brackets
bool is_ipv4(std::string_view text);
bool is_ipv6(std::string_view text);  // without brackets

}  // namespace sipdex::sip
