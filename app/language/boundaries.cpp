#include "language/boundaries.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace sipdex::language {

namespace {

struct Close {
    void operator()(UBreakIterator* iterator) const { ubrk_close(iterator); }
};

UBreakIterator* iterator_of(Unit unit) {
    const auto made = [](UBreakIteratorType type) {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<UBreakIterator, Close>(ubrk_open(type, "en", nullptr, 0, &status));
    };
    thread_local const auto letters = made(UBRK_CHARACTER);
    thread_local const auto words = made(UBRK_WORD);
    return unit == Unit::letter ? letters.get() : words.get();
}

struct Segment {
    std::size_t first = 0, last = 0;
};

// Letters, or words without what stands between them.
std::vector<Segment> segments_of(std::string_view text, Unit unit) {
    std::vector<Segment> segments;
    UBreakIterator* iterator = iterator_of(unit);
    UErrorCode status = U_ZERO_ERROR;
    UText octets = UTEXT_INITIALIZER;
    utext_openUTF8(&octets, text.data(), static_cast<std::int64_t>(text.size()), &status);
    if (iterator && U_SUCCESS(status)) ubrk_setUText(iterator, &octets, &status);
    if (iterator && U_SUCCESS(status)) {
        std::int32_t first = ubrk_first(iterator);
        for (std::int32_t last = ubrk_next(iterator); last != UBRK_DONE; first = last, last = ubrk_next(iterator))
            if (unit == Unit::letter || ubrk_getRuleStatus(iterator) >= UBRK_WORD_NONE_LIMIT)
                segments.push_back({static_cast<std::size_t>(first), static_cast<std::size_t>(last)});
    }
    utext_close(&octets);
    return segments;
}

}  // namespace

std::size_t boundary_behind(std::string_view text, std::size_t from, Unit unit) {
    for (const Segment& one : segments_of(text, unit))
        if (one.last > from) return one.last;
    return text.size();
}

std::size_t boundary_before(std::string_view text, std::size_t from, Unit unit) {
    std::size_t found = 0;
    for (const Segment& one : segments_of(text, unit))
        if (one.first < from) found = one.first;
    return found;
}

}  // namespace sipdex::language
