// What a reader has selected of a page, with the mouse or all of it, to be copied.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "window/reading/page_text.h"

namespace sipdex::window {

class Selection {
public:
    // Takes the mouse, after the page was drawn into `view` with its top left corner at x, y. A press on the page begins a
    // selection, another one anywhere ends it; two quick presses select a word.
    void follow(Ui& ui, const Rect& view, const std::vector<Piece>& pieces, double x, double y, Scroll& scroll);

    bool empty() const { return anchor_ == head_; }
    bool being_drawn() const { return drawn_; }  // what is under the mouse was not pressed, then
    void clear();
    void all(const std::vector<Piece>& pieces);
    void put(const Spot& from, const Spot& to);
    // The octets of a piece that are selected.
    std::pair<std::size_t, std::size_t> part_of(std::size_t piece) const;
    std::string words(const std::vector<Piece>& pieces) const;

private:
    void begin(const Ui& ui, const std::vector<Piece>& pieces, const Spot& at);

    Spot anchor_, head_;
    bool held_ = false, drawn_ = false;
    double pressed_x_ = 0, pressed_y_ = 0;
    double pressed_at_ = -1e9;  // seconds
};

}  // namespace sipdex::window
