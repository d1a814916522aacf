// Text that is not read as anything in particular.
#include <algorithm>

#include "redact/masked.h"
#include "redact/rewriter.h"
#include "sip/characters.h"
#include "sip/encryption_words.h"
#include "sip/host_port.h"
#include "sip/token.h"

namespace sipdex::redact {

namespace {

constexpr sip::Characters delimiters(" \t\r\n<>\"',;()[]{}=|&?!/\\:");
constexpr sip::Characters of_ipv6("0123456789abcdefABCDEF:.");

// Serial numbers, hardware addresses, keys: long, of letters and digits.
bool looks_like_serial(std::string_view word) {
    constexpr std::size_t hexadecimal = 12, serial = 8, long_serial = 16, digits_of_serial = 5;
    static constexpr sip::Characters hex("0123456789abcdefABCDEF");
    std::string plain;
    std::size_t digits = 0;
    for (const char c : word) {
        if (c == '-' || c == '.' || c == '_') continue;
        plain += c;
        if (sip::digit_characters.has(c)) ++digits;
    }
    if (plain.size() >= hexadecimal && hex.only_in(plain) && digits > 0) return true;
    const bool mixed = digits > 0 && digits < plain.size();
    if (mixed && plain.size() >= long_serial && word.find('.') == std::string_view::npos) return true;
    return word.size() >= serial && mixed && digits >= digits_of_serial && word.find('.') == std::string_view::npos;
}

// Of ":30000;EN=PCMU" "30000"; "" for what is no port.
std::string_view port_behind(std::string_view text) {
    constexpr std::uint32_t highest = 65535;
    if (!text.starts_with(':')) return {};
    const std::string_view digits = delimiters.before(text.substr(1));
    const auto number = sip::number_of(digits);
    return sip::digit_characters.only_in(digits) && number && *number <= highest ? digits : std::string_view();
}

// "v=analytics1;url=https://block.example.com;email=redress@block.example.com": the text of a Reason when a call is blocked
// (ATIS-1000099). Nothing in it is prose.
bool tells_where_to_complain(std::string_view text) {
    static constexpr std::string_view ways[] = {"v", "url", "email", "tel"};
    bool known = false;
    while (!text.empty()) {
        const std::string_view one = sip::trimmed(text.substr(0, text.find(';')));
        text.remove_prefix(
            std::min(text.size(), text.find(';') == std::string_view::npos ? text.size() : text.find(';') + 1));
        const std::string_view name = one.substr(0, one.find('='));
        if (name.size() == one.size() || one.find(' ') != std::string_view::npos ||
            std::ranges::none_of(ways, [&](std::string_view way) { return sip::same_token(way, name); }))
            return false;
        known = known || !sip::same_token(name, "v");
    }
    return known;
}

}  // namespace

std::string quoted_like(std::string_view quoted, const std::string& content) {
    return quoted.starts_with('"') ? sip::quoted(content) : content;
}

std::string Rewriter::words(std::string_view text) {
    if (!names_.collecting())
        if (const auto known = words_.find(std::string(text)); known != words_.end()) return known->second;
    std::string out = scanned(text, Rest::kept);
    if (names_.collecting()) return {};
    // A name of several words.
    if (names_.within(out)) out = masked(text);
    constexpr std::size_t most = 65536;  // reasons that differ each time need not be remembered
    if (words_.size() < most) words_.emplace(text, out);
    return out;
}

std::string Rewriter::free_text(std::string_view text) {
    if (text.empty()) return {};
    if (names_.collecting()) return words(text);
    if (tells_where_to_complain(text)) return words(text);
    if (const auto phrase = phrases_.known(text)) return words(*phrase);
    // Numbered, for messages that differ in nothing else must not become repetitions of each other.
    const auto [place, fresh] = free_texts_.try_emplace(std::string(text));
    if (fresh) {
        ++blotted_;
        const std::string_view encryption = sip::encryption_word_in(text);
        place->second = words("Removed text " + std::to_string(free_texts_.size()) +
                              (encryption.empty() ? "" : " (" + std::string(encryption) + ')'));
    }
    return place->second;
}

std::string Rewriter::foreign(std::string_view text) {
    if (const std::string whole = names_.known(text); !whole.empty()) return whole;
    if (!names_.collecting()) ++blotted_;
    return scanned(text, Rest::blotted);
}

std::string Rewriter::kept(std::string_view text) {
    if (names_.collecting() || !names_.within(text)) return std::string(text);
    return words(text);
}

std::string Rewriter::scanned(std::string_view text, Rest rest) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        // An address of IPv6 holds colons, which else end a word.
        const std::string_view hex = of_ipv6.leading(text.substr(at));
        if (hex.find(':') != hex.rfind(':') && sip::is_ipv6(hex)) {
            out += names_.host(hex);
            at += hex.size();
            continue;
        }
        if (delimiters.has(text[at])) {
            out += text[at++];
            continue;
        }
        const std::string_view one = delimiters.before(text.substr(at));
        out += word(one, rest);
        at += one.size();
        // A port names nobody, and the session description has it too.
        if (const std::string_view port = sip::is_ipv4(one) ? port_behind(text.substr(at)) : std::string_view();
            !port.empty()) {
            out += ':';
            out += names_.collecting() || !names_.within(port) ? std::string(port) : word(port, rest);
            at += 1 + port.size();
        }
    }
    return out;
}

std::string Rewriter::word(std::string_view text, Rest rest) {
    static constexpr sip::Characters closing(".!-");
    std::string_view bare = text;
    while (!bare.empty() && closing.has(bare.back())) bare.remove_suffix(1);
    const std::string behind(text.substr(bare.size()));
    if (rest == Rest::kept && is_name_of_product(bare)) return std::string(text);
    if (std::string known = names_.known(bare); !known.empty()) return known + behind;
    if (rest == Rest::blotted) return masked(text);
    if (looks_like_serial(bare) || names_.within(bare)) return masked(text);
    // Octets that are no text are no words.
    for (const char c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') return masked(text);
    return std::string(text);
}

}  // namespace sipdex::redact
