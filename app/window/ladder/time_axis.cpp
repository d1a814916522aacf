#include "window/ladder/time_axis.h"

#include <algorithm>

namespace sipdex::window {

namespace {

double seconds_of(Time time) { return double(time.count()) / 1e6; }

double gap_after(Time one, Time next, const Spacing& spacing) {
    if (spacing.true_time) return std::max(spacing.row, seconds_of(next - one) * spacing.second);
    return spacing.row + (next - one >= long_wait ? spacing.wait : 0);
}

}  // namespace

TimeAxis::TimeAxis(std::vector<Time> steps, Time ended, const Spacing& spacing) : steps_(std::move(steps)) {
    if (steps_.empty()) return;
    rows_.reserve(steps_.size());
    double y = spacing.top;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        if (i > 0) y += gap_after(steps_[i - 1], steps_[i], spacing);
        rows_.push_back(y);
    }
    ended_ = std::max(ended, steps_.back());
    end_ = rows_.back();
    if (ended_ > steps_.back()) end_ += gap_after(steps_.back(), ended_, spacing);
}

double TimeAxis::of(Time at) const {
    if (steps_.empty()) return 0;
    const auto next = std::lower_bound(steps_.begin(), steps_.end(), at);
    const auto index = std::size_t(next - steps_.begin());
    if (next == steps_.begin()) return rows_.front();
    const double from = rows_[index - 1];
    const Time before = steps_[index - 1];
    const bool last = next == steps_.end();
    const double to = last ? end_ : rows_[index];
    const Time after = last ? ended_ : *next;
    if (after <= before) return to;
    return from + (to - from) * std::min(1.0, seconds_of(at - before) / seconds_of(after - before));
}

double TimeAxis::place_at(double y) const {
    if (rows_.empty() || y <= rows_.front()) return 0;
    const std::size_t next = first_from(y);
    const double from = rows_[next - 1], to = next == rows_.size() ? end_ : rows_[next];
    return double(next - 1) + (to > from ? std::min(1.0, (y - from) / (to - from)) : 0);
}

double TimeAxis::of_place(double place) const {
    if (rows_.empty()) return 0;
    const auto step = std::min(rows_.size() - 1, std::size_t(std::max(0.0, place)));
    const double to = step + 1 == rows_.size() ? end_ : rows_[step + 1];
    return rows_[step] + (to - rows_[step]) * std::min(1.0, place - double(step));
}

std::size_t TimeAxis::first_from(double y) const {
    return std::size_t(std::lower_bound(rows_.begin(), rows_.end(), y) - rows_.begin());
}

Spacing zoomed(const Spacing& natural, double zoom) {
    Spacing spacing = natural;
    // Zooming in spreads what is close together; the least that two steps need stays what it is.
    spacing.row = std::max(natural.least, natural.row * (natural.true_time ? std::min(1.0, zoom) : zoom));
    spacing.wait = natural.wait * zoom;
    // Above the first step stands no more than what it is called.
    spacing.top = natural.top * std::clamp(spacing.row / std::max(1.0, natural.row), 0.75, 1.0);
    spacing.second = natural.second * zoom;
    return spacing;
}

double zoom_to_fit(const std::vector<Time>& steps, Time ended, const Spacing& natural, double height, double least) {
    double low = least, high = 1;
    if (TimeAxis(steps, ended, natural).end() <= height) return 1;
    for (int i = 0; i < 24; ++i) {
        const double middle = (low + high) / 2;
        (TimeAxis(steps, ended, zoomed(natural, middle)).end() <= height ? low : high) = middle;
    }
    return low;
}

}  // namespace sipdex::window
