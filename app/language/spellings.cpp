#include "language/spellings.h"

#include <algorithm>
#include <bit>

#include "language/fold.h"

namespace sipdex::language {

namespace {

std::uint64_t letters_of(std::string_view word) {
    std::uint64_t letters = 0;
    for (const char c : word) letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) % 64);
    return letters;
}

std::uint32_t length_of(std::string_view word) {
    return static_cast<std::uint32_t>(
        std::ranges::count_if(word, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

Spellings::Spellings(std::vector<std::string> words) {
    words_.reserve(words.size());
    for (std::string& word : words) {
        const std::uint64_t letters = letters_of(word);
        const std::uint32_t length = length_of(word);
        words_.push_back({std::move(word), letters, length});
    }
}

std::vector<std::string> Spellings::nearest(const std::string& word, int most_typos) const {
    constexpr std::size_t most_words = 6;
    const auto at = std::ranges::lower_bound(words_, word, {}, &Word::text);
    if (most_typos == 0 || (at != words_.end() && at->text.starts_with(word))) return {word};
    const std::uint64_t letters = letters_of(word);
    const int length = static_cast<int>(length_of(word));
    const bool ascii = word.size() == length_of(word);
    std::vector<std::pair<int, std::string>> near;
    for (const Word& known : words_) {
        // Each typo changes one letter into another, so two in what both have, and the length by one; a letter that is no
        // ASCII has up to four octets.
        const int most_changed = ascii && known.length == known.text.size() ? 2 * most_typos : 8 * most_typos;
        if (std::abs(static_cast<int>(known.length) - length) > most_typos ||
            std::popcount(known.letters ^ letters) > most_changed)
            continue;
        if (const int typos = typos_between(word, known.text, most_typos); typos <= most_typos)
            near.emplace_back(typos, known.text);
    }
    std::ranges::sort(near);
    if (near.size() > most_words) near.resize(most_words);
    std::vector<std::string> spellings;
    for (auto& [typos, text] : near) spellings.push_back(std::move(text));
    if (spellings.empty()) spellings.push_back(word);
    return spellings;
}

}  // namespace sipdex::language
