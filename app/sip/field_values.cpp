#include "sip/field_values.h"

#include <algorithm>
#include <array>

#include "sip/contact.h"
#include "sip/cseq.h"
#include "sip/date.h"
#include "sip/digest.h"

namespace sipdex::sip {

namespace {

// Where a comment at the start of the text ends; comments nest (RFC 3261 25.1).
std::size_t closing_parenthesis(std::string_view text) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') ++i;
        else if (text[i] == '(') ++depth;
        else if (text[i] == ')' && --depth == 0) return i;
    }
    return std::string_view::npos;
}

// Takes a comment off the front, with the white space behind it.
bool take_comment(std::string_view& rest, Flaws* flaws) {
    const auto close = closing_parenthesis(rest);
    if (close == std::string_view::npos) return refuse(flaws, Fault::comment, rest);
    rest = trimmed(rest.substr(close + 1));
    return true;
}

bool is_word(std::string_view text) { return !text.empty() && word_characters.only_in(text); }

// Digits, a point, digits.
bool is_decimal(std::string_view text, bool both_sides) {
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point),
                           part = point == std::string_view::npos ? "" : text.substr(point + 1);
    return digit_characters.only_in(whole) && digit_characters.only_in(part) && !whole.empty() &&
           (!both_sides || !part.empty());
}

bool is_subtag(std::string_view text) {
    // RFC 3066 2.1 lets digits into all subtags but the first.
    constexpr Characters subtag_characters(alphanum);
    return !text.empty() && text.size() <= 8 && subtag_characters.only_in(text);
}

// RFC 3261 20.7, 20.27: a scheme and what belongs to it.
bool read_scheme(std::string_view value, Flaws* flaws, ValueReader read_digest) {
    const std::string_view scheme = white.before(value);
    if (same_token(scheme, "Digest")) return read_digest(value, flaws);
    return is_token(scheme) || refuse(flaws, Fault::scheme, scheme);
}

bool read_contact_only(std::string_view value, Flaws* flaws) { return read_contact(value, nullptr, flaws); }
bool read_challenge_only(std::string_view value, Flaws* flaws) { return read_challenge(value, nullptr, flaws); }
bool read_credentials_only(std::string_view value, Flaws* flaws) { return read_credentials(value, nullptr, flaws); }

constexpr auto retry_parameters = std::to_array<ParameterRule>({{"duration", is_number}});
constexpr ParameterGrammar retry_grammar{.known = retry_parameters};

}  // namespace

bool read_media_range(std::string_view text, Flaws* flaws) {
    const auto slash = text.find('/');
    const bool fits = slash != std::string_view::npos && is_token(trimmed(text.substr(0, slash))) &&
                      is_token(trimmed(text.substr(slash + 1)));
    return fits || refuse(flaws, Fault::media_type, text);
}

bool read_language(std::string_view text, Flaws* flaws) {
    if (text == "*") return true;
    const auto hyphen = text.find('-');
    const std::string_view primary = text.substr(0, hyphen);
    bool fits = is_subtag(primary) && letter_characters.only_in(primary);
    for (std::string_view rest = text.substr(primary.size()); !rest.empty() && fits;) {
        const std::string_view subtag = rest.substr(1, rest.find('-', 1) - 1);
        fits = is_subtag(subtag);
        rest.remove_prefix(1 + subtag.size());
    }
    return fits || refuse(flaws, Fault::language, text);
}

bool read_call_id(std::string_view text, Flaws* flaws) {
    const auto at = text.find('@');
    const bool fits = is_word(text.substr(0, at)) && (at == std::string_view::npos || is_word(text.substr(at + 1)));
    return fits || refuse(flaws, Fault::call_id, text);
}

bool read_event_type(std::string_view text, Flaws* flaws) {
    // RFC 6665 8.4: tokens without dots, joined by dots.
    const bool fits =
        is_token(text) && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
    return fits || refuse(flaws, Fault::token, text);
}

