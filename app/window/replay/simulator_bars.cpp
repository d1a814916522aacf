// The bars of the simulator view: what is replayed and how it is shown above, the player below.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "language/fold.h"
#include "page/call_id.h"
#include "window/kit/widgets.h"
#include "window/replay/simulator_view.h"

namespace sipdex::window {

namespace {

constexpr std::array<double, 5> speeds{0.25, 0.5, 1, 2, 4};
constexpr double one_click = 1.5;   // of zoom
constexpr double bar_height = 48;   // units
constexpr double least_lane = 260;  // units that the position in the exchange keeps before words stand beside the icons

double middle_of(const Ui& ui, const Rect& where) {
    return where.y + std::round((where.height - ui.px(button_height)) / 2);
}

std::string speed_words(const Ui& ui, double speed) { return ui.words().window_speed(speed); }

// A button of a row. It is an icon with a hint, and where there is room a word stands beside it.
struct Tool {
    Button button;
    Sentence caption = nullptr;  // none: it stays an icon
    int rank = 0;                // those of the lowest get their words first, all of a rank or none
    double gap = 2;              // units behind it
    double least = 0;            // pixels, for one that says now this, now that
    std::string said = {};       // the caption, where there is room for it
    double width(const Ui& ui) const {
        const double width = width_of(ui, button, said);
        return said.empty() ? width : std::max(least, width);
    }
};

double width_of(const Ui& ui, const std::vector<Tool>& row) {
    double width = 0;
    for (const Tool& tool : row) width += tool.width(ui) + ui.px(tool.gap);
    return width;
}

void say_words(const Ui& ui, std::vector<Tool>& row, double room) {
    constexpr int last_rank = 3;
    for (int rank = 1; rank <= last_rank; ++rank) {
        std::vector<Tool> said = row;
        for (Tool& tool : said)
            if (tool.caption && tool.rank == rank) tool.said = ui.say(tool.caption);
        if (width_of(ui, said) > room) return;
        row = std::move(said);
    }
}

// Draws the row from `x` on, which is moved behind it; the id of what was pressed.
std::string pressed_of(Ui& ui, const std::vector<Tool>& row, double& x, double y) {
    std::string pressed;
    for (const Tool& tool : row) {
        if (button(ui, tool.button, tool.said, x, y, tool.width(ui))) pressed = tool.button.id;
        x += tool.width(ui) + ui.px(tool.gap);
    }
    return pressed;
}

}  // namespace

double SimulatorView::tools(Ui& ui, double right, double y, double room, const Place& place, Wishes& wishes) {
    const bool any = !stages_.empty();
    const auto tool = [&](const char* id, Sentence label, Sentence caption, Icon icon, bool chosen, int rank,
                          double gap) {
        Tool one{{id, ui.say(label), icon, Look::ghost, true, any, chosen}, caption, rank, gap};
        one.button.toggles = !std::string_view(id).starts_with("zoom");
        return one;
    };
    std::vector<Tool> row{
        tool("true-time", &Words::window_true_time, &Words::window_true_time_short, Icon::clock, switches_.true_time, 2,
             2),
        tool("lanes", &Words::window_lanes, &Words::window_lanes_short, Icon::lanes, switches_.lanes, 2, 2),
        tool("changes", &Words::window_changes, &Words::window_changes_short, Icon::changes, switches_.changes, 2, 10),
        tool("zoom-out", &Words::window_zoom_out, nullptr, Icon::minus, false, 0, 2),
        tool("zoom-fit", &Words::window_zoom_fit, &Words::window_zoom_fit_short, Icon::fit, false, 3, 2),
        tool("zoom-in", &Words::window_zoom_in, nullptr, Icon::plus, false, 0, 10),
    };
    // What somebody else has sent cannot be changed.
    const bool captured = !place.ids.empty() && page::call_of(place.ids.front());
    if (place.ids.size() == 1 && !presenting_ && !embedded_ && !captured)
        row.push_back(tool("what-if", &Words::window_what_if, &Words::window_what_if_short, Icon::swap,
                           what_if_.is_open(), 1, 2));
    row.push_back(
        tool("present", &Words::window_present, &Words::window_present_short, Icon::present, presenting_, 1, 2));
    const bool sheet = !presenting_ && (place.ids.size() == 1 || place.ids.size() == 2) && !embedded_;
    Button save{"sheet", ui.words().window_sheet(), Icon::sheet, Look::plain};
    save.icon_only = ui.ink.width() < ui.px(1100);  // the title of the exchange needs the room more
    const double beside = sheet ? width_of(ui, save) + ui.px(8) : 0;
    say_words(ui, row, room - beside);
    double x = right - width_of(ui, row) - beside;
    const double left = x;
    const std::string pressed = pressed_of(ui, row, x, y);
    if (sheet && button(ui, save, x + ui.px(6), y))
        wishes.push_back({Wish::Kind::sheet,
                          {},
                          {},
                          place.ids.size() == 2 ? ui.library.beside(place.ids.front(), place.ids.back())
                                                : ui.library.exchange(place.ids.front())});
    if (pressed == "true-time") switches_.true_time = !switches_.true_time;
    if (pressed == "lanes") switches_.lanes = !switches_.lanes;
    if (pressed == "changes") switches_.changes = !switches_.changes;
    if (pressed == "zoom-out") zoom_by(1 / one_click);
    if (pressed == "zoom-in") zoom_by(one_click);
    if (pressed == "zoom-fit") fit();
    if (pressed == "what-if") {
        what_if_.toggle();
        // The keys go on in the bar.
        if (what_if_.is_open()) ui.set_focus("what-if/who", !ui.input.released(0));
    }
    if (pressed == "present") present(!presenting_);
    return left;
}

// What can be replayed: beside a call the others of its file too.
std::vector<Choice> SimulatorView::choices(Ui& ui, const Place& place, const std::string& chosen,
                                           const std::string& typed) const {
    constexpr std::size_t most_calls = 100;
    std::vector<Choice> all;
    const Library::Calls calls = page::any_is_call(place.ids) ? ui.library.calls() : Library::Calls();
    if (calls) {
        page::CallChoice wanted;
        wanted.words = typed;
        for (const std::size_t at : page::chosen(*calls, wanted)) {
            if (all.size() == most_calls) break;
            const page::ListedCall& call = (*calls)[at];
            const std::string id = page::call_id(call.story);
            all.push_back({id,
                           fmt::format("{}. {} → {}", call.story + 1, call.caller, call.called),
                           {},
                           call.status,
                           id == chosen});
        }
    }
    const std::string words = language::folded(typed);
    for (const ListedExchange& exchange : ui.library.exchanges())
        if (words.empty() || language::folded(exchange.title).find(words) != std::string::npos)
            all.push_back({exchange.id,
                           exchange.title,
                           {},
                           exchange.codes.empty() ? 0 : exchange.codes.back(),
                           exchange.id == chosen});
    return all;
}

// Where they first differ, with a button that goes there.
double SimulatorView::difference_bar(Ui& ui, const Rect& where) {
    const bool differs = stages_.back().replay.difference.has_value();
    const double gap = ui.px(10), pad = ui.px(8);
    const Button go{"first-difference", ui.words().window_first_difference(), Icon::differs, Look::plain};
    const double left = where.x + ui.px(16), width = where.width - ui.px(32);
    const double button_width = differs ? width_of(ui, go) + gap : 0;
    const bool below = width - button_width < ui.px(320);
    const double text_width = std::floor(below ? width : width - button_width);
    const auto words = ui.set(beside_, Type::body, false, text_width);
    const double line = ui.px(button_height);
    if (differs && button(ui, go, left, where.y + pad)) go_to_difference();
    const double x = left + (below ? 0 : button_width);
    const double y = below && differs ? where.y + pad + line + ui.px(4)
                                      : where.y + pad + std::max(0.0, std::round((line - words.height()) / 2));
    ui.ink.text(words, x, y, text_width, ui.colour(Role::text));
    return std::max(y + words.height(), where.y + pad + (differs ? line : 0)) + pad - where.y;
}

void SimulatorView::bar(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    const double y = middle_of(ui, where);
    double x = where.x + ui.px(16);
    const std::size_t count = std::max<std::size_t>(1, place.ids.size());
    const auto pick_of = [&](std::size_t i) {  // a changed exchange has no picker of its own
        Button pick{fmt::format("exchange:{}", i),
                    i < stages_.size() ? stages_[i].replay.title : ui.words().window_pick_exchange(), std::nullopt,
                    Look::plain};
        pick.menu = true;
        return pick;
    };
    // What they are called goes before words at the tools, and these before words at what puts another beside it.
    double titles = 0;
    for (std::size_t i = 0; i < count; ++i) titles += std::clamp(width_of(ui, pick_of(i)), ui.px(200), ui.px(360));
    const double others = ui.px(16 + 24 + (count > 1 ? 96 : button_height + 8));
    const double end =
        tools(ui, where.x + where.width - ui.px(12), y, where.width - titles - others, place, wishes) - ui.px(12);
    const auto open_choices = [&](std::string purpose, const Rect& anchor, const std::string& chosen) {
        std::vector<Choice> all = choices(ui, place, chosen, {});
        // Calls can be many: they are narrowed as their list is.
        const bool captured = page::any_is_call(place.ids);
        menu_.open(ui, std::move(purpose), anchor, std::move(all),
                   captured ? [this, &ui, place,
                               chosen](const std::string& typed) { return choices(ui, place, chosen, typed); }
                            : Menu::Narrow{});
    };
    Button beside{"beside", ui.words().window_beside(), Icon::plus, Look::ghost};
    double room = end - x - ui.px(place.ids.size() > 1 ? 88 : 0);
    if (place.ids.size() == 1) {
        beside.icon_only = room - width_of(ui, beside) - ui.px(8) < titles;
        room -= width_of(ui, beside) + ui.px(8);
    }
    const double each = std::clamp(std::floor(room / double(count)), ui.px(60), ui.px(360));
    for (std::size_t i = 0; i < count; ++i) {
        const bool there = i < stages_.size();
        const Button pick = pick_of(i);
        if (button(ui, pick, x, y, each))
            open_choices(fmt::format("{}", i), {x, y, each, ui.px(button_height)},
                         there ? place.ids[i] : std::string());
        x += each + ui.px(4);
        if (there && place.ids.size() > 1) {
            if (button(ui, {fmt::format("drop:{}", i), ui.words().window_remove(), Icon::close, Look::ghost, true}, x,
                       y)) {
                Place fewer = place;
                fewer.ids.erase(fewer.ids.begin() + std::ptrdiff_t(i));
                wishes.push_back({Wish::Kind::go, fewer, {}, {}});
            }
            x += ui.px(button_height + 8);
        }
    }
    if (place.ids.size() == 1 && button(ui, beside, x + ui.px(4), y))
        open_choices("1", {x + ui.px(4), y, width_of(ui, beside), ui.px(button_height)}, {});
}

double SimulatorView::bars(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    const Rect top{where.x, where.y, where.width, ui.px(bar_height)};
    if (embedded_ && !secret() && !stages_.empty()) return outcome_bar(ui, where, wishes);
    if (presenting_ || embedded_) {
        presenter_bar(ui, top);
        return top.height;
    }
    bar(ui, top, place, wishes);
    if (place.ids.size() == 2 && !beside_.empty() && stages_.size() == 2) {
        hairline(ui, where.x, where.y + top.height, where.width);
        return top.height + 1 + difference_bar(ui, {where.x, where.y + top.height + 1, where.width, 0});
    }
    if (place.ids.size() != 1 || stages_.empty()) return top.height;
    const auto& difference = stages_.back().replay.difference;
    const WhatIfBar::Scene scene{ui, place, stages_.front().replay, player_.latest(0),
                                 difference ? &*difference : nullptr};
    const double height = what_if_.height(scene, where.width);
    if (height > 0) {
        hairline(ui, where.x, where.y + top.height, where.width);
        what_if_.draw(scene, {where.x, where.y + top.height + 1, where.width, height}, wishes);
        if (what_if_.hint()) hint_ = {what_if_.hint()->where, document::plain(what_if_.hint()->words)};
    }
    if (what_if_.asked_for_difference()) go_to_difference();
    return top.height + height + (height > 0 ? 1 : 0);
}

// What the caller gets stands large above the ladder, and why below it, with a link to the rule.
double SimulatorView::outcome_bar(Ui& ui, const Rect& where, Wishes& wishes) {
    Wishes none;
    const double left = where.x + ui.px(16), tools_y = where.y + ui.px(8);
    const double end = tools(ui, where.x + where.width - ui.px(12), tools_y, where.width * 0.4, {}, none) - ui.px(16);
    const Replay& replay = stages_.front().replay;
    int status = 0;
    for (const document::Span& span : replay.outcome.spans)
        if (status == 0 && span.style == document::Span::Style::wire) status = std::atoi(span.text.c_str());
    const double side = ui.px(18), x = left + (status ? side + ui.px(8) : 0), width = std::floor(end - x);
    const auto what = ui.ink.set(replay.outcome, ui.style(Type::section, true), width, ui.language());
    const double line = what.height() / double(std::max<std::size_t>(1, what.count())), y = where.y + ui.px(10);
    if (status)
        ui.ink.icon(icon_of_class(status), {left, y + std::round((line - side) / 2), side, side},
                    ui.colour(role_of_class(status)));
    ui.ink.text(what, x, y, width, ui.colour(Role::text));
    Rect why{left, std::max(y + what.height(), tools_y + ui.px(button_height)) + ui.px(2), where.width - ui.px(32), 0};
    follow(linked_text(ui, "outcome", replay.outcome_why, Type::body, why), wishes);
    return why.y + why.height + ui.px(8) - where.y;
}

// The title tells how it ends, so it comes last.
void SimulatorView::presenter_bar(Ui& ui, const Rect& where) {
    const double y = middle_of(ui, where), middle = y + ui.px(button_height) / 2;
    Wishes none;
    double end = tools(ui, where.x + where.width - ui.px(12), y, 0, {}, none) - ui.px(12);
    double x = where.x + ui.px(16);
    if (secret()) {
        const Button show{"show-outcome", ui.words().window_show_outcome(), std::nullopt, Look::plain};
        end -= width_of(ui, show);
        if (button(ui, show, end, y)) outcome_shown_ = true;
        // The button says it as well, where there is no room for the question.
        const std::string question = ui.words().window_outcome_hidden();
        for (const Type type : {Type::lead, Type::body, Type::caption})
            if (ui.set(question, type).width() <= end - x - ui.px(12)) {
                ui.word(question, type, false, x, middle, ui.colour(Role::secondary));
                break;
            }
        return;
    }
    const double each = (end - x) / double(std::max<std::size_t>(1, stages_.size()));
    for (const Stage& stage : stages_) {
        ui.word(stage.replay.title, Type::lead, true, x, middle, ui.colour(Role::text),
                std::max(1.0, each - ui.px(16)));
        x += each;
    }
}

void SimulatorView::transport(Ui& ui, const Rect& where) {
    hairline(ui, where.x, where.y, where.width);
    const double y = middle_of(ui, where);
    double x = where.x + ui.px(16);
    const bool any = !player_.empty();
    const bool first = player_.step() == 0 && player_.progress() == 0,
               last = player_.step() + 1 >= player_.steps().size();
    Button speed{"speed", speed_words(ui, player_.speed()), std::nullopt, Look::ghost};
    speed.menu = true;
    const double speed_width = ui.px(84), clock_width = ui.px(104);
    const double end = where.x + where.width - ui.px(16);
    const std::string count =
        ui.words().window_step_of(std::to_string(any ? player_.step() + 1 : 0), std::to_string(player_.steps().size()));
    const double count_width = std::max(ui.px(88), ui.set(count, Type::caption).width() + ui.px(8));

    const auto tool = [&](const char* id, Sentence label, Sentence caption, Icon icon, Look look, bool enabled,
                          int rank) {
        return Tool{{id, ui.say(label), icon, look, true, enabled}, caption, rank, 4};
    };
    Tool play = tool("play", &Words::window_play, &Words::window_play, Icon::play, Look::primary, any, 1);
    Tool pause = tool("play", &Words::window_pause, &Words::window_pause, Icon::pause, Look::primary, any, 1);
    for (Tool* one : {&play, &pause})  // nothing moves when one becomes the other
        for (const Sentence words : {&Words::window_play, &Words::window_pause})
            one->least = std::max(one->least, width_of(ui, Button{"", ui.say(words), Icon::play, Look::primary}));
    std::vector<Tool> row{
        tool("to-start", &Words::window_to_start, &Words::window_to_start_short, Icon::to_start, Look::ghost,
             any && !first, 3),
        tool("back-step", &Words::window_step_back, &Words::window_step_back_short, Icon::step_back, Look::ghost,
             any && !first, 2),
        player_.playing() ? pause : play,
        tool("forward-step", &Words::window_step, &Words::window_step_short, Icon::step, Look::ghost, any && !last, 2),
        tool("to-end", &Words::window_to_end, &Words::window_to_end_short, Icon::to_end, Look::ghost, any && !last, 3),
    };
    // The words leave the position room to be taken hold of.
    say_words(ui, row, end - speed_width - clock_width - count_width - ui.px(28 + least_lane) - x);
    const std::string pressed = pressed_of(ui, row, x, y);
    if (pressed == "to-start") player_.to_start();
    if (pressed == "back-step") player_.back();
    if (pressed == "play") player_.playing() ? player_.pause() : player_.play();
    if (pressed == "forward-step") player_.forward();
    if (pressed == "to-end") player_.to_end();
    x += ui.px(8);
    if (button(ui, speed, end - speed_width, y, speed_width)) {
        std::vector<Choice> choices;
        for (const double one : speeds)
            choices.push_back({fmt::format("{}", one), speed_words(ui, one), {}, 0, one == player_.speed()});
        menu_.open(ui, "speed", {end - speed_width, y, speed_width, ui.px(button_height)}, choices);
    }
    const double middle = y + ui.px(button_height) / 2;
    const auto clock = ui.set(clock_words(ui, player_.clock()), Type::wire);
    ui.ink.text(clock, end - speed_width - ui.px(12) - clock.width(), middle - clock.height() / 2, 0,
                ui.colour(Role::text));
    ui.word(count, Type::caption, false, x, middle, ui.colour(Role::secondary));
    x += count_width + ui.px(4);
    const Rect lane{x, y, end - speed_width - clock_width - ui.px(16) - x, ui.px(button_height)};
    if (lane.width > ui.px(40))
        if (const auto moved = slider(ui, "seek", ui.words().window_seek(), lane, player_.position()); moved && any)
            player_.seek(*moved);
}

}  // namespace sipdex::window
