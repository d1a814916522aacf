// The page that stands in for a view that could not be drawn: what happened, and the ways on.
#pragma once
#include <optional>
#include <string>

#include "window/kit/ui.h"

namespace sipdex::window {

enum class WayOn { back, home, again };

// `reason` is what the program says of it, in one line. Gives the way that was pressed.
std::optional<WayOn> draw_mishap(Ui& ui, const Rect& where, Scroll& scroll, const std::string& reason,
                                 bool can_go_back);

}  // namespace sipdex::window
