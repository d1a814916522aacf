#include "sip/text.h"

#include <algorithm>

#include "sip/characters.h"

namespace sipdex::sip {

namespace {

bool is_printable(char c) { return c >= ' ' && c <= '~'; }

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// How many octets make a character that begins with this one (RFC 3261 25.1, UTF8-NONASCII).
std::size_t length_from(unsigned char first) {
    return first >= 0xFC ? 6 : first >= 0xF8 ? 5 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
}

}  // namespace

std::size_t character_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x80) return is_printable(text.front()) || white.has(text.front()) ? 1 : 0;
    if (first < 0xC0 || first >= 0xFE) return 0;
    const std::size_t length = length_from(first);
    return text.size() >= length && std::ranges::all_of(text.substr(1, length - 1), continues) ? length : 0;
}

bool read_octets(std::string_view value, bool known_grammar, Flaws* flaws) {
    // Nearly all values are plain. Looking on after one that is not lets the compiler look at many at once.
    bool plain = true;
    for (const char c : value) plain &= is_printable(c);
    if (plain) return true;
    for (std::size_t i = 0; i < value.size();) {
        const bool escapes =
            value[i] == '\\' && i + 1 < value.size() && static_cast<unsigned char>(value[i + 1]) < 0x80;
        std::size_t length = escapes ? 2 : character_length(value.substr(i));
        if (length == 0 && !known_grammar && continues(value[i])) length = 1;
        if (length == 0) return refuse(flaws, Fault::octet, value.substr(i, 1));
        i += length;
    }
    return true;
}

}  // namespace sipdex::sip
