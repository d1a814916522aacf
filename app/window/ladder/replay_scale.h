// The scale of a replay: how far down the ladders each step stands, and how far that is zoomed.
//
// Until the reader zooms, all of it is shown where its messages can still be read, otherwise it opens at 100 %
// and scrolls.
#pragma once
#include <vector>

#include "window/kit/ui.h"
#include "window/ladder/time_axis.h"

namespace sipdex::window {

class ReplayScale {
public:
    // Another replay, whose zoom nobody has chosen yet.
    void show(std::vector<Time> steps, Time ended);
    // For this frame: the kind of axis, what it goes on to, and the height of a ladder's view (0: not known yet).
    // True when the steps stand elsewhere than before.
    bool set(const Ui& ui, bool true_time, bool lanes, double view_height);

    const TimeAxis& axis() const { return axis_; }
    const Spacing& spacing() const { return spacing_; }

    // Each gives the axis as it was, for ladders to keep their place (LadderView::keep_place).
    TimeAxis zoom_by(double factor);
    TimeAxis fit();  // all of it; back to 100 % when it is already so

private:
    TimeAxis zoom_to(double zoom);
    double fitting() const;  // the zoom at which all of it is seen
    double least() const;
    void lay_out();

    std::vector<Time> steps_;
    Time ended_{};
    bool lanes_ = false, chosen_ = false, laid_out_ = false;
    double zoom_ = 1, room_ = 0, legible_ = 0;
    Spacing natural_, spacing_;  // at 100 %, and as it is
    TimeAxis axis_;
};

}  // namespace sipdex::window
