#include "language/fold.h"

#include <unicode/brkiter.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

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
        if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU has no folding rules: ") + u_errorName(status));
        return rules;
    }();
    return *made;
}

std::u32string letters(std::string_view word) {
    const icu::UnicodeString text = unicode(word);
    std::u32string out;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) out.push_back(static_cast<char32_t>(text.char32At(i)));
    return out;
}

}  // namespace

std::string folded(std::string_view text) {
    icu::UnicodeString out = unicode(text);
    folding().transliterate(out);
    return utf8(out);
}

std::vector<std::string> folded_words(std::string_view text, std::string_view tag) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(icu::StringPiece(tag.data(), static_cast<int32_t>(tag.size())), status);
    if (U_FAILURE(status)) status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(locale, status));
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU has no word boundaries: ") + u_errorName(status));
    icu::UnicodeString whole = unicode(text);
    whole.findAndReplace(icu::UnicodeString(u'\u2019'), icu::UnicodeString(u' '));  // l’appelant is two words to a reader
    whole.findAndReplace(icu::UnicodeString(u'\''), icu::UnicodeString(u' '));
    words->setText(whole);
    std::vector<std::string> found;
    int32_t start = words->first();
    for (int32_t end = words->next(); end != icu::BreakIterator::DONE; start = end, end = words->next())
        if (words->getRuleStatus() != UBRK_WORD_NONE) found.push_back(folded(utf8(whole.tempSubStringBetween(start, end))));
    return found;
}

int typos_between(std::string_view one, std::string_view other, int most) {
    const std::u32string a = letters(one), b = letters(other);
    const int rows = static_cast<int>(a.size()), columns = static_cast<int>(b.size());
    if (std::abs(rows - columns) > most) return most + 1;
    std::vector<int> before_last, last(static_cast<std::size_t>(columns) + 1), row;
    for (int j = 0; j <= columns; ++j) last[static_cast<std::size_t>(j)] = j;
    for (int i = 1; i <= rows; ++i) {
        row.assign(static_cast<std::size_t>(columns) + 1, i);
        int least = i;
        for (int j = 1; j <= columns; ++j) {
            const auto x = static_cast<std::size_t>(i), y = static_cast<std::size_t>(j);
            const int replaced = last[y - 1] + (a[x - 1] == b[y - 1] ? 0 : 1);
            int best = std::min({last[y] + 1, row[y - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[x - 1] == b[y - 2] && a[x - 2] == b[y - 1]) best = std::min(best, before_last[y - 2] + 1);
            row[y] = best;
            least = std::min(least, best);
        }
        if (least > most) return most + 1;
        before_last = std::move(last);
        last = std::move(row);
    }
    return std::min(last.back(), most + 1);
}

}  // namespace sipdex::language