bool read_priority(std::string_view text, Flaws* flaws) {
    const bool fits = std::ranges::count(text, '.') == 1;  // RFC 4412 3.1: a namespace and a priority
    return fits ? read_event_type(text, flaws) : refuse(flaws, Fault::token, text);
}

bool read_star(std::string_view text, Flaws* flaws) { return text == "*" || refuse(flaws, Fault::token, text); }

bool read_identity_token(std::string_view text, Flaws* flaws) {
    // RFC 8224 4: characters of base64 and dots; RFC 4474 9 had them in quotes.
    if (is_quoted(text)) return true;
    constexpr Characters base64(alphanum, "+/=-_.");
    return (!text.empty() && base64.only_in(text)) || refuse(flaws, Fault::token, text);
}

bool read_seconds(std::string_view text, Flaws* flaws) { return read_number(text, largest_32_bits, flaws); }

bool read_seconds_or_date(std::string_view text, Flaws* flaws) {
    // RFC 2543 6.20 and 6.32 let a date stand here, and old devices send one.
    return text.find(',') == std::string_view::npos ? read_seconds(text, flaws) : read_date(text, flaws);
}

bool read_text(std::string_view, Flaws*) { return true; }

bool read_products(std::string_view value, Flaws* flaws) {
    while (!value.empty()) {
        if (value.front() == '(') {
            if (!take_comment(value, flaws)) return false;
            continue;
        }
        constexpr Characters ends(" \t\r\n(");
        const std::string_view product = ends.before(value);
        const auto slash = product.find('/');
        // A slash may have white space around it, so what stands beside it may be empty.
        const auto fits = [](std::string_view part) { return part.empty() || is_token(part); };
        if (!fits(product.substr(0, slash)) || (slash != std::string_view::npos && !fits(product.substr(slash + 1))))
            return refuse(flaws, Fault::product, product);
        value = trimmed(value.substr(product.size()));
    }
    return true;
}

bool read_retry_after(std::string_view value, Flaws* flaws) {
    constexpr Characters ends("(;");
    const std::string_view when = trimmed(ends.before(value));
    if (!read_seconds_or_date(when, flaws)) return false;
    std::string_view rest = trimmed(value.substr(when.size()));
    if (rest.starts_with('(') && !take_comment(rest, flaws)) return false;
    if (!rest.empty() && rest.front() != ';') return refuse(flaws, Fault::foreign, rest);
    return read_parameters(rest, retry_grammar, nullptr, flaws);
}

bool read_timestamp(std::string_view value, Flaws* flaws) {
    const std::string_view time = white.before(value);
    const std::string_view delay = trimmed(value.substr(time.size()));
    if (!is_decimal(time, false)) return refuse(flaws, Fault::number, time);
    return delay.empty() || is_decimal(delay.starts_with('.') ? delay.substr(1) : delay, false) ||
           refuse(flaws, Fault::number, delay);
}

bool read_mime_version(std::string_view value, Flaws* flaws) {
    return is_decimal(value, true) || refuse(flaws, Fault::number, value);
}

bool read_rack(std::string_view value, Flaws* flaws) {
    const std::string_view first = white.before(value);
    return read_number(first, largest_32_bits, flaws) && read_cseq(value.substr(first.size()), nullptr, flaws);
}

bool read_authenticate(std::string_view value, Flaws* flaws) { return read_scheme(value, flaws, read_challenge_only); }

bool read_authorization(std::string_view value, Flaws* flaws) {
    return read_scheme(value, flaws, read_credentials_only);
}

bool read_contacts(std::string_view value, Flaws* flaws) {
    // RFC 3261 25.1: either "*" or addresses.
    for (Parts parts(value, ','); const auto part = parts.next();)
        if (*part == "*" && *part != value) return refuse(flaws, Fault::star, *part);
    return read_list<read_contact_only>(value, flaws);
}

}  // namespace sipdex::sip
