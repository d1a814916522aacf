// The line between two panes, moved with the mouse or, when it has the focus, with the arrows. Pressed where it is, it goes
// back to where the window would put it.
#pragma once
#include <string>

#include "window/kit/ui.h"

namespace sipdex::window {

class PaneEdge {
public:
    enum class Between { columns, rows };  // panes beside each other, or one below the other

    PaneEdge(std::string id, Between between) : id_(std::move(id)), between_(between) {}

    // How much the pane behind the line takes, in pixels: as moved, or as usual; never outside `least` and `most`.
    double size(const Ui& ui, double usual, double least, double most) const;

    // Draws it along `line`, which is as thin as a hairline, and takes what is done with it. `end` is where the pane behind
    // it ends.
    void draw(Ui& ui, const Rect& line, double end, double size);

    const std::string& id() const { return id_; }
    double units() const { return units_; }  // at 100 %; 0: not moved
    void set_units(double units) { units_ = units > 0 ? units : 0; }

private:
    std::string id_;
    Between between_;
    double units_ = 0;
    bool pulled_ = false;
};

}  // namespace sipdex::window
