#include "window/views/call_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "page/call_id.h"
#include "window/kit/flow.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr double row_height = 34, head_height = 32, gap = 12, side = 16;  // units
constexpr double width_for_duration = 900, width_for_time = 760, width_for_finding = 520, width_for_words = 560;
constexpr std::size_t beyond = 3;              // rows out of sight that the keys may go on to
constexpr std::size_t most_lines_kept = 4000;  // more than anybody scrolls past before they are asked for again

}  // namespace

void CallTable::show(Library::Calls calls, const std::string& file, const std::string& language) {
    if (calls == calls_ && file == file_ && language == language_) return;
    calls_ = std::move(calls);
    file_ = file;
    language_ = language;
    lines_.clear();
    chosen_for_.reset();
    std::erase_if(kept().marked, [this](std::size_t story) { return !calls_ || story >= calls_->size(); });
}

void CallTable::choose() {
    if (chosen_for_ == kept().choice) return;
    if (chosen_for_) kept().scroll.at = 0;  // another choice begins at its top
    chosen_for_ = kept().choice;
    chosen_ = calls_ ? page::chosen(*calls_, kept().choice) : std::vector<std::size_t>{};
}

// The same column once more turns the order about.
void CallTable::order_by(By by) {
    page::CallChoice& choice = kept().choice;
    choice.down = choice.by == by && !choice.down;
    choice.by = by;
}

void CallTable::find(Ui& ui) { ui.set_focus("calls-filter"); }

bool CallTable::escape() {
    if (menu_.is_open()) {
        menu_.close();
        return true;
    }
    page::CallChoice& choice = kept().choice;
    if (choice.words.empty()) return false;
    choice.words.clear();
    return true;
}

// Two at most: a third takes the place of the one that was marked last.
void CallTable::mark(std::size_t story) {
    std::vector<std::size_t>& marked = kept().marked;
    if (std::erase(marked, story) > 0) return;
    if (marked.size() == 2) marked.pop_back();
    marked.push_back(story);
}

const page::CallLine& CallTable::line(Ui& ui, const page::ListedCall& call) {
    if (lines_.size() > most_lines_kept) lines_.clear();
    const auto known = lines_.find(call.story);
    if (known != lines_.end()) return known->second;
    return lines_.emplace(call.story, ui.library.call_line(call)).first->second;
}

CallTable::Columns CallTable::columns_in(Ui& ui, double x, double width) {
    const double units = width / ui.scale();
    const bool duration = units >= width_for_duration, time = units >= width_for_time,
               finding = units >= width_for_finding;
    const std::string last = std::to_string(calls_->size());
    Columns columns;
    columns.mark = ui.px(30);
    const auto widest = [&](const std::string& sample, const char* what) {
        return std::ceil(std::max(ui.set(sample, Type::body).width() + ui.px(4),
                                  ui.set(ui.words().window_calls_by(what), Type::caption, true).width() + ui.px(16)));
    };
    std::string moment = calls_->empty() ? std::string() : line(ui, calls_->front()).time;
    for (char& c : moment)
        if (c >= '0' && c <= '9') c = '4';  // as wide as digits are
    const double fixed_number = widest(last, "number"), fixed_time = time ? widest(moment, "time") : 0,
                 fixed_duration = duration ? widest("4444.4 s", "duration") : 0;
    const double gaps = ui.px(gap) * (4 + (time ? 1 : 0) + (duration ? 1 : 0) + (finding ? 1 : 0));
    const double rest = width - columns.mark - fixed_number - fixed_time - fixed_duration - gaps;
    const double shares = finding ? 1.0 : 0.66;
    const auto share = [&](double of) { return std::floor(rest * of / shares); };
    columns.all = {{"number", std::nullopt, 0, fixed_number},
                   {"time", By::time, 0, fixed_time},
                   {"caller", By::caller, 0, share(0.18)},
                   {"called", By::called, 0, share(0.18)},
                   {"outcome", By::outcome, 0, share(0.30)},
                   {"duration", By::duration, 0, fixed_duration},
                   {"gravity", By::gravity, 0, finding ? share(0.34) : 0}};
    std::erase_if(columns.all, [](const Columns::One& column) { return column.width <= 0; });
    double at = x + columns.mark;
    for (Columns::One& column : columns.all) {
        column.x = at;
        at += column.width + ui.px(gap);
    }
    if (!time) columns.all.front().by = By::time;  // which is the order of the numbers
    return columns;
}

