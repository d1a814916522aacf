#include "window/reading/mishap_page.h"

#include <algorithm>
#include <cmath>

#include "window/kit/flow.h"

namespace sipdex::window {

std::optional<WayOn> draw_mishap(Ui& ui, const Rect& where, Scroll& scroll, const std::string& reason,
                                 bool can_go_back) {
    std::optional<WayOn> way;
    const double side = ui.px(24), width = std::max(ui.px(120), std::min(where.width - 2 * side, ui.px(640)));
    const double x = where.x + side;
    ui.begin_scroll("mishap", where, scroll);
    double y = where.y + ui.px(28) - scroll.at;
    const double icon = ui.px(22);
    const auto heading = ui.set(ui.words().window_mishap_title(), Type::section, true, width - icon - ui.px(10));
    ui.ink.icon(Icon::warning,
                {x, y + std::round((heading.height() / double(std::max<std::size_t>(1, heading.count())) - icon) / 2),
                 icon, icon},
                ui.colour(Role::server_failure));
    ui.ink.text(heading, x + icon + ui.px(10), y, width - icon - ui.px(10), ui.colour(Role::text));
    y += heading.height() + ui.px(16);
    // The ways on stand first: in a small window they are what can be seen.
    Flow ways(ui);
    const auto add = [&](const char* id, Sentence label, Icon sign, Look look, WayOn on) {
        ways.add_button({id, ui.say(label), sign, look}, [&way, on] { way = on; });
    };
    if (can_go_back) add("mishap/back", &Words::window_back, Icon::back, Look::primary, WayOn::back);
    add("mishap/home", &Words::window_home, Icon::home, can_go_back ? Look::plain : Look::primary, WayOn::home);
    ways.add_button({"mishap/again", ui.words().window_mishap_again(), std::nullopt, Look::plain},
                    [&way] { way = WayOn::again; });
    y += ways.draw(x, y, width) + ui.px(20);
    const auto words = ui.set(ui.words().window_mishap(reason), Type::body, false, width);
    ui.ink.text(words, x, y, width, ui.colour(Role::text));
    y += words.height() + ui.px(24);
    ui.end_scroll(y + scroll.at - where.y);
    return way;
}

}  // namespace sipdex::window
