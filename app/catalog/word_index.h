// Where each word of the catalog's texts stands, held in memory: it answers within a key what the full text table it
// was read from answers in many milliseconds, with the same scores.
//
//     "busy"  →  row 12: title 1, phrases 4 and 9;  row 31: body 7
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::catalog {

class WordIndex {
public:
    struct Found {
        std::uint32_t row = 0;
        bool up_front = false;  // in the title or the phrases, not in the body alone
        double relevance = 0;   // the higher the better
    };

    // Places come in the order of their words, then of rows, columns and offsets. `finish` after the last.
    void add(std::string_view word, std::size_t row, unsigned column, unsigned offset);
    void finish();

    bool empty() const { return words_.empty(); }
    std::size_t rows() const { return lengths_.size(); }  // row numbers are below
    const std::vector<std::string>& words() const { return words_; }

    // Rows that hold a word which begins like one of these, by row.
    std::vector<Found> beginning(const std::vector<std::string>& words) const;
    // Rows that hold the words of the text as they stand there, side by side, by row.
    std::vector<Found> together(std::string_view text) const;

private:
    struct Place {
        std::uint32_t row;
        std::uint32_t at;  // the column in the highest octet, the offset below
        auto operator<=>(const Place&) const = default;
    };
    using Places = std::span<const Place>;

    Places places_of(std::string_view word, bool longer_too) const;
    std::vector<Place> places_of_phrase(const std::vector<std::string_view>& words, bool longer_too) const;
    void score(Places places, std::vector<Found>& rows) const;
    std::vector<Found> scored(const std::vector<std::vector<std::string_view>>& phrases, bool longer_too) const;

    std::vector<std::string> words_;
    std::vector<std::uint32_t> begins_;  // of a word's places, and one more
    std::vector<Place> places_;
    std::vector<std::uint32_t> lengths_;  // of rows, in words
    double rows_with_words_ = 0, average_length_ = 0;
};

// How a text splits where only letters and digits make words: "q.850" into "q" and "850".
std::vector<std::string_view> letters_and_digits(std::string_view text);

}  // namespace sipdex::catalog
