// A time axis says how far down a ladder each step and each moment stands.
//
// Evenly spaced, every step takes a row and a long wait a little more. In true time a wait is as tall as it
// lasts, so that 32 s of retransmissions look like 32 s; steps that come closer together than a row is high are
// set that far apart, so that they can be read. Moments between two steps stand between them.
#pragma once
#include <cstddef>
#include <vector>

#include "recording/recording.h"

namespace sipdex::window {

using recording::Time;

struct Spacing {  // pixels
    bool true_time = false;
    double top = 0;      // above the first step
    double row = 42;     // from step to step; in true time the least there is
    double wait = 26;    // more, where a long wait is not drawn in true time
    double second = 60;  // in true time
    double least = 5;    // from step to step, however far it is zoomed out
    bool operator==(const Spacing&) const = default;
};

constexpr Time long_wait = std::chrono::seconds(1);

class TimeAxis {
public:
    TimeAxis() = default;
    // `steps` in order of time. What goes on after the last of them, until `ended`, is drawn too.
    TimeAxis(std::vector<Time> steps, Time ended, const Spacing& spacing);

    std::size_t steps() const { return steps_.size(); }
    double of_step(std::size_t step) const { return rows_[step]; }
    double of(Time at) const;
    // A place on the axis that means the same at another zoom: 2.5 is halfway from the third step to the fourth.
    double place_at(double y) const;
    double of_place(double place) const;
    double end() const { return end_; }  // of the whole; 0 without a step
    double last_row() const { return rows_.empty() ? 0 : rows_.back(); }
    // The first step that stands at y or below; steps() where none does.
    std::size_t first_from(double y) const;
    const std::vector<double>& rows() const { return rows_; }

private:
    std::vector<Time> steps_;
    std::vector<double> rows_;
    Time ended_{};
    double end_ = 0;
};

// The same spacing with taller or lower rows.
Spacing zoomed(const Spacing& natural, double zoom);

// The zoom at which the whole axis is no taller than `height`; never below `least` nor above 1.
double zoom_to_fit(const std::vector<Time>& steps, Time ended, const Spacing& natural, double height, double least);

}  // namespace sipdex::window
