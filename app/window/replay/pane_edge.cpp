#include "window/replay/pane_edge.h"

#include <algorithm>
#include <cmath>

namespace sipdex::window {

namespace {

constexpr double reach = 3, step = 24,
                 slack = 4;  // units: to either side of the line; of an arrow; before it is pulled

}  // namespace

double PaneEdge::size(const Ui& ui, double usual, double least, double most) const {
    const double wanted = units_ > 0 ? ui.px(units_) : usual;
    return std::round(std::clamp(wanted, std::min(least, most), std::max(least, most)));
}

void PaneEdge::draw(Ui& ui, const Rect& line, double end, double size) {
    const bool columns = between_ == Between::columns;
    const double around = ui.px(reach);
    const Rect touched = columns ? Rect{line.x - around, line.y, line.width + 2 * around, line.height}
                                 : Rect{line.x, line.y - around, line.width, line.height + 2 * around};
    const auto touch = ui.touch(id_, touched, "edge", ui.words().window_pane_edge());
    ui.ink.fill(line, ui.colour(Role::line));
    if (touch.hovered || touch.held || touch.focused) {
        const Rect seen = columns ? Rect{line.x - ui.px(1), line.y, ui.px(3), line.height}
                                  : Rect{line.x, line.y - ui.px(1), line.width, ui.px(3)};
        ui.ink.fill(seen, ui.colour(Role::accent, touch.held ? 1.0f : 0.5f));
    }
    const double before = size / ui.scale();
    double wanted = before;
    const bool mirrored = columns && ui.ink.mirrored();
    const Key larger = columns ? (mirrored ? Key::right : Key::left) : Key::up;
    const Key smaller = columns ? (mirrored ? Key::left : Key::right) : Key::down;
    if (touch.focused && ui.input.take_press(larger)) wanted += step;
    if (touch.focused && ui.input.take_press(smaller)) wanted -= step;
    const double mouse = columns ? ui.mouse_x() : ui.mouse_y(), at = columns ? line.x : line.y;
    if (touch.held && (pulled_ || std::abs(mouse - at) > ui.px(slack))) {
        wanted = std::round((end - mouse) / ui.scale());
        pulled_ = true;
    }
    if (wanted != before) {
        units_ = std::max(1.0, wanted);
        ui.keep_moving();
    } else if (touch.pressed && !pulled_) {
        units_ = 0;
        ui.keep_moving();
    }
    if (!touch.held) pulled_ = false;
}

}  // namespace sipdex::window
