#include "catalog/word_index.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sipdex::catalog {

namespace {

constexpr unsigned column_shift = 24;
constexpr std::array column_weights = {8.0, 6.0, 1.0};  // title, phrases, body
constexpr unsigned body_column = 2;

bool makes_words(char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet >= 0x80 || (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') ||
           (octet >= 'A' && octet <= 'Z');
}

}  // namespace

std::vector<std::string_view> letters_and_digits(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        while (end < text.size() && makes_words(text[end])) ++end;
        if (end > begin) words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

void WordIndex::add(std::string_view word, std::size_t row, unsigned column, unsigned offset) {
    if (words_.empty() || words_.back() != word) {
        words_.emplace_back(word);
        begins_.push_back(static_cast<std::uint32_t>(places_.size()));
    }
    places_.push_back({static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column << column_shift | offset)});
    if (row >= lengths_.size()) lengths_.resize(row + 1);
    ++lengths_[row];
}

void WordIndex::finish() {
    begins_.push_back(static_cast<std::uint32_t>(places_.size()));
    rows_with_words_ =
        static_cast<double>(std::ranges::count_if(lengths_, [](std::uint32_t length) { return length > 0; }));
    average_length_ = static_cast<double>(places_.size()) / rows_with_words_;
}

WordIndex::Places WordIndex::places_of(std::string_view word, bool longer_too) const {
    const auto first =
        std::ranges::lower_bound(words_, word, {}, [](const std::string& known) { return std::string_view(known); });
    const auto last = std::partition_point(first, words_.end(), [&](const std::string& known) {
        return longer_too ? known.starts_with(word) : known == word;
    });
    const auto begin = begins_[static_cast<std::size_t>(first - words_.begin())],
               end = begins_[static_cast<std::size_t>(last - words_.begin())];
    return Places(places_).subspan(begin, end - begin);
}

// The places of the last word for which the words before it stand where they should.
std::vector<WordIndex::Place> WordIndex::places_of_phrase(const std::vector<std::string_view>& words,
                                                          bool longer_too) const {
    const Places last = places_of(words.back(), longer_too);
    std::vector<Place> found(last.begin(), last.end());
    for (std::size_t i = 0; i + 1 < words.size() && !found.empty(); ++i) {
        const Places before = places_of(words[i], false);
        const auto distance = static_cast<std::uint32_t>(words.size() - 1 - i);
        std::erase_if(found, [&](const Place& place) {
            return (place.at & ((1u << column_shift) - 1)) < distance ||
                   !std::ranges::binary_search(before, Place{place.row, place.at - distance});
        });
    }
    return found;
}

// BM25 as the full text table of SQLite counts it: k1 is 1.2, b is 0.75, and nothing tells less than a millionth.
void WordIndex::score(Places places, std::vector<Found>& rows) const {
    constexpr double k1 = 1.2, b = 0.75, least_told = 1e-6;
    std::vector<double> weights(lengths_.size());
    for (const Place& place : places) {
        const auto column = place.at >> column_shift;
        weights[place.row] += column_weights[column];
        rows[place.row].up_front |= column != body_column;
    }
    const auto holding = static_cast<double>(std::ranges::count_if(weights, [](double weight) { return weight > 0; }));
    const double rarity = std::log((rows_with_words_ - holding + 0.5) / (holding + 0.5)),
                 told = rarity <= 0 ? least_told : rarity;
    for (std::size_t row = 0; row < weights.size(); ++row)
        if (weights[row] > 0)
            rows[row].relevance += told * ((weights[row] * (k1 + 1.0)) /
                                           (weights[row] + k1 * (1 - b + b * lengths_[row] / average_length_)));
}

std::vector<WordIndex::Found> WordIndex::scored(const std::vector<std::vector<std::string_view>>& phrases,
                                                bool longer_too) const {
    std::vector<Found> rows(lengths_.size());
    for (const auto& words : phrases) {
        if (words.empty() || empty()) continue;
        if (words.size() == 1) score(places_of(words.front(), longer_too), rows);
        else score(places_of_phrase(words, longer_too), rows);
    }
    std::vector<Found> found;
    for (std::uint32_t row = 0; row < rows.size(); ++row)
        if (rows[row].relevance > 0) found.push_back({row, rows[row].up_front, rows[row].relevance});
    return found;
}

std::vector<WordIndex::Found> WordIndex::beginning(const std::vector<std::string>& words) const {
    std::vector<std::vector<std::string_view>> phrases;
    for (const std::string& word : words) phrases.push_back(letters_and_digits(word));
    return scored(phrases, true);
}

std::vector<WordIndex::Found> WordIndex::together(std::string_view text) const {
    return scored({letters_and_digits(text)}, false);
}

}  // namespace sipdex::catalog
