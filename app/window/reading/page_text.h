// The text of a page as it lies there: which pieces hold words, where, and how they follow each other when they are copied.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "window/reading/document_layout.h"

namespace sipdex::window {

// A place between two characters.
struct Spot {
    std::size_t piece = 0, offset = 0;  // octets of the piece's lines
    bool operator==(const Spot&) const = default;
    bool operator<(const Spot& other) const { return std::pair(piece, offset) < std::pair(other.piece, other.offset); }
};

bool has_words(const Piece& piece);

// Where the lines of a piece are drawn, as its own place is counted.
Rect place_of_words(const Ui& ui, const Piece& piece);

// What is copied from one spot to another: what stands beside each other with a tab between, the rest line by line.
std::string words_between(const std::vector<Piece>& pieces, const Spot& first, const Spot& last);

}  // namespace sipdex::window
