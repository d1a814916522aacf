#include "window/simulator_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "window/widgets.h"

namespace sipdex::window {

namespace {

constexpr double growing = 0.15;        // seconds that a new arrow takes
constexpr double largest_zoom = 16, zoom_step = 1.25;
constexpr double least_row = 5;         // units: closer, arrows could not be told apart

}  // namespace

void SimulatorView::load(Ui& ui, const Place& place) {
    std::string recorded;
    for (const std::string& id : place.ids) recorded += "/" + id;
    for (const std::string& change : place.changes) recorded += "/what if " + change;
    const std::string wanted = ui.language() + recorded;
    if (wanted == loaded_) return;
    // Another language is the same replay in other words: the player stays where it is.
    const bool same = recorded == recorded_;
    loaded_ = wanted;
    recorded_ = recorded;
    stages_.clear();
    const auto add = [&](Replay replay) {
        Stage stage;
        stage.replay = std::move(replay);
        stage.ladder = LadderView(stage.replay.recording, stage.replay.roles);
        stage.narration.link_messages([this, &library = ui.library](const std::string& line, bool start) {
            return wire_words(library, glossary_, line, start);
        });
        stages_.push_back(std::move(stage));
    };
    if (embedded_) {
        add(ui.library.fork_lab(place.ids));
    } else {
        for (const std::string& id : place.ids) add(ui.library.replay(id));
        // As it is, and beside it as it would be.
        if (place.ids.size() == 1 && !place.changes.empty()) add(ui.library.replay_changed(place.ids.front(), place.changes));
    }
    revealed_ = std::size_t(-1);
    if (same) return;
    std::vector<const simulator::Recording*> recordings;
    for (const Stage& stage : stages_) recordings.push_back(&stage.replay.recording);
    const double speed = player_.speed();
    player_ = Player(recordings);
    player_.set_speed(speed);
    player_.go(place.step);
    step_times_.clear();
    for (const Player::Step& step : player_.steps()) step_times_.push_back(step.at);
    ended_ = {};
    for (const Stage& stage : stages_) ended_ = std::max(ended_, stage.replay.recording.ended);
    spacing_ = {};
    zoom_ = 1;
}

// The axis is made anew when the steps, the text size, the zoom or the kind of axis change, and not for each frame.
void SimulatorView::set_axis(Ui& ui) {
    natural_ = {switches_.true_time, ui.px(34), ui.px(switches_.true_time ? 30 : rung_row), ui.px(26), ui.px(60), ui.px(least_row)};
    const Spacing wanted = zoomed(natural_, zoom_);
    if (wanted == spacing_ && axis_.steps() == step_times_.size()) return;
    spacing_ = wanted;
    revealed_ = std::size_t(-1);
    axis_ = TimeAxis(step_times_, ended_, spacing_);
}

// Evenly spaced, rows can get no closer; in true time only the waits do.
double SimulatorView::least_zoom() const { return natural_.true_time ? 0.01 : natural_.least / std::max(1.0, natural_.row); }

// Everything keeps its place at that height of the ladder, where the mouse is or the current step.
void SimulatorView::zoom_to(double zoom, double at_height) {
    if (zoom == zoom_) return;
    zoom_ = zoom;
    spacing_ = zoomed(natural_, zoom_);
    const TimeAxis before = std::move(axis_);
    axis_ = TimeAxis(step_times_, ended_, spacing_);
    for (Stage& stage : stages_) stage.ladder.keep_place(before, axis_, at_height, axis_.end());
}

// All of it at once where that can be read; and back, when it is already so.
void SimulatorView::fit(Ui& ui) {
    if (stages_.empty() || step_times_.empty()) return;
    const double room = stages_.front().ladder.view_height() - ui.px(32);
    const Time until = switches_.lanes ? ended_ : step_times_.back();
    const double fitting = zoom_to_fit(step_times_, until, natural_, room, least_zoom());
    zoom_to(std::abs(zoom_ - fitting) < 1e-3 ? 1 : fitting, 0);
}

void SimulatorView::take_step_keys(Ui& ui) {
    const bool on_ladder = ui.focus().starts_with("ladder:") || ui.focus().starts_with("rung");
    // Space on a focused button presses that button; anywhere else it plays.
    const bool in_thing = !ui.focus().empty() && ui.focus_by_key() && !on_ladder;
    if (!in_thing && ui.input.take_press(Key::space)) player_.playing() ? player_.pause() : player_.play();
    if (ui.input.take_press(Key::right) || (on_ladder && ui.input.take_press(Key::down))) player_.forward();
    if (ui.input.take_press(Key::left) || (on_ladder && ui.input.take_press(Key::up))) player_.back();
    if (ui.input.take_press(Key::home)) player_.to_start();
    if (ui.input.take_press(Key::end)) player_.to_end();
    double page = 0;
    if (on_ladder && ui.input.take_press(Key::page_down)) page = 1;
    if (on_ladder && ui.input.take_press(Key::page_up)) page = -1;
    for (Stage& stage : stages_) stage.ladder.scroll_by(page * (stage.ladder.view_height() - ui.px(42)));
}

void SimulatorView::keys(Ui& ui) {
    if (menu_.is_open() || !ui.on_top() || ui.layer_open()) return;
    if (ui.focus() == "search" || ui.focus() == "what-if-field") return;    // letters are typed there
    take_step_keys(ui);
    if (ui.input.take_press(Key::t)) ui.press("true-time");
    if (ui.input.take_press(Key::l)) ui.press("lanes");
    if (ui.input.take_press(Key::d)) ui.press("changes");
    if (ui.input.take_press(Key::f)) ui.press("zoom-fit");
    if (ui.input.take_press(Key::plus)) ui.press("zoom-in");
    if (ui.input.take_press(Key::minus)) ui.press("zoom-out");
    if (ui.input.take_press(Key::w)) ui.press("what-if");
    if (ui.input.take_press(Key::p)) present(!presenting_);
    if (presenting_ && ui.input.take_press(Key::o)) outcome_shown_ = true;
}

void SimulatorView::present(bool on) {
    presenting_ = on && !stages_.empty();
    outcome_shown_ = false;
    revealed_ = std::size_t(-1);
}

void SimulatorView::ladder(Ui& ui, std::size_t index, const Rect& where) {
    LadderMoment moment{player_, axis_};
    moment.least_row = spacing_.row;
    moment.second = spacing_.second;
    moment.true_time = switches_.true_time;
    moment.lanes = switches_.lanes;
    moment.secret = secret();
    moment.reveal = revealed_ != player_.step();
    moment.grown = player_.playing() ? std::min(1.0, since_step_ / growing) : 1;
    moment.departs = stages_[index].replay.departs;
    LadderView& view = stages_[index].ladder;
    if (const auto step = view.draw(ui, index, where, moment)) player_.go(*step);
    if (view.hint()) hint_ = view.hint();
    if (ui.hovering(where) && ui.input.zoom() != 0) {
        const double heads = where.height - view.view_height();
        zoom_to(std::clamp(zoom_ * std::pow(zoom_step, double(ui.input.zoom())), least_zoom(), largest_zoom), ui.mouse_y() - where.y - heads);
        ui.keep_moving();
    }
}

void SimulatorView::narration(Ui& ui, std::size_t index, const Rect& where, Wishes& wishes) {
    Stage& stage = stages_[index];
    const auto message = player_.latest(index);
    Telling telling{switches_.changes, switches_.lanes, player_.empty() ? Time{} : player_.steps()[player_.step()].at, Time::max()};
    for (std::size_t next = player_.step() + 1; next < player_.steps().size() && telling.until == Time::max(); ++next)
        if (player_.steps()[next].at > telling.from) telling.until = player_.steps()[next].at;
    const std::string about = fmt::format("{}/{} {} {} {}", loaded_, message ? std::int64_t(*message) : -1, telling.changes, telling.lanes,
                                          telling.lanes ? player_.step() : 0);
    if (about != stage.told) {
        stage.told = about;
        stage.text_scroll.at = 0;
        stage.narration.show(told(ui, stage.replay, message, telling, glossary_));
    }
    const Asked asked = stage.narration.draw(ui, fmt::format("narration:{}", index), where, stage.text_scroll);
    const auto* term = std::get_if<document::ToTerm>(&asked.target);
    if (term && term->id.starts_with(change_link)) chosen_change_ = term->id.substr(change_link.size());
    else follow(asked.target, wishes);
    if (const std::string words = explained(ui.library, glossary_, asked.over); !words.empty()) hint_ = {asked.over_where, words};
}

void SimulatorView::stages(Ui& ui, const Rect& middle, Wishes& wishes) {
    const double line = std::max(1.0, ui.px(1));
    if (stages_.size() == 1 && middle.width >= ui.px(760)) {
        const double words = std::round(std::clamp(middle.width * (switches_.lanes ? 0.36 : 0.46), ui.px(380), ui.px(640)));
        const double ladder_width = std::min(middle.width - words, ui.px(switches_.lanes ? 1100 : 900));
        ladder(ui, 0, {middle.x, middle.y, ladder_width, middle.height});
        ui.ink.line(middle.x + ladder_width, middle.y, middle.x + ladder_width, middle.y + middle.height, ui.colour(Role::line), line);
        narration(ui, 0, {middle.x + ladder_width + 1, middle.y, middle.width - ladder_width - 1, middle.height}, wishes);
        return;
    }
    const double each = std::floor(middle.width / double(stages_.size()));
    const double upper = std::round(middle.height * 0.56);
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        const double x = middle.x + double(i) * each;
        ladder(ui, i, {x, middle.y, each, upper});
        narration(ui, i, {x, middle.y + upper + 1, each, middle.height - upper - 1}, wishes);
        if (i > 0) ui.ink.line(x, middle.y, x, middle.y + middle.height, ui.colour(Role::line), line);
    }
    hairline(ui, middle.x, middle.y + upper, middle.width);
}

