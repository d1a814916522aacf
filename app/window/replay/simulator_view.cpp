#include "window/replay/simulator_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "page/call_id.h"
#include "window/kit/number_in.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr double growing = 0.15;    // seconds that a new arrow takes
constexpr double zoom_step = 1.25;  // of the mouse wheel

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
    narrator_.begin();
    // Who reads a narration hears that another page comes: it is shown where the last one was.
    std::vector<DocumentView> narrations;
    for (Stage& stage : stages_) narrations.push_back(std::move(stage.narration));
    stages_.clear();
    beside_.clear();
    const auto add = [&](Replay replay, Sentence title = nullptr) {
        Stage stage;
        stage.replay = std::move(replay);
        if (title) stage.title = ui.say(title);
        stage.ladder = LadderView(stage.replay.recording, stage.replay.roles);
        if (stages_.size() < narrations.size()) stage.narration = std::move(narrations[stages_.size()]);
        stage.narration.link_messages([this, &library = ui.library](const std::string& line, bool start) {
            return wire_words(library, glossary_, line, start);
        });
        stages_.push_back(std::move(stage));
    };
    if (embedded_) {
        add(ui.library.fork_lab(place.ids));
    } else {
        // As it is, and beside it as it would be.
        const bool both = place.ids.size() == 1 && !place.changes.empty();
        for (const std::string& id : place.ids) add(ui.library.replay(id), both ? &Words::as_it_is : Sentence{});
        if (both) add(ui.library.replay_changed(place.ids.front(), place.changes), &Words::as_it_would_be);
        if (place.ids.size() == 2 && page::any_is_call(place.ids)) {
            stages_[1].replay.difference = ui.library.first_difference(stages_[0].replay, stages_[1].replay);
            beside_ = stages_[1].replay.difference ? document::words_of(stages_[1].replay.difference->words)
                                                   : ui.words().beside_same();
        }
    }
    revealed_ = std::size_t(-1);
    if (same) return;
    read_ = 0;
    std::vector<const recording::Recording*> recordings;
    Time ended{};
    for (const Stage& stage : stages_) {
        recordings.push_back(&stage.replay.recording);
        ended = std::max(ended, stage.replay.recording.ended);
    }
    const double speed = player_.speed();
    player_ = Player(recordings);
    player_.set_speed(speed);
    player_.go(place.step);
    std::vector<Time> times;
    for (const Player::Step& step : player_.steps()) times.push_back(step.at);
    scale_.show(std::move(times), ended);
}

void SimulatorView::set_scale(Ui& ui) {
    if (stages_.empty()) return;
    double height = stages_.front().ladder.view_height();
    for (const Stage& stage : stages_) height = std::min(height, stage.ladder.view_height());
    if (height <= 0) ui.keep_moving();
    if (scale_.set(ui, switches_.true_time, switches_.lanes, height)) revealed_ = std::size_t(-1);
}

// Everything keeps its place at that height of the ladder, where the mouse is or the middle.
void SimulatorView::keep_places(const TimeAxis& before, double at_height) {
    for (Stage& stage : stages_) stage.ladder.keep_place(before, scale_.axis(), at_height, scale_.axis().end());
}

void SimulatorView::zoom_by(double factor) {
    if (stages_.empty()) return;
    keep_places(scale_.zoom_by(factor), stages_.front().ladder.view_height() / 2);
}

void SimulatorView::fit() {
    if (!stages_.empty()) keep_places(scale_.fit(), 0);
}

// Where both runs first differ, in the middle of the ladders.
void SimulatorView::go_to_difference() {
    if (stages_.size() != 2 || !stages_[1].replay.difference) return;
    const Replay::FirstDifference& difference = *stages_[1].replay.difference;
    const auto& steps = player_.steps();
    for (std::size_t step = 0; step < steps.size(); ++step) {
        if (steps[step].messages[0] != difference.as_it_is && steps[step].messages[1] != difference.changed) continue;
        player_.go(step);
        revealed_ = std::size_t(-1);
        return;
    }
}

