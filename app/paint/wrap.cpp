#include "paint/wrap.h"

#include <algorithm>
#include <array>

#include "document/keep_together.h"
#include "language/characters.h"

namespace sipdex::paint {

namespace {

using document::Span;
using language::characters_of;
using language::utf8_of;

struct Character {
    char32_t character;
    Span::Style style;
};
using Characters = std::vector<Character>;

int width_of(const Characters& word) {
    int width = 0;
    for (const Character& each : word) width += language::width_of(each.character);
    return width;
}

Line inked(const Characters& characters, const Ink& ink) {
    Line line;
    for (std::size_t i = 0; i < characters.size();) {
        std::u32string run;
        const Span::Style style = characters[i].style;
        for (; i < characters.size() && characters[i].style == style; ++i) run += characters[i].character;
        const std::string words = utf8_of(run);
        line.words += style == Span::Style::strong ? ink.strong(words)
                      : style == Span::Style::wire ? ink.wire(words)
                                                   : words;
    }
    line.width = width_of(characters);
    return line;
}

// A command or a short header field is copied in one go; only what would leave too ragged a line is broken.
bool stays_whole(const Span& span, const std::u32string& characters, int width) {
    int wide = 0;
    for (const char32_t each : characters) wide += language::width_of(each);
    return span.style == Span::Style::wire && wide <= width / 2;
}

// Collects words into lines.
class Filling {
public:
    Filling(int width, const Ink& ink) : width_(std::max(1, width)), ink_(ink) {}

    void add(Characters word) {
        const int space = line_.empty() || !space_before_ ? 0 : 1;
        if (!line_.empty() && used_ + space + width_of(word) > width_) end_line();
        else if (space)
            push({U' ', line_.back().style == word.front().style ? word.front().style : Span::Style::plain});
        for (const Character& each : word) {
            if (!line_.empty() && used_ + language::width_of(each.character) > width_) end_line();
            push(each);
        }
        space_before_ = false;
    }
    void space() { space_before_ = true; }
    void end_line() {
        lines_.push_back(inked(line_, ink_));
        line_.clear();
        used_ = 0;
    }
    std::vector<Line> done() {
        if (!line_.empty()) end_line();
        return std::move(lines_);
    }

private:
    void push(const Character& each) {
        line_.push_back(each);
        used_ += language::width_of(each.character);
    }

    int width_;
    const Ink& ink_;
    std::vector<Line> lines_;
    Characters line_;
    int used_ = 0;
    bool space_before_ = false;
};

}  // namespace

std::string Ink::in(const char* sgr, const std::string& words) const {
    return colour && !words.empty() ? std::string("\033[") + sgr + "m" + words + "\033[0m" : words;
}

std::string Ink::of_class(int status, const std::string& words) const {
    static constexpr std::array<const char*, 6> sgr = {"34", "32", "35", "33", "31", "95"};
    const int digit = status / 100;
    return digit >= 1 && digit <= 6 ? in(sgr[static_cast<std::size_t>(digit - 1)], words) : words;
}

std::vector<Line> wrapped(const document::Text& text, int width, const Ink& ink) {
    std::u32string characters, glued;
    std::vector<Span::Style> styles;
    std::vector<bool> whole;
    for (const Span& span : text.spans) {
        const auto own = characters_of(span.text);
        characters += own;
        glued += characters_of(document::glued(span.text));
        styles.resize(characters.size(), span.style);
        whole.resize(characters.size(), stays_whole(span, own, width));
    }
    const std::vector<bool> may_begin = language::line_may_begin_at(characters);
    Filling filling(width, ink);
    Characters word;
    const auto end_word = [&] {
        if (!word.empty()) filling.add(std::move(word));
        word.clear();
    };
    for (std::size_t i = 0; i < characters.size(); ++i) {
        if (characters[i] == U'\n') {
            end_word();
            filling.end_line();
        } else if (characters[i] == U' ' && glued[i] == U' ' && !whole[i]) {
            end_word();
            filling.space();
        } else {
            if (may_begin[i]) end_word();
            word.push_back({characters[i], styles[i]});
        }
    }
    end_word();
    return filling.done();
}

std::string padded(const Line& line, int width) {
    return line.words + std::string(static_cast<std::size_t>(std::max(0, width - line.width)), ' ');
}

}  // namespace sipdex::paint
