// A flow is a run of things that stand side by side, and below each other where a row has no room left.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "window/kit/widgets.h"

namespace sipdex::window {

class Flow {
public:
    using Drawn = std::function<void(double x, double y)>;  // with a button's height

    explicit Flow(Ui& ui) : ui_(ui) {}
    void add(double width, Drawn draw) { parts_.push_back({width, std::move(draw)}); }
    void add_word(const std::string& words);
    // Calls `pressed` when it is.
    void add_button(const Button& button, std::function<void()> pressed);

    // The height that it takes in this width, and the same drawn there.
    double height(double width) const { return lay_out({0, 0, width, 0}, false); }
    double draw(double x, double y, double width) const { return lay_out({x, y, width, 0}, true); }

private:
    struct Part {
        double width;
        Drawn draw;
    };
    double lay_out(const Rect& where, bool draw) const;

    Ui& ui_;
    std::vector<Part> parts_;
};

}  // namespace sipdex::window
