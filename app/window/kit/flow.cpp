#include "window/kit/flow.h"

namespace sipdex::window {

namespace {
constexpr double gap = 6;  // units, either way
}

void Flow::add_word(const std::string& words) {
    add(ui_.set(words, Type::body).width(), [&ui = ui_, words](double x, double y) {
        ui.word(words, Type::body, false, x, y + ui.px(button_height) / 2, ui.colour(Role::text));
    });
}

void Flow::add_button(const Button& one, std::function<void()> pressed) {
    add(width_of(ui_, one), [&ui = ui_, one, pressed = std::move(pressed)](double x, double y) {
        if (button(ui, one, x, y)) pressed();
    });
}

double Flow::lay_out(const Rect& where, bool draw) const {
    double x = where.x, y = where.y;
    for (const Part& part : parts_) {
        if (x > where.x && x + part.width > where.x + where.width) {
            x = where.x;
            y += ui_.px(button_height + gap);
        }
        if (draw) part.draw(x, y);
        x += part.width + ui_.px(gap);
    }
    return y + ui_.px(button_height) - where.y;
}

}  // namespace sipdex::window
