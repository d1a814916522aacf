#include "capture/address.h"

#include <arpa/inet.h>

#include <algorithm>

#include "sip/host_port.h"
#include "sip/token.h"

namespace sipdex::capture {

Address address_of(std::string_view octets, std::uint16_t port) {
    Address address;
    if (octets.size() != 4 && octets.size() != 16) return address;
    std::copy_n(reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size(), address.octets.begin());
    address.length = static_cast<std::uint8_t>(octets.size());
    address.port = port;
    return address;
}

bool same_host(const Address& one, const Address& other) {
    return one.length == other.length && one.octets == other.octets;
}

std::string host_of(const Address& address) {
    if (!address.known()) return {};
    if (address.length == 4) {
        std::string text;
        for (std::size_t i = 0; i < 4; ++i)
            text.append(i > 0 ? "." : "").append(std::to_string(static_cast<unsigned>(address.octets.at(i))));
        return text;
    }
    char text[INET6_ADDRSTRLEN] = {};
    inet_ntop(AF_INET6, address.octets.data(), text, sizeof text);
    return text;
}

std::string to_text(const Address& address) {
    if (!address.known()) return {};
    const std::string host = host_of(address), port = std::to_string(address.port);
    return address.length == 4 ? host + ':' + port : '[' + host + "]:" + port;
}

std::optional<Address> parse_address(std::string_view text) {
    text = sip::trimmed(text);
    std::string host(text);
    std::uint16_t port = 0;
    if (!sip::is_ipv6(text)) {
        const auto place = sip::parse_host_port(text);
        if (!place) return {};
        host = place->host;
        port = static_cast<std::uint16_t>(place->port.value_or(0));
        if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    }
    unsigned char octets[16] = {};
    for (const auto& [family, length] : {std::pair(AF_INET, std::size_t{4}), std::pair(AF_INET6, std::size_t{16})})
        if (inet_pton(family, host.c_str(), octets) == 1)
            return address_of({reinterpret_cast<const char*>(octets), length}, port);
    return {};
}

}  // namespace sipdex::capture
