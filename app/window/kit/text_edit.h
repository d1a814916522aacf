// One line of text while it is edited: the caret, what is selected, what can be undone. Knows no keys and no screen.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/boundaries.h"

namespace sipdex::window {

class TextEdit {
public:
    enum class Reach { letter, word, line };

    const std::string& text() const { return text_; }
    std::size_t caret() const { return caret_; }  // octets
    std::pair<std::size_t, std::size_t> selection() const { return std::minmax(anchor_, caret_); }
    std::string selected() const;

    // Shows another text, the caret at its end; the same changes nothing.
    void show(const std::string& text);
    void select_all();
    void select_word(std::size_t at);
    void put_caret(std::size_t at, bool selecting);

    // Puts words in the place of what is selected: as much of them as keeps the text within `most` octets, whole letters.
    // Control characters are left out.
    void insert(std::string_view words, std::size_t most);
    // The same with a part of the text, whatever is selected. The caret keeps its place in the words around it; where it
    // stood at the part or in it, it stands behind the new words.
    void put_part(std::size_t first, std::size_t last, std::string_view words, std::size_t most);
    // Moves the caret; without `selecting`, a selection first collapses to its edge on that side.
    void move(Reach reach, bool forward, bool selecting);
    void erase(Reach reach, bool forward);  // what is selected, or as far as the caret would move
    void undo();
    void redo();

private:
    struct State {
        std::string text;
        std::size_t caret = 0;
    };
    std::size_t reached(Reach reach, bool forward) const;
    void replace(std::size_t first, std::size_t last, std::string_view words);

    std::string text_;
    std::size_t caret_ = 0, anchor_ = 0;
    std::vector<State> done_, undone_;
};

}  // namespace sipdex::window
