#include "sip/host_port.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "sip/token.h"

namespace sipdex::sip {

namespace {

// RFC 3261 25.1: labels of letters, digits and inner hyphens, the last one beginning with a letter.
bool is_host_name(std::string_view text) {
    constexpr Characters label_characters(alphanum, "-");
    if (text.ends_with('.')) text.remove_suffix(1);
    while (true) {
        const auto dot = text.find('.');
        const std::string_view label = text.substr(0, dot);
        if (label.empty() || label.front() == '-' || label.back() == '-' || !label_characters.only_in(label))
            return false;
        if (dot == std::string_view::npos) return letter_characters.has(label.front());
        text.remove_prefix(dot + 1);
    }
}

bool is_address(int family, std::string_view text) {
    std::array<char, INET6_ADDRSTRLEN + 1> copy{};  // inet_pton wants the text to end in a zero
    if (text.size() >= copy.size() || text.find('\0') != std::string_view::npos) return false;
    std::ranges::copy(text, copy.begin());
    std::array<unsigned char, sizeof(in6_addr)> octets{};
    return inet_pton(family, copy.data(), octets.data()) == 1;
}

}  // namespace

bool is_ipv4(std::string_view text) { return is_address(AF_INET, text); }

bool is_ipv6(std::string_view text) {
    // The grammar of RFC 3261 25.1 puts a third colon before an IPv4 address; RFC 5118 4.10 has both be read.
    const auto colons = text.find(":::");
    if (colons == std::string_view::npos || !is_ipv4(text.substr(colons + 3))) return is_address(AF_INET6, text);
    return is_address(AF_INET6, std::string(text.substr(0, colons)).append(text.substr(colons + 1)));
}

bool is_host(std::string_view text) {
    if (text.starts_with('[')) return text.ends_with(']') && is_ipv6(text.substr(1, text.size() - 2));
    return is_host_name(text) || is_ipv4(text);
}

bool read_host_port(std::string_view text, HostPort* place, Flaws* flaws) {
    text = trimmed(text);
    const bool bracketed = text.starts_with('[');
    const auto end = bracketed ? text.find(']') : text.find(':');
    const auto refused = [&](Fault fault, std::string_view piece) {
        const bool bare = flaws && (bracketed ? end == std::string_view::npos : is_ipv6(text));
        return bare ? refuse(flaws, Fault::ipv6_brackets, text) : refuse(flaws, fault, piece);
    };
    const std::string_view host = bracketed ? text.substr(0, end + 1) : trimmed(text.substr(0, end));
    constexpr Characters foreign(" \t\r\n<>\",;@");
    if (host.empty() || foreign.any_in(host)) return refused(Fault::host, host);
    const std::string_view rest = trimmed(text.substr(host.size()));
    if (!rest.empty() && rest.front() != ':') return refused(Fault::foreign, rest);
    std::optional<int> port;
    if (!rest.empty()) {
        const std::string_view digits = trimmed(rest.substr(1));
        const auto number = number_of(digits);
        if (!number || *number > largest_port.value) return refused(Fault::port, digits);
        port = static_cast<int>(*number);
    }
    if (flaws && !is_host(host)) note(flaws, Fault::host, host);
    if (place) *place = {std::string(host), port};
    return true;
}

std::optional<HostPort> parse_host_port(std::string_view text) {
    HostPort place;
    if (!read_host_port(text, &place, nullptr)) return {};
    return place;
}

std::string to_text(const HostPort& place) {
    return place.port ? place.host + ':' + std::to_string(*place.port) : place.host;
}

}  // namespace sipdex::sip
