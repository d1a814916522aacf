#include "language/find.h"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/stsearch.h>
#include <unicode/tblcoll.h>
#include <unicode/utf8.h>

#include <string>

namespace sipdex::language {

namespace {

struct Units {
    icu::UnicodeString text;
    std::vector<std::size_t> octets;  // where each UTF-16 unit begins, and the end
};

Units units_of(std::string_view text) {
    Units units;
    const auto* octets = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < length;) {
        const auto begins = static_cast<std::size_t>(at);
        UChar32 character = 0;
        U8_NEXT_OR_FFFD(octets, at, length, character);
        units.text.append(character);
        while (units.octets.size() < static_cast<std::size_t>(units.text.length())) units.octets.push_back(begins);
    }
    units.octets.push_back(text.size());
    return units;
}

}  // namespace

struct Finder::Impl {
    icu::UnicodeString wanted;
    std::unique_ptr<icu::Collator> collator;
};

Finder::Finder(std::string_view wanted, std::string_view tag) : impl_(std::make_unique<Impl>()) {
    impl_->wanted = units_of(wanted).text;
    UErrorCode status = U_ZERO_ERROR;
    impl_->collator.reset(icu::Collator::createInstance(icu::Locale::forLanguageTag(std::string(tag), status), status));
    if (U_FAILURE(status)) impl_->collator.reset();
    if (impl_->collator) impl_->collator->setStrength(icu::Collator::PRIMARY);
}
Finder::~Finder() = default;
Finder::Finder(Finder&&) noexcept = default;
Finder& Finder::operator=(Finder&&) noexcept = default;

std::vector<Finder::Match> Finder::in(std::string_view text) const {
    std::vector<Match> matches;
    auto* collator = dynamic_cast<icu::RuleBasedCollator*>(impl_->collator.get());
    if (!collator || impl_->wanted.isEmpty() || text.empty()) return matches;
    const Units units = units_of(text);
    UErrorCode status = U_ZERO_ERROR;
    icu::StringSearch search(impl_->wanted, units.text, collator, nullptr, status);
    if (U_FAILURE(status)) return matches;
    for (int32_t at = search.first(status); U_SUCCESS(status) && at != USEARCH_DONE; at = search.next(status)) {
        const auto first = static_cast<std::size_t>(at), length = static_cast<std::size_t>(search.getMatchedLength());
        // Words of which nothing weighs anything, such as marks of direction, are found nowhere.
        if (length > 0) matches.push_back({units.octets.at(first), units.octets.at(first + length)});
    }
    return matches;
}

}  // namespace sipdex::language
