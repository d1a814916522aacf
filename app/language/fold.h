// Folding makes words comparable: "Enregistré", "ENREGISTRE" and "enregistre" become one.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::language {

// Without case, accents and compatibility forms; other scripts keep their letters: "Łódź" → "lodz",
// "Москва" → "москва". Invalid UTF-8 becomes U+FFFD.
std::string folded(std::string_view text);

// The folded words of a text in order, found by the word boundaries of its language; Chinese, Japanese
// and Thai are segmented by dictionary. Numbers count as words, punctuation does not.
std::vector<std::string> folded_words(std::string_view text, std::string_view tag);

// How many letters must be added, dropped, replaced or swapped with their neighbour to turn one word
// into the other; `most + 1` when it takes more than `most`.
int typos_between(std::string_view one, std::string_view other, int most);

}  // namespace sipdex::language
