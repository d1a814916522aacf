#include "window/ladder/ladder_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "page/pages.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr double widest_column = 250, room_for_label = 18, room_for_time = 15;  // units
constexpr std::size_t told_around = 100;  // steps on either side of the current one that are told of

// Ink for what has not happened yet. It is read as well, on a projector too: 4.5 to 1 on either ground (WCAG AA).
float still_to_come(const Ui& ui) { return ui.palette().high_contrast() ? 0.75f : 0.62f; }

}  // namespace

struct LadderView::Frame {
    const LadderMoment& moment;
    const LadderColumns& columns;
    std::string id;
    std::size_t recording = 0;
    Rect view;
    double top = 0;   // of the axis, on the screen
    double now = 0;   // how far down the axis time has come
    double end = 0;   // of what may be shown
    double room = 0;  // of the view, less what stands beside the ladder

    double step_y(std::size_t step) const { return top + moment.axis.of_step(step); }
    bool shown(std::size_t step) const { return step <= moment.player.step(); }
};

LadderView::LadderView(const recording::Recording& recording, const std::vector<std::string>& roles)
    : ladder_(page::ladder_of(recording, roles)), lanes_(lanes_of(recording)), times_(recording.messages.size()) {
    for (const document::Rung& rung : ladder_.rungs)
        if (rung.arrives) longest_flight_ = std::max(longest_flight_, *rung.arrives - rung.at);
}

const std::vector<double>& LadderView::gaps(const Ui& ui) {
    if (gaps_at_ != ui.scale()) {
        gaps_at_ = ui.scale();
        gaps_ = gaps_of(ui, ladder_);
    }
    return gaps_;
}

const std::string& LadderView::time_words(const Ui& ui, std::size_t message) {
    if (times_[message].empty()) times_[message] = clock_words(ui, ladder_.rungs[message]);
    return times_[message];
}

double LadderView::content_height(const Ui& ui, const TimeAxis& axis, bool lanes) const {
    return (lanes ? axis.end() : axis.last_row()) + ui.px(18);
}

void LadderView::keep_place(const TimeAxis& before, const TimeAxis& after, double at_height, double content) {
    scroll_.content = content;
    scroll_.at = std::max(0.0, after.of_place(before.place_at(scroll_.at + at_height)) - at_height);
}

// The mouse takes hold of the ladder and moves it; a press that does not move is left to what lies under it.
void LadderView::drag(Ui& ui, const Rect& view) {
    const bool begins = ui.hovering(view) && !ui.input.clicks().empty() &&
                        (ui.input.clicks().front() == 0 || ui.input.clicks().front() == 2);
    if (begins) drag_ = {true, false, ui.mouse_x(), ui.mouse_y()};
    if (!drag_.on) return;
    const double dx = ui.mouse_x() - drag_.x, dy = ui.mouse_y() - drag_.y;
    if (!drag_.moved && std::max(std::abs(dx), std::abs(dy)) > ui.px(6)) drag_.moved = true;
    if (drag_.moved) {
        scroll_.at -= dy;
        pan_ -= dx;
        drag_.x = ui.mouse_x();
        drag_.y = ui.mouse_y();
    }
    if (!ui.input.held(0) && !ui.input.held(2)) drag_.on = false;
}

// Where the ladder is wider than its place, both ends of the current arrow come into sight.
void LadderView::pan_to(const LadderMoment& moment, std::size_t recording, const LadderColumns& columns, double room) {
    const auto message = moment.player.latest(recording);
    if (!message || widest_pan_ <= 0) return;
    const document::Rung& rung = ladder_.rungs[*message];
    const auto [from, to] = std::minmax(rung.from, rung.to);
    const double margin = columns.rooms[from] / 2;
    pan_ = std::min(pan_, std::max(0.0, columns.lines[from] - margin));
    pan_ = std::clamp(columns.lines[to] + columns.after[to] + margin - room, pan_, widest_pan_);
}

