// A lane picture draws the lanes of a ladder: bars of transactions with their states, brackets of timers. Where the
// ladder has no room for names and durations, bars stand alone and say the rest when the mouse is over them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "document/ladder.h"
#include "window/kit/ui.h"
#include "window/ladder/ladder_lanes.h"
#include "window/ladder/ladder_picture.h"
#include "window/ladder/time_axis.h"

namespace sipdex::window {

class LanePicture {
public:
    LanePicture() = default;
    explicit LanePicture(std::vector<PartyLanes> lanes) : lanes_(std::move(lanes)) {}

    // How wide the lanes are in a ladder that has `room`; none where they are not shown.
    void choose(const Ui& ui, const document::Ladder& ladder, double room, bool shown);
    const std::vector<double>& widths() const { return widths_; }  // of each party's lanes; empty: not shown

    struct Moment {
        const document::Ladder& ladder;
        const LadderColumns& columns;
        const TimeAxis& axis;
        Rect view;
        double top = 0;       // of the axis, on the screen
        double now = 0;       // how far down the axis time has come
        bool secret = false;  // what is still to come is not drawn
    };
    struct Hint {
        Rect where;
        document::Text words;
    };
    // Gives what the bar under the mouse says.
    std::optional<Hint> draw(Ui& ui, const Moment& moment) const;

private:
    std::vector<double> measured(const Ui& ui, bool wide) const;
    std::optional<Hint> slot(Ui& ui, const Moment& moment, std::size_t party, const LaneSlot& slot, double x,
                             double width) const;

    std::vector<PartyLanes> lanes_;
    std::vector<double> widths_;
    bool wide_ = false;  // there is room for names and durations
};

// "INVITE client transaction" in the reader's language.
std::string machine_words(const Ui& ui, std::string machine);

}  // namespace sipdex::window