double CallTable::bar(Ui& ui, const Rect& where, bool narrow, Asked& asked) {
    Kept& now = kept();
    Flow flow(ui);
    Button findings{"calls-with-findings", ui.words().window_calls_findings_only(), Icon::warning, Look::plain};
    findings.chosen = now.choice.with_findings;
    findings.toggles = true;
    flow.add_button(findings, [&now] { now.choice.with_findings = !now.choice.with_findings; });
    if (narrow) {
        Button sort{"calls-sort",
                    ui.words().window_calls_sort(ui.words().window_calls_by(std::string(name_of(now.choice.by)))),
                    std::nullopt, Look::plain};
        sort.menu = true;
        const double width = width_of(ui, sort);
        flow.add(width, [this, &ui, sort, width](double x, double y) {
            if (!button(ui, sort, x, y)) return;
            std::vector<Choice> all;
            for (const By by : {By::time, By::caller, By::called, By::outcome, By::duration, By::gravity}) {
                const std::string name(name_of(by));
                all.push_back({name, ui.words().window_calls_by(name), {}, 0, by == kept().choice.by});
            }
            menu_.open(ui, "sort", {x, y, width, ui.px(button_height)}, std::move(all));
        });
    }
    const bool two = now.marked.size() == 2;
    Button beside{"calls-beside", ui.words().window_calls_beside(), Icon::swap, two ? Look::primary : Look::plain};
    beside.enabled = two;
    beside.icon_only = where.width < ui.px(width_for_words);
    const double beside_width = width_of(ui, beside);
    flow.add(beside_width, [&ui, &now, &asked, beside, beside_width](double x, double y) {
        if (button(ui, beside, x, y) && now.marked.size() == 2)
            asked.together = std::pair(std::min(now.marked[0], now.marked[1]), std::max(now.marked[0], now.marked[1]));
        const Rect place{x, y, beside_width, ui.px(button_height)};
        if (!beside.enabled && ui.hovering(place))
            draw_hint(ui, place, document::plain(ui.words().window_calls_beside_hint()));
    });
    flow.add_word(ui.words().window_calls_count(std::to_string(chosen_.size()), std::to_string(calls_->size())));

    const double pad = ui.px(8), height = ui.px(button_height), least = ui.px(260);
    const double inner = where.width - 2 * ui.px(side), x = where.x + ui.px(side);
    // Beside the field where there is the room, otherwise below it.
    double used = 0;
    for (const Button* one : {&findings, &beside}) used += width_of(ui, *one) + ui.px(8);
    used += ui.set(ui.words().window_calls_count("00000", "00000"), Type::body).width() + ui.px(24);
    if (narrow || inner - used < least) {
        field(ui, "calls-filter", ui.words().window_calls_filter(), now.choice.words, {x, where.y + pad, inner, height},
              true);
        return 3 * pad + height + flow.draw(x, where.y + 2 * pad + height, inner);
    }
    const double wide = std::min(inner - used, ui.px(420));
    field(ui, "calls-filter", ui.words().window_calls_filter(), now.choice.words, {x, where.y + pad, wide, height},
          true);
    return 2 * pad + flow.draw(x + wide + ui.px(8), where.y + pad, inner - wide - ui.px(8));
}