std::optional<std::size_t> LadderView::draw(Ui& ui, std::size_t recording, const Rect& where,
                                            const LadderMoment& moment) {
    hint_.reset();
    std::optional<accessible::Outline::Hush> hush(std::in_place, ui.outline);  // it is told as a list
    lanes_.choose(ui, ladder_, where.width - ui.px(16), moment.lanes);
    // The minimap gives way to the ladder itself, and to what is still secret.
    const bool map = !moment.secret && Minimap::wanted(content_height(ui, moment.axis, moment.lanes), where.height) &&
                     where.width - ui.px(16 + minimap_width) >= least_width(ui, ladder_, lanes_.widths());
    const double side = ui.px(12) + (map ? ui.px(minimap_width) : 0), room = where.width - side;
    if (map) lanes_.choose(ui, ladder_, room - ui.px(4), moment.lanes);
    double lanes_width = 0;
    for (const double width : lanes_.widths()) lanes_width += width;
    const double most = ui.px(70 + widest_column * double(ladder_.parties.size())) + lanes_width;
    const double width = std::max(std::min(room - ui.px(4), most), least_width(ui, ladder_, lanes_.widths()));
    widest_pan_ = std::max(0.0, width - room);
    const Rect body{where.x, where.y, room, where.height};
    if (ui.hovering(body)) pan_ -= ui.input.wheel_x() * ui.px(56);
    drag(ui, body);
    pan_ = std::clamp(pan_, 0.0, widest_pan_);
    if (moment.reveal) pan_to(moment, recording, columns_of(ui, ladder_, 0, width, lanes_.widths(), gaps(ui)), room);
    const double x = where.x + (widest_pan_ > 0 ? -pan_ : std::round((room - width) / 2));
    const LadderColumns columns = columns_of(ui, ladder_, x, width, lanes_.widths(), gaps(ui));

    const double heads = head_height(ui, ladder_, columns);
    ui.ink.push_clip({where.x, where.y, room, heads});
    draw_heads(ui, ladder_, columns, where.y);
    ui.ink.pop_clip();
    hairline(ui, where.x + ui.px(8), where.y + heads, where.width - ui.px(16));

    const Rect view{where.x, where.y + heads + 1, where.width, where.height - heads - 1};
    const Player& player = moment.player;
    const TimeAxis& axis = moment.axis;
    const bool finished = player.step() + 1 >= player.steps().size();
    double now = player.empty() ? 0 : axis.of_step(player.step());
    if (finished) now = axis.end();
    else if (!player.empty()) now += player.progress() * (axis.of_step(player.step() + 1) - now);
    const double whole = content_height(ui, axis, moment.lanes);
    const double content = moment.secret ? std::min(whole, now + ui.px(30)) : whole;
    ui.begin_scroll(fmt::format("ladder-scroll:{}", recording), view, scroll_);
    // The row of the step, not of this ladder's latest rung: ladders side by side stay level.
    if (moment.reveal && !player.empty()) {
        scroll_.content = content;
        ui.reveal({view.x, view.y - scroll_.at + axis.of_step(player.step()) - ui.px(26), view.width, ui.px(52)});
    }
    const Frame frame{moment,  columns, fmt::format("rung{}", recording), recording, view, view.y - scroll_.at, now,
                      content, room};
    const Rect ladder{view.x, view.y, room, view.height};
    ui.ink.push_clip(ladder);
    draw_lines(ui, columns, std::max(view.y, frame.top), std::min(view.y + view.height, frame.top + content));
    if (moment.true_time) ruler(ui, frame);
    if (moment.lanes)
        if (auto said = lanes_.draw(ui, {ladder_, columns, axis, view, frame.top, frame.now, moment.secret}))
            hint_ = {said->where, std::move(said->words)};
    std::optional<std::size_t> pressed;
    rungs(ui, frame, pressed);
    ui.ink.pop_clip();
    ui.end_scroll(content);
    if (map && !player.empty()) {
        const Rect strip{where.x + where.width - side, view.y, ui.px(minimap_width), view.height};
        if (const auto top = minimap_.draw(ui, fmt::format("minimap:{}", recording), strip, ladder_, player, recording,
                                           axis, whole, scroll_.at, view.height, now, moment.secret))
            scroll_.at = std::clamp(*top, 0.0, std::max(0.0, content - view.height));
    }
    // One stop of the Tab key: the arrow keys go through its messages.
    const auto touch = ui.touch(fmt::format("ladder:{}", recording), ladder, "ladder", ui.words().window_ladder());
    if (touch.hovered && !hint_) ui.want(Ui::Cursor::arrow);
    hush.reset();
    write_down(ui, frame, touch.focused, ladder, pressed);
    if (drag_.moved) pressed.reset();
    if (!drag_.on) drag_.moved = false;
    return pressed;
}

