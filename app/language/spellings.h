// All the words that somebody knows, to find those nearest to a misspelt one.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::language {

class Spellings {
public:
    Spellings() = default;
    // Folded words, sorted.
    explicit Spellings(std::vector<std::string> words);

    bool empty() const { return words_.empty(); }

    // The word itself when it begins a known one; otherwise the nearest known words, at most six, with at most so many
    // typos; the word itself when there are none.
    std::vector<std::string> nearest(const std::string& word, int most_typos) const;

private:
    // A word of few letters is never near one of many others; which letters it has tells that without comparing.
    struct Word {
        std::string text;
        std::uint64_t letters = 0;
        std::uint32_t length = 0;
    };
    std::vector<Word> words_;
};

}  // namespace sipdex::language
