#include "sip/uri.h"

#include "sip/host_port.h"
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
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
    const std::string name = lowered(text);
    return !name.empty() && letters.find(name[0]) != std::string_view::npos &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+-.") == std::string::npos;
}

}  // namespace

bool Uri::is_sip() const { return same_token(scheme, "sip") || same_token(scheme, "sips"); }

std::optional<Uri> parse_uri(std::string_view text) {
    text = trimmed(text);
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || !is_scheme(text.substr(0, colon))) return {};
    Uri uri;
    uri.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 1);
    if (!uri.is_sip()) {
        uri.opaque = text;
        return uri;
    }
    // The user part may hold ";" and "?" (RFC 4475 3.1.1.9), so it is taken off first.
    if (const auto at = text.find('@'); at != std::string_view::npos) {
        uri.user = text.substr(0, at);
        text.remove_prefix(at + 1);
    }
    if (const auto question = text.find('?'); question != std::string_view::npos) {
        uri.headers = text.substr(question + 1);
        text = text.substr(0, question);
    }
    const auto semicolon = text.find(';');
    const auto place = parse_host_port(text.substr(0, semicolon));
    if (!place) return {};
    uri.host = place->host;
    uri.port = place->port;
    if (semicolon != std::string_view::npos) uri.parameters = parse_parameters(text.substr(semicolon));
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
        const bool escape =
            text[i] == '%' && i + 2 < text.size() && hexadecimal(text[i + 1]) >= 0 && hexadecimal(text[i + 2]) >= 0;
        if (!escape) {
            result += text[i];
            continue;
        }
        result += static_cast<char>(hexadecimal(text[i + 1]) * 16 + hexadecimal(text[i + 2]));
        i += 2;
    }
    return result;
}

}  // namespace sipdex::sip
