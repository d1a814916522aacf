#include "language/characters.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <stdexcept>

namespace sipdex::language {

namespace {

constexpr char32_t replacement = 0xFFFD;

// U+202A to U+202E and U+2066 to U+2069 turn what follows them; the marks U+200E, U+200F and U+061C do not.
bool turns_direction(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }
bool marks_direction(char32_t c) { return c == 0x200E || c == 0x200F || c == 0x061C; }
bool controls(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }
bool separates_lines(char32_t c) { return c == 0x2028 || c == 0x2029; }

bool joins_the_letter_before(char32_t c) {
    return c == 0x200D || (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_MC_MASK)) != 0;
}

void append(std::string& octets, char32_t character) {
    std::uint8_t units[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(units, length, character);
    octets.append(reinterpret_cast<const char*>(units), static_cast<std::size_t>(length));
}

// Calls `take` with each character; octets that begin none give U+FFFD one by one.
template <class Take>
void each_character(std::string_view octets, Take take) {
    const auto* const units = reinterpret_cast<const std::uint8_t*>(octets.data());
    const auto size = static_cast<std::int32_t>(octets.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 character = 0;
        const std::int32_t start = at;
        U8_NEXT(units, at, size, character);
        if (character < 0) at = start + 1;
        take(character < 0 ? replacement : static_cast<char32_t>(character),
             octets.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(at - start)));
    }
}

}  // namespace

std::u32string characters_of(std::string_view octets) {
    std::u32string characters;
    characters.reserve(octets.size());
    each_character(octets, [&](char32_t c, std::string_view) {
        if (c == U'\r') return;
        if (c == U'\t') c = U' ';
        else if (separates_lines(c)) c = U'\n';
        else if ((controls(c) && c != U'\n') || turns_direction(c)) c = replacement;
        characters += c;
    });
    return characters;
}

std::string utf8_of(std::u32string_view characters) {
    std::string octets;
    for (const char32_t character : characters) append(octets, character);
    return octets;
}

std::string clean(std::string_view octets) { return utf8_of(characters_of(octets)); }

std::string shown(std::string_view typed, std::size_t most) {
    // Four octets make a character at most; the rest need not be read to be cut.
    const bool far_too_long = typed.size() > 8 * most + 64;
    std::u32string characters = characters_of(far_too_long ? typed.substr(0, 8 * most + 64) : typed);
    std::erase_if(characters, marks_direction);
    std::ranges::replace(characters, U'\n', U' ');
    while (!characters.empty() && characters.back() == U' ') characters.pop_back();
    if (characters.size() <= most && !far_too_long) return utf8_of(characters);
    std::size_t kept = std::min(characters.size(), most);
    while (kept > 0 && kept < characters.size() && joins_the_letter_before(characters[kept])) --kept;
    // A letter under more marks than there is room for is cut all the same.
    return utf8_of(std::u32string_view(characters).substr(0, kept > 0 ? kept : most)) + "…";
}

int width_of(char32_t character) {
    if (character < 0x300) return 1;
    const auto c = static_cast<UChar32>(character);
    // Vowels and final consonants of Hangul are drawn into the syllable that a consonant began.
    if (character >= 0x1160 && character <= 0x11FF) return 0;
    if ((U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) return 0;
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

int width_of(std::string_view words) {
    int width = 0;
    for (const char32_t character : characters_of(words)) width += width_of(character);
    return width;
}

namespace {

bool goes_without_spaces(char32_t character) {
    return width_of(character) == 2 ||
           u_getIntPropertyValue(static_cast<UChar32>(character), UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

icu::BreakIterator& line_breaks() {
    thread_local const std::unique_ptr<icu::BreakIterator> made = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> breaks(
            icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), status));
        if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU has no line breaks: ") + u_errorName(status));
        return breaks;
    }();
    return *made;
}

}  // namespace

std::vector<bool> line_may_begin_at(std::u32string_view characters) {
    std::vector<bool> may(characters.size(), false);
    if (std::ranges::none_of(characters, goes_without_spaces)) return may;
    const icu::UnicodeString text = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(characters.data()),
                                                                  static_cast<int32_t>(characters.size()));
    icu::BreakIterator& breaks = line_breaks();
    breaks.setText(text);
    for (int32_t at = breaks.next(); at != icu::BreakIterator::DONE; at = breaks.next()) {
        const auto index = static_cast<std::size_t>(text.countChar32(0, at));
        if (index < may.size() &&
            (goes_without_spaces(characters[index]) || goes_without_spaces(characters[index - 1])))
            may[index] = true;
    }
    return may;
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

std::string escaped_json(std::string_view json) {
    std::string escaped;
    escaped.reserve(json.size());
    each_character(json, [&](char32_t c, std::string_view octets) {
        if (c >= 0x7F && (controls(c) || turns_direction(c) || marks_direction(c) || separates_lines(c))) {
            char digits[16];
            std::snprintf(digits, sizeof digits, "\\u%04x", static_cast<unsigned>(c));
            escaped += digits;
        } else {
            escaped.append(octets);
        }
    });
    return escaped;
}

}  // namespace sipdex::language
