#include "window/replay/what_if_bar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sipdex::window {

namespace {

constexpr double row_gap = 6, side = 16, pad = 8, widest_chip = 460, typed_units = 440, widest_sentence = 860;

}  // namespace

// What is offered and what the changes are called is asked once for a place and a language, not for each frame.
void WhatIfBar::prepare(const Scene& scene) {
    std::string wanted = scene.ui.language();
    for (const std::string& id : scene.place.ids) wanted += "\n" + id;
    for (const std::string& change : scene.place.changes) wanted += "\n" + change;
    if (open_ && wanted != offered_for_) {
        offered_for_ = wanted;
        picker_.begin(scene.ui.library.offer(scene.place.ids.front(), scene.place.changes), scene.replay.recording,
                      scene.message);
    }
    if (wanted == named_for_) return;
    named_for_ = wanted;
    told_for_.clear();
    problem_.clear();
    chips_.clear();
    std::vector<std::string> earlier;
    for (const std::string& change : scene.place.changes) {
        const document::Text words = scene.ui.library.told_change(scene.place.ids.front(), earlier, change).words;
        chips_.push_back(words.empty() ? change : document::words_of(words));
        earlier.push_back(change);
    }
}

const ToldChange& WhatIfBar::told(const Scene& scene, const std::string& change) {
    const std::string wanted = named_for_ + "\n\n" + change;
    if (wanted != told_for_) {
        told_for_ = wanted;
        told_ = scene.ui.library.told_change(scene.place.ids.front(), scene.place.changes, change);
    }
    return told_;
}

void WhatIfBar::toggle() {
    open_ = !open_;
    offered_for_.clear();
    problem_.clear();
}

void WhatIfBar::make(Ui& ui, const Place& place, const std::string& change, Wishes& wishes) {
    const ToldChange told = ui.library.told_change(place.ids.front(), place.changes, change);
    problem_ = told.problem;
    problem_for_ = typed_;
    if (told.change.empty()) {
        open_ = true;
        return;
    }
    Place changed = place;
    changed.changes.push_back(told.change);
    wishes.push_back({Wish::Kind::go, changed, {}, {}});
    typed_.clear();
    if (open_) toggle();
    ui.set_focus({}, false);
}

void WhatIfBar::run(const Scene& scene, Wishes& wishes) {
    const std::string change = typing_ ? typed_ : to_make(scene);
    if (!change.empty()) make(scene.ui, scene.place, change, wishes);
}

Flow WhatIfBar::asking(const Scene& scene, Wishes& wishes) {
    Ui& ui = scene.ui;
    Flow flow = typing_ ? Flow(ui) : picker_.flow({ui, scene.replay});
    if (typing_) {
        const double width = ui.px(typed_units);
        flow.add(width, [this, &ui, width](double x, double y) {
            if (field(ui, "what-if-field", ui.words().window_what_if_hint(), typed_,
                      {x, y, width, ui.px(button_height)}))
                entered_ = true;
        });
    }
    const bool ready = typing_ ? !typed_.empty() : !to_make(scene).empty();
    flow.add_button({"what-if/run", ui.words().window_change_run(), Icon::play, Look::primary, false, ready},
                    [this, &scene, &wishes] { run(scene, wishes); });
    flow.add_button({"what-if/typed", ui.say(typing_ ? &Words::window_change_pick_it : &Words::window_change_type_it),
                     std::nullopt, Look::ghost},
                    [this, &ui] {
                        typing_ = !typing_;
                        problem_.clear();
                        if (typing_) ui.set_focus("what-if-field");
                    });
    return flow;
}

// A change made, with a cross that takes it back.
void WhatIfBar::add_chip(const Scene& scene, Flow& flow, std::size_t index, double width, Wishes& wishes) {
    const Button one{fmt::format("take-back:{}", index), chips_[index], Icon::close, Look::plain};
    const double whole = width_of(scene.ui, one), taken = std::min({whole, scene.ui.px(widest_chip), width});
    flow.add(taken, [this, &scene, &wishes, one, index, whole, taken](double x, double y) {
        Ui& ui = scene.ui;
        const Rect box{x, y, taken, ui.px(button_height)};
        if (whole > taken && (ui.hovering(box) || (ui.focused(one.id) && ui.focus_by_key())))
            hint_ = Hint{box, one.label};
        if (!button(ui, one, x, y, taken)) return;
        Place fewer = scene.place;
        fewer.changes.erase(fewer.changes.begin() + std::ptrdiff_t(index));
        wishes.push_back({Wish::Kind::go, fewer, {}, {}});
    });
}