void CallTable::heads(Ui& ui, const Rect& where, const Columns& columns) {
    ui.ink.fill(where, ui.colour(Role::surface));
    const page::CallChoice& choice = kept().choice;
    for (const Columns::One& column : columns.all) {
        const std::string name = ui.words().window_calls_by(column.what);
        const double middle = where.y + where.height / 2;
        if (!column.by) {
            ui.word(name, Type::caption, true, column.x, middle, ui.colour(Role::secondary), column.width);
            continue;
        }
        const bool sorted = choice.by == *column.by;
        const std::string label = sorted ? ui.words().window_calls_ordered(name, choice.down ? "down" : "up") : name;
        const Rect place{column.x - ui.px(6), where.y + ui.px(2), column.width + ui.px(12), where.height - ui.px(4)};
        const auto touch = ui.touch(fmt::format("sort:{}", column.what), place, "button", label, true, sorted);
        if (touch.hovered) ui.ink.fill(place, ui.colour(Role::text, 0.06f), ui.px(4));
        const double used = ui.word(name, Type::caption, true, column.x, middle,
                                    ui.colour(sorted ? Role::text : Role::secondary), column.width - ui.px(14));
        if (sorted) {
            // A triangle that points to where the greater ones are.
            const double wide = ui.px(10), x = column.x + used + ui.px(4);
            ui.ink.icon(choice.down ? Icon::unfolded : Icon::up, {x, std::round(middle - wide / 2), wide, wide},
                        ui.colour(Role::text));
        }
        if (touch.pressed) order_by(*column.by);
    }
}

// The focus goes on through rows that are not drawn yet.
void CallTable::keys(Ui& ui, double row, double height) {
    const auto story = page::call_of(ui.focus());
    if (!story || !ui.on_top() || chosen_.empty()) return;
    const auto at = std::ranges::find(chosen_, *story);
    const auto here = static_cast<std::ptrdiff_t>(at - chosen_.begin());
    const auto page = std::max<std::ptrdiff_t>(1, static_cast<std::ptrdiff_t>(height / row) - 1);
    const auto last = std::ssize(chosen_) - 1;
    std::ptrdiff_t next = here;
    if (ui.input.take_press(Key::page_down)) next = here + page;
    if (ui.input.take_press(Key::page_up)) next = here - page;
    if (ui.input.take_press(Key::home)) next = 0;
    if (ui.input.take_press(Key::end)) next = last;
    if (ui.input.take_press(Key::space)) mark(*story);
    next = std::clamp<std::ptrdiff_t>(next, 0, last);
    if (next == here) return;
    Scroll& scroll = kept().scroll;
    const double y = double(next) * row;
    scroll.at = std::clamp(scroll.at, y + 2 * row - height, std::max(0.0, y - row));
    ui.set_focus(page::call_id(chosen_[std::size_t(next)]));
}

void CallTable::one(Ui& ui, std::size_t place, const Rect& where, const Columns& columns, Asked& asked) {
    const page::ListedCall& call = (*calls_)[chosen_[place]];
    const page::CallLine& words = line(ui, call);
    const std::string number = std::to_string(call.story + 1);
    const std::string label = fmt::format("{}. {}: {} → {}. {} {}", number, words.kind, call.caller, call.called,
                                          words.outcome, words.finding);
    const bool marked = std::ranges::find(kept().marked, call.story) != kept().marked.end();
    const double middle = where.y + where.height / 2;
    const Rect cell{where.x, where.y, columns.mark, where.height};
    // Before the row, which would take the press.
    const auto box_touch = ui.touch("mark:" + number, cell, "part", ui.words().window_call_mark(number), true, marked);
    const auto touch = row(ui, page::call_id(call.story), label, where, marked);
    const double wide = ui.px(16);
    const Rect box{cell.x + ui.px(8), std::round(middle - wide / 2), wide, wide};
    if (marked) ui.ink.fill(box, ui.colour(Role::accent), ui.px(4));
    else if (touch.hovered || box_touch.hovered || touch.focused)
        ui.ink.frame(box, ui.colour(box_touch.hovered ? Role::accent : Role::secondary), ui.px(4),
                     std::max(1.0, ui.px(1)));
    else ui.ink.frame(box, ui.colour(Role::line), ui.px(4), std::max(1.0, ui.px(1)));
    if (marked) ui.ink.icon(Icon::check, grown(box, -ui.px(2)), ui.colour(Role::on_accent));
    for (const Columns::One& column : columns.all) {
        const std::string_view what = column.what;
        const auto put = [&](const std::string& text, Role role, bool bold = false) {
            ui.word(text, Type::body, bold, column.x, middle, ui.colour(role), column.width);
        };
        if (what == "number") put(number, Role::secondary);
        if (what == "time") put(ui.wire(words.time), Role::text);
        if (what == "caller") put(ui.wire(call.caller), Role::text);
        if (what == "called") put(ui.wire(call.called), Role::text);
        if (what == "duration") put(words.duration, Role::secondary);
        if (what == "gravity") put(words.finding, Role::text, call.gravity == findings::Severity::fault);
        if (what != "outcome") continue;
        const double sign = ui.px(13);
        if (call.status >= 100)
            ui.ink.icon(icon_of_class(call.status), {column.x, std::round(middle - sign / 2), sign, sign},
                        ui.colour(role_of_class(call.status)));
        const bool told = columns.all.back().by == By::gravity;  // what was found has a column of its own
        const double end = told || !call.gravity ? 0 : sign + ui.px(8);
        ui.word(words.outcome, Type::body, false, column.x + sign + ui.px(7), middle, ui.colour(Role::text),
                std::max(1.0, column.width - sign - ui.px(7) - end));
        if (end > 0)
            ui.ink.icon(Icon::warning, {column.x + column.width - sign, std::round(middle - sign / 2), sign, sign},
                        ui.colour(Role::text));
    }
    if (box_touch.pressed) mark(call.story);
    else if (touch.pressed) asked.open = call.story;
}