void LadderView::rungs(Ui& ui, const Frame& frame, std::optional<std::size_t>& pressed) {
    const TimeAxis& axis = frame.moment.axis;
    const auto& steps = frame.moment.player.steps();
    // An arrow that is long under way reaches down from above the view.
    const double flight = frame.moment.true_time ? double(longest_flight_.count()) / 1e6 * frame.moment.second : 0;
    const double above = frame.view.y - frame.top - ui.px(30) - flight,
                 below = frame.view.y + frame.view.height - frame.top + ui.px(30);
    hovered_.reset();
    double before = -1e9;
    std::optional<std::size_t> on_top;
    bool labelled_on_top = false;
    for (std::size_t step = axis.first_from(above); step < steps.size() && axis.of_step(step) <= below; ++step) {
        const auto message = steps[step].messages[frame.recording];
        if (!message) continue;
        if (frame.moment.secret && !frame.shown(step)) break;
        const double y = frame.step_y(step), gap = y - before;
        const double high = std::min(ui.px(36), frame.moment.least_row);
        const bool roomy = high >= ui.px(30);
        const Rect band{frame.columns.x, y - (roomy ? ui.px(26) : high - ui.px(4)), frame.columns.width, high};
        const document::Rung& rung_here = ladder_.rungs[*message];
        const bool current = frame.moment.player.latest(frame.recording) == message;
        const auto touch =
            ui.touch(fmt::format("{}:{}", frame.id, *message), band, "part", rung_here.label, true, current);
        if (current) ui.ink.fill(band, ui.colour(Role::accent, 0.13f), ui.px(6));
        if (touch.hovered) ui.ink.fill(band, ui.colour(Role::text, 0.05f), ui.px(6));
        if (touch.hovered) hovered_ = *message;
        if (touch.pressed) pressed = step;
        if (frame.moment.differs == *message) first_difference(ui, frame, y);
        const bool labelled = gap >= ui.px(room_for_label);
        const bool whole = labelled && ui.set(rung_here.label, Type::caption, true).width() <
                                           frame.columns.width - frame.columns.numbers - ui.px(90);
        if (touch.hovered && !whole) {
            const auto& parties = ladder_.parties;
            hint_ = Hint{band,
                         document::plain(ui.words().window_rung(time_words(ui, *message), parties[rung_here.from].name,
                                                                parties[rung_here.to].name, rung_here.label))};
        }
        if (frame.moment.player.step() == step && frame.moment.grown < 1) ui.keep_moving();
        const float strength = frame.shown(step) ? 1.0f : still_to_come(ui);
        if (frame.shown(step) && (gap >= ui.px(room_for_time) || current)) {
            draw_number(ui, rung_here, frame.columns, roomy ? y : band.y + band.height / 2);
            draw_time(ui, time_words(ui, *message), frame.columns, roomy ? y : band.y + band.height / 2);
        }
        if (!frame.moment.true_time && frame.shown(step) && step > 0 && gap >= ui.px(2 * room_for_time) &&
            steps[step].at - steps[step - 1].at >= long_wait)
            draw_time(ui, wait_words(ui, steps[step].at - steps[step - 1].at), frame.columns, y - gap / 2,
                      0.8f * strength);
        before = y;
        // What it is all about stands above its neighbours.
        if (current) {
            on_top = step;
            labelled_on_top = true;
        } else {
            rung(ui, frame, step, labelled);
        }
    }
    if (on_top) rung(ui, frame, *on_top, labelled_on_top);
}

void LadderView::write_down(Ui& ui, const Frame& frame, bool focused, const Rect& where,
                            std::optional<std::size_t>& pressed) {
    if (!ui.outline.wanted()) return;
    accessible::Node list{fmt::format("ladder:{}", frame.recording)};
    list.role = accessible::Role::list;
    list.name = ui.words().window_ladder();
    list.where = ui.box_of(where);
    list.press = {};
    list.set(accessible::State::focusable);
    list.set(accessible::State::focused, focused);
    ui.outline.open(std::move(list));
    const Player& player = frame.moment.player;
    const auto& steps = player.steps();
    const auto count = std::ranges::count_if(
        steps, [&](const Player::Step& step) { return step.messages[frame.recording].has_value(); });
    int position = 0;
    for (std::size_t step = 0; step < steps.size(); ++step) {
        const auto message = steps[step].messages[frame.recording];
        if (!message) continue;
        ++position;
        if (step + told_around < player.step() || step > player.step() + told_around) continue;
        if (frame.moment.secret && !frame.shown(step)) break;
        const document::Rung& rung = ladder_.rungs[*message];
        accessible::Node item{fmt::format("{}:{}", frame.id, *message)};
        item.role = accessible::Role::list_item;
        item.name = ui.words().window_rung(time_words(ui, *message), ladder_.parties[rung.from].name,
                                           ladder_.parties[rung.to].name, rung.label);
        item.press = item.id;
        item.where = ui.box_of({frame.columns.x, frame.step_y(step) - ui.px(26), frame.columns.width, ui.px(36)});
        item.position = position;
        item.of = frame.moment.secret ? position : static_cast<int>(count);
        const bool current = player.latest(frame.recording) == message;
        item.set(accessible::State::selectable);
        item.set(accessible::State::selected, current);
        item.set(accessible::State::focused, focused && current);
        if (ui.take_press_of(item.id)) pressed = step;
        ui.outline.add(std::move(item));
    }
    ui.outline.close();
}

