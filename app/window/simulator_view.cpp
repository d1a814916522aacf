#include "window/simulator_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "window/widgets.h"

namespace sipdex::window {

namespace {

constexpr std::array<double, 5> speeds{0.25, 0.5, 1, 2, 4};
constexpr double growing = 0.15;        // seconds that a new arrow takes

std::string speed_words(double speed) { return fmt::format("{:g} ×", speed); }

}  // namespace

void SimulatorView::load(Ui& ui, const Place& place) {
    std::string recorded;
    for (const std::string& id : place.ids) recorded += "/" + id;
    const std::string wanted = ui.language() + recorded;
    if (wanted == loaded_) return;
    // Another language is the same replay in other words: the player stays where it is.
    const bool same = recorded == recorded_;
    loaded_ = wanted;
    recorded_ = recorded;
    stages_.clear();
    for (const std::string& id : place.ids) {
        Stage stage;
        stage.replay = ui.library.replay(id);
        stage.ladder = ladder_of(stage.replay.recording, stage.replay.roles);
        stages_.push_back(std::move(stage));
    }
    if (same) return;
    std::vector<const simulator::Recording*> recordings;
    for (const Stage& stage : stages_) recordings.push_back(&stage.replay.recording);
    const double speed = player_.speed();
    player_ = Player(recordings);
    player_.set_speed(speed);
    player_.go(place.step);
    revealed_ = std::size_t(-1);
}

void SimulatorView::keys(Ui& ui) {
    if (menu_.is_open() || !ui.on_top() || ui.layer_open()) return;
    // Space on a focused button presses that button; anywhere else it plays.
    const bool in_thing = !ui.focus().empty() && ui.focus_by_key();
    const bool typing = ui.focus() == "search";
    if (typing) return;
    if (!in_thing && ui.input.take_press(Key::space)) player_.playing() ? player_.pause() : player_.play();
    if (ui.input.take_press(Key::right)) player_.forward();
    if (ui.input.take_press(Key::left)) player_.back();
    if (ui.input.take_press(Key::home)) player_.to_start();
    if (ui.input.take_press(Key::end)) player_.to_end();
}

void SimulatorView::bar(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    const double y = where.y + std::round((where.height - ui.px(button_height)) / 2);
    double x = where.x + ui.px(16);
    const auto choices = [&](const std::string& chosen) {
        std::vector<Choice> all;
        for (const ListedExchange& exchange : ui.library.exchanges())
            all.push_back({exchange.id, exchange.title, {}, exchange.codes.empty() ? 0 : exchange.codes.back(),
                           exchange.id == chosen});
        return all;
    };
    const double room = where.width - ui.px(32 + 2 * button_height + 150);
    const double each = std::min(ui.px(360), std::floor(room / double(std::max<std::size_t>(1, place.ids.size()))));
    for (std::size_t i = 0; i < std::max<std::size_t>(1, place.ids.size()); ++i) {
        const bool there = i < stages_.size();
        Button pick{fmt::format("exchange:{}", i), there ? stages_[i].replay.title : ui.say("window_pick_exchange"),
                    std::nullopt, Look::plain};
        pick.menu = true;
        if (button(ui, pick, x, y, each))
            menu_.open(ui, fmt::format("{}", i), {x, y, each, ui.px(button_height)},
                       choices(there ? place.ids[i] : std::string()));
        x += each + ui.px(4);
        if (there && place.ids.size() > 1) {
            if (button(ui, {fmt::format("drop:{}", i), ui.say("window_remove"), Icon::close, Look::ghost, true}, x, y)) {
                Place fewer = place;
                fewer.ids.erase(fewer.ids.begin() + std::ptrdiff_t(i));
                wishes.push_back({Wish::Kind::go, fewer, {}, {}});
            }
            x += ui.px(button_height + 8);
        }
    }
    if (place.ids.size() == 1) {
        const Button beside{"beside", ui.say("window_beside"), Icon::plus, Look::ghost};
        if (button(ui, beside, x + ui.px(4), y))
            menu_.open(ui, "1", {x + ui.px(4), y, width_of(ui, beside), ui.px(button_height)}, choices({}));
    }
    if (place.ids.size() == 1) {
        const Button sheet{"sheet", ui.say("window_sheet"), Icon::sheet, Look::plain};
        if (button(ui, sheet, where.x + where.width - ui.px(16) - width_of(ui, sheet), y))
            wishes.push_back({Wish::Kind::sheet, {}, {}, ui.library.exchange(place.ids.front())});
    }
}

std::vector<double> SimulatorView::shared_rows(const Ui& ui) const {
    std::vector<double> rows;
    double y = ui.px(34);
    const auto& steps = player_.steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (i > 0 && steps[i].at - steps[i - 1].at >= std::chrono::seconds(1)) y += ui.px(26);
        rows.push_back(y);
        y += ui.px(42);
    }
    return rows;
}

