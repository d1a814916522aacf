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

void Vocabulary::add_name(int cause, std::string_view name) {
    const std::size_t space = name.find(' ');
    if (space == std::string_view::npos) names_.emplace(name, cause);
    else sayings_[sip::lowered(name.substr(0, space))].push_back(sip::lowered(name));
}

void Vocabulary::add_own_number(std::string_view digits) { own_numbers_.emplace(digits); }

bool Vocabulary::knows_field(std::string_view name) const { return fields_.contains(sip::lowered(name)); }

bool Vocabulary::knows_name(std::string_view name, int& cause) const {
    const auto found = names_.find(std::string(name));
    if (found == names_.end()) return false;
    cause = found->second;
    return true;
}

std::string_view Vocabulary::words_at(std::string_view text) const {
    constexpr std::size_t longest = 200;  // octets of a saying; a line may be a whole log
    text = text.substr(0, longest);
    const auto found = sayings_.find(sip::lowered(text.substr(0, text.find(' '))));
    if (found == sayings_.end()) return {};
    for (const std::string& words : found->second)
        if (sip::same_token(text.substr(0, words.size()), words)) return text.substr(0, words.size());
    return {};
}

std::size_t Vocabulary::phrase_at(int code, std::string_view text) const {
    const auto phrases = phrases_.find(code);
    if (phrases == phrases_.end()) return 0;
    for (const std::string& phrase : phrases->second)
        if (sip::same_token(text.substr(0, phrase.size()), phrase)) return phrase.size();
    return 0;
}

}  // namespace sipdex::evidence
