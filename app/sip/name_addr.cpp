#include "sip/name_addr.h"

#include <algorithm>

#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

bool is_tokens_and_spaces(std::string_view name) {
    return std::ranges::all_of(name, [](char c) { return white.has(c) || token_characters.has(c); });
}

// RFC 3261 25.1: brackets may have white space outside, not inside (RFC 4475 3.1.2.14).
void check_edges(std::string_view uri, Flaws* flaws) {
    const std::string_view inner = trimmed(uri), before = white.leading(uri);
    if (inner.size() == uri.size() || inner.empty()) return;
    note(flaws, Fault::uri_space, before.empty() ? uri.substr(inner.size()) : before);
}

// An address taken apart: what each of its readers looks at more closely.
struct Pieces {
    std::string_view name;  // with its quotes
    std::string_view uri;
    std::string_view parameters;  // from the semicolon on
};

std::optional<Pieces> taken_apart(std::string_view text, Flaws* flaws) {
    const auto refused = [flaws](Fault fault, std::string_view piece) {
        refuse(flaws, fault, piece);
        return std::nullopt;
    };
    text = trimmed(text);
    Pieces pieces;
    if (text.starts_with('"')) {
        const auto end = closing_quote(text);
        if (end == std::string_view::npos) return refused(Fault::quote, text);
        pieces.name = text.substr(0, end + 1);
        text = trimmed(text.substr(end + 1));
        if (text.empty()) return refused(Fault::uri, text);
        if (!text.starts_with('<')) return refused(Fault::brackets, text);
    }
    const auto open = text.find('<');
    if (open == std::string_view::npos) {
        // RFC 3261 20.10: without brackets, what follows a semicolon belongs to the header field, and the URI may hold
        // neither comma nor question mark.
        const auto semicolon = std::min(text.find(';'), text.size());
        pieces.uri = trimmed(text.substr(0, semicolon));
        pieces.parameters = text.substr(semicolon);
        constexpr Characters separators(",?");
        if (separators.any_in(pieces.uri)) return refused(Fault::brackets, pieces.uri);
    } else {
        const auto close = text.find('>', open);
        if (close == std::string_view::npos) return refused(Fault::bracket, text.substr(open));
        if (pieces.name.empty()) {
            pieces.name = trimmed(text.substr(0, open));
            if (flaws && !is_tokens_and_spaces(pieces.name)) note(flaws, Fault::display_name, pieces.name);
        }
        pieces.uri = text.substr(open + 1, close - open - 1);
        pieces.parameters = trimmed(text.substr(close + 1));
        if (flaws) check_edges(pieces.uri, flaws);
    }
    if (!pieces.parameters.empty() && pieces.parameters.front() != ';')
        return refused(Fault::foreign, pieces.parameters);
    return pieces;
}

}  // namespace

std::string NameAddr::tag() const { return parameters.value("tag").value_or(""); }

bool read_name_addr(std::string_view text, const ParameterGrammar& grammar, NameAddr* address, Flaws* flaws) {
    const auto pieces = taken_apart(text, flaws);
    if (!pieces || !read_uri(pieces->uri, address ? &address->uri : nullptr, flaws)) return false;
    if (address) {
        address->quoted_name = pieces->name.starts_with('"');
        address->display_name = address->quoted_name ? unquoted(pieces->name) : std::string(pieces->name);
    }
    read_parameters(pieces->parameters, grammar, address ? &address->parameters : nullptr, flaws);
    return true;
}

std::optional<NameAddr> parse_name_addr(std::string_view text) {
    NameAddr address;
    if (!read_name_addr(text, {}, &address, nullptr)) return {};
    return address;
}

std::string to_text(const NameAddr& address) {
    std::string text;
    if (address.quoted_name || !is_tokens_and_spaces(address.display_name))
        text = sip::quoted(address.display_name) + ' ';
    else if (!address.display_name.empty()) text = address.display_name + ' ';
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

std::optional<NameAddr> first_address_in(const Message& message, std::string_view name) {
    for (const HeaderField& field : message.fields) {
        if (!same_field(field.name(), name)) continue;
        for (Parts parts(field.value(), ','); const auto value = parts.next();)
            if (auto address = value->empty() ? std::nullopt : parse_name_addr(*value)) return address;
    }
    return {};
}

std::string tag_in(const Message& message, std::string_view field) {
    const auto value = message.header(field);
    const auto pieces = value ? taken_apart(*value, nullptr) : std::nullopt;
    if (!pieces || !read_uri(pieces->uri, nullptr, nullptr)) return {};
    return parse_parameters(pieces->parameters).value("tag").value_or("");
}

}  // namespace sipdex::sip
