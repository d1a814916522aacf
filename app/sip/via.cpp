#include "sip/via.h"

#include <algorithm>

#include "sip/host_port.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

std::optional<int> Via::rport() const {
    const auto value = parameters.value("rport");
    const auto number = value ? number_of(*value) : std::nullopt;
    if (!number || *number > 65535) return {};
    return static_cast<int>(*number);
}

std::string Via::sent_by() const { return to_text(HostPort{host, port}); }

std::optional<Via> parse_via(std::string_view text) {
    // RFC 3261 25.1: protocol-name SLASH protocol-version SLASH transport LWS sent-by, where SLASH may have white space
    // around it.
    const auto first = text.find('/');
    const auto second = first == std::string_view::npos ? first : text.find('/', first + 1);
    if (second == std::string_view::npos) return {};
    Via via;
    via.protocol = std::string(trimmed(text.substr(0, first))) + '/' +
                   std::string(trimmed(text.substr(first + 1, second - first - 1)));
    text = trimmed(text.substr(second + 1));
    const auto space = text.find_first_of(" \t\r\n");
    if (space == std::string_view::npos) return {};
    via.transport = text.substr(0, space);
    text = trimmed(text.substr(space));
    const auto semicolon = text.find(';');
    const auto place = parse_host_port(text.substr(0, semicolon));
    if (!is_token(via.transport) || !place) return {};
    via.host = place->host;
    via.port = place->port;
    if (semicolon != std::string_view::npos) via.parameters = parse_parameters(text.substr(semicolon));
    return via;
}

std::string to_text(const Via& via) {
    return via.protocol + '/' + via.transport + ' ' + via.sent_by() + to_text(via.parameters);
}

std::vector<Via> vias_in(const Message& message) {
    std::vector<Via> vias;
    for (const std::string_view value : values_of(message, "Via"))
        if (auto via = parse_via(value)) vias.push_back(*std::move(via));
    return vias;
}

std::optional<Via> top_via(const Message& message) {
    const auto values = values_of(message, "Via");
    return values.empty() ? std::nullopt : parse_via(values.front());
}

void set_top_via(Message& message, const Via& via) {
    const auto field = message.header("Via");
    std::string line = to_text(via);
    if (field) {
        const auto values = values_of(*field);
        for (std::size_t i = 1; i < values.size(); ++i) line.append(", ").append(values[i]);
    }
    if (field)
        message.set("Via", std::move(line));
    else
        message.put_first("Via", std::move(line));
}

void remove_top_via(Message& message) {
    const auto field = message.header("Via");
    if (!field) return;
    const auto values = values_of(*field);
    if (values.size() < 2) return message.remove_first("Via");
    std::string line(values[1]);
    for (std::size_t i = 2; i < values.size(); ++i) line.append(", ").append(values[i]);
    message.set("Via", std::move(line));
}

bool is_reliable(std::string_view transport) { return !same_token(transport, "UDP"); }

}  // namespace sipdex::sip
