#include "sip/via.h"

#include <algorithm>
#include <array>

#include "sip/host_port.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

bool is_port(std::string_view text) { return read_number(text, largest_port, nullptr); }

// RFC 5118 4.5: an IPv6 address is read with its brackets and without.
bool is_received(std::string_view text) {
    return is_ipv4(text) || is_ipv6(text) || (text.starts_with('[') && is_host(text));
}

// RFC 3261 8.1.1.7: the branch tells one transaction from all others, so something follows the cookie.
bool is_branch(std::string_view text) { return is_token(text) && !same_token(text, magic_cookie); }

// Where what is missing would stand.
std::string_view after_word(std::string_view text) { return text.substr(white.before(text).size(), 0); }

constexpr auto via_parameters =
    std::to_array<ParameterRule>({{"branch", is_branch, Fault::branch},
                                  {"maddr", is_host},
                                  {"received", is_received},
                                  {.name = "rport", .fits = is_port, .bare = true},  // RFC 3581 3
                                  {"ttl", is_ttl}});
constexpr ParameterGrammar via_grammar{.known = via_parameters};

}  // namespace

std::optional<int> Via::rport() const {
    const auto value = parameters.value("rport");
    const auto number = value ? number_of(*value) : std::nullopt;
    if (!number || *number > 65535) return {};
    return static_cast<int>(*number);
}

std::string Via::sent_by() const { return to_text(HostPort{host, port}); }

bool read_via(std::string_view text, Via* via, Flaws* flaws) {
    // RFC 3261 25.1: protocol-name SLASH protocol-version SLASH transport LWS sent-by, where SLASH may have white space
    // around it.
    constexpr Characters word_ends(" \t\r\n;");
    text = trimmed(text);
    const auto first = text.find('/');
    if (first == std::string_view::npos) return refuse(flaws, Fault::protocol, word_ends.before(text));
    const auto second = text.find('/', first + 1);
    if (second == std::string_view::npos)
        return refuse(flaws, Fault::transport, after_word(trimmed(text.substr(first + 1))));
    const std::string_view name = trimmed(text.substr(0, first));
    const std::string_view version = trimmed(text.substr(first + 1, second - first - 1));
    if (flaws && !(is_token(name) && is_token(version))) note(flaws, Fault::protocol, trimmed(text.substr(0, second)));
    text = trimmed(text.substr(second + 1));
    const std::string_view transport = word_ends.before(text);
    if (!is_token(transport)) return refuse(flaws, Fault::transport, transport);
    text = trimmed(text.substr(transport.size()));
    const std::string_view parameters = text.substr(std::min(text.find(';'), text.size()));
    HostPort place;
    if (!read_host_port(text.substr(0, text.size() - parameters.size()), via ? &place : nullptr, flaws)) return false;
    if (via) {
        via->protocol = std::string(name) + '/' + std::string(version);
        via->transport = transport;
        via->host = std::move(place.host);
        via->port = place.port;
    }
    read_parameters(parameters, via_grammar, via ? &via->parameters : nullptr, flaws);
    return true;
}

std::optional<Via> parse_via(std::string_view text) {
    Via via;
    if (!read_via(text, &via, nullptr)) return {};
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
    for (const HeaderField& field : message.fields) {
        if (!same_field(field.name(), "Via")) continue;
        if (const auto first = first_value_of(field.value())) return parse_via(*first);
    }
    return std::nullopt;
}

void set_top_via(Message& message, const Via& via) {
    const auto field = message.header("Via");
    std::string line = to_text(via);
    if (field) {
        const auto values = values_of(*field);
        for (std::size_t i = 1; i < values.size(); ++i) line.append(", ").append(values[i]);
    }
    if (field) message.set("Via", std::move(line));
    else message.put_first("Via", std::move(line));
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