void SimulatorView::take_step_keys(Ui& ui) {
    const bool on_ladder = ui.focus().starts_with("ladder:") || ui.focus().starts_with("rung");
    // Space on a focused button presses that button; anywhere else it plays.
    const bool in_thing = !ui.focus().empty() && ui.focus_by_key() && !on_ladder;
    if (!in_thing && ui.input.take_press(Key::space)) player_.playing() ? player_.pause() : player_.play();
    if (ui.focus() == story_width_.id() || ui.focus() == story_height_.id()) return;  // which the arrows move
    // Time runs in the direction of the text, as the player below shows.
    const bool mirrored = ui.ink.mirrored();
    if (ui.input.take_press(mirrored ? Key::left : Key::right) || (on_ladder && ui.input.take_press(Key::down)))
        player_.forward();
    if (ui.input.take_press(mirrored ? Key::right : Key::left) || (on_ladder && ui.input.take_press(Key::up)))
        player_.back();
    if (ui.input.take_press(Key::home)) player_.to_start();
    if (ui.input.take_press(Key::end)) player_.to_end();
    double page = 0;
    if (on_ladder && ui.input.take_press(Key::page_down)) page = 1;
    if (on_ladder && ui.input.take_press(Key::page_up)) page = -1;
    for (Stage& stage : stages_) stage.ladder.scroll_by(page * (stage.ladder.view_height() - ui.px(42)));
}

void SimulatorView::keys(Ui& ui) {
    if (menu_.is_open() || !ui.on_top() || ui.layer_open() || ui.typing()) return;
    take_step_keys(ui);
    if (ui.input.take_press(Key::t)) ui.press("true-time");
    if (ui.input.take_press(Key::l)) ui.press("lanes");
    if (ui.input.take_press(Key::d)) ui.press("changes");
    if (ui.input.take_press(Key::f)) ui.press("zoom-fit");
    if (ui.input.take_press(Key::plus)) ui.press("zoom-in");
    if (ui.input.take_press(Key::minus)) ui.press("zoom-out");
    if (ui.input.take_press(Key::w)) ui.press("what-if");
    if (ui.input.take_press(Key::x)) go_to_difference();
    if (ui.input.take_press(Key::p)) present(!presenting_);
    if (presenting_ && ui.input.take_press(Key::o)) outcome_shown_ = true;
}

void SimulatorView::present(bool on) {
    presenting_ = on && !stages_.empty();
    outcome_shown_ = false;
    revealed_ = std::size_t(-1);
}

void SimulatorView::ladder(Ui& ui, std::size_t index, const Rect& where) {
    LadderMoment moment{player_, scale_.axis()};
    moment.least_row = scale_.spacing().row;
    moment.second = scale_.spacing().second;
    moment.true_time = switches_.true_time;
    moment.lanes = switches_.lanes;
    moment.secret = secret();
    moment.reveal = revealed_ != player_.step();
    moment.grown = player_.playing() ? std::min(1.0, since_step_ / growing) : 1;
    if (const auto& difference = stages_.back().replay.difference; stages_.size() == 2 && difference)
        moment.differs = index == 0 ? difference->as_it_is : difference->changed;
    LadderView& view = stages_[index].ladder;
    if (const auto step = view.draw(ui, index, where, moment)) player_.go(*step);
    if (view.hint()) hint_ = view.hint();
    if (ui.hovering(where) && ui.input.zoom() != 0) {
        const double heads = where.height - view.view_height();
        keep_places(scale_.zoom_by(std::pow(zoom_step, double(ui.input.zoom()))), ui.mouse_y() - where.y - heads);
        ui.keep_moving();
    }
}

std::string SimulatorView::narration_id(std::size_t stage) { return fmt::format("narration:{}", stage); }

