#include "language/messages.h"

#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>

namespace sipdex::language {

namespace {

icu::UnicodeString unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

const Pattern* find(const std::vector<Pattern>& patterns, std::string_view key) {
    const auto at = std::lower_bound(patterns.begin(), patterns.end(), key,
                                     [](const Pattern& p, std::string_view k) { return p.key < k; });
    return at != patterns.end() && at->key == key ? &*at : nullptr;
}

}  // namespace

struct Messages::Formats {
    // Codes and counts keep Western digits in every language: 607 is what the trace shows.
    static icu::Locale locale_of(const std::string& tag, UErrorCode& status) { return icu::Locale::forLanguageTag(tag + "-u-nu-latn", status); }

    std::mutex guard;
    std::optional<icu::Locale> own, english;
    std::map<std::string, std::unique_ptr<icu::MessageFormat>, std::less<>> made;
};

Messages::Messages(std::string tag, const std::vector<Pattern>& patterns, const std::vector<Pattern>& fallback)
    : tag_(std::move(tag)), patterns_(&patterns), fallback_(&fallback), formats_(std::make_unique<Formats>()) {}
Messages::~Messages() = default;
Messages::Messages(Messages&&) noexcept = default;
Messages& Messages::operator=(Messages&&) noexcept = default;

bool Messages::translated(std::string_view key) const { return find(*patterns_, key) != nullptr; }

bool Messages::has(std::string_view key) const { return translated(key) || find(*fallback_, key) != nullptr; }

std::string Messages::sentence(std::string_view key, const Arguments& arguments) const {
    const Pattern* pattern = find(*patterns_, key);
    const bool own = pattern != nullptr;
    if (!own) pattern = find(*fallback_, key);
    if (!pattern) return "<" + std::string(key) + ">";
    if (arguments.empty() && pattern->pattern.find_first_of("{'") == std::string_view::npos) return std::string(pattern->pattern);

    const std::lock_guard lock(formats_->guard);
    auto& format = formats_->made[std::string(key)];
    UErrorCode status = U_ZERO_ERROR;
    if (!format) {
        std::optional<icu::Locale>& locale = own ? formats_->own : formats_->english;
        if (!locale) locale = Formats::locale_of(own ? tag_ : "en", status);
        format = std::make_unique<icu::MessageFormat>(unicode(pattern->pattern), *locale, status);
    }
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : arguments) {
        names.push_back(unicode(name));
        if (const long* number = std::get_if<long>(&value))
            values.emplace_back(static_cast<int64_t>(*number));
        else if (const double* decimal = std::get_if<double>(&value))
            values.emplace_back(*decimal);
        else
            values.emplace_back(unicode(std::get<std::string>(value)));
    }
    icu::UnicodeString out;
    if (U_SUCCESS(status)) format->format(names.data(), values.data(), static_cast<int32_t>(names.size()), out, status);
    if (U_FAILURE(status)) return "<" + std::string(key) + ">";
    std::string sentence;
    out.toUTF8String(sentence);
    return sentence;
}

PatternArguments arguments_of(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    icu::MessagePattern pattern(status);
    pattern.parse(unicode(text), &where, status);
    PatternArguments found;
    if (U_FAILURE(status)) {
        found.problem = std::string("not an ICU message (") + u_errorName(status) + " near character " + std::to_string(where.offset + 1) + ")";
        return found;
    }
    for (int32_t i = 0; i < pattern.countParts(); ++i) {
        const icu::MessagePattern::Part& part = pattern.getPart(i);
        if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
        std::string name;
        pattern.getSubstring(pattern.getPart(i + 1)).toUTF8String(name);
        const UMessagePatternArgType type = part.getArgType();
        auto kind = type == UMSGPAT_ARG_TYPE_PLURAL || type == UMSGPAT_ARG_TYPE_SELECTORDINAL ? PatternArguments::Kind::count
                                                                                              : PatternArguments::Kind::text;
        if (type == UMSGPAT_ARG_TYPE_SIMPLE) {
            std::string format, style;
            pattern.getSubstring(pattern.getPart(i + 2)).toUTF8String(format);
            if (pattern.getPartType(i + 3) == UMSGPAT_PART_TYPE_ARG_STYLE) pattern.getSubstring(pattern.getPart(i + 3)).toUTF8String(style);
            if (format == "number") kind = style.find('.') == std::string::npos ? PatternArguments::Kind::count : PatternArguments::Kind::decimal;
        }
        const auto same = std::find_if(found.arguments.begin(), found.arguments.end(), [&](const auto& a) { return a.name == name; });
        if (same == found.arguments.end())
            found.arguments.push_back({name, kind});
        else if (same->kind == PatternArguments::Kind::text)
            same->kind = kind;
    }
    return found;
}

}  // namespace sipdex::language
