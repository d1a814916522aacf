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

// Codes and counts keep Western digits in every language: 607 is what the trace shows.
icu::Locale locale_of(const std::string& tag, UErrorCode& status) {
    icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
    // Said as "-u-nu-latn" in the tag it would have ICU read the keys of all locales there are.
    if (U_SUCCESS(status)) locale.setKeywordValue("numbers", "latn", status);
    return locale;
}

// Nothing where an argument lacks, or is of another kind.
std::optional<std::string> filled(const icu::MessageFormat& format, const Arguments& arguments) {
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : arguments) {
        names.push_back(unicode(name));
        if (const long* number = std::get_if<long>(&value)) values.emplace_back(static_cast<int64_t>(*number));
        else if (const double* decimal = std::get_if<double>(&value)) values.emplace_back(*decimal);
        else values.emplace_back(unicode(std::get<std::string>(value)));
    }
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString out;
    format.format(names.data(), values.data(), static_cast<int32_t>(names.size()), out, status);
    if (U_FAILURE(status)) return std::nullopt;
    std::string sentence;
    out.toUTF8String(sentence);
    return sentence;
}

}  // namespace

struct Messages::Formats {
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
    if (arguments.empty() && pattern->pattern.find_first_of("{'") == std::string_view::npos)
        return std::string(pattern->pattern);

    const std::lock_guard lock(formats_->guard);
    auto& format = formats_->made[std::string(key)];
    UErrorCode status = U_ZERO_ERROR;
    if (!format) {
        std::optional<icu::Locale>& locale = own ? formats_->own : formats_->english;
        if (!locale) locale = locale_of(own ? tag_ : "en", status);
        format = std::make_unique<icu::MessageFormat>(unicode(pattern->pattern), *locale, status);
    }
    if (U_FAILURE(status)) return "<" + std::string(key) + ">";
    return filled(*format, arguments).value_or("<" + std::string(key) + ">");
}

std::string formatted(const std::string& tag, std::string_view pattern, const Arguments& arguments) {
    if (pattern.find_first_of("{'") == std::string_view::npos) return std::string(pattern);
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessageFormat format(unicode(pattern), locale_of(tag, status), status);
    if (U_FAILURE(status)) return std::string(pattern);
    return filled(format, arguments).value_or(std::string(pattern));
}

namespace {

// What ICU means, for a translator.
std::string explained(UErrorCode status, const icu::UnicodeString& text, int32_t offset) {
    const std::string near = [&] {
        std::string excerpt;
        text.tempSubString(std::max(0, offset - 12), 24).toUTF8String(excerpt);
        return "near “" + excerpt + "”";
    }();
    switch (status) {
        case U_UNMATCHED_BRACES: return "has a { without its }, " + near;
        case U_DEFAULT_KEYWORD_MISSING: return "has a select or plural without the branch 'other {…}', " + near;
        default: return "cannot be read: a {, a } or a branch such as 'other {…}' is missing or too much, " + near;
    }
}

void add_branch(PatternArguments::One& argument, std::string branch) {
    const auto at = std::lower_bound(argument.branches.begin(), argument.branches.end(), branch);
    if (at == argument.branches.end() || *at != branch) argument.branches.insert(at, std::move(branch));
}

}  // namespace

PatternArguments arguments_of(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    icu::MessagePattern pattern(status);
    const icu::UnicodeString whole = unicode(text);
    pattern.parse(whole, &where, status);
    PatternArguments found;
    if (U_FAILURE(status)) {
        found.problem = explained(status, whole, where.offset);
        return found;
    }
    const auto words_of = [&](int32_t part) {
        std::string words;
        pattern.getSubstring(pattern.getPart(part)).toUTF8String(words);
        return words;
    };
    struct Open {
        std::size_t argument;
        bool is_select;
    };
    std::vector<Open> open;  // the arguments whose branches are being read
    for (int32_t i = 0; i < pattern.countParts(); ++i) {
        const icu::MessagePattern::Part& part = pattern.getPart(i);
        if (part.getType() == UMSGPAT_PART_TYPE_ARG_LIMIT) open.pop_back();
        if (part.getType() == UMSGPAT_PART_TYPE_ARG_SELECTOR && open.back().is_select)
            add_branch(found.arguments[open.back().argument], words_of(i));
        if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
        const std::string name = words_of(i + 1);
        const UMessagePatternArgType type = part.getArgType();
        auto kind = type == UMSGPAT_ARG_TYPE_PLURAL || type == UMSGPAT_ARG_TYPE_SELECTORDINAL
                        ? PatternArguments::Kind::count
                        : PatternArguments::Kind::text;
        if (type == UMSGPAT_ARG_TYPE_SIMPLE) {
            const std::string format = words_of(i + 2);
            std::string style;
            if (pattern.getPartType(i + 3) == UMSGPAT_PART_TYPE_ARG_STYLE) style = words_of(i + 3);
            if (format != "number") {
                found.problem = "formats {" + name + "} as '" + format + "'; there are 'number', 'plural' and 'select'";
                return found;
            }
            kind =
                style.find('.') == std::string::npos ? PatternArguments::Kind::count : PatternArguments::Kind::decimal;
        }
        auto same =
            std::find_if(found.arguments.begin(), found.arguments.end(), [&](const auto& a) { return a.name == name; });
        if (same == found.arguments.end()) {
            found.arguments.push_back({name, kind});
            same = std::prev(found.arguments.end());
        } else if (same->kind == PatternArguments::Kind::text) {
            same->kind = kind;
        }
        open.push_back({std::size_t(same - found.arguments.begin()), type == UMSGPAT_ARG_TYPE_SELECT});
    }
    return found;
}

}  // namespace sipdex::language
