// URIs (RFC 3261 19.1, RFC 3966): who and where is replaced, how stays.

#include <array>

#include "redact/masked.h"
#include "redact/rewriter.h"
#include "sip/characters.h"
#include "sip/token.h"
#include "sip/uri.h"

namespace sipdex::redact {

namespace {

// RFC 3261 25.1: what may stand in a user part as it is.
constexpr sip::Characters of_user(sip::alphanum, "-_.!~*'()&=+$,;?/");
constexpr sip::Characters of_header(sip::alphanum, "-_.!~*'()[]/?:+$");

std::string escaped(std::string_view text, const sip::Characters& allowed) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (allowed.has(c)) out += c;
        else (out += '%', out += digits[octet >> 4]) += digits[octet & 15];
    }
    return out;
}

bool is_scheme(std::string_view text) {
    static constexpr sip::Characters allowed(sip::alphanum, "+-.");
    return !text.empty() && text.size() <= 16 && sip::letter_characters.has(text.front()) && allowed.only_in(text);
}

}  // namespace

std::string Rewriter::uri(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || !is_scheme(text.substr(0, colon))) return foreign(text);
    const std::string scheme = sip::lowered(text.substr(0, colon));
    const std::string before(text.substr(0, colon + 1));
    const std::string_view rest = text.substr(colon + 1);
    const auto is = [&](auto... names) { return ((scheme == names) || ...); };
    if (is("sip", "sips", "im", "pres", "xmpp", "mailto")) {
        const std::size_t at = rest.find('@');
        std::string out = before;
        if (at != std::string_view::npos) out += user_info(rest.substr(0, at)) + '@';
        std::string_view place = rest.substr(at == std::string_view::npos ? 0 : at + 1);
        const std::string_view headers = place.substr(std::min(place.find('?'), place.size()));
        place.remove_suffix(headers.size());
        const std::string_view parts = place.substr(std::min(place.find(';'), place.size()));
        place.remove_suffix(parts.size());
        out += host_port(place);
        parameters(parts, ';', out);
        return out + uri_headers(headers);
    }
    if (is("tel", "fax", "modem")) {
        const std::string_view number = rest.substr(0, rest.find(';'));
        std::string out = before + user(number);
        parameters(rest.substr(number.size()), ';', out);
        return out;
    }
    if (is("urn")) {
        // What is asked for is not who asks (RFC 5031).
        if (sip::lowered(rest.substr(0, 8)) == "service:") return before + kept(rest);
        const std::size_t second = rest.find(':');
        if (second == std::string_view::npos || !is_scheme(rest.substr(0, second))) return before + foreign(rest);
        return before + kept(rest.substr(0, second)) + ':' + names_.hexadecimal(rest.substr(second + 1));
    }
    if (is("cid", "mid")) {
        const std::size_t at = rest.find('@');
        if (at == std::string_view::npos) return before + names_.identifier(rest);
        return before + names_.identifier(rest.substr(0, at)) + '@' + names_.host(rest.substr(at + 1));
    }
    if (rest.starts_with("//")) {
        std::string_view place = rest.substr(2, rest.find_first_of("/?#", 2) - 2);
        const std::string_view path = rest.substr(2 + place.size());
        std::string out = kept(before) + "//";
        if (const std::size_t at = place.find('@'); at != std::string_view::npos) {
            out += user_info(place.substr(0, at)) + '@';
            place.remove_prefix(at + 1);
        }
        out += host_port(place);
        if (path.size() > 1) (out += path.front()) += names_.identifier(path);
        else out += path;
        return out;
    }
    return kept(before) + foreign(rest);
}

std::string Rewriter::user_info(std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    // A number may have parameters of its own (RFC 3261 19.1.6).
    const std::string_view number = name.substr(0, name.find(';'));
    std::string out = user(number);
    parameters(name.substr(number.size()), ';', out);
    if (colon != std::string_view::npos) out += ':' + names_.letters(text.substr(colon + 1));
    return out;
}

std::string Rewriter::user(std::string_view text) { return escaped(names_.person(sip::unescaped(text)), of_user); }

std::string Rewriter::host_port(std::string_view text) {
    std::string_view host = text;
    std::string behind;
    const std::size_t close = text.starts_with('[') ? text.find(']') : 0;
    const std::size_t colon = close == std::string_view::npos ? close : text.find(':', close);
    if (colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos) {
        host = text.substr(0, colon);
        const std::string_view port = sip::trimmed(text.substr(colon + 1));
        behind =
            sip::number_of(port) && port.size() <= 5 ? std::string(text.substr(colon)) : masked(text.substr(colon));
    }
    const std::string_view bare = sip::trimmed(host);
    if (bare.empty()) return masked(host) + behind;
    const auto begin = static_cast<std::size_t>(bare.data() - host.data());
    return std::string(host.substr(0, begin)) + names_.host(bare) + std::string(host.substr(begin + bare.size())) +
           behind;
}

// "?Replaces=abc%3Bto-tag%3D1&Subject=x" (RFC 3261 19.1.1).
std::string Rewriter::uri_headers(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        out += text[at++];  // "?" or "&"
        const std::size_t end = std::min(text.find('&', at), text.size());
        const std::string_view one = text.substr(at, end - at);
        const std::size_t equals = one.find('=');
        at = end;
        if (equals == std::string_view::npos) {
            out += foreign(one);
            continue;
        }
        const std::string name = sip::unescaped(one.substr(0, equals));
        if (!sip::is_token(name)) {
            out += foreign(one);
            continue;
        }
        std::string value;
        constexpr int deepest = 4;  // URIs within URIs
        if (++depth_ > deepest) value = foreign(sip::unescaped(one.substr(equals + 1)));
        else field(name, sip::unescaped(one.substr(equals + 1)), value);
        --depth_;
        out += kept(name) + '=' + escaped(value, of_header);
    }
    return out;
}

}  // namespace sipdex::redact
