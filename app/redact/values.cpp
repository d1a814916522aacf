// Values of header fields that have a grammar of their own.

#include <algorithm>

#include "redact/masked.h"
#include "redact/rewriter.h"
#include "sip/characters.h"
#include "sip/passport.h"
#include "sip/token.h"

namespace sipdex::redact {

namespace {

std::string base64url(std::string_view octets) {
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    std::uint32_t bits = 0;
    int have = 0;
    for (const char octet : octets) {
        bits = bits << 8 | static_cast<unsigned char>(octet);
        for (have += 8; have >= 6; have -= 6) out += letters[bits >> (have - 6) & 63];
    }
    if (have > 0) out += letters[bits << (6 - have) & 63];
    return out;
}

// Names of devices that their owners gave them have a genitive or letters of a language.
bool is_of_a_person(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return c == '\'' || c == '"' || static_cast<unsigned char>(c) >= 0x80; });
}

std::string with_white_space_before(std::string_view text, std::size_t& at) {
    const std::string_view white = sip::white.leading(text.substr(at));
    at += white.size();
    return std::string(white);
}

}  // namespace

// From, To, Contact, Route and all others of their kind (RFC 3261 20.10), one or several.
void Rewriter::addresses(std::string_view value, std::string& out) {
    std::size_t at = 0;
    while (at < value.size()) {
        out += with_white_space_before(value, at);
        if (at >= value.size()) return;
        if (value[at] == ',' || value[at] == '*') {
            out += value[at++];
            continue;
        }
        const std::size_t before = at;
        if (value[at] == '"') {
            const std::size_t close = sip::closing_quote(value.substr(at));
            if (close == std::string_view::npos) break;
            out += sip::quoted(names_.person(sip::unquoted(value.substr(at, close + 1))));
            at += close + 1;
            out += with_white_space_before(value, at);
            if (at >= value.size() || value[at] != '<') break;
        } else if (value[at] != '<') {
            const std::size_t bracket = value.find_first_of("<,;\"", at);
            if (bracket != std::string_view::npos && value[bracket] == '<') {
                const std::string_view name = sip::trimmed(value.substr(at, bracket - at));
                out += names_.person(name);
                at += name.size();
                out += with_white_space_before(value, at);
            }
        }
        if (value[at] == '<') {
            const std::size_t close = value.find('>', at);
            if (close == std::string_view::npos) break;
            out += '<' + uri(value.substr(at + 1, close - at - 1)) + '>';
            at = close + 1;
        } else {
            // Without brackets parameters belong to the field (RFC 3261 20.10).
            const std::size_t end = std::min(value.find_first_of(";, \t\r\n<>\"", at), value.size());
            if (end == at) break;
            out += uri(value.substr(at, end - at));
            at = end;
        }
        at += parameters(value.substr(at), ';', out);
        if (at == before) break;
    }
    if (at < value.size()) out += foreign(value.substr(at));
}

// "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK74b21"
void Rewriter::vias(std::string_view value, std::string& out) {
    std::size_t at = 0;
    while (at < value.size()) {
        out += with_white_space_before(value, at);
        if (at >= value.size()) return;
        if (value[at] == ',') {
            out += value[at++];
            continue;
        }
        const std::string_view rest = value.substr(at);
        const std::string_view one = rest.substr(0, rest.find_first_of(";,"));
        const std::size_t slash = one.rfind('/');
        if (slash == std::string_view::npos) break;
        std::size_t space = slash + 1;
        space += sip::white.leading(one.substr(space)).size();
        space += sip::white.before(one.substr(space)).size();
        for (const char c : one.substr(0, space))
            if (!sip::token_characters.has(c) && !sip::white.has(c) && c != '/') {
                out += foreign(rest);
                return;
            }
        out += kept(one.substr(0, space));
        std::size_t begin = space;
        out += with_white_space_before(one, begin);
        out += host_port(one.substr(begin));
        at += one.size();
        at += parameters(value.substr(at), ';', out);
    }
    if (at < value.size()) out += foreign(value.substr(at));
}

