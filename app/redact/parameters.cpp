// Parameters behind addresses, URIs, Vias and other values: which of them tell how, and which tell who.

#include <algorithm>
#include <array>
#include <unordered_map>

#include "redact/masked.h"
#include "redact/rewriter.h"
#include "sip/characters.h"
#include "sip/token.h"
#include "sip/via.h"

namespace sipdex::redact {

namespace {

enum class How : std::uint8_t {
    as_it_is,
    number,
    branch,
    identifier,
    call_id,
    hexadecimal,
    host,
    person,
    number_or_host,
    place,
    uri,
    words,
    free  // text, for people
};

std::optional<How> how_of(std::string_view name) {
    static const std::unordered_map<std::string_view, How> rules = {// Numbers and words of the protocol.
                                                                    {"expires", How::number},
                                                                    {"q", How::number},
                                                                    {"ttl", How::number},
                                                                    {"rport", How::number},
                                                                    {"index", How::number},
                                                                    {"rc", How::number},
                                                                    {"mp", How::number},
                                                                    {"np", How::number},
                                                                    {"cause", How::number},
                                                                    {"reg-id", How::number},
                                                                    {"keep", How::number},
                                                                    {"counter", How::number},
                                                                    {"limit", How::number},
                                                                    {"retry-after", How::number},
                                                                    {"duration", How::number},
                                                                    {"retransmission-allowed", How::number},
                                                                    {"nc", How::number},
                                                                    {"version", How::number},
                                                                    {"cpc", How::as_it_is},
                                                                    {"oli", How::number},
                                                                    {"isup-oli", How::number},
                                                                    {"npdi", How::as_it_is},
                                                                    {"transport", How::as_it_is},
                                                                    {"user", How::as_it_is},
                                                                    {"method", How::as_it_is},
                                                                    {"refresher", How::as_it_is},
                                                                    {"handling", How::as_it_is},
                                                                    {"privacy", How::as_it_is},
                                                                    {"screen", How::as_it_is},
                                                                    {"party", How::as_it_is},
                                                                    {"reason", How::as_it_is},
                                                                    {"purpose", How::as_it_is},
                                                                    {"alg", How::as_it_is},
                                                                    {"ppt", How::as_it_is},
                                                                    {"comp", How::as_it_is},
                                                                    {"algorithm", How::as_it_is},
                                                                    {"qop", How::as_it_is},
                                                                    {"stale", How::as_it_is},
                                                                    {"methods", How::as_it_is},
                                                                    {"events", How::as_it_is},
                                                                    {"charset", How::as_it_is},
                                                                    {"d-alg", How::as_it_is},
                                                                    {"d-qop", How::as_it_is},
                                                                    {"mode", How::as_it_is},
                                                                    {"prot", How::as_it_is},
                                                                    {"ealg", How::as_it_is},
                                                                    {"sigcomp-id", How::hexadecimal},
                                                                    {"integrity-protected", How::as_it_is},
                                                                    {"type", How::as_it_is},
                                                                    {"profile-type", How::as_it_is},
                                                                    {"document", How::as_it_is},
                                                                    // Who and where.
                                                                    {"branch", How::branch},
                                                                    {"tag", How::identifier},
                                                                    {"from-tag", How::identifier},
                                                                    {"to-tag", How::identifier},
                                                                    {"local-tag", How::identifier},
                                                                    {"remote-tag", How::identifier},
                                                                    {"nonce", How::identifier},
                                                                    {"cnonce", How::identifier},
                                                                    {"opaque", How::identifier},
                                                                    {"nextnonce", How::identifier},
                                                                    {"icid-value", How::call_id},
                                                                    {"call-id", How::call_id},
                                                                    {"id", How::identifier},
                                                                    {"boundary", How::identifier},
                                                                    {"gr", How::hexadecimal},
                                                                    {"response", How::hexadecimal},
                                                                    {"rspauth", How::hexadecimal},
                                                                    {"auts", How::hexadecimal},
                                                                    {"ik", How::hexadecimal},
                                                                    {"ck", How::hexadecimal},
                                                                    {"remote", How::hexadecimal},
                                                                    {"d-ver", How::hexadecimal},
                                                                    {"received", How::host},
                                                                    {"maddr", How::host},
                                                                    {"orig-ioi", How::host},
                                                                    {"term-ioi", How::host},
                                                                    {"transit-ioi", How::host},
                                                                    {"icid-generated-at", How::place},
                                                                    {"phone-context", How::number_or_host},
                                                                    {"rn", How::person},
                                                                    {"isub", How::person},
                                                                    {"ext", How::person},
                                                                    {"cic", How::person},
                                                                    {"username", How::person},
                                                                    {"realm", How::person},
                                                                    {"uri", How::uri},
                                                                    {"info", How::uri},
                                                                    {"pub-gruu", How::uri},
                                                                    {"temp-gruu", How::uri},
                                                                    {"+sip.instance", How::uri},
                                                                    {"sip.instance", How::uri},
                                                                    {"domain", How::uri},
                                                                    {"text", How::free},
                                                                    {"comment", How::words}};
    const auto known = rules.find(sip::lowered(name));
    if (known != rules.end()) return known->second;
    // Features of a device (RFC 3840 9): "+g.3gpp.icsi-ref" and what it supports.
    if (name.starts_with('+') || name.starts_with("g.3gpp.")) return How::words;
    return {};
}

// Parameters that need no value.
bool is_known(std::string_view name) {
    static constexpr std::string_view bare[] = {
        "lr",      "rport",    "ob",       "alias",       "received", "isfocus",  "npdi",      "keep",     "audio",
        "video",   "text",     "message",  "application", "automata", "data",     "control",   "mobility", "methods",
        "schemes", "required", "explicit", "early-only",  "no-fork",  "tel",      "call-id",   "orig",     "term",
        "maddr",   "ttl",      "uas",      "fd",          "sescase",  "regstate", "refresher", "hidden"};
    return std::ranges::any_of(bare, [&](std::string_view one) { return sip::same_token(one, name); });
}

// Where a value ends: at the separator or a comma outside quotes and angle brackets, or at white space.
std::size_t end_of_value(std::string_view text, char separator) {
    if (text.starts_with('"')) {
        const std::size_t close = sip::closing_quote(text);
        return close == std::string_view::npos ? close : close + 1;
    }
    if (text.starts_with('<')) {
        const std::size_t close = text.find('>');
        return close == std::string_view::npos ? close : close + 1;
    }
    const char ends[] = {separator, ',', ' ', '\t', '\r', '\n', '\0'};
    return std::min(text.find_first_of(ends, 0), text.size());
}

}  // namespace

// From a separator on, up to a comma where that is none; gives how many octets were read. Behind what does not fit,
// everything is blotted out.
std::size_t Rewriter::parameters(std::string_view text, char separator, std::string& out) {
    std::size_t at = 0;
    bool due = true;  // a parameter is; what follows another one without a separator is prose
    while (at < text.size()) {
        const char c = text[at];
        if (sip::white.has(c) || c == separator) {
            due = due || c == separator;
            out += c;
            ++at;
            continue;
        }
        if (c == ',') return at;
        const char name_ends[] = {'=', separator, ',', ' ', '\t', '\r', '\n', '"', '<', '\0'};
        const std::string_view name = text.substr(at, text.find_first_of(name_ends, at) - at);
        std::size_t behind = at + name.size();
        std::size_t equals = behind;
        while (equals < text.size() && sip::white.has(text[equals])) ++equals;
        if (equals >= text.size() || text[equals] != '=') {
            if (name.empty()) break;
            out += due ? name_of_parameter(name) : foreign(name);
            due = false;
            at = behind;
            continue;
        }
        if (name.empty()) break;
        std::size_t begin = equals + 1;
        while (begin < text.size() && sip::white.has(text[begin])) ++begin;
        const std::size_t length = end_of_value(text.substr(begin), separator);
        if (length == std::string_view::npos) break;
        out += name_of_parameter(name);
        out += text.substr(behind, begin - behind);  // "=", and white space
        out += parameter(name, text.substr(begin, length));
        at = begin + length;
        due = false;
    }
    if (at < text.size()) out += foreign(text.substr(at));
    return text.size();
}

std::string Rewriter::name_of_parameter(std::string_view name) {
    constexpr std::size_t most_digits = 3;
    if (is_known(name) || (how_of(name) && !name.starts_with('+'))) return std::string(name);
    if (!sip::is_token(name)) return foreign(name);
    const auto digits = std::ranges::count_if(name, [](char c) { return sip::digit_characters.has(c); });
    if (names_.collecting()) return names_.known(name);
    if (static_cast<std::size_t>(digits) > most_digits || names_.within(name)) return foreign(name);
    return std::string(name);
}

std::string Rewriter::parameter(std::string_view name, std::string_view value) {
    const std::string content = sip::unquoted(value);
    if (content.empty()) return std::string(value.starts_with('"') ? "\"\"" : "");
    const auto in_brackets = [&](std::string_view text) {
        if (text.starts_with('<') && text.ends_with('>') && text.size() > 2)
            return '<' + uri(text.substr(1, text.size() - 2)) + '>';
        return uri(text);
    };
    const auto how = how_of(name);
    if (!how) return quoted_like(value, foreign(content));
    switch (*how) {
        case How::number: {
            static constexpr sip::Characters allowed("0123456789.");
            constexpr std::size_t longest = 10;
            if (allowed.only_in(content) && content.size() <= longest) return std::string(value);
            return quoted_like(value, sip::same_token(content, "yes") ? content : foreign(content));
        }
        case How::as_it_is: {
            // One word, unless it stands in quotes; what follows it is none of the value.
            const std::string_view first =
                value.starts_with('"') ? std::string_view(content) : sip::white.before(content);
            const std::string_view rest = std::string_view(content).substr(first.size());
            return quoted_like(value, words(first) + (rest.empty() ? std::string() : foreign(rest)));
        }
        case How::branch: {
            if (!content.starts_with(sip::magic_cookie)) return quoted_like(value, names_.identifier(content));
            return quoted_like(value,
                               std::string(sip::magic_cookie) +
                                   names_.identifier(std::string_view(content).substr(sip::magic_cookie.size())));
        }
        case How::identifier: return quoted_like(value, names_.identifier(content));
        case How::call_id: return quoted_like(value, names_.call_id(content));
        case How::hexadecimal: return quoted_like(value, names_.hexadecimal(content));
        case How::host: return quoted_like(value, names_.host(content));
        case How::number_or_host: {
            const bool number = content.front() == '+' || sip::digit_characters.has(content.front());
            return quoted_like(value, number ? names_.person(content) : names_.host(content));
        }
        case How::place: return quoted_like(value, host_port(content));
        case How::person: return quoted_like(value, names_.person(content));
        case How::uri: {
            // Digest: "/path" or an address; a domain lists several (RFC 2617 3.2.1).
            if (value.starts_with('<')) return in_brackets(value);
            return quoted_like(value, in_brackets(content));
        }
        case How::words: return quoted_like(value, words(content));
        case How::free: return quoted_like(value, free_text(content));
    }
    return {};
}

}  // namespace sipdex::redact
