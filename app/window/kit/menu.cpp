#include "window/kit/menu.h"

#include <algorithm>

#include "window/kit/widgets.h"

namespace sipdex::window {

void Menu::open(Ui& ui, std::string purpose, const Rect& anchor, std::vector<Choice> choices, Narrow narrow) {
    purpose_ = std::move(purpose);
    anchor_ = anchor;
    choices_ = std::move(choices);
    narrow_ = std::move(narrow);
    typed_.clear();
    narrowed_for_.clear();
    scroll_ = {};
    open_ = fresh_ = true;
    opener_ = ui.focus();
    ui.keep_moving();
}

std::optional<std::string> Menu::draw(Ui& ui) {
    if (!open_) return std::nullopt;
    std::optional<std::string> picked;
    ui.open_layer(accessible::Role::popup_menu);
    if (narrow_ && typed_ != narrowed_for_) {
        choices_ = narrow_(typed_);
        narrowed_for_ = typed_;
        scroll_.at = 0;
    }
    const double row_height = ui.px(32), pad = ui.px(6), head = narrow_ ? ui.px(44) : 0;
    double width = std::max(anchor_.width, ui.px(narrow_ ? 380 : 120));
    for (const Choice& choice : choices_) {
        double needed = ui.set(choice.label, Type::body).width() + ui.px(32) + (choice.code ? ui.px(70) : 0);
        if (!choice.remark.empty()) needed += ui.set(choice.remark, Type::caption).width() + ui.px(16);
        width = std::max(width, needed);
    }
    width = std::min({width, ui.px(560), ui.ink.width() - ui.px(16)});
    const double content = row_height * double(std::max<std::size_t>(1, choices_.size()));
    const double below = ui.ink.height() - anchor_.y - anchor_.height - ui.px(12), above = anchor_.y - ui.px(12);
    const bool down = content + head + 2 * pad <= below || below >= above;
    const double list = std::min(content, std::max(row_height, (down ? below : above) - head - 2 * pad));
    const double height = list + head + 2 * pad;
    const double x = std::clamp(anchor_.x, ui.px(8), std::max(ui.px(8), ui.ink.width() - width - ui.px(8)));
    const double y = down ? anchor_.y + anchor_.height + ui.px(4) : anchor_.y - height - ui.px(4);
    const Rect box{x, y, width, height};
    ui.ink.fill({x - ui.px(1), y + ui.px(3), width + ui.px(2), height + ui.px(2)}, IM_COL32(0, 0, 0, 40), ui.px(9));
    ui.ink.fill(box, ui.colour(Role::background), ui.px(8));
    ui.ink.frame(box, ui.colour(Role::line), ui.px(8), std::max(1.0, ui.px(1)));

    bool entered = false;
    if (narrow_) {
        entered = field(ui, "menu/field", ui.words().window_narrow(), typed_,
                        {x + pad, y + pad, width - 2 * pad, ui.px(34)}, true);
        if (fresh_) ui.set_focus("menu/field");
    }
    if (choices_.empty())
        ui.word(ui.words().window_nothing_found(), Type::body, false, x + pad + ui.px(10),
                y + pad + head + row_height / 2, ui.colour(Role::secondary));
    ui.begin_scroll("menu", {x, y + pad + head, width, list}, scroll_);
    double top = y + pad + head - scroll_.at;
    for (const Choice& choice : choices_) {
        const std::string id = "menu:" + choice.id;
        const Rect where{x + pad, top, width - 2 * pad, row_height};
        if (fresh_ && choice.chosen) {
            scroll_.content = content;
            scroll_.view = list;
            ui.reveal(where);
        }
        const auto touch = row(ui, id, choice.label, where, choice.chosen);
        if (ui.ink.visible(where)) {
            double pen = where.x + ui.px(10);
            const double middle = top + row_height / 2;
            if (choice.code) {
                code_mark(ui, choice.code, Type::body, pen, middle);
                pen += ui.px(62);
            }
            const double room = where.x + where.width - pen - ui.px(8);
            pen += ui.word(choice.label, Type::body, false, pen, middle, ui.colour(Role::text), room) + ui.px(10);
            const double left = where.x + where.width - pen - ui.px(8);
            if (!choice.remark.empty() && left > ui.px(14))
                ui.word(choice.remark, Type::caption, false, pen, middle, ui.colour(Role::secondary), left);
        }
        if (touch.pressed) picked = choice.id;
        top += row_height;
    }
    ui.end_scroll(content);
    if (entered && !choices_.empty()) picked = choices_.front().id;
    if (fresh_ && !narrow_ && !choices_.empty()) {
        const auto chosen = std::find_if(choices_.begin(), choices_.end(), [](const Choice& c) { return c.chosen; });
        ui.set_focus("menu:" + (chosen == choices_.end() ? choices_.front() : *chosen).id, ui.focus_by_key());
    }
    const bool outside =
        !fresh_ && !ui.input.clicks().empty() && ui.on_top() && !contains(box, ui.mouse_x(), ui.mouse_y());
    fresh_ = false;
    ui.close_layer();
    if (picked || outside) {
        open_ = false;
        ui.set_focus(opener_, ui.focus_by_key());
        ui.keep_moving();
    }
    return picked;
}

}  // namespace sipdex::window