// "abc@host", several with commas, or one with parameters: In-Reply-To, Replaces.
void Rewriter::call_ids(std::string_view value, std::string& out) {
    for (std::size_t at = 0; at < value.size();) {
        out += with_white_space_before(value, at);
        const std::string_view one = value.substr(at, value.find_first_of(";, \t\r\n", at) - at);
        out += names_.call_id(one);
        at += one.size();
        out += with_white_space_before(value, at);
        if (at < value.size() && value[at] == ';') at += parameters(value.substr(at), ';', out);
        if (at < value.size() && value[at] == ',') out += value[at++];
    }
}

// Challenges and credentials (RFC 3261 20.7, 20.44): "Digest username=…, realm=…".
void Rewriter::credentials(std::string_view value, std::string& out) {
    const std::string_view scheme = sip::token_characters.leading(value);
    const bool scheme_first = !scheme.empty() && scheme.size() < value.size() && sip::white.has(value[scheme.size()]);
    std::size_t at = 0;
    if (scheme_first) {
        out += kept(scheme);
        at = scheme.size();
        out += with_white_space_before(value, at);
        // Basic and Bearer carry one word.
        if (value.find('=', at) == std::string_view::npos || sip::same_token(scheme, "Basic") ||
            sip::same_token(scheme, "Bearer")) {
            out += names_.letters(value.substr(at));
            return;
        }
    }
    while (at < value.size()) {
        if (value[at] == ',') {
            out += value[at++];
            continue;
        }
        at += parameters(value.substr(at), ',', out);
    }
}

// "399 gw1.example.com "Route failed"" (RFC 3261 20.43)
void Rewriter::warnings(std::string_view value, std::string& out) {
    std::size_t at = 0;
    while (at < value.size()) {
        out += with_white_space_before(value, at);
        if (at < value.size() && value[at] == ',') {
            out += value[at++];
            continue;
        }
        const std::string_view code = sip::digit_characters.leading(value.substr(at));
        if (code.size() != 3) break;
        out += code;
        at += code.size();
        out += with_white_space_before(value, at);
        const std::string_view agent = value.substr(at, value.find_first_of(" \t\r\n,", at) - at);
        // A host, or the name by which it is known (RFC 3261 20.43); products write their own.
        out += is_name_of_product(agent) ? words(agent) : host_port(agent);
        at += agent.size();
        out += with_white_space_before(value, at);
        if (at >= value.size() || value[at] != '"') break;
        const std::size_t close = sip::closing_quote(value.substr(at));
        if (close == std::string_view::npos) break;
        out += sip::quoted(free_text(sip::unquoted(value.substr(at, close + 1))));
        at += close + 1;
    }
    if (at < value.size()) out += foreign(value.substr(at));
}

// The claims stay a statement about the same pseudonyms; the signature is gone (RFC 8224 4, RFC 8225).
std::string Rewriter::token_of(std::string_view passport) {
    const auto read = sip::read_token(passport);
    const std::size_t dot = passport.rfind('.');
    if (!read || dot == std::string_view::npos) {
        std::string out;
        for (std::size_t at = 0; at < passport.size();) {
            const std::size_t end = std::min(passport.find('.', at), passport.size());
            out += names_.letters(passport.substr(at, end - at));
            if (end < passport.size()) out += '.';
            at = end + 1;
        }
        return out;
    }
    const auto party = [&](const std::string& identity) {
        return is_number(identity) ? std::pair("tn", names_.number(identity)) : std::pair("uri", uri(identity));
    };
    const auto in_json = [&](const std::string& text) { return words(text); };
    const auto [destination_kind, destination] = party(read->destination);
    const auto [origin_kind, origin] = party(read->origin);
    std::string header = R"({"alg":")" + in_json(read->algorithm) + '"', claims = "{";
    if (!read->extension.empty()) header += R"(,"ppt":")" + in_json(read->extension) + '"';
    header += R"(,"typ":"passport","x5u":")" + uri(read->credential) + "\"}";
    if (!read->attestation.empty()) claims += R"("attest":")" + in_json(read->attestation) + "\",";
    claims += R"("dest":{")" + std::string(destination_kind) + R"(":[")" + destination + R"("]},"iat":)" +
              std::to_string(read->issued_at) + R"(,"orig":{")" + origin_kind + R"(":")" + origin + "\"}";
    if (!read->origin_id.empty()) claims += R"(,"origid":")" + names_.hexadecimal(read->origin_id) + '"';
    return base64url(header) + '.' + base64url(claims + '}') + '.' + names_.letters(passport.substr(dot + 1));
}