void SimulatorView::draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    load(ui, place);
    hint_.reset();
    const std::size_t before = player_.step();
    const bool presented = presenting_;
    keys(ui);
    set_axis(ui);
    player_.advance(ui.elapsed());
    since_step_ += ui.elapsed();
    if (!player_.empty() && player_.step() + 1 == player_.steps().size()) outcome_shown_ = outcome_shown_ || presenting_;

    const double bar_height = ui.px(48), transport_height = ui.px(56);
    const Rect top{where.x, where.y, where.width, bar_height};
    if (presenting_ || embedded_) presenter_bar(ui, top);
    else bar(ui, top, place, wishes);
    const bool asks = asking_ && !presenting_ && !embedded_ && place.ids.size() == 1;
    const double bars = bar_height + (asks ? ui.px(48) : 0);
    if (asks) what_if_bar(ui, {where.x, where.y + bar_height, where.width, ui.px(48)}, place, wishes);
    hairline(ui, where.x, where.y + bars, where.width);
    const Rect middle{where.x, where.y + bars + 1, where.width, where.height - bars - transport_height - 1};
    if (stages_.empty()) {
        const double width = std::min(middle.width - ui.px(64), ui.px(520));
        const auto lines = ui.set(ui.say("window_simulator_empty"), Type::lead, false, width);
        ui.ink.text(lines, middle.x + ui.px(36), middle.y + ui.px(36), width, ui.colour(Role::secondary));
        return;
    }
    set_axis(ui);
    stages(ui, middle, wishes);
    transport(ui, {where.x, where.y + where.height - transport_height, where.width, transport_height});
    revealed_ = before == player_.step() && presented == presenting_ ? player_.step() : std::size_t(-1);
    if (before != player_.step()) since_step_ = 0;
    if (revealed_ != player_.step() || player_.playing()) ui.keep_moving();
    place.step = player_.step();
    if (!chosen_change_.empty() && place.ids.size() == 1 && !embedded_) ask(ui, place, chosen_change_, wishes);
    chosen_change_.clear();
}

