// Texts for people that name nobody, because somebody else wrote them: the phrases of the standards and those of
// products. Any other may name whoever is called, and does not stay.
//
//     "Busy Here"                                       stays
//     "Unresolvable destination (478/TM)"               fits "Unresolvable destination (478/*)": stays
//     "Unresolvable destination (478/office Dupont)"    stays but for what fills the gap
//     "Declined", "Not Available Here"                  words of the standards in another order or form: stay
//     "Mr. Dupont is out"                               is unknown
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace sipdex::redact {

class Phrases {
public:
    Phrases();                        // with the reason phrases of all responses
    void add(std::string_view text);  // as it is, or with gaps (evidence/pattern.h)

    // What may stay of a text: all of it, or all but what fills its gaps and stands in brackets behind it; nothing of an
    // unknown one.
    std::optional<std::string> known(std::string_view text) const;

private:
    std::optional<std::string> known_whole(std::string_view text) const;
    bool is_of_known_words(std::string_view text) const;

    std::unordered_set<std::string> texts_;  // lowered
    std::unordered_set<std::string> words_;  // of the reason phrases, lowered
    std::vector<std::string> patterns_;
};

}  // namespace sipdex::redact
