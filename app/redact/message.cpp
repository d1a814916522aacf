// The message as a whole: its start line, which field is read as what, its body and the length of that.

#include <algorithm>
#include <unordered_map>

#include "redact/masked.h"
#include "redact/rewriter.h"
#include "sip/characters.h"
#include "sip/header_fields.h"
#include "sip/lines.h"
#include "sip/message.h"
#include "sip/start_line.h"
#include "sip/token.h"

namespace sipdex::redact {

namespace {

enum class How : std::uint8_t {
    numbers,  // and dates: nothing of anybody's
    tokens,   // words of the protocol
    words,    // of people and products, for people
    addresses,
    vias,
    call_ids,
    credentials,
    warnings,
    identity,
    products,
    session_id,
    content_type,
    parameters,  // from the first word on
    text,        // for nobody else
};

How how_of(std::string_view name) {
    static const std::unordered_map<std::string, How> rules = [] {
        std::unordered_map<std::string, How> all;
        const auto add = [&](How how, std::initializer_list<const char*> names) {
            for (const char* const one : names) all.emplace(one, how);
        };
        add(How::numbers,
            {"cseq", "rseq", "rack", "expires", "min-expires", "max-forwards", "content-length", "timestamp", "date",
             "session-expires", "min-se", "max-breadth", "flow-timer", "retry-after", "mime-version"});
        add(How::tokens, {"allow",
                          "supported",
                          "require",
                          "proxy-require",
                          "unsupported",
                          "accept",
                          "accept-encoding",
                          "accept-language",
                          "allow-events",
                          "event",
                          "content-disposition",
                          "content-encoding",
                          "content-language",
                          "priority",
                          "privacy",
                          "subscription-state",
                          "accept-resource-priority",
                          "resource-priority",
                          "recv-info",
                          "info-package",
                          "request-disposition",
                          "security-client",
                          "security-server",
                          "security-verify",
                          "refer-sub",
                          "answer-mode",
                          "priv-answer-mode",
                          "p-early-media",
                          "geolocation-routing",
                          "suppress-if-match",
                          "norefersub",
                          "hide"});
        add(How::words, {"reason", "error-info-text", "geolocation-error", "x-asterisk-hangupcause",
                         "x-asterisk-hangupcausecode", "reason-phrase"});
        add(How::addresses, {"from",
                             "to",
                             "contact",
                             "route",
                             "record-route",
                             "path",
                             "service-route",
                             "p-asserted-identity",
                             "p-preferred-identity",
                             "refer-to",
                             "referred-by",
                             "reply-to",
                             "diversion",
                             "history-info",
                             "remote-party-id",
                             "p-called-party-id",
                             "p-associated-uri",
                             "alert-info",
                             "call-info",
                             "error-info",
                             "p-served-user",
                             "geolocation",
                             "identity-info",
                             "p-profile-key",
                             "p-user-database",
                             "target-uri",
                             "p-preferred-service",
                             "p-asserted-service",
                             "permission-missing",
                             "trigger-consent",
                             "p-refused-uri-list",
                             "cc-diversion",
                             "also",
                             "requested-by",
                             "sip-target"});
        add(How::vias, {"via"});
        add(How::call_ids, {"call-id", "in-reply-to", "replaces", "join", "target-dialog", "references", "sip-etag",
                            "sip-if-match", "same-session"});
        add(How::credentials, {"authorization", "proxy-authorization", "www-authenticate", "proxy-authenticate",
                               "authentication-info", "proxy-authentication-info"});
        add(How::warnings, {"warning"});
        add(How::identity, {"identity"});
        add(How::products, {"user-agent", "server"});
        add(How::session_id, {"session-id"});
        add(How::content_type, {"content-type"});
        add(How::parameters,
            {"p-charging-vector", "accept-contact", "reject-contact", "feature-caps", "p-charging-function-addresses"});
        add(How::text, {"subject", "organization"});
        return all;
    }();
    const auto known = rules.find(sip::lowered(sip::full_name(name)));
    return known == rules.end() ? How::text : known->second;
}

bool is_listed(std::string_view name) { return sip::rule_of(name) != nullptr || how_of(name) != How::text; }

// "3600;refresher=uac", "1 INVITE", "Thu, 21 Feb 2002 13:02:03 GMT", "120 (comment)".
bool is_number_field(std::string_view value) {
    constexpr std::size_t longest = 40;
    static constexpr sip::Characters allowed(sip::alphanum, " .,:;=-\t");
    return value.size() <= longest && allowed.only_in(value);
}

// Days and months have three letters, and so have GMT, ACK and BYE.
bool is_word_of_numbers(std::string_view word) {
    constexpr std::size_t month = 3;
    return word.size() <= month || sip::same_token(word, "refresher") || sip::same_token(word, "duration") ||
           is_word_of_protocol(word);
}

// What stands in front of the quoted or bracketed text of a body part.
std::string_view type_of(std::string_view content_type) {
    return sip::trimmed(content_type.substr(0, content_type.find(';')));
}

std::string boundary_of(std::string_view content_type) {
    const std::string lowered = sip::lowered(content_type);
    const std::size_t at = lowered.find("boundary=");
    if (at == std::string::npos) return {};
    constexpr std::size_t name = 9;
    const std::string_view rest = content_type.substr(at + name);
    if (rest.starts_with('"')) {
        const std::size_t close = sip::closing_quote(rest);
        return close == std::string_view::npos ? std::string() : sip::unquoted(rest.substr(0, close + 1));
    }
    return std::string(rest.substr(0, rest.find_first_of("; \t\r\n,")));
}

}  // namespace

std::string Rewriter::blot(std::string_view text) {
    if (text.empty() || names_.collecting()) return {};
    ++blotted_;
    return masked(text);
}

std::string Rewriter::message(std::string_view octets) {
    // The body first, for its length stands before it.
    std::string_view type, told_length;
    sip::Lines ahead(octets);
    ahead.start_line();
    bool length_seen = false;
    for (sip::FieldLines one; ahead.next_field(one);) {
        if (sip::same_field(one.name, "Content-Type") && type.empty()) type = one.value;
        if (!length_seen && sip::same_field(one.name, "Content-Length")) {
            length_seen = true;
            told_length = one.value;
        }
    }
    const std::string_view rest = ahead.rest();
    const std::string_view content = sip::body_of(rest, length_seen ? std::optional(told_length) : std::nullopt);
    const std::string new_body = body(content, type) + blot(rest.substr(content.size()));
    const auto length = sip::number_of(told_length);
    // A length that is wrong stays wrong by as much.
    std::string new_length(told_length);
    if (length && !names_.collecting()) {
        const auto grown = static_cast<std::int64_t>(new_body.size()) - static_cast<std::int64_t>(rest.size());
        const std::int64_t sum = static_cast<std::int64_t>(*length) + grown;
        new_length = std::to_string(std::max<std::int64_t>(sum, 0));
        if (told_length.starts_with('0') && new_length.size() < told_length.size())
            new_length.insert(0, told_length.size() - new_length.size(), '0');
    }

    std::string out;
    out.reserve(octets.size() + octets.size() / 4);
    const char* at = octets.data();
    // What stands between the lines: their ends.
    const auto copy_until = [&](const char* end) {
        for (; at < end; ++at)
            if (sip::white.has(*at)) out += *at;
    };
    sip::Lines lines(octets);
    if (const auto start = lines.start_line()) {
        copy_until(start->data());
        out += start_line(*start);
        at = start->data() + start->size();
    }
    bool length_written = false;
    for (sip::FieldLines one; lines.next_field(one);) {
        copy_until(one.whole.data());
        at = one.whole.data() + one.whole.size();
        if (!one.is_header_field()) {
            out += foreign(one.whole);
            continue;
        }
        const bool listed = is_listed(one.name);
        const auto value_begin = static_cast<std::size_t>(one.value.data() - one.whole.data());
        const std::string_view before = one.whole.substr(0, one.before_colon.size());
        const std::string name = listed                    ? std::string(one.name)
                                 : names_.within(one.name) ? masked(one.name)
                                                           : std::string(one.name);
        const auto name_begin = static_cast<std::size_t>(one.name.data() - before.data());
        out += before.substr(0, name_begin);  // white space
        out += name;
        out += before.substr(name_begin + one.name.size());
        if (one.value.empty()) {
            out += one.whole.substr(one.before_colon.size());
            continue;
        }
        out += one.whole.substr(one.before_colon.size(), value_begin - one.before_colon.size());
        if (!length_written && length && sip::same_field(one.name, "Content-Length")) {
            length_written = true;
            out += new_length;
        } else {
            field(one.name, one.value, out);
        }
        out += one.whole.substr(value_begin + one.value.size());
    }
    copy_until(octets.data() + (octets.size() - rest.size()));
    return out + new_body;
}

std::string Rewriter::start_line(std::string_view line) {
    sip::StartLine start;
    if (!sip::read_start_line(line, &start, nullptr)) {
        // Cut off: a method and the beginning of a URI.
        const std::string_view method = sip::token_characters.leading(line);
        if (!is_word_of_protocol(method) && !sip::same_token(method, "ACK") && !sip::same_token(method, "BYE"))
            return foreign(line);
        const std::string_view rest = line.substr(method.size());
        const std::string_view target = sip::trimmed(rest);
        if (target.empty()) return std::string(line);
        return std::string(method) + ' ' + uri(target);
    }
    std::string out;
    const char* at = line.data();
    const auto put = [&](std::string_view part, const std::string& written) {
        if (part.empty()) return;
        for (; at < part.data(); ++at) out += sip::white.has(*at) ? *at : ' ';
        out += written;
        at = part.data() + part.size();
    };
    static constexpr sip::Characters version(sip::alphanum, "/.");
    constexpr std::size_t name = 4;  // "SIP/"
    const std::string written_version =
        version.only_in(start.version) ? kept(start.version)
                                       : std::string(start.version.substr(0, name)) + blot(start.version.substr(name));
    if (start.status != 0) {
        const std::string code = std::to_string(start.status);
        put(start.version, written_version);
        const std::size_t place = line.find(code, start.version.size());
        put(line.substr(place, code.size()), code);
        put(start.reason_phrase, free_text(start.reason_phrase));
    } else {
        put(start.method, is_word_of_protocol(start.method) ? std::string(start.method) : words(start.method));
        put(start.request_uri, uri(start.request_uri));
        put(start.version, written_version);
    }
    for (; at < line.data() + line.size(); ++at) out += sip::white.has(*at) ? *at : ' ';
    return out;
}

void Rewriter::field(std::string_view name, std::string_view value, std::string& out) {
    switch (how_of(name)) {
        case How::numbers: {
            // Behind a parenthesis stands a comment (RFC 3261 20.33).
            const std::string_view number = value.substr(0, value.find('('));
            if (!is_number_field(number)) {
                // Damaged as it is, the method of a CSeq still tells what a response belongs to.
                const std::string_view last = value.substr(value.find_last_of(" \t\r\n") + 1);
                const bool method = last.size() < value.size() && is_word_of_protocol(last);
                out += foreign(value.substr(0, value.size() - (method ? last.size() : 0)));
                if (method) out += last;
                return;
            }
            for (std::size_t at = 0; at < number.size();) {
                const std::string_view one = sip::letter_characters.leading(number.substr(at));
                out += is_word_of_numbers(one) ? kept(one) : foreign(one);
                at += one.size();
                if (at < number.size() && one.empty()) out += number[at++];
            }
            out += blot(value.substr(number.size()));
            return;
        }
        case How::tokens: {
            bool due = true;  // a word is; behind another one that no comma ended there is prose
            for (std::size_t at = 0; at < value.size();) {
                const char c = value[at];
                static constexpr sip::Characters between(" \t\r\n,/*");
                if (between.has(c)) {
                    due = due || c == ',' || c == '/';
                    out += c;
                    ++at;
                } else if (c == ';') {
                    at += parameters(value.substr(at), ';', out);
                } else {
                    const std::string_view one = value.substr(at, value.find_first_of(" \t\r\n,/*;", at) - at);
                    out += sip::is_token(one) && (due || is_word_of_numbers(one)) ? kept(one) : foreign(one);
                    at += one.size();
                    due = false;
                }
            }
            return;
        }
        case How::words: {
            const std::string_view first = value.substr(0, value.find_first_of(";, \t\r\n"));
            if (sip::same_token(name, "X-Asterisk-HangupCause")) return void(out += free_text(value));
            if (!sip::same_token(name, "Reason")) return void(out += words(value));
            out += words(first);
            for (std::size_t at = first.size(); at < value.size();) {
                at += parameters(value.substr(at), ';', out);
                if (at < value.size()) out += value[at++];
            }
            return;
        }
        case How::addresses: return addresses(value, out);
        case How::vias: return vias(value, out);
        case How::call_ids: return call_ids(value, out);
        case How::credentials: return credentials(value, out);
        case How::warnings: return warnings(value, out);
        case How::identity: return identity(value, out);
        case How::products: return products(value, out);
        case How::session_id: return session_id(value, out);
        case How::content_type: return content_type(value, out);
        case How::parameters: {
            for (std::size_t at = 0; at < value.size();) {
                if (value[at] == '*' || value[at] == ',') out += value[at++];
                else at += parameters(value.substr(at), ';', out);
            }
            return;
        }
        case How::text: out += foreign(value); return;
    }
}

std::string Rewriter::body(std::string_view content, std::string_view content_type) {
    constexpr int deepest = 4;
    if (content.empty()) return {};
    const std::string type = sip::lowered(type_of(content_type));
    if (type == "application/sdp" || (type.empty() && content.starts_with("v="))) return session(content);
    if (depth_ < deepest) {
        if (type.starts_with("message/sip")) {  // also sipfrag (RFC 3420), of which any part may lack
            ++depth_;
            std::string out = message(content);
            --depth_;
            return out;
        }
        if (const std::string boundary = boundary_of(content_type);
            type.starts_with("multipart/") && !boundary.empty()) {
            ++depth_;
            std::string out = parts(content, boundary);
            --depth_;
            return out;
        }
    }
    if (type == "application/dtmf-relay") return signals(content);
    return blot(content);
}

// RFC 2046 5.1.1.
std::string Rewriter::parts(std::string_view content, std::string_view boundary) {
    const std::string delimiter = "--" + std::string(boundary), written = "--" + names_.identifier(boundary);
    std::string out;
    std::size_t at = content.find(delimiter);
    out += blot(content.substr(0, at));
    while (at < content.size()) {
        const std::size_t line_end = std::min(content.find('\n', at), content.size() - 1) + 1;
        out += written;
        const std::string_view behind = content.substr(at + delimiter.size(), line_end - at - delimiter.size());
        static constexpr sip::Characters closing("-\r\n \t");
        out += closing.only_in(behind) ? std::string(behind) : blot(behind);
        const std::size_t next = content.find("\n" + delimiter, line_end == 0 ? 0 : line_end - 1);
        const std::size_t end = next == std::string_view::npos ? content.size() : next + 1;
        std::string_view part = content.substr(line_end, end > line_end ? end - line_end : 0);
        at = next == std::string_view::npos ? content.size() : end;
        if (behind.starts_with("--")) {
            out += blot(part);
            continue;
        }
        // Header fields, an empty line, and the line end that belongs to the delimiter.
        std::string_view type;
        const std::size_t head = part.find("\r\n\r\n"), lone = part.find("\n\n");
        const std::size_t split = head < lone ? head + 4 : lone == std::string_view::npos ? part.size() : lone + 2;
        std::string_view fields = part.substr(0, std::min(split, part.size()));
        const std::string_view inner = part.substr(fields.size());
        while (!fields.empty()) {
            const std::size_t end_of_line = std::min(fields.find('\n'), fields.size() - 1) + 1;
            const std::string_view line = fields.substr(0, end_of_line);
            fields.remove_prefix(end_of_line);
            const std::string_view bare = sip::line_ends.before(line);
            const std::size_t colon = bare.find(':');
            if (colon == std::string_view::npos || !sip::is_token(sip::trimmed(bare.substr(0, colon)))) {
                out += foreign(line);
                continue;
            }
            const std::string_view name = sip::trimmed(bare.substr(0, colon)),
                                   value = sip::trimmed(bare.substr(colon + 1));
            if (sip::same_token(name, "Content-Type")) type = value;
            out += names_.within(name) ? masked(name) : std::string(name);
            out += ": ";
            if (!value.empty() && sip::lowered(name).starts_with("content-") && is_listed(name))
                field(name, value, out);
            else out += foreign(value);
            out += line.substr(bare.size());
        }
        out += body(inner, type);
    }
    return out;
}

// "Signal=5\r\nDuration=160\r\n": which key is nobody's business.
std::string Rewriter::signals(std::string_view content) {
    std::string out;
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t end = std::min(content.find('\n', at), content.size() - 1) + 1;
        const std::string_view line = content.substr(at, end - at), name = line.substr(0, line.find('='));
        at = end;
        const bool known =
            sip::same_token(sip::trimmed(name), "Signal") || sip::same_token(sip::trimmed(name), "Duration");
        if (known && name.size() < line.size()) (out += name) += '=' + blot(line.substr(name.size() + 1));
        else out += blot(line);
    }
    return out;
}

}  // namespace sipdex::redact
