#include "sip/uri.h"

#include <algorithm>
#include <array>

#include "sip/host_port.h"
#include "sip/text.h"
#include "sip/token.h"

namespace sipdex::sip {

namespace {

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// RFC 3986 3.1: a letter, then letters, digits, "+", "-" and ".".
bool is_scheme(std::string_view text) {
    constexpr Characters scheme_characters(alphanum, "+-.");
    return !text.empty() && letter_characters.has(text.front()) && scheme_characters.only_in(text);
}

bool is_sip_scheme(std::string_view scheme) { return same_token(scheme, "sip") || same_token(scheme, "sips"); }

// RFC 3261 19.1.2: no white space anywhere.
void check_space(std::string_view uri, Flaws* flaws) {
    const std::string_view rest = uri.substr(white.before(uri).size());
    if (!rest.empty()) note(flaws, Fault::uri_space, white.leading(rest));
}

bool is_escape(std::string_view text) {
    return text.size() >= 3 && text[0] == '%' && hexadecimal(text[1]) >= 0 && hexadecimal(text[2]) >= 0;
}

// RFC 3261 25.1: userinfo. More characters may stand in the user part than in the password.
void check_user(std::string_view user, Flaws* flaws) {
    const auto colon = user.find(':');
    read_uri_characters(user.substr(0, colon), "&=+$,;?/", flaws);
    if (colon != std::string_view::npos) read_uri_characters(user.substr(colon + 1), "&=+$,", flaws);
}

// RFC 3261 25.1: headers are pairs of a name and a value.
void check_headers(std::string_view headers, Flaws* flaws) {
    for (std::string_view rest = headers;;) {
        const auto end = rest.find('&');
        const std::string_view header = rest.substr(0, end);
        const auto equals = header.find('=');
        if (equals == std::string_view::npos || equals == 0) return note(flaws, Fault::uri_headers, header);
        for (const std::string_view part : {header.substr(0, equals), header.substr(equals + 1)})
            if (!read_uri_characters(part, "[]/?:+$", flaws)) return;
        if (end == std::string_view::npos) return;
        rest.remove_prefix(end + 1);
    }
}

constexpr auto uri_parameters = std::to_array<ParameterRule>(
    {{"maddr", is_host}, {"method", is_token}, {"transport", is_token}, {"ttl", is_ttl}, {"user", is_token}});
constexpr ParameterGrammar uri_grammar{.known = uri_parameters, .in_uri = true};

}  // namespace

bool Uri::is_sip() const { return is_sip_scheme(scheme); }

bool read_uri_characters(std::string_view text, std::string_view more, Flaws* flaws) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (unreserved_characters.has(text[i]) || white.has(text[i]) || more.find(text[i]) != std::string_view::npos)
            continue;
        if (is_escape(text.substr(i))) i += 2;
        else if (text[i] == '%') return refuse(flaws, Fault::uri_escape, text.substr(i, 3));
        else
            return refuse(flaws, Fault::uri_character,
                          text.substr(i, std::max<std::size_t>(character_length(text.substr(i)), 1)));
    }
    return true;
}

bool read_uri(std::string_view text, Uri* uri, Flaws* flaws) {
    text = trimmed(text);
    const auto colon = text.find(':');
    const std::string_view scheme = text.substr(0, colon);
    if (colon == std::string_view::npos || !is_scheme(scheme)) return refuse(flaws, Fault::uri, text);
    if (flaws) check_space(text, flaws);
    const std::string_view whole = text;
    text.remove_prefix(colon + 1);
    if (uri) uri->scheme = scheme;
    if (!is_sip_scheme(scheme)) {
        // RFC 3261 25.1: absoluteURI; the brackets are those of an IPv6 address.
        if (flaws && text.empty()) note(flaws, Fault::uri, whole);
        else if (flaws) read_uri_characters(text, ";/?:@&=+$,[]", flaws);
        if (uri) uri->opaque = text;
        return true;
    }
    // The user part may hold ";" and "?" (RFC 4475 3.1.1.9), so it is taken off first.
    if (const auto at = text.find('@'); at != std::string_view::npos) {
        if (flaws && at == 0) note(flaws, Fault::foreign, text.substr(0, 1));
        if (flaws) check_user(text.substr(0, at), flaws);
        if (uri) uri->user = text.substr(0, at);
        text.remove_prefix(at + 1);
    }
    if (const auto question = text.find('?'); question != std::string_view::npos) {
        if (flaws) check_headers(text.substr(question + 1), flaws);
        if (uri) uri->headers = text.substr(question + 1);
        text = text.substr(0, question);
    }
    const std::string_view parameters = text.substr(std::min(text.find(';'), text.size()));
    HostPort place;
    if (!read_host_port(text.substr(0, text.size() - parameters.size()), uri ? &place : nullptr, flaws)) return false;
    if (uri) uri->host = std::move(place.host);
    if (uri) uri->port = place.port;
    if (uri || flaws) read_parameters(parameters, uri_grammar, uri ? &uri->parameters : nullptr, flaws);
    return true;
}

std::optional<Uri> parse_uri(std::string_view text) {
    Uri uri;
    if (!read_uri(text, &uri, nullptr)) return {};
    return uri;
}

std::string to_text(const Uri& uri) {
    if (!uri.is_sip()) return uri.scheme + ':' + uri.opaque;
    std::string text = uri.scheme + ':';
    if (!uri.user.empty()) text += uri.user + '@';
    text += to_text(HostPort{uri.host, uri.port}) + to_text(uri.parameters);
    if (!uri.headers.empty()) text += '?' + uri.headers;
    return text;
}

Uri as_request_uri(Uri uri) {
    uri.parameters.remove("method");
    uri.headers.clear();
    return uri;
}

std::string unescaped(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_escape(text.substr(i))) {
            result += text[i];
            continue;
        }
        result += static_cast<char>(hexadecimal(text[i + 1]) * 16 + hexadecimal(text[i + 2]));
        i += 2;
    }
    return result;
}

}  // namespace sipdex::sip
