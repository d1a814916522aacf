#include "language/locale.h"

#include <unicode/coll.h>
#include <unicode/datefmt.h>
#include <unicode/localematcher.h>
#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace sipdex::language {

namespace {

icu::StringPiece piece(std::string_view text) { return {text.data(), static_cast<int32_t>(text.size())}; }

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

icu::Locale locale_of(std::string_view tag) {
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale locale = icu::Locale::forLanguageTag(piece(tag), status);
    return U_FAILURE(status) ? icu::Locale::getEnglish() : locale;
}

}  // namespace

std::optional<std::string> canonical(std::string_view tag) {
    std::string dashed(tag);
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(dashed, status);
    if (U_FAILURE(status) || locale.isBogus() || !*locale.getLanguage()) return std::nullopt;
    std::string out = locale.toLanguageTag<std::string>(status);
    // ICU drops what it cannot read ("fr-!!" becomes "fr"): such a tag is no tag.
    if (U_FAILURE(status) || out == "und" ||
        std::count(out.begin(), out.end(), '-') < std::count(dashed.begin(), dashed.end(), '-'))
        return std::nullopt;
    return out;
}

bool is_known_language(std::string_view tag) {
    if (canonical(tag) != std::string(tag)) return false;
    const std::string language(tag.substr(0, tag.find('-')));
    for (const char* const* known = icu::Locale::getISOLanguages(); *known; ++known)
        if (language == *known) return true;
    return false;
}

std::string tag_of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (!value || !*value) continue;
        std::string tag(value);
        tag.resize(std::min(tag.find_first_of(".@"), tag.size()));
        if (tag == "C" || tag == "POSIX") return "en";
        return canonical(tag).value_or("en");
    }
    return "en";
}

std::optional<std::string> best_match(std::string_view wanted, const std::vector<std::string>& offered) {
    // Without ICU's tables of likely languages, which take a while to read.
    if (std::ranges::find(offered, wanted) != offered.end()) return std::string(wanted);
    std::vector<icu::Locale> locales;
    for (const std::string& tag : offered) locales.push_back(locale_of(tag));
    UErrorCode status = U_ZERO_ERROR;
    const icu::LocaleMatcher matcher = icu::LocaleMatcher::Builder()
                                           .setSupportedLocales(locales.begin(), locales.end())
                                           .setNoDefaultLocale()
                                           .build(status);
    const icu::Locale reader = locale_of(wanted);
    const icu::Locale* best = matcher.getBestMatch(reader, status);
    if (U_FAILURE(status) || !best) return std::nullopt;
    for (std::size_t i = 0; i < locales.size(); ++i)
        if (locales[i] == *best) return offered[i];
    return std::nullopt;
}

std::string own_name(std::string_view tag) {
    const icu::Locale locale = locale_of(tag);
    icu::UnicodeString name;
    locale.getDisplayName(locale, name);
    return utf8(name);
}

bool is_right_to_left(std::string_view tag) { return locale_of(tag).isRightToLeft(); }

void sort_for_reader(std::vector<std::string>& words, std::string_view tag) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Collator> order(icu::Collator::createInstance(locale_of(tag), status));
    std::stable_sort(words.begin(), words.end(), [&](const std::string& a, const std::string& b) {
        UErrorCode comparing = U_ZERO_ERROR;
        return U_SUCCESS(status) ? order->compareUTF8(piece(a), piece(b), comparing) == UCOL_LESS : a < b;
    });
}

std::string number_for_reader(long number, std::string_view tag) {
    UErrorCode status = U_ZERO_ERROR;
    const auto formatted = icu::number::NumberFormatter::withLocale(locale_of(tag)).formatInt(number, status);
    const icu::UnicodeString text = formatted.toString(status);
    return U_FAILURE(status) ? std::to_string(number) : utf8(text);
}

std::string date_for_reader(std::int64_t moment, std::string_view tag) {
    // English texts are written in British spelling; their dates follow.
    const icu::Locale locale = tag == "en" ? icu::Locale("en", "GB") : locale_of(tag);
    const std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createDateInstance(icu::DateFormat::kLong, locale));
    icu::UnicodeString text;
    if (format) format->format(static_cast<UDate>(moment), text);
    return utf8(text);
}

}  // namespace sipdex::language
