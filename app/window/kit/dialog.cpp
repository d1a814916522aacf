#include "window/kit/dialog.h"

#include <algorithm>
#include <cmath>

namespace sipdex::window {

Rect open_dialog(Ui& ui, const std::string& name, double width, double height) {
    ui.open_layer(accessible::Role::dialog, name);
    ui.ink.fill({0, 0, ui.ink.width(), ui.ink.height()}, IM_COL32(0, 0, 0, 96));
    width = std::min(width, ui.ink.width() - ui.px(32));
    height = std::min(height, ui.ink.height() - ui.px(16));
    const Rect box{std::round((ui.ink.width() - width) / 2),
                   std::round(std::max(ui.px(8), (ui.ink.height() - height) / 2.6)), width, height};
    ui.ink.fill(box, ui.colour(Role::background), ui.px(10));
    ui.ink.frame(box, ui.colour(Role::line), ui.px(10), std::max(1.0, ui.px(1)));
    return box;
}

void dialog_title(Ui& ui, const std::string& name, const Rect& box, double pad) {
    const auto title = ui.cut(name, Type::lead, true, box.width - 2 * pad);
    ui.ink.text(title, box.x + pad, box.y + ui.px(22), 0, ui.colour(Role::text));
}

}  // namespace sipdex::window