void WhatIfBar::add_difference(const Scene& scene, Flow& flow, double width) {
    Ui& ui = scene.ui;
    flow.add_button({"first-difference", ui.words().window_first_difference(), Icon::differs, Look::plain},
                    [this] { asked_for_difference_ = true; });
    const std::string words = document::words_of(scene.difference->words);
    const double whole = ui.set(words, Type::body).width() + 1, taken = std::min(whole, width);
    flow.add(taken, [this, &ui, words, whole, taken](double x, double y) {
        const Rect box{x, y, taken, ui.px(button_height)};
        ui.word(words, Type::body, false, x, y + box.height / 2, ui.colour(Role::text), taken);
        if (ui.hovering(box) && whole > taken) hint_ = Hint{box, words};
    });
}

Flow WhatIfBar::made(const Scene& scene, double width, Wishes& wishes) {
    Ui& ui = scene.ui;
    Flow flow(ui);
    for (std::size_t i = 0; i < chips_.size(); ++i) add_chip(scene, flow, i, width, wishes);
    if (!open_)
        flow.add_button({"what-if/more", ui.words().window_change_more(), Icon::plus, Look::ghost}, [this, &ui] {
            toggle();
            ui.set_focus("what-if/who", ui.focus_by_key());
        });
    if (scene.difference) add_difference(scene, flow, width);
    else flow.add_word(ui.words().difference_none());
    return flow;
}

std::string WhatIfBar::to_make(const Scene& scene) {
    const DraftedChange made = picker_.drafted(scene.ui);
    return made.change.empty() ? std::string() : told(scene, made.change).change;
}

document::Text WhatIfBar::sentence(const Scene& scene, bool& wrong) {
    wrong = !problem_.empty() && problem_for_ == typed_;
    if (wrong) return document::plain(problem_);
    if (typing_) return typed_.empty() ? document::Text{} : told(scene, typed_).words;
    const DraftedChange made = picker_.drafted(scene.ui);
    wrong = made.wrong;
    if (made.change.empty()) return marked_words(made.problem);
    const ToldChange& told_change = told(scene, made.change);
    wrong = !told_change.problem.empty();
    return wrong ? document::plain(told_change.problem) : told_change.words;
}

double WhatIfBar::say(const Scene& scene, double x, double y, double width, bool draw) {
    Ui& ui = scene.ui;
    bool wrong = false;
    const document::Text words = sentence(scene, wrong);
    const double sign = wrong ? ui.px(22) : 0;
    const double box = std::floor(std::min(width - sign, ui.px(widest_sentence)));
    const auto lines = ui.ink.set(words, ui.style(Type::body), box, ui.language());
    const double height = std::max(lines.height(), ui.set("X", Type::body).height());
    if (draw) {
        const double icon = ui.px(16), line = height / double(std::max<std::size_t>(1, lines.count()));
        if (wrong)
            ui.ink.icon(Icon::warning, {x, y + std::round((line - icon) / 2), icon, icon},
                        ui.colour(Role::server_failure));
        const bool lacks = !typing_ && !wrong && picker_.drafted(ui).change.empty();
        ui.ink.text(lines, x + sign, y, box, ui.colour(lacks ? Role::secondary : Role::text));
    }
    return height;
}

double WhatIfBar::rows(const Scene& scene, const Rect& where, Wishes& wishes, bool draw) {
    Ui& ui = scene.ui;
    const double left = where.x + ui.px(side), width = where.width - 2 * ui.px(side);
    double y = where.y + ui.px(pad);
    const auto row = [&](const Flow& flow) {
        y += (draw ? flow.draw(left, y, width) : flow.height(width)) + ui.px(row_gap);
    };
    if (open_) {
        row(asking(scene, wishes));
        y += say(scene, left, y, width, draw) + ui.px(row_gap);
    }
    if (!scene.place.changes.empty()) row(made(scene, width, wishes));
    return y + ui.px(pad - row_gap) - where.y;
}

double WhatIfBar::height(const Scene& scene, double width) {
    prepare(scene);
    Wishes none;
    return open_ || !scene.place.changes.empty() ? rows(scene, {0, 0, width, 0}, none, false) : 0;
}

void WhatIfBar::draw(const Scene& scene, const Rect& where, Wishes& wishes) {
    hint_.reset();
    entered_ = false;
    scene.ui.ink.fill(where, scene.ui.colour(Role::surface));
    rows(scene, where, wishes, true);
    if (picker_.entered() || entered_) run(scene, wishes);
}

bool WhatIfBar::escape() {
    if (picker_.menu().is_open()) {
        picker_.menu().close();
        return true;
    }
    if (!open_) return false;
    toggle();
    return true;
}

}  // namespace sipdex::window
