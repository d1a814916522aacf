#include "window/replay/exchange_list.h"

#include <algorithm>
#include <cmath>

#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr double narrowest_column = 400, widest_list = 1120, row_height = 32, head_height = 44;  // units

// Exchanges are named after the code whose story they tell: "484-overlap".
int class_of(const ListedExchange& exchange) {
    const char first = exchange.id.empty() ? ' ' : exchange.id.front();
    return first >= '1' && first <= '6' ? first - '0' : 0;
}

}  // namespace

std::optional<std::string> ExchangeList::draw(Ui& ui, const Rect& where) {
    if (language_ != ui.language()) {
        language_ = ui.language();
        exchanges_ = ui.library.exchanges();
    }
    std::optional<std::string> pressed;
    ui.begin_scroll("exchanges", where, scroll_);
    ui.open_list("exchanges", &Words::window_simulator, where);
    const double side = ui.px(24), room = std::min(where.width - 2 * side, ui.px(widest_list));
    const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>(room / ui.px(narrowest_column)));
    const double left = where.x + side, width = std::floor(room / static_cast<double>(columns));
    double y = where.y + ui.px(28) - scroll_.at;
    const auto lead = ui.set(ui.words().window_simulator_empty(), Type::lead, false, room);
    ui.ink.text(lead, left + ui.px(10), y, room, ui.colour(Role::secondary));
    y += lead.height() + ui.px(12);
    for (int digit = 1; digit <= 6; ++digit) {
        std::vector<const ListedExchange*> told;
        for (const ListedExchange& exchange : exchanges_)
            if (class_of(exchange) == digit) told.push_back(&exchange);
        if (told.empty()) continue;
        y = class_head(ui, digit, left + ui.px(10), y);
        // Down the columns, as a reader looks for a number.
        const std::size_t rows = (told.size() + columns - 1) / columns;
        for (std::size_t i = 0; i < told.size(); ++i) {
            const Rect place{left + width * static_cast<double>(i / rows),
                             y + ui.px(row_height) * static_cast<double>(i % rows), width - ui.px(8),
                             ui.px(row_height)};
            const auto touch = row(ui, "exchange:" + told[i]->id, told[i]->title, place, false);
            if (ui.ink.visible(place))
                ui.word(told[i]->title, Type::body, false, place.x + ui.px(10), place.y + place.height / 2,
                        ui.colour(Role::text), place.width - ui.px(20));
            if (touch.pressed) pressed = told[i]->id;
        }
        y += ui.px(row_height) * static_cast<double>(rows) + ui.px(8);
    }
    ui.close_list();
    ui.end_scroll(y + scroll_.at - where.y + ui.px(24));
    return pressed;
}

double ExchangeList::class_head(Ui& ui, int digit, double x, double y) {
    const double mark = ui.px(14), middle = y + ui.px(head_height) / 2;
    ui.ink.icon(icon_of_class(digit * 100), {x, std::round(middle - mark / 2), mark, mark},
                ui.colour(role_of_class(digit * 100)));
    ui.word(ui.say(class_words(digit)), Type::body, true, x + mark + ui.px(9), middle, ui.colour(Role::text));
    return y + ui.px(head_height);
}

}  // namespace sipdex::window
