// Session descriptions (RFC 8866): where media go, and whose session it is, is replaced; what is offered stays.

#include <array>
#include <unordered_set>

#include "redact/masked.h"
#include "redact/rewriter.h"
#include "sip/characters.h"
#include "sip/token.h"

namespace sipdex::redact {

namespace {

std::string_view word_at(std::string_view text, std::size_t index) {
    std::size_t at = 0;
    for (; index > 0; --index) {
        at = text.find(' ', at);
        if (at == std::string_view::npos) return {};
        ++at;
    }
    return text.substr(at, text.find(' ', at) - at);
}

// Attributes whose values name nobody: formats, directions, timing, abilities.
bool tells_how(std::string_view attribute) {
    static const std::unordered_set<std::string_view> known = {"rtpmap",
                                                               "fmtp",
                                                               "ptime",
                                                               "maxptime",
                                                               "minptime",
                                                               "sendrecv",
                                                               "sendonly",
                                                               "recvonly",
                                                               "inactive",
                                                               "rtcp-mux",
                                                               "rtcp-mux-only",
                                                               "setup",
                                                               "connection",
                                                               "mid",
                                                               "group",
                                                               "rtcp-fb",
                                                               "extmap",
                                                               "silencesupp",
                                                               "framerate",
                                                               "quality",
                                                               "orient",
                                                               "type",
                                                               "charset",
                                                               "curr",
                                                               "des",
                                                               "conf",
                                                               "ice-lite",
                                                               "ice-options",
                                                               "end-of-candidates",
                                                               "ice-mismatch",
                                                               "rtcp-rsize",
                                                               "rtcp-xr",
                                                               "bundle-only",
                                                               "max-message-size",
                                                               "sctp-port",
                                                               "sctpmap",
                                                               "imageattr",
                                                               "accept-types",
                                                               "accept-wrapped-types",
                                                               "maxsize",
                                                               "sqn",
                                                               "cdsc",
                                                               "pcfg",
                                                               "acfg",
                                                               "tcap",
                                                               "t38faxversion",
                                                               "t38maxbitrate",
                                                               "t38faxfillbitremoval",
                                                               "t38faxtranscodingmmr",
                                                               "t38faxtranscodingjbig",
                                                               "t38faxratemanagement",
                                                               "t38faxmaxbuffer",
                                                               "t38faxmaxdatagram",
                                                               "t38faxudpec",
                                                               "t38vendorinfo",
                                                               "ecan",
                                                               "gpmd",
                                                               "vsel",
                                                               "mptime",
                                                               "extmap-allow-mixed",
                                                               "simulcast",
                                                               "rid",
                                                               "lang",
                                                               "sdplang"};
    return known.contains(sip::lowered(attribute));
}

}  // namespace

std::string Rewriter::session(std::string_view content) {
    std::string out;
    out.reserve(content.size() + 32);
    for (std::size_t at = 0; at < content.size();) {
        if (sip::line_ends.has(content[at])) {
            out += content[at++];
            continue;
        }
        const std::string_view line = sip::line_ends.before(content.substr(at));
        out += session_line(line);
        at += line.size();
    }
    return out;
}

std::string Rewriter::session_line(std::string_view line) {
    if (line.size() < 2 || line[1] != '=') return blot(line);
    const std::string before(line.substr(0, 2));
    const std::string_view value = line.substr(2);
    static constexpr sip::Characters of_numbers("0123456789 -dhms*"), of_media(sip::alphanum, "-_./*+ ");
    switch (line[0]) {
        case 'v':
        case 't':
        case 'r':
        case 'z': return before + (of_numbers.only_in(value) ? std::string(value) : blot(value));
        case 'b': {
            static constexpr sip::Characters allowed(sip::alphanum, "-:");
            return before + (allowed.only_in(value) ? kept(value) : blot(value));
        }
        case 'm': return before + (of_media.only_in(value) ? kept(value) : foreign(value));
        case 'o': return before + origin(value);
        case 'c': {
            // "IN IP4 233.252.0.1/127": the time to live behind it is none of the address.
            std::string out = before;
            const std::string_view net = word_at(value, 0), type = word_at(value, 1), place = word_at(value, 2);
            if (place.empty()) return before + foreign(value);
            out += kept(net) + ' ' + kept(type) + ' ' + names_.host(place.substr(0, place.find('/')));
            const std::string_view behind = value.substr(static_cast<std::size_t>(place.data() - value.data()) +
                                                         std::min(place.find('/'), place.size()));
            static constexpr sip::Characters numbers("0123456789/ ");
            return out + (numbers.only_in(behind) ? std::string(behind) : blot(behind));
        }
        case 's':
            if (value == "-" || value == " ") return std::string(line);
            return before + blot(value);
        case 'a': return before + attribute(value);
        default: return before + blot(value);
    }
}

// "- 2890844526 2890842807 IN IP4 192.0.2.1": the numbers are often a time or an address. What they are does not count, only
// whether they are the same and how the second grows (RFC 3264 8).
std::string Rewriter::origin(std::string_view value) {
    constexpr std::size_t telling = 6;  // small ones are counted from 0 or 1
    const std::string_view user = word_at(value, 0), id = word_at(value, 1), version = word_at(value, 2),
                           net = word_at(value, 3), type = word_at(value, 4), place = word_at(value, 5);
    if (place.empty()) return foreign(value);
    const auto is_count = [](std::string_view text) {
        return !text.empty() && text.size() <= 20 && sip::digit_characters.only_in(text);
    };
    if (!is_count(id) || !is_count(version)) return foreign(value);
    const auto drawn = [&](std::string_view number, std::uint64_t difference) {
        if (number.size() < telling) return std::string(number);
        std::string digits = names_.letters(number);
        for (char& c : digits) c = static_cast<char>('1' + (c - 'a') % 9);
        for (std::size_t i = digits.size(); i-- > 0 && difference > 0; difference /= 10) {
            const std::uint64_t sum = static_cast<std::uint64_t>(digits[i] - '0') + difference % 10;
            digits[i] = static_cast<char>('0' + sum % 10);
            if (sum >= 10) difference += 10;
        }
        return digits;
    };
    std::string first_id = std::string(user) + ' ' + std::string(id);
    const auto first = first_versions_.try_emplace(std::move(first_id), version).first;
    const auto number = [](std::string_view digits) {
        std::uint64_t counted = 0;
        for (const char c : digits) counted = counted * 10 + static_cast<std::uint64_t>(c - '0');
        return counted;
    };
    const std::uint64_t from = number(first->second), to = number(version);
    constexpr std::uint64_t most = 1'000'000;
    const bool grown = to >= from && to - from < most && version.size() == first->second.size();
    const std::string new_version = grown ? drawn(first->second, to - from) : drawn(version, 0);
    const std::string_view behind = value.substr(static_cast<std::size_t>(place.data() - value.data()) + place.size());
    // Mostly a product's name; it is a person's where it stands elsewhere, too.
    if (names_.collecting()) names_.avoid(user);
    std::string who = user == "-" ? "-" : names_.known(user);
    if (who.empty()) who = names_.letters(user);
    return who + ' ' + drawn(id, 0) + ' ' + new_version + ' ' + kept(net) + ' ' + kept(type) + ' ' +
           names_.host(place) + (behind.empty() ? "" : blot(behind));
}

std::string Rewriter::attribute(std::string_view value) {
    const std::string_view name = value.substr(0, value.find(':'));
    if (!sip::is_token(name)) return foreign(value);
    if (name.size() == value.size()) return tells_how(name) || names_.collecting() ? std::string(name) : kept(name);
    const std::string before = (tells_how(name) ? std::string(name) : kept(name)) + ':';
    const std::string_view content = value.substr(name.size() + 1);
    const auto is = [&](auto... names) { return (sip::same_token(name, names) || ...); };
    if (tells_how(name)) return before + kept(content);
    if (is("acap", "cpar")) {  // another attribute, which may be a key (RFC 5939, RFC 3407)
        constexpr int deepest = 4;
        const std::string_view number = sip::digit_characters.leading(content),
                               other = sip::trimmed(content.substr(number.size()));
        if (other.empty() || depth_ >= deepest) return before + blot(content);
        ++depth_;
        const std::string inner = is("cpar") ? session_line(other) : attribute(other);
        --depth_;
        return before + std::string(number) + (content.starts_with(other) ? "" : " ") + inner;
    }
    if (is("msid-semantic")) {  // "WMS stream1 stream2"
        std::string out = before;
        for (std::size_t at = 0; at < content.size();) {
            if (content[at] == ' ') {
                out += content[at++];
                continue;
            }
            const std::string_view one = content.substr(at, content.find(' ', at) - at);
            out += one == "*" || one == "WMS" ? std::string(one) : names_.identifier(one);
            at += one.size();
        }
        return out;
    }
    if (is("label"))
        return before + (sip::digit_characters.only_in(content) ? std::string(content) : names_.identifier(content));
    if (is("content")) {  // RFC 4796
        static const std::unordered_set<std::string_view> known = {"slides", "speaker", "sl", "main", "alt"};
        return before + (known.contains(sip::lowered(content)) ? std::string(content) : foreign(content));
    }
    if (is("rtcp")) {  // "53020 IN IP4 192.0.2.1" (RFC 3605)
        const std::string_view port = word_at(content, 0), place = word_at(content, 3);
        if (!sip::digit_characters.only_in(port)) return before + foreign(content);
        if (place.empty()) return before + (port.size() == content.size() ? std::string(port) : foreign(content));
        return before + std::string(port) + ' ' + kept(word_at(content, 1)) + ' ' + kept(word_at(content, 2)) + ' ' +
               names_.host(place);
    }
    if (is("candidate", "remote-candidates")) {  // RFC 8839 5.1; a foundation often holds an address
        std::string out = before;
        for (std::size_t index = 0;; ++index) {
            const std::string_view one = word_at(content, index);
            if (one.empty()) break;
            if (index > 0) out += ' ';
            static constexpr sip::Characters plain(sip::alphanum, "-");
            if (index == 0 && is("candidate")) out += names_.letters(one);
            else if (one.find_first_of(".:") != std::string_view::npos) out += names_.host(one);
            else if (word_at(content, index - 1) == "ufrag") out += names_.letters(one);
            else out += plain.only_in(one) && one.size() <= 16 ? kept(one) : masked(one);
        }
        return out;
    }
    if (is("ice-ufrag", "ice-pwd")) return before + names_.letters(content);
    if (is("fingerprint", "tls-id", "dtls-id")) {
        const std::size_t space = content.find(' ');
        if (space == std::string_view::npos) return before + names_.hexadecimal(content);
        return before + kept(content.substr(0, space + 1)) + names_.hexadecimal(content.substr(space + 1));
    }
    if (is("crypto")) {  // "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:32" (RFC 4568)
        const std::size_t key = content.find("inline:");
        if (key == std::string_view::npos) return before + blot(content);
        constexpr std::size_t inline_octets = 7;
        const std::string_view secret =
            content.substr(key + inline_octets, content.find_first_of("| ;", key) - key - inline_octets);
        const std::string_view behind = content.substr(key + inline_octets + secret.size());
        static constexpr sip::Characters allowed(sip::alphanum, "|^:= _");
        return before + kept(content.substr(0, key + inline_octets)) + names_.letters(secret) +
               (allowed.only_in(behind) && behind.find("inline") == std::string_view::npos ? std::string(behind)
                                                                                           : blot(behind));
    }
    if (is("ssrc", "ssrc-group")) {  // "314159 cname:user@host" (RFC 5576)
        const std::size_t space = content.find(' ');
        static constexpr sip::Characters numbers("0123456789 FIDSEMRTX-");
        if (space == std::string_view::npos || is("ssrc-group"))
            return before + (numbers.only_in(content) ? std::string(content) : blot(content));
        const std::string_view id = content.substr(0, space), rest = content.substr(space + 1);
        const std::string_view what = rest.substr(0, rest.find(':'));
        std::string out = before + (sip::digit_characters.only_in(id) ? std::string(id) : blot(id)) + ' ';
        if (what.size() == rest.size()) return out + foreign(rest);
        return out + kept(what) + ':' + names_.identifier(rest.substr(what.size() + 1));
    }
    if (is("msid", "cname")) return before + names_.identifier(content);
    if (is("path", "file-selector", "floorid", "confid", "userid"))
        return before + (is("path") ? uri(content) : blot(content));
    return before + foreign(content);
}

}  // namespace sipdex::redact
