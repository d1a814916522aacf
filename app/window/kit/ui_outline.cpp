// What a frame holds, written down for those who do not see it.
#include <algorithm>
#include <cmath>
#include <utility>

#include "window/kit/ui.h"

namespace sipdex::window {

using accessible::Node;
using accessible::State;

void Ui::listen(bool on) {
    outline.want(on);
    if (!on) return ink.tell(nullptr);
    ink.tell([this](const std::string& words, const Rect& screen) {
        outline.drawn(words, {static_cast<int>(screen.x), static_cast<int>(screen.y),
                              static_cast<int>(std::ceil(screen.width)), static_cast<int>(std::ceil(screen.height))});
    });
}

accessible::Box Ui::box_of(const Rect& where) const {
    const Rect screen = ink.on_screen(where);
    return {static_cast<int>(std::lround(screen.x)), static_cast<int>(std::lround(screen.y)),
            static_cast<int>(std::lround(screen.width)), static_cast<int>(std::lround(screen.height))};
}

namespace {

// What a kind of thing is to a screen reader. A row is what it stands in.
accessible::Role role_of(const std::string& kind, accessible::Role within) {
    using accessible::Role;
    if (kind == "tab") return Role::page_tab;
    if (kind == "link" || kind == "jump") return Role::link;
    if (kind == "field") return Role::entry;
    if (kind == "slider") return Role::slider;
    if (kind == "row" && within == Role::list) return Role::list_item;
    if (kind == "row" && within == Role::popup_menu) return Role::menu_item;
    return Role::push_button;
}

}  // namespace

void Ui::open_list(const std::string& id, Sentence name, const Rect& where) {
    if (!outline.wanted()) return;
    Node list{id};
    list.role = accessible::Role::list;
    list.name = say(name);
    list.where = box_of(where);
    outline.open(std::move(list));
}

void Ui::write_down(const Thing& thing) {
    if (thing.kind == "part") return;  // of something else
    Node node{thing.id};
    node.role = role_of(thing.kind, outline.within());
    node.name = thing.label;
    node.where = box_of(thing.where);
    node.press = thing.kind == "field" ? std::string() : thing.id;
    const bool live = thing.enabled && thing.layer == top_;
    for (const State state : {State::enabled, State::sensitive}) node.set(state, thing.enabled);
    node.set(State::focusable, live);
    node.set(State::focused, thing.focused);
    switch (node.role) {
        case accessible::Role::list_item:
        case accessible::Role::page_tab:
            node.set(State::selectable);
            node.set(State::selected, thing.chosen);
            break;
        case accessible::Role::menu_item:  // one is selected while it can be chosen by Enter
            node.set(State::selectable);
            node.set(State::selected, thing.focused);
            node.set(State::checked, thing.chosen);
            break;
        case accessible::Role::entry:
            for (const State state : {State::editable, State::single_line, State::selectable_text}) node.set(state);
            break;
        default: break;
    }
    outline.add(std::move(node));
}

bool Ui::reads(const std::string& document) {
    if (!outline.listened() || !on_top()) return false;
    const auto has = [](const std::vector<std::string>& all, const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    documents_.push_back(document);
    if (!has(documents_before_, reading_) && !has(documents_, reading_)) reading_ = document;
    return reading_ == document;
}

void Ui::ask(accessible::Wish wish) {
    asked_.push_back(std::move(wish));
    moving_ = true;
}

namespace {

template <class Fits>
std::optional<accessible::Wish> take_first(std::vector<accessible::Wish>& all, const Fits& fits) {
    const auto found = std::ranges::find_if(all, fits);
    if (found == all.end()) return std::nullopt;
    accessible::Wish taken = std::move(*found);
    all.erase(found);
    return taken;
}

}  // namespace

std::optional<accessible::Wish> Ui::take_asked(accessible::Wish::Kind kind, std::string_view id) {
    return take_first(asked_, [&](const accessible::Wish& one) { return one.kind == kind && one.id == id; });
}

std::optional<accessible::Wish> Ui::take_asked(std::string_view id) {
    return take_first(asked_, [&](const accessible::Wish& one) { return one.id == id; });
}

bool Ui::take_press_of(std::string_view id) {
    if (bound_.empty() || bound_ != id) return false;
    bound_.clear();
    moving_ = true;
    return true;
}

}  // namespace sipdex::window
