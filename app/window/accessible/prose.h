// A text as a screen reader goes through it: characters, the lines they stand on, and where each of them is drawn.
//
// Offsets count characters, as AT-SPI does. Places are pixels from a corner that whoever holds the text knows.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sipdex::window::accessible {

struct Box {
    int x = 0, y = 0, width = 0, height = 0;
    bool operator==(const Box&) const = default;
    bool holds(int at_x, int at_y) const { return at_x >= x && at_y >= y && at_x < x + width && at_y < y + height; }
};

Box around(const Box& one, const Box& other);  // both; an empty box adds nothing

struct Prose {
    enum class Unit { character, word, sentence, line, whole };

    struct Line {
        int begin = 0;
        Box where = {};
        bool operator==(const Line&) const = default;
    };
    struct Edges {  // of a character
        float left = 0, right = 0;
        bool operator==(const Edges&) const = default;
    };
    std::u32string text;
    std::vector<Line> lines;   // in order; none where there is no text
    std::vector<Edges> edges;  // of each character; empty where they are not known, then the whole line stands for them

    bool operator==(const Prose&) const = default;

    int size() const { return static_cast<int>(text.size()); }
    std::string words(int from, int to) const;  // UTF-8; what lies beyond the text is left out
    // The piece that holds the character at `at`. A word or sentence reaches to the beginning of the next one; the pieces
    // of a text follow each other without a gap. The end of the text belongs to its last piece, of which no character
    // is left.
    std::pair<int, int> piece(int at, Unit unit) const;
    int line_of(int at) const;  // an index; the last line for the end of the text
    std::pair<int, int> line(int index) const;
    Box box(int from, int to) const;  // around all of these characters
    Box box() const { return box(0, size()); }
    int offset_at(int x, int y) const;  // -1 beside the text
};

// One line, whose characters have no places of their own.
Prose plain_prose(std::string_view words, const Box& where = {});

}  // namespace sipdex::window::accessible