void SimulatorView::narration(Ui& ui, std::size_t index, const Rect& where, Wishes& wishes) {
    Stage& stage = stages_[index];
    if (ui.hovering(where)) read_ = index;
    const auto message = player_.latest(index);
    Telling telling{switches_.changes, switches_.lanes, player_.empty() ? Time{} : player_.steps()[player_.step()].at,
                    Time::max()};
    for (std::size_t next = player_.step() + 1; next < player_.steps().size() && telling.until == Time::max(); ++next)
        if (player_.steps()[next].at > telling.from) telling.until = player_.steps()[next].at;
    const std::string about = fmt::format("{}/{} {} {} {}", loaded_, message ? std::int64_t(*message) : -1,
                                          telling.changes, telling.lanes, telling.lanes ? player_.step() : 0);
    if (about != stage.told) {
        stage.narration.show(told(ui, stage.replay, message, telling, glossary_), !stage.told.empty());
        stage.told = about;
        stage.text_scroll.at = 0;
    }
    const Asked asked = stage.narration.draw(ui, narration_id(index), where, stage.text_scroll);
    const auto* term = std::get_if<document::ToTerm>(&asked.target);
    if (term && term->id.starts_with(change_link)) chosen_change_ = term->id.substr(change_link.size());
    else follow(asked.target, wishes);
    if (const std::string words = explained(ui.library, glossary_, asked.over); !words.empty())
        hint_ = {asked.over_where, document::plain(words)};
}

double SimulatorView::width_alone(const Ui& ui) const {
    constexpr double beside_one = 420, edge = 24;  // what words take beside a ladder that is alone
    double width = stages_.size() == 1 ? beside_one : 0;
    for (const Stage& stage : stages_) width += stage.ladder.narrowest(ui) / ui.scale() + edge;
    return width;
}

void SimulatorView::stages(Ui& ui, const Rect& middle, Wishes& wishes) {
    const double line = std::max(1.0, ui.px(1));
    if (stages_.size() == 1 && middle.width >= ui.px(760)) {
        // The narration gives way to a ladder of many parties.
        const double wished = std::clamp(middle.width * (switches_.lanes ? 0.36 : 0.46), ui.px(380), ui.px(640));
        const double left = middle.width - stages_.front().ladder.narrowest(ui) - ui.px(20);
        const double offered = std::max(ui.px(300), std::min(wished, left));
        const double usual = std::max(offered, middle.width - ui.px(switches_.lanes ? 1100 : 900));
        const double words = story_width_.size(ui, usual, ui.px(240), middle.width - ui.px(300));
        const double ladder_width = middle.width - words;
        ladder(ui, 0, {middle.x, middle.y, ladder_width, middle.height});
        narration(ui, 0, {middle.x + ladder_width + 1, middle.y, words - 1, middle.height}, wishes);
        story_width_.draw(ui, {middle.x + ladder_width, middle.y, line, middle.height}, middle.x + middle.width, words);
        return;
    }
    const double each = std::floor(middle.width / double(stages_.size()));
    // The ladders take the height they need, and leave some to the words.
    double needed = 0;
    for (const Stage& stage : stages_)
        needed = std::max(needed, stage.ladder.wanted_height(ui, player_.steps().size()));
    // Where there is hardly any height, as while a change is picked in large type, the words wait.
    const bool low = middle.height < ui.px(250);
    const double taken = std::clamp(needed + ui.px(26), middle.height * 0.55, middle.height * 0.7);
    const double below = story_height_.size(ui, middle.height - taken, ui.px(60), middle.height - ui.px(120));
    const double upper = low ? middle.height : middle.height - below;
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        const double x = middle.x + double(i) * each;
        const std::string& title = stages_[i].title;
        const double head = title.empty() ? 0 : ui.px(26);
        if (head > 0) {
            ui.ink.fill({x, middle.y, each, head}, ui.colour(Role::surface));
            ui.word(title, Type::caption, true, x + ui.px(16), middle.y + head / 2, ui.colour(Role::text));
        }
        ladder(ui, i, {x, middle.y + head, each, upper - head});
        if (!low) narration(ui, i, {x, middle.y + upper + 1, each, middle.height - upper - 1}, wishes);
        if (i > 0) ui.ink.line(x, middle.y, x, middle.y + middle.height, ui.colour(Role::line), line);
    }
    if (!low) story_height_.draw(ui, {middle.x, middle.y + upper, middle.width, line}, middle.y + middle.height, below);
}

