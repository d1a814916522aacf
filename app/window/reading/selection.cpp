#include "window/reading/selection.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>

namespace sipdex::window {

namespace {

constexpr double still = 4;  // units that a hand trembles

std::optional<Spot> nearest(const Ui& ui, const std::vector<Piece>& pieces, double x, double y) {
    const double at_x = ui.mouse_x(), at_y = ui.mouse_y();
    std::optional<Spot> spot;
    double least = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!has_words(pieces[i])) continue;
        Rect where = place_of_words(ui, pieces[i]);
        where.x += x;
        where.y += y;
        const double above = std::max({where.y - at_y, at_y - where.y - where.height, 0.0});
        const double beside = std::max({where.x - at_x, at_x - where.x - where.width, 0.0});
        const double distance = above * 8 + beside;
        if (spot && distance >= least) continue;
        least = distance;
        spot = Spot{i, ui.ink.offset_at(pieces[i].lines, where.x, where.y, where.width, ui.input.x(), at_y)};
    }
    return spot;
}

bool of_a_word(char octet) {
    const auto character = static_cast<unsigned char>(octet);
    return character >= 0x80 || std::isalnum(character) || octet == '-' || octet == '_';
}

// Buttons, titles that fold and the scroll bar are pressed, not selected.
bool is_for_pressing(const Ui& ui, const Rect& view) {
    if (ui.mouse_x() > view.x + view.width - ui.px(14)) return true;
    return std::ranges::any_of(ui.things(), [&](const Ui::Thing& thing) {
        return thing.kind != "link" && thing.kind != "part" && contains(thing.where, ui.mouse_x(), ui.mouse_y());
    });
}

}  // namespace

void Selection::clear() {
    anchor_ = head_ = {};
    held_ = drawn_ = false;
}

void Selection::begin(const Ui& ui, const std::vector<Piece>& pieces, const Spot& at) {
    const bool again = ui.seconds() - pressed_at_ < double_press &&
                       std::abs(ui.mouse_x() - pressed_x_) < ui.px(still) &&
                       std::abs(ui.mouse_y() - pressed_y_) < ui.px(still);
    clear();
    pressed_at_ = again ? -1e9 : ui.seconds();
    pressed_x_ = ui.mouse_x();
    pressed_y_ = ui.mouse_y();
    anchor_ = head_ = at;
    held_ = !again;
    if (!again) return;
    const std::string& text = pieces[at.piece].lines.text();
    while (anchor_.offset > 0 && of_a_word(text[anchor_.offset - 1])) --anchor_.offset;
    while (head_.offset < text.size() && of_a_word(text[head_.offset])) ++head_.offset;
}

void Selection::follow(Ui& ui, const Rect& view, const std::vector<Piece>& pieces, double x, double y, Scroll& scroll) {
    if (anchor_.piece >= pieces.size() || head_.piece >= pieces.size()) clear();
    const auto& clicks = ui.input.clicks();
    if (std::ranges::find(clicks, 0) != clicks.end()) {
        clear();
        if (ui.hovering(view) && !is_for_pressing(ui, view))
            if (const auto at = nearest(ui, pieces, x, y)) begin(ui, pieces, *at);
    }
    drawn_ = drawn_ && (held_ || ui.input.released(0));
    if (!held_) return;
    drawn_ = drawn_ || std::abs(ui.mouse_x() - pressed_x_) + std::abs(ui.mouse_y() - pressed_y_) > ui.px(still);
    if (drawn_)
        if (const auto at = nearest(ui, pieces, x, y)) head_ = *at;
    if (!ui.input.held(0)) {
        held_ = false;
        return;
    }
    const double beyond = ui.mouse_y() < view.y                 ? ui.mouse_y() - view.y
                          : ui.mouse_y() > view.y + view.height ? ui.mouse_y() - view.y - view.height
                                                                : 0;
    if (beyond == 0 || !drawn_) return;
    scroll.at = std::clamp(scroll.at + std::clamp(beyond / 4, -ui.px(24), ui.px(24)), 0.0, scroll.furthest());
    ui.keep_moving();
}

void Selection::all(const std::vector<Piece>& pieces) {
    clear();
    bool first = true;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!has_words(pieces[i])) continue;
        if (first) anchor_ = {i, 0};
        head_ = {i, pieces[i].lines.text().size()};
        first = false;
    }
}

void Selection::put(const Spot& from, const Spot& to) {
    clear();
    anchor_ = from;
    head_ = to;
}

std::pair<std::size_t, std::size_t> Selection::part_of(std::size_t piece) const {
    const auto [first, last] = std::minmax(anchor_, head_);
    if (piece < first.piece || piece > last.piece) return {0, 0};
    return {piece == first.piece ? first.offset : 0, piece == last.piece ? last.offset : std::string::npos};
}

std::string Selection::words(const std::vector<Piece>& pieces) const {
    const auto [first, last] = std::minmax(anchor_, head_);
    return words_between(pieces, first, last);
}

}  // namespace sipdex::window