void SimulatorView::draw_above(Ui& ui, Place& place, Wishes& wishes) {
    if (hint_ && !menu_.is_open()) draw_hint(ui, hint_->where, hint_->words);
    const auto picked = menu_.draw(ui);
    if (!picked) return;
    if (menu_.purpose() == "speed") {
        player_.set_speed(std::stod(*picked));
        return;
    }
    if (menu_.purpose() == "answer") return ask(ui, place, *picked, wishes);
    Place changed = place;
    changed.step = 0;
    changed.changes.clear();
    const std::size_t at = std::size_t(std::stoul(menu_.purpose()));
    if (changed.ids.size() <= at) changed.ids.push_back(*picked);
    else changed.ids[at] = *picked;
    wishes.push_back({Wish::Kind::go, changed, {}, {}});
}

bool SimulatorView::escape() {
    if (menu_.is_open()) {
        menu_.close();
        return true;
    }
    if (!presenting_) return false;
    present(false);
    return true;
}

std::string SimulatorView::folds() const {
    std::string on;
    if (switches_.true_time) on += "true-time ";
    if (switches_.lanes) on += "lanes ";
    if (switches_.changes) on += "changes ";
    return on;
}

void SimulatorView::set_folds(const std::string& on) {
    const auto has = [&](const char* name) { return on.find(name) != std::string::npos; };
    switches_ = {has("true-time"), has("lanes"), has("changes")};
}

}  // namespace sipdex::window