void SimulatorView::ladder(Ui& ui, std::size_t index, const Rect& where) {
    Stage& stage = stages_[index];
    const auto& steps = player_.steps();
    const double heads = head_height(ui);
    const double width = std::min(where.width - ui.px(16), ui.px(860));
    const double x = where.x + std::round((where.width - ui.px(12) - width) / 2);
    // Rungs stand in the recording's order; each takes the row of its step.
    const std::vector<double> step_rows = shared_rows(ui);
    LadderPicture picture;
    picture.rows.assign(stage.ladder.rungs.size(), 0);
    picture.pressable = true;
    picture.shown = 0;
    std::vector<std::size_t> step_of(stage.ladder.rungs.size(), 0);
    for (std::size_t s = 0; s < steps.size(); ++s)
        if (const auto message = steps[s].messages[index]) {
            picture.rows[*message] = step_rows[s];
            step_of[*message] = s;
            if (s <= player_.step()) picture.shown = std::max(picture.shown, *message + 1);
        }
    picture.current = player_.latest(index);
    const bool newest = !steps.empty() && steps[player_.step()].messages[index].has_value();
    picture.grown = newest && player_.playing() ? std::min(1.0, since_step_ / growing) : 1;
    if (picture.grown < 1) ui.keep_moving();

    draw_heads(ui, stage.ladder, x, where.y, width);
    hairline(ui, where.x + ui.px(8), where.y + heads, where.width - ui.px(16));
    const Rect view{where.x, where.y + heads + 1, where.width, where.height - heads - 1};
    ui.begin_scroll(fmt::format("ladder:{}", index), view, stage.ladder_scroll);
    const double top = view.y - stage.ladder_scroll.at;
    if (revealed_ != player_.step() && !step_rows.empty())
        // The row of the step, not of this ladder's latest rung: ladders side by side stay level.
        ui.reveal({view.x, top + step_rows[player_.step()] - ui.px(26), view.width, ui.px(52)});
    const auto pressed = draw_rungs(ui, fmt::format("rung{}", index), stage.ladder, picture, x, top, width);
    const double end = step_rows.empty() ? 0 : step_rows.back() + ui.px(30);
    ui.end_scroll(end);
    if (pressed) player_.go(step_of[*pressed]);
}

void SimulatorView::tell(Ui& ui, Stage& stage, std::optional<std::size_t> message) {
    if (stage.told == message && !stage.narration.document().sections.empty()) return;
    stage.told = message;
    stage.text_scroll.at = 0;
    document::Document told;
    told.language = ui.language();
    if (!message) {
        told.summary = document::plain(ui.say("window_nothing_sent"));
        told.sections.push_back({"none", "", {}, false, false});
        stage.narration.show(std::move(told));
        return;
    }
    const auto& sent = stage.replay.recording.messages[*message];
    document::Section why{"why", "", {}, false, false};
    if (*message < stage.replay.narration.size()) {
        const Narration& words = stage.replay.narration[*message];
        told.summary = words.what;
        if (!document::words_of(words.why).empty()) why.blocks.push_back(document::Paragraph{words.why});
        if (!document::words_of(words.rule).empty())
            why.blocks.push_back(document::Paragraph{words.rule, document::Paragraph::Role::secondary});
    }
    if (document::words_of(told.summary).empty()) told.summary = document::plain(sip::label_of(sent.message));
    if (!sent.received)
        why.blocks.push_back(document::Callout{document::Callout::Kind::warning, document::plain(ui.say("window_lost"))});
    document::Section octets{"message", "", {}, false, false};
    const auto& actors = stage.replay.recording.actors;
    octets.blocks.push_back(document::Message{
        ui.say("window_message", {{"from", actors[sent.from].name}, {"to", actors[sent.to].name},
                                  {"message", sip::label_of(sent.message)}, {"transport", sent.transport}}),
        sent.octets, sent.marked});
    told.sections.push_back(std::move(why));
    told.sections.push_back(std::move(octets));
    stage.narration.show(std::move(told));
}

void SimulatorView::narration(Ui& ui, std::size_t index, const Rect& where, Wishes& wishes) {
    Stage& stage = stages_[index];
    tell(ui, stage, player_.latest(index));
    const Asked asked = stage.narration.draw(ui, fmt::format("narration:{}", index), where, stage.text_scroll);
    follow(asked.target, wishes);
}

