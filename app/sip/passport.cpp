#include "sip/passport.h"

#include <algorithm>
#include <charconv>

#include "sip/parameters.h"
#include "sip/token.h"

namespace sipdex::sip {

namespace {

bool is_number(std::string_view identity) {
    return !identity.empty() && identity.find_first_not_of("0123456789*#") == std::string_view::npos;
}

// "tn" for telephone numbers, "uri" for all else (RFC 8225 5.2.1).
std::string claim(const std::string& identity, bool several) {
    const std::string value = several ? "[\"" + identity + "\"]" : "\"" + identity + "\"";
    return (is_number(identity) ? "{\"tn\":" : "{\"uri\":") + value + "}";
}

std::string header_of(const Passport& passport) {
    const std::string extension = passport.extension.empty() ? "" : "\"ppt\":\"" + passport.extension + "\",";
    return "{\"alg\":\"" + passport.algorithm + "\"," + extension + "\"typ\":\"passport\",\"x5u\":\"" +
           passport.credential + "\"}";
}

std::string claims_of(const Passport& passport) {
    const bool shaken = !passport.attestation.empty();
    return std::string("{") + (shaken ? "\"attest\":\"" + passport.attestation + "\"," : "") +
           "\"dest\":" + claim(passport.destination, true) + ",\"iat\":" + std::to_string(passport.issued_at) +
           ",\"orig\":" + claim(passport.origin, false) + (shaken ? ",\"origid\":\"" + passport.origin_id + "\"" : "") +
           "}";
}

// The text behind `"key":`, up to the end of a string or number, in JSON that is as plain as the above.
std::string value_of(std::string_view json, std::string_view key) {
    const auto found = json.find("\"" + std::string(key) + "\":");
    if (found == std::string_view::npos) return "";
    std::string_view rest = json.substr(found + key.size() + 3);
    if (key == "dest" || key == "orig") {  // the first string within
        const auto inner = rest.find(':');
        if (inner == std::string_view::npos) return "";
        rest.remove_prefix(inner + 1);
        if (rest.starts_with('[')) rest.remove_prefix(1);
    }
    if (!rest.starts_with('"')) return std::string(rest.substr(0, rest.find_first_of(",}]")));
    rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find('"')));
}

}  // namespace

std::string signed_token(const Passport& passport, std::string_view key_name) {
    return signed_token(header_of(passport), claims_of(passport), key_name);
}

std::optional<Passport> read_token(std::string_view token) {
    const auto texts = texts_of(token);
    if (!texts) return std::nullopt;
    const std::string& header = texts->header;
    const std::string& claims = texts->payload;
    Passport passport;
    passport.algorithm = value_of(header, "alg");
    passport.extension = value_of(header, "ppt");
    passport.credential = value_of(header, "x5u");
    passport.attestation = value_of(claims, "attest");
    passport.destination = value_of(claims, "dest");
    passport.origin = value_of(claims, "orig");
    passport.origin_id = value_of(claims, "origid");
    const std::string issued = value_of(claims, "iat");
    const auto [end, error] = std::from_chars(issued.data(), issued.data() + issued.size(), passport.issued_at);
    if (error != std::errc{} || passport.destination.empty() || passport.origin.empty()) return std::nullopt;
    return passport;
}

std::string canonical_identity(const Uri& uri) {
    const std::string name = uri.is_sip() ? unescaped(uri.user) : uri.opaque.substr(0, uri.opaque.find(';'));
    std::string digits;
    for (const char letter : name) {
        if (std::string_view("0123456789*#").find(letter) != std::string_view::npos) digits += letter;
        else if (std::string_view("+-.()").find(letter) == std::string_view::npos)
            return "sip:" + uri.user + "@" + lowered(uri.host);
    }
    return digits;
}

std::optional<Identity> parse_identity(std::string_view value) {
    const auto semicolon = value.find(';');
    if (semicolon == std::string_view::npos) return std::nullopt;
    const Parameters parameters = parse_parameters(value.substr(semicolon));
    std::string info = parameters.value("info").value_or("");
    if (info.size() < 3 || info.front() != '<' || info.back() != '>') return std::nullopt;
    return Identity{std::string(trimmed(value.substr(0, semicolon))), info.substr(1, info.size() - 2),
                    parameters.value("alg").value_or(""), parameters.value("ppt").value_or("")};
}

std::string to_text(const Identity& identity) {
    return identity.token + ";info=<" + identity.info + ">;alg=" + identity.algorithm +
           (identity.extension.empty() ? "" : ";ppt=" + identity.extension);
}

}  // namespace sipdex::sip
