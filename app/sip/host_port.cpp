#include "sip/host_port.h"

#include "sip/token.h"

namespace sipdex::sip {

std::optional<HostPort> parse_host_port(std::string_view text) {
    text = trimmed(text);
    const bool bracketed = !text.empty() && text.front() == '[';
    const auto end = bracketed ? text.find(']') : text.find(':');
    if (bracketed && end == std::string_view::npos) return {};
    const std::string_view host = bracketed ? text.substr(0, end + 1) : trimmed(text.substr(0, end));
    std::string_view rest = host.size() < text.size() ? trimmed(text.substr(bracketed ? end + 1 : end)) : "";
    if (host.empty() || host.find_first_of(" \t\r\n<>\",;@") != std::string_view::npos) return {};
    if (rest.empty()) return HostPort{std::string(host), {}};
    if (rest.front() != ':') return {};
    const auto port = number_of(trimmed(rest.substr(1)));
    if (!port || *port > 65535) return {};
    return HostPort{std::string(host), static_cast<int>(*port)};
}

std::string to_text(const HostPort& place) {
    return place.port ? place.host + ':' + std::to_string(*place.port) : place.host;
}

}  // namespace sipdex::sip