// A line across the ladder above the message, with a flag at its end; at its start stands the time.
void LadderView::first_difference(Ui& ui, const Frame& frame, double y) {
    const double top = std::round(y - std::min(ui.px(27), frame.moment.least_row - ui.px(2))), side = ui.px(18);
    ui.ink.fill({frame.columns.x, top, frame.columns.width, ui.px(2)}, ui.colour(Role::accent));
    const double end = std::min(frame.columns.x + frame.columns.width, frame.view.x + frame.room);
    const Rect flag{end - side, top, side, side};
    ui.ink.fill(flag, ui.colour(Role::accent), ui.px(2));
    ui.ink.icon(Icon::differs, grown(flag, -ui.px(2)), ui.colour(Role::on_accent));
}

void LadderView::rung(Ui& ui, const Frame& frame, std::size_t step, bool labelled) {
    const LadderMoment& moment = frame.moment;
    const std::size_t message = *moment.player.steps()[step].messages[frame.recording];
    const document::Rung& rung = ladder_.rungs[message];
    RungLook look;
    look.y = look.arrives = frame.step_y(step);
    // Its slope is its time under way, to the same scale as a wait.
    if (moment.true_time && rung.arrives)
        look.arrives = std::min(look.y + double((*rung.arrives - rung.at).count()) / 1e6 * moment.second,
                                frame.top + moment.axis.of(*rung.arrives));
    if (std::abs(look.arrives - look.y) < 2) look.arrives = look.y;
    look.current = moment.player.latest(frame.recording) == message;
    look.strength = frame.shown(step) ? 1.0f : still_to_come(ui);
    look.grown = step == moment.player.step() ? moment.grown : 1;
    look.labelled = labelled;
    look.dense = moment.least_row < ui.px(28);
    look.on_wash = look.current || hovered_ == message;
    draw_rung(ui, rung, frame.columns, look);
}

// Whole seconds; as many of them as their words have room.
void LadderView::ruler(Ui& ui, const Frame& frame) {
    const TimeAxis& axis = frame.moment.axis;
    if (axis.steps() == 0) return;
    std::int64_t every = 1;
    for (const std::int64_t round : {1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600}) {
        every = round;
        if (double(every) * frame.moment.second >= ui.px(36)) break;
    }
    const double from = std::max(0.0, frame.view.y - frame.top),
                 to = std::min({frame.end, from + frame.view.height, axis.end()});
    const auto& steps = frame.moment.player.steps();
    const std::size_t first = std::min(steps.size() - 1, std::size_t(axis.place_at(from)));
    for (std::int64_t second = steps[first].at.count() / 1'000'000 / every * every;; second += every) {
        const double y = axis.of(std::chrono::seconds(second));
        if (y > to || (frame.moment.secret && y > frame.now)) break;
        // Past the end every moment stands at the end.
        if (y >= axis.end()) break;
        if (y < from) continue;
        ui.ink.line(frame.columns.x, frame.top + y, frame.columns.x + ui.px(5), frame.top + y,
                    ui.colour(Role::secondary), std::max(1.0, ui.px(1)));
        // Not over the time of a message.
        const std::size_t next = axis.first_from(y);
        const bool clear_below = next >= axis.steps() || axis.of_step(next) - y > ui.px(15);
        const bool clear_above = next == 0 || y - axis.of_step(next - 1) > ui.px(15);
        if (clear_below && clear_above)
            draw_time(ui, ui.words().window_seconds(second), frame.columns, frame.top + y, 0.75f);
    }
}

}  // namespace sipdex::window
