#include "window/ladder/replay_scale.h"

#include <algorithm>
#include <cmath>

#include "window/ladder/ladder_picture.h"

namespace sipdex::window {

namespace {

constexpr double largest_zoom = 16;
constexpr double least_row = 5;     // units: closer, arrows could not be told apart
constexpr double legible_row = 18;  // units: room for what an arrow is called
constexpr double below_last = 20;   // units

}  // namespace

void ReplayScale::show(std::vector<Time> steps, Time ended) {
    steps_ = std::move(steps);
    ended_ = ended;
    chosen_ = laid_out_ = false;
    zoom_ = 1;
}

void ReplayScale::lay_out() {
    spacing_ = zoomed(natural_, zoom_);
    axis_ = TimeAxis(steps_, ended_, spacing_);
    laid_out_ = true;
}

// The axis is made anew when the steps, the text size, the zoom or the kind of axis change, and not for each frame.
bool ReplayScale::set(const Ui& ui, bool true_time, bool lanes, double view_height) {
    const Spacing natural{true_time, ui.px(34), ui.px(true_time ? 30 : rung_row),
                          ui.px(26), ui.px(60), ui.px(least_row)};
    const double room = view_height > 0 ? view_height - ui.px(below_last) : 0;
    if (laid_out_ && natural == natural_ && lanes == lanes_ && room == room_) return false;
    natural_ = natural;
    lanes_ = lanes;
    room_ = room;
    legible_ = ui.px(legible_row);
    const Spacing before = spacing_;
    if (!chosen_) {
        zoom_ = fitting();
        if (zoomed(natural_, zoom_).row < legible_) zoom_ = 1;
    }
    if (laid_out_ && zoomed(natural_, zoom_) == before) return false;
    lay_out();
    return true;
}

// Evenly spaced, rows can get no closer; in true time only the waits do.
double ReplayScale::least() const { return natural_.true_time ? 0.01 : natural_.least / std::max(1.0, natural_.row); }

double ReplayScale::fitting() const {
    if (steps_.empty() || room_ <= 0) return 1;
    return zoom_to_fit(steps_, lanes_ ? ended_ : steps_.back(), natural_, room_, least());
}

TimeAxis ReplayScale::zoom_to(double zoom) {
    const TimeAxis before = axis_;
    zoom_ = std::clamp(zoom, least(), largest_zoom);
    chosen_ = true;
    lay_out();
    return before;
}

TimeAxis ReplayScale::zoom_by(double factor) { return zoom_to(zoom_ * factor); }

TimeAxis ReplayScale::fit() {
    const double wanted = fitting();
    return zoom_to(std::abs(zoom_ - wanted) < 1e-3 ? 1 : wanted);
}

}  // namespace sipdex::window
