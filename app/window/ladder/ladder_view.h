// A ladder view shows one recording's ladder: scrolled, panned, its lanes beside the parties, a minimap when it is
// long. It draws only what can be seen, so that an exchange of 10,000 messages costs a frame no more than a short one.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "document/ladder.h"
#include "window/kit/ui.h"
#include "window/ladder/ladder_picture.h"
#include "window/ladder/lane_picture.h"
#include "window/ladder/minimap.h"
#include "window/ladder/player.h"
#include "window/ladder/time_axis.h"

namespace sipdex::window {

// Where a replay is, and how it is to be shown; the same for ladders side by side.
struct LadderMoment {
    const Player& player;
    const TimeAxis& axis;
    double least_row = 0;  // pixels from rung to rung, at least
    double second = 0;     // pixels, in true time
    bool true_time = false;
    bool lanes = false;
    bool secret = false;  // what is still to come is not even hinted at
    bool reveal = false;  // the step has changed: bring it into sight
    double grown = 1;     // of the newest arrow
    std::optional<std::size_t> differs =
        {};  // of two runs: the first message that differs; past the last: it ends there
};

class LadderView {
public:
    LadderView() = default;
    LadderView(const recording::Recording& recording, const std::vector<std::string>& roles);

    struct Hint {
        Rect where;
        document::Text words;
    };

    // Gives the step whose message was pressed. `recording` is its place among those of the player.
    std::optional<std::size_t> draw(Ui& ui, std::size_t recording, const Rect& where, const LadderMoment& moment);
    const std::optional<Hint>& hint() const { return hint_; }

    double view_height() const { return scroll_.view; }
    double narrowest(const Ui& ui) const { return window::least_width(ui, ladder_); }
    double wanted_height(const Ui& ui, std::size_t steps) const {
        return ui.px(80 + rung_row * double(steps));
    }  // at 100 %
    double content_height(const Ui& ui, const TimeAxis& axis, bool lanes) const;
    void scroll_by(double distance) { scroll_.at += distance; }
    // Another axis shows the same place at the same height of the view.
    void keep_place(const TimeAxis& before, const TimeAxis& after, double at_height, double content);
    // Moves between the two sides of a ladder that is wider than its place.
    void pan_by(double distance) { pan_ += distance; }
    const document::Ladder& ladder() const { return ladder_; }

private:
    struct Frame;  // what the steps of drawing share
    void pan_to(const LadderMoment& moment, std::size_t recording, const LadderColumns& columns, double room);
    void drag(Ui& ui, const Rect& view);
    void rungs(Ui& ui, const Frame& frame, std::optional<std::size_t>& pressed);
    void rung(Ui& ui, const Frame& frame, std::size_t step, bool labelled);
    void first_difference(Ui& ui, const Frame& frame, double y);
    void ruler(Ui& ui, const Frame& frame);
    // The messages as a list, for those who do not see them.
    void write_down(Ui& ui, const Frame& frame, bool focused, const Rect& where, std::optional<std::size_t>& pressed);
    const std::vector<double>& gaps(const Ui& ui);
    const std::string& time_words(const Ui& ui, std::size_t message);

    document::Ladder ladder_;
    LanePicture lanes_;
    Time longest_flight_{};
    std::vector<double> gaps_;
    double gaps_at_ = 0;                  // the scale they were measured at
    std::vector<std::string> times_;      // said when first seen
    std::optional<std::size_t> hovered_;  // the message under the mouse
    Scroll scroll_;
    Minimap minimap_;
    double pan_ = 0, widest_pan_ = 0;
    struct Drag {
        bool on = false, moved = false;
        double x = 0, y = 0;
    };
    Drag drag_;
    std::optional<Hint> hint_;
};

}  // namespace sipdex::window