void SimulatorView::transport(Ui& ui, const Rect& where) {
    hairline(ui, where.x, where.y, where.width);
    const double y = where.y + std::round((where.height - ui.px(button_height)) / 2);
    double x = where.x + ui.px(16);
    const bool any = !player_.empty();
    const bool first = player_.step() == 0 && player_.progress() == 0, last = player_.step() + 1 >= player_.steps().size();
    const auto press = [&](const char* id, const char* label, Icon icon, Look look, bool enabled) {
        const bool pressed = button(ui, {id, ui.say(label), icon, look, true, enabled}, x, y);
        x += ui.px(button_height + 4);
        return pressed;
    };
    if (press("to-start", "window_to_start", Icon::to_start, Look::ghost, any && !first)) player_.to_start();
    if (press("back-step", "window_step_back", Icon::step_back, Look::ghost, any && !first)) player_.back();
    if (player_.playing() ? press("play", "window_pause", Icon::pause, Look::primary, any)
                          : press("play", "window_play", Icon::play, Look::primary, any))
        player_.playing() ? player_.pause() : player_.play();
    if (press("forward-step", "window_step", Icon::step, Look::ghost, any && !last)) player_.forward();
    if (press("to-end", "window_to_end", Icon::to_end, Look::ghost, any && !last)) player_.to_end();
    x += ui.px(8);
    Button speed{"speed", speed_words(player_.speed()), std::nullopt, Look::ghost};
    speed.menu = true;
    const double speed_width = ui.px(84), clock_width = ui.px(96);
    const double end = where.x + where.width - ui.px(16);
    if (button(ui, speed, end - speed_width, y, speed_width)) {
        std::vector<Choice> choices;
        for (const double one : speeds)
            choices.push_back({fmt::format("{}", one), speed_words(one), {}, 0, one == player_.speed()});
        menu_.open(ui, "speed", {end - speed_width, y, speed_width, ui.px(button_height)}, choices);
    }
    const double middle = y + ui.px(button_height) / 2;
    const auto clock = ui.set(clock_words(player_.clock()), Type::wire);
    ui.ink.text(clock, end - speed_width - ui.px(12) - clock.width(), middle - clock.height() / 2, 0, ui.colour(Role::text));
    const std::string count = ui.say("window_step_of", {{"step", std::int64_t(any ? player_.step() + 1 : 0)},
                                                        {"steps", std::int64_t(player_.steps().size())}});
    const double count_width = ui.px(88);
    ui.word(count, Type::caption, false, x, middle, ui.colour(Role::secondary), count_width);
    x += count_width + ui.px(4);
    const Rect lane{x, y, end - speed_width - clock_width - ui.px(16) - x, ui.px(button_height)};
    if (lane.width > ui.px(40))
        if (const auto moved = slider(ui, "seek", ui.say("window_seek"), lane, player_.position()); moved && any)
            player_.seek(*moved);
}

void SimulatorView::draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    load(ui, place);
    const std::size_t before = player_.step();
    keys(ui);
    player_.advance(ui.elapsed());
    since_step_ += ui.elapsed();

    const double bar_height = ui.px(48), transport_height = ui.px(56);
    bar(ui, {where.x, where.y, where.width, bar_height}, place, wishes);
    hairline(ui, where.x, where.y + bar_height, where.width);
    const Rect middle{where.x, where.y + bar_height + 1, where.width, where.height - bar_height - transport_height - 1};
    if (stages_.empty()) {
        const double width = std::min(middle.width - ui.px(64), ui.px(520));
        const auto lines = ui.set(ui.say("window_simulator_empty"), Type::lead, false, width);
        ui.ink.text(lines, middle.x + ui.px(36), middle.y + ui.px(36), width, ui.colour(Role::secondary));
        return;
    }
    if (stages_.size() == 1 && middle.width >= ui.px(760)) {
        const double words = std::round(std::clamp(middle.width * 0.46, ui.px(380), ui.px(640)));
        const double ladder_width = std::min(middle.width - words, ui.px(900));
        ladder(ui, 0, {middle.x, middle.y, ladder_width, middle.height});
        ui.ink.line(middle.x + ladder_width, middle.y, middle.x + ladder_width, middle.y + middle.height,
                    ui.colour(Role::line), std::max(1.0, ui.px(1)));
        narration(ui, 0, {middle.x + ladder_width + 1, middle.y, middle.width - ladder_width - 1, middle.height}, wishes);
    } else {
        const double each = std::floor(middle.width / double(stages_.size()));
        const double upper = std::round(middle.height * 0.56);
        for (std::size_t i = 0; i < stages_.size(); ++i) {
            const double x = middle.x + double(i) * each;
            ladder(ui, i, {x, middle.y, each, upper});
            narration(ui, i, {x, middle.y + upper + 1, each, middle.height - upper - 1}, wishes);
            if (i > 0)
                ui.ink.line(x, middle.y, x, middle.y + middle.height, ui.colour(Role::line), std::max(1.0, ui.px(1)));
        }
        hairline(ui, middle.x, middle.y + upper, middle.width);
    }
    transport(ui, {where.x, where.y + where.height - transport_height, where.width, transport_height});
    revealed_ = before == player_.step() ? player_.step() : std::size_t(-1);
    if (before != player_.step()) {
        since_step_ = 0;
        ui.keep_moving();
    }
    if (player_.playing()) ui.keep_moving();
    place.step = player_.step();
}

void SimulatorView::draw_above(Ui& ui, Place& place, Wishes& wishes) {
    const auto picked = menu_.draw(ui);
    if (!picked) return;
    if (menu_.purpose() == "speed") {
        player_.set_speed(std::stod(*picked));
        return;
    }
    Place changed = place;
    changed.step = 0;
    const std::size_t at = std::size_t(std::stoul(menu_.purpose()));
    if (changed.ids.size() <= at) changed.ids.push_back(*picked);
    else changed.ids[at] = *picked;
    wishes.push_back({Wish::Kind::go, changed, {}, {}});
}

bool SimulatorView::escape() {
    const bool was = menu_.is_open();
    menu_.close();
    return was;
}

}  // namespace sipdex::window
