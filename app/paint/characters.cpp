#include "paint/characters.h"

#include <algorithm>
#include <array>

namespace sipdex::paint {

namespace {

struct Range {
    char32_t first, last;
};

constexpr char32_t replacement = 0xFFFD;

// Marks placed over the letter before them and characters that show nothing (Unicode categories Mn, Cf).
constexpr auto without_width = std::to_array<Range>({
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
    {0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x0900, 0x0902}, {0x093A, 0x093A}, {0x093C, 0x093C}, {0x0941, 0x0948},
    {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x2066, 0x2069}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
});

// Unicode UAX #11, East Asian wide and full-width.
constexpr auto wide = std::to_array<Range>({
    {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xA000, 0xA4CF},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
    {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
});

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t character) {
    const auto at = std::ranges::upper_bound(ranges, character, {}, &Range::first);
    return at != ranges.begin() && character <= std::prev(at)->last;
}

// Reads one character and its length; length 1 and U+FFFD for an octet that begins none.
std::pair<char32_t, std::size_t> read(std::string_view octets) {
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(octets[i]); };
    const unsigned char lead = octet(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 0;
    if (length == 0 || octets.size() < length) return {replacement, 1};
    char32_t character = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((octet(i) & 0xC0) != 0x80) return {replacement, 1};
        character = character << 6 | (octet(i) & 0x3Fu);
    }
    const char32_t least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
    if (character < least || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF)) return {replacement, 1};
    return {character, length};
}

void append(std::string& octets, char32_t character) {
    const auto tail = [&](int shift) { octets += static_cast<char>(0x80 | (character >> shift & 0x3F)); };
    if (character < 0x80) {
        octets += static_cast<char>(character);
    } else if (character < 0x800) {
        octets += static_cast<char>(0xC0 | character >> 6);
        tail(0);
    } else if (character < 0x10000) {
        octets += static_cast<char>(0xE0 | character >> 12);
        tail(6);
        tail(0);
    } else {
        octets += static_cast<char>(0xF0 | character >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace

std::u32string characters_of(std::string_view octets) {
    std::u32string characters;
    while (!octets.empty()) {
        const auto [character, length] = read(octets);
        octets.remove_prefix(length);
        if (character == U'\r') continue;
        if (character == U'\t') characters += U' ';
        else if (character == U'\n' || (character >= 0x20 && character != 0x7F && !(character >= 0x80 && character < 0xA0)))
            characters += character;
        else characters += replacement;
    }
    return characters;
}

std::string utf8_of(std::u32string_view characters) {
    std::string octets;
    for (const char32_t character : characters) append(octets, character);
    return octets;
}

std::string clean(std::string_view octets) { return utf8_of(characters_of(octets)); }

int width_of(char32_t character) {
    if (character < 0x300) return 1;
    return within(without_width, character) ? 0 : within(wide, character) ? 2 : 1;
}

int width_of(std::string_view words) {
    int width = 0;
    for (const char32_t character : characters_of(words)) width += width_of(character);
    return width;
}

std::string shortened(std::string_view words, int width) {
    const std::u32string characters = characters_of(words);
    if (width_of(words) <= width) return utf8_of(characters);
    std::u32string kept;
    int used = 1;
    for (const char32_t character : characters) {
        if (used + width_of(character) > width) break;
        used += width_of(character);
        kept += character;
    }
    return width > 0 ? utf8_of(kept) + "…" : std::string{};
}

}  // namespace sipdex::paint
