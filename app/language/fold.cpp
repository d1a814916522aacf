#include "language/fold.h"

#include <unicode/brkiter.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace sipdex::language {

namespace {

icu::UnicodeString unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

const icu::Transliterator& folding() {
    static const std::unique_ptr<icu::Transliterator> made = [] {
        UErrorCode status = U_ZERO_ERROR;
        UParseError where;
        std::unique_ptr<icu::Transliterator> rules(icu::Transliterator::createInstance(
            icu::UnicodeString::fromUTF8("NFKD; [:Nonspacing Mark:] Remove; NFKC; Latin-ASCII; Lower"), UTRANS_FORWARD,
            where, status));
        if (U_FAILURE(status))
            throw std::runtime_error(std::string("ICU has no folding rules: ") + u_errorName(status));
        return rules;
    }();
    return *made;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// All that the rules do to ASCII.
std::string lowered_ascii(std::string_view text) {
    std::string lowered(text);
    for (char& c : lowered)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lowered;
}

// Made once for a language, which takes longer than the use of it.
icu::BreakIterator& word_boundaries(std::string_view tag) {
    thread_local std::map<std::string, std::unique_ptr<icu::BreakIterator>, std::less<>> made;
    auto at = made.find(tag);
    if (at == made.end()) {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Locale locale =
            icu::Locale::forLanguageTag(icu::StringPiece(tag.data(), static_cast<int32_t>(tag.size())), status);
        if (U_FAILURE(status)) status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(locale, status));
        if (U_FAILURE(status))
            throw std::runtime_error(std::string("ICU has no word boundaries: ") + u_errorName(status));
        at = made.emplace(tag, std::move(words)).first;
    }
    return *at->second;
}

std::u32string letters(std::string_view word) {
    const icu::UnicodeString text = unicode(word);
    std::u32string out;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        out.push_back(static_cast<char32_t>(text.char32At(i)));
    return out;
}

// Letter by letter; only the columns that `most` typos can reach are looked at.
template <typename Letters>
int typos_in(const Letters& a, const Letters& b, int most) {
    const int rows = static_cast<int>(a.size()), columns = static_cast<int>(b.size()), beyond = most + 1;
    if (std::abs(rows - columns) > most) return beyond;
    const std::size_t width = b.size() + 1;
    std::vector<int> cells(3 * width, beyond);
    int *before_last = cells.data(), *last = before_last + width, *row = last + width;
    for (int j = 0; j <= std::min(columns, most); ++j) last[j] = j;
    for (int i = 1; i <= rows; ++i) {
        const int first = std::max(1, i - most), end = std::min(columns, i + most);
        row[first - 1] = first == 1 ? i : beyond;
        int least = row[first - 1];
        for (int j = first; j <= end; ++j) {
            const auto x = static_cast<std::size_t>(i), y = static_cast<std::size_t>(j);
            const int above = j == i + most ? beyond : last[j], replaced = last[j - 1] + (a[x - 1] == b[y - 1] ? 0 : 1);
            int best = std::min({above + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[x - 1] == b[y - 2] && a[x - 2] == b[y - 1])
                best = std::min(best, before_last[j - 2] + 1);
            row[j] = best;
            least = std::min(least, best);
        }
        if (least > most) return beyond;
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return std::min(last[columns], beyond);
}

}  // namespace

std::string folded(std::string_view text) {
    if (is_ascii(text)) return lowered_ascii(text);
    icu::UnicodeString out = unicode(text);
    folding().transliterate(out);
    return utf8(out);
}

std::vector<std::string> folded_words(std::string_view text, std::string_view tag) {
    icu::BreakIterator& words = word_boundaries(tag);
    icu::UnicodeString whole = unicode(text);
    whole.findAndReplace(icu::UnicodeString(u'\u2019'),
                         icu::UnicodeString(u' '));  // l’appelant is two words to a reader
    whole.findAndReplace(icu::UnicodeString(u'\''), icu::UnicodeString(u' '));
    words.setText(whole);
    std::vector<std::string> found;
    int32_t start = words.first();
    for (int32_t end = words.next(); end != icu::BreakIterator::DONE; start = end, end = words.next())
        if (words.getRuleStatus() != UBRK_WORD_NONE)
            found.push_back(folded(utf8(whole.tempSubStringBetween(start, end))));
    return found;
}

int typos_between(std::string_view one, std::string_view other, int most) {
    return is_ascii(one) && is_ascii(other) ? typos_in(one, other, most) : typos_in(letters(one), letters(other), most);
}

}  // namespace sipdex::language
