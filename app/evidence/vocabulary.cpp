#include "evidence/vocabulary.h"

#include <algorithm>

#include "sip/token.h"

namespace sipdex::evidence {

void Vocabulary::add_field(std::string_view name) { fields_.insert(sip::lowered(name)); }

void Vocabulary::add_phrase(int code, std::string_view phrase) {
    if (phrase.empty()) return;
    auto& phrases = phrases_[code];
    phrases.push_back(sip::lowered(phrase));
    std::ranges::sort(phrases, std::ranges::greater{}, [](const std::string& one) { return one.size(); });
}

void Vocabulary::add_cause(int cause, std::string_view name) { causes_.emplace(name, cause); }

bool Vocabulary::knows_field(std::string_view name) const { return fields_.contains(sip::lowered(name)); }

bool Vocabulary::knows_cause(std::string_view name, int& cause) const {
    const auto found = causes_.find(std::string(name));
    if (found == causes_.end()) return false;
    cause = found->second;
    return true;
}

std::size_t Vocabulary::phrase_at(int code, std::string_view text) const {
    const auto phrases = phrases_.find(code);
    if (phrases == phrases_.end()) return 0;
    for (const std::string& phrase : phrases->second)
        if (sip::same_token(text.substr(0, phrase.size()), phrase)) return phrase.size();
    return 0;
}

}  // namespace sipdex::evidence
