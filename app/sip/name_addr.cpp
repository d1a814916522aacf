#include "sip/name_addr.h"

#include <algorithm>

#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

// Where an opening quote at the start of the text is closed.
std::size_t closing_quote(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i;
    }
    return std::string_view::npos;
}

bool is_tokens_and_spaces(std::string_view name) {
    return std::ranges::all_of(name, [](char c) { return c == ' ' || c == '\t' || is_token({&c, 1}); });
}

}  // namespace

std::string NameAddr::tag() const { return parameters.value("tag").value_or(""); }

std::optional<NameAddr> parse_name_addr(std::string_view text) {
    text = trimmed(text);
    NameAddr address;
    if (text.starts_with('"')) {
        const auto end = closing_quote(text);
        if (end == std::string_view::npos) return {};
        address.display_name = unquoted(text.substr(0, end + 1));
        address.quoted_name = true;
        text = trimmed(text.substr(end + 1));
        if (!text.starts_with('<')) return {};
    }
    const auto open = text.find('<');
    std::string_view uri, rest;
    if (open == std::string_view::npos) {
        // RFC 3261 20.10: without brackets, what follows a semicolon belongs to the header field, and the URI may hold
        // neither comma nor question mark.
        const auto semicolon = text.find(';');
        uri = text.substr(0, semicolon);
        if (uri.find_first_of(",?") != std::string_view::npos) return {};
        if (semicolon != std::string_view::npos) rest = text.substr(semicolon);
    } else {
        const auto close = text.find('>', open);
        if (close == std::string_view::npos) return {};
        if (!address.quoted_name) address.display_name = trimmed(text.substr(0, open));
        uri = text.substr(open + 1, close - open - 1);
        rest = trimmed(text.substr(close + 1));
    }
    if (!rest.empty() && rest.front() != ';') return {};
    auto parsed = parse_uri(uri);
    if (!parsed) return {};
    address.uri = *std::move(parsed);
    address.parameters = parse_parameters(rest);
    return address;
}

std::string to_text(const NameAddr& address) {
    std::string text;
    if (address.quoted_name || !is_tokens_and_spaces(address.display_name))
        text = quoted(address.display_name) + ' ';
    else if (!address.display_name.empty())
        text = address.display_name + ' ';
    return text + '<' + to_text(address.uri) + '>' + to_text(address.parameters);
}

std::optional<NameAddr> address_in(const Message& message, std::string_view field) {
    const auto value = message.header(field);
    return value ? parse_name_addr(*value) : std::nullopt;
}

std::vector<NameAddr> addresses_in(const Message& message, std::string_view field) {
    std::vector<NameAddr> addresses;
    for (const std::string_view value : values_of(message, field))
        if (auto address = parse_name_addr(value)) addresses.push_back(*std::move(address));
    return addresses;
}

}  // namespace sipdex::sip
