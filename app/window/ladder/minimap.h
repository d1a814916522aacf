// A minimap shows a whole ladder in a strip: a line for each message, long waits as gaps, and a frame around what
// can be seen. Pressing or dragging in it goes there.
//
// However long the exchange, it draws no more lines than the strip is high; they are gathered when the ladder
// changes, not for each frame.
#pragma once
#include <optional>
#include <vector>

#include "document/ladder.h"
#include "window/kit/ui.h"
#include "window/ladder/player.h"
#include "window/ladder/time_axis.h"

namespace sipdex::window {

constexpr double minimap_width = 52;  // units

class Minimap {
public:
    // Whether a ladder is so long that a minimap helps.
    static bool wanted(double content, double view) { return content > 1.6 * view; }

    // Draws; `until` is how far down anything may be shown. Gives where the top of the view is to be.
    std::optional<double> draw(Ui& ui, const std::string& id, const Rect& where, const document::Ladder& ladder,
                               const Player& player, std::size_t recording, const TimeAxis& axis, double content,
                               double top, double view, double now, bool secret);

private:
    struct Line {
        double y = 0;
        std::size_t from = 0, to = 0;
        int status = 0;
        bool lost = false, shared = false;
    };
    void gather(const Rect& where, const document::Ladder& ladder, const Player& player, std::size_t recording,
                const TimeAxis& axis, double content);

    std::vector<Line> lines_;
    double gathered_height_ = 0, gathered_content_ = 0;
    std::size_t gathered_steps_ = 0;
};

}  // namespace sipdex::window