void CallTable::rows(Ui& ui, const Rect& where, const Columns& columns, Asked& asked) {
    Scroll& scroll = kept().scroll;
    const double height = ui.px(row_height);
    keys(ui, height, where.height);
    scroll.content = height * double(chosen_.size());
    ui.begin_scroll("calls", where, scroll);
    ui.open_list("calls", &Words::section_calls, where);
    const auto first = static_cast<std::size_t>(scroll.at / height);
    const auto end = static_cast<std::size_t>((scroll.at + where.height) / height) + 1 + beyond;
    const double edge = ui.px(side - 8);
    for (std::size_t place = first > beyond ? first - beyond : 0; place < std::min(end, chosen_.size()); ++place)
        one(ui, place, {where.x + edge, where.y - scroll.at + height * double(place), where.width - 2 * edge, height},
            columns, asked);
    ui.close_list();
    ui.end_scroll(height * double(chosen_.size()));
}

CallTable::Asked CallTable::draw(Ui& ui, const Rect& where) {
    Asked asked;
    if (!calls_) return asked;
    choose();
    const double edge = ui.px(side - 8);
    const Columns columns = columns_in(ui, where.x + edge, where.width - 2 * edge - ui.px(12));
    const bool narrow = where.width / ui.scale() < width_for_duration;
    const double bar_height = bar(ui, where, narrow, asked);
    double y = where.y + bar_height;
    choose();
    if (chosen_.empty()) {
        ui.word(ui.words().window_calls_none(), Type::lead, false, where.x + ui.px(side), y + ui.px(40),
                ui.colour(Role::secondary), where.width - 2 * ui.px(side));
        if (button(ui, {"calls-all", ui.words().window_calls_all(), std::nullopt, Look::plain}, where.x + ui.px(side),
                   y + ui.px(64)))
            kept().choice.words.clear(), kept().choice.with_findings = false;
        return asked;
    }
    heads(ui, {where.x, y, where.width, ui.px(head_height)}, columns);
    y += ui.px(head_height);
    hairline(ui, where.x, y, where.width);
    rows(ui, {where.x, y + ui.px(1), where.width, where.y + where.height - y - ui.px(1)}, columns, asked);
    return asked;
}

void CallTable::draw_above(Ui& ui) {
    const auto picked = menu_.draw(ui);
    if (!picked) return;
    for (const By by : {By::time, By::caller, By::called, By::outcome, By::duration, By::gravity})
        if (*picked == name_of(by)) order_by(by);
}

}  // namespace sipdex::window