void Rewriter::identity(std::string_view value, std::string& out) {
    std::size_t at = 0;
    while (at < value.size()) {
        out += with_white_space_before(value, at);
        if (at < value.size() && value[at] == ',') {
            out += value[at++];
            continue;
        }
        std::string_view token = value.substr(at, value.find_first_of(";, \t\r\n", at) - at);
        // RFC 4474 9 put a signature in quotes.
        if (token.starts_with('"')) out += sip::quoted(names_.letters(sip::unquoted(token)));
        else out += token_of(token);
        at += token.size();
        const std::size_t read = parameters(value.substr(at), ';', out);
        if (read == 0 && token.empty()) break;
        at += read;
    }
    if (at < value.size()) out += foreign(value.substr(at));
}

// "Asterisk PBX 16.2.1", "Yealink SIP-T46S 66.84.0.15 001565aabbcc": the product and its version matter to whoever looks for
// the fault, its serial number and hardware address to nobody. Four numbers with dots are a version, unless they are an
// address that occurs elsewhere.
void Rewriter::products(std::string_view value, std::string& out) {
    static constexpr sip::Characters delimiters(" \t\r\n/;(),\"<>[]"), plain(sip::alphanum, "-_."),
        version("0123456789.");
    constexpr std::ptrdiff_t most_digits = 4;
    // What a product calls itself stays, unless it holds what somebody is called.
    const std::string_view first = delimiters.before(value);
    const auto digits = std::ranges::count_if(first, [](char c) { return sip::digit_characters.has(c); });
    if (plain.only_in(first) && digits < most_digits && !names_.within(first)) {
        out += first;
        value.remove_prefix(first.size());
    }
    for (std::size_t at = 0; at < value.size();) {
        if (value[at] == '(') {
            // A comment that speaks like a person: "(Anna's iPhone)".
            const std::string_view comment = value.substr(at + 1, value.find(')', at) - at - 1);
            if (is_of_a_person(comment)) {
                out += '(' + foreign(comment);
                at += 1 + comment.size();
                continue;
            }
        }
        if (delimiters.has(value[at])) {
            out += value[at++];
            continue;
        }
        const std::string_view one = delimiters.before(value.substr(at));
        if (is_of_a_person(one)) out += foreign(one);
        else if (!version.only_in(one)) out += words(one);
        else if (!names_.collecting()) out += names_.within(one) ? words(one) : std::string(one);
        at += one.size();
    }
}

// RFC 7989 5: 32 hexadecimal digits; 32 times 0 stands for nothing.
void Rewriter::session_id(std::string_view value, std::string& out) {
    const std::string_view id = value.substr(0, value.find_first_of("; \t\r\n"));
    out += id.find_first_not_of('0') == std::string_view::npos ? std::string(id) : names_.hexadecimal(id);
    std::string_view rest = value.substr(id.size());
    constexpr std::string_view nil = "remote=00000000000000000000000000000000";
    if (const std::size_t at = rest.find(nil); at != std::string_view::npos) {
        parameters(rest.substr(0, at), ';', out);
        out += nil;
        rest.remove_prefix(at + nil.size());
    }
    parameters(rest, ';', out);
}

// "multipart/mixed;boundary=…": a type, then parameters.
void Rewriter::content_type(std::string_view value, std::string& out) {
    const std::string_view type = value.substr(0, value.find_first_of("; \t\r\n"));
    static constexpr sip::Characters allowed(sip::alphanum, "-+._/*");
    out += allowed.only_in(type) ? kept(type) : foreign(type);
    parameters(value.substr(type.size()), ';', out);
}

}  // namespace sipdex::redact