void SimulatorView::draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    load(ui, place);
    hint_.reset();
    const std::size_t before = player_.step();
    const bool presented = presenting_;
    keys(ui);
    set_scale(ui);
    player_.advance(ui.elapsed());
    since_step_ += ui.elapsed();
    if (!player_.empty() && player_.step() + 1 == player_.steps().size())
        outcome_shown_ = outcome_shown_ || presenting_;

    const double top = bars(ui, where, place, wishes), transport_height = ui.px(56);
    hairline(ui, where.x, where.y + top, where.width);
    const Rect middle{where.x, where.y + top + 1, where.width, where.height - top - transport_height - 1};
    if (stages_.empty()) {
        if (const auto chosen =
                exchanges_.draw(ui, {middle.x, middle.y, middle.width, middle.height + transport_height}))
            wishes.push_back({Wish::Kind::go, {"simulator", {}, {*chosen}}, {}, {}});
        return;
    }
    stages(ui, middle, wishes);
    std::vector<Narrator::Told> heard;
    for (const Stage& stage : stages_) heard.push_back({&stage.replay, &stage.narration, narration_id(heard.size())});
    narrator_.tell(ui, heard, player_);
    transport(ui, {where.x, where.y + where.height - transport_height, where.width, transport_height});
    revealed_ = before == player_.step() && presented == presenting_ ? player_.step() : std::size_t(-1);
    if (before != player_.step()) since_step_ = 0;
    if (revealed_ != player_.step() || player_.playing()) ui.keep_moving();
    place.step = player_.step();
    if (!chosen_change_.empty() && place.ids.size() == 1 && !embedded_)
        what_if_.make(ui, place, chosen_change_, wishes);
    chosen_change_.clear();
}

void SimulatorView::draw_above(Ui& ui, Place& place, Wishes& wishes) {
    if (hint_ && !ui.layer_open()) draw_hint(ui, hint_->where, hint_->words);
    what_if_.draw_above(ui);
    const auto picked = menu_.draw(ui);
    if (!picked) return;
    if (menu_.purpose() == "speed") {
        player_.set_speed(number_in<double>(*picked).value_or(1));
        return;
    }
    Place changed = place;
    changed.step = 0;
    changed.changes.clear();
    const std::size_t at = number_in<std::size_t>(menu_.purpose()).value_or(0);
    if (changed.ids.size() <= at) changed.ids.push_back(*picked);
    else changed.ids[at] = *picked;
    wishes.push_back({Wish::Kind::go, changed, {}, {}});
}

void SimulatorView::select_all() {
    for (Stage& stage : stages_) stage.narration.select_nothing();
    if (read_ < stages_.size()) stages_[read_].narration.select_all();
}

bool SimulatorView::copy_selected(Ui& ui) {
    return std::ranges::any_of(stages_, [&](Stage& stage) { return stage.narration.copy_selected(ui); });
}

bool SimulatorView::escape() {
    if (menu_.is_open()) {
        menu_.close();
        return true;
    }
    for (Stage& stage : stages_)
        if (stage.narration.escape()) return true;
    if (!presenting_) return what_if_.escape();
    present(false);
    return true;
}

std::string SimulatorView::folds() const {
    std::string on;
    if (switches_.true_time) on += "true-time ";
    if (switches_.lanes) on += "lanes ";
    if (switches_.changes) on += "changes ";
    if (story_width_.units() > 0) on += fmt::format("width={:.0f} ", story_width_.units());
    if (story_height_.units() > 0) on += fmt::format("height={:.0f} ", story_height_.units());
    return on;
}

void SimulatorView::set_folds(const std::string& on) {
    const auto has = [&](const char* name) { return on.find(name) != std::string::npos; };
    switches_ = {has("true-time"), has("lanes"), has("changes")};
    const auto units = [&](const char* name) {
        const auto at = on.find(name);
        if (at == std::string::npos) return 0.0;
        const auto begin = at + std::char_traits<char>::length(name);
        return number_in<double>(on.substr(begin, on.find(' ', begin) - begin)).value_or(0);
    };
    story_width_.set_units(units("width="));
    story_height_.set_units(units("height="));
}

}  // namespace sipdex::window
