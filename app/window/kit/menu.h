// A menu is a list that opens over the rest: pick one, or Escape. Long ones can be narrowed by typing.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "window/kit/ui.h"

namespace sipdex::window {

struct Choice {
    std::string id;
    std::string label;
    std::string remark;  // smaller, after the label
    int code = 0;        // its mark stands before the label
    bool chosen = false;
};

class Menu {
public:
    using Narrow = std::function<std::vector<Choice>(const std::string& typed)>;

    // Opens below (or above) the place of what opened it. `narrow` gives the choices for what is typed;
    // without it the choices stay as they are.
    void open(Ui& ui, std::string purpose, const Rect& anchor, std::vector<Choice> choices, Narrow narrow = {});
    bool is_open() const { return open_; }
    const std::string& purpose() const { return purpose_; }
    void close() { open_ = false; }

    // Draws it while open; gives the id of what was picked.
    std::optional<std::string> draw(Ui& ui);

private:
    std::string purpose_, typed_, narrowed_for_, opener_;
    Rect anchor_;
    std::vector<Choice> choices_;
    Narrow narrow_;
    Scroll scroll_;
    bool open_ = false, fresh_ = false;
};

}  // namespace sipdex::window
