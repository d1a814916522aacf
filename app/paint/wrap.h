// Texts broken into lines of a terminal, each at most so many columns wide.
#pragma once
#include <string>
#include <vector>

#include "document/span.h"

namespace sipdex::paint {

// What a terminal that knows colour is told; empty strings for one that does not.
struct Ink {
    bool colour = false;
    std::string strong(const std::string& words) const { return in("1", words); }
    std::string wire(const std::string& words) const { return in("36", words); }
    std::string faint(const std::string& words) const { return in("2", words); }
    std::string of_class(int status, const std::string& words) const;  // 1xx to 6xx; as it is for a request

private:
    std::string in(const char* sgr, const std::string& words) const;
};

struct Line {
    std::string words;  // with escape sequences where ink is colour
    int width = 0;      // columns it takes
};

// Breaks at spaces, but not at those that keep words together (document/keep_together.h), and between words or characters
// where a script writes no spaces; inside a word only where it is wider than the line; not inside what stands on the wire
// where that takes at most half a line.
// A text without words gives no line. `width` counts as at least 1.
std::vector<Line> wrapped(const document::Text& text, int width, const Ink& ink);

// The line filled up with spaces.
std::string padded(const Line& line, int width);

}  // namespace sipdex::paint
