#include "window/kit/ui.h"

#include <algorithm>
#include <cmath>

namespace sipdex::window {

void Ui::begin(const Palette& palette, double scale, double seconds) {
    palette_ = &palette;
    scale_ = scale;
    elapsed_ = began_ < 0 ? 0 : std::clamp(seconds - began_, 0.0, 0.1);
    began_ = seconds;
    language_ = library.language();
    moving_ = false;
    took_focus_ = focus_moved_;
    focus_moved_ = false;
    cursor_ = Cursor::arrow;
    text_caret.reset();
    layer_ = layers_ = 0;
    earlier_.swap(things_);
    things_.clear();
    scrolls_.clear();
    outline.begin();
    documents_before_.swap(documents_);
    documents_.clear();
    // The focus falls back to nowhere when what had it is gone.
    if (!focus_.empty() && !took_focus_ &&
        std::none_of(earlier_.begin(), earlier_.end(), [&](const Thing& thing) { return thing.id == focus_; }))
        focus_.clear();
    for (const Press& press : input.presses())
        if (press.key == Key::tab && !press.control && !press.alt) move_focus(press.shift ? -1 : 1, {});
    if (!focus_.empty()) {
        const auto at = std::find_if(earlier_.begin(), earlier_.end(), [&](const Thing& t) { return t.id == focus_; });
        if (at != earlier_.end() && (at->kind == "row" || at->kind == "field")) {
            if (input.take_press(Key::down)) move_focus(1, "row");
            if (input.take_press(Key::up)) move_focus(-1, at->kind == "field" ? "row" : std::string_view("list"));
        }
    }
    if (!input.clicks().empty()) ring_ = false;
    if (!input.held(0) && !input.released(0)) held_.clear();
}

void Ui::end() {
    top_ = layers_;
    bound_.clear();
    asked_.clear();
    if (documents_.empty()) go_on_between({}, {});
    if (input.released(0)) held_.clear();
}

// Goes to the next thing that may have the focus; `kind` narrows it to rows, "list" to rows and fields.
void Ui::move_focus(int direction, std::string_view kind) {
    std::vector<const Thing*> stops;
    for (const Thing& thing : earlier_) {
        if (!thing.enabled || thing.layer != top_ || thing.kind == "part") continue;
        const bool stop = kind.empty() || thing.kind == kind ||
                          (kind == "list" && (thing.kind == "row" || thing.kind == "field")) || thing.id == focus_;
        if (stop) stops.push_back(&thing);
    }
    if (stops.empty()) return;
    const auto stop = [&](const std::string& id) {
        return std::find_if(stops.begin(), stops.end(), [&](const Thing* thing) { return thing->id == id; });
    };
    const auto at = stop(focus_), beside = stop(direction > 0 ? behind_ : before_);
    std::ptrdiff_t next = direction > 0 ? 0 : std::ptrdiff_t(stops.size()) - 1;
    if (focus_.empty() && kind.empty() && beside != stops.end()) {
        next = beside - stops.begin();
    } else if (at != stops.end()) {
        next = at - stops.begin() + direction;
        if (!kind.empty() && (next < 0 || next >= std::ptrdiff_t(stops.size()))) return;
    }
    const auto count = std::ptrdiff_t(stops.size());
    set_focus(stops[std::size_t((next + count) % count)]->id);
    took_focus_ = true;
    focus_moved_ = false;
}

void Ui::set_focus(const std::string& id, bool by_key) {
    focus_ = id;
    ring_ = by_key;
    focus_moved_ = true;
    moving_ = true;
}

void Ui::tell(std::string words) {
    outline.say(words);
    told_ = std::move(words);
    told_for_ = 2;
    moving_ = true;
}

void Ui::draw_told() {
    if (told_for_ <= 0) return;
    const accessible::Outline::Hush hush(outline);  // it is said already
    told_for_ -= elapsed_;
    moving_ = true;
    const typeset::Lines words = cut(told_, Type::body, true, ink.width() - px(64));
    const double pad = px(16), height = words.height() + px(20), width = words.width() + 2 * pad;
    const Rect where{std::round((ink.width() - width) / 2), ink.height() - height - px(64), width, height};
    ink.fill(where, colour(Role::text), px(8));
    ink.text(words, where.x + pad, where.y + px(10), words.width() + 1, colour(Role::background));
}

bool Ui::typing() const {
    const auto is_it = [&](const Thing& thing) { return thing.id == focus_ && thing.kind == "field"; };
    return !focus_.empty() &&
           (std::any_of(things_.begin(), things_.end(), is_it) || std::any_of(earlier_.begin(), earlier_.end(), is_it));
}

bool Ui::offers(std::string_view id) const {
    const auto is_it = [&](const Thing& thing) { return thing.id == id && thing.enabled; };
    return std::ranges::any_of(things_, is_it) || std::ranges::any_of(earlier_, is_it);
}

double Ui::px(double units) const { return std::round(units * scale_); }

typeset::Style Ui::style(Type type, bool bold) const {
    typeset::Style style;
    style.bold = bold;
    switch (type) {
        case Type::caption:
            style.size = 13;
            style.line_height = 1.4;
            break;
        case Type::body: style.size = 15; break;
        case Type::lead:
            style.size = 18;
            style.line_height = 1.4;
            break;
        case Type::section:
            style.size = 20;
            style.line_height = 1.3;
            break;
        case Type::code:
            style.size = 34;
            style.line_height = 1.2;
            break;
        case Type::wire:
            style.size = 13;
            style.line_height = 1.5;
            style.face = typeset::Face::wire;
            break;
    }
    style.size = std::round(style.size * scale_ * 2) / 2;
    return style;
}

typeset::Lines Ui::set(std::string_view words, Type type, bool bold, double width) const {
    return ink.set(words, style(type, bold), width, language_);
}

std::string Ui::wire(const std::string& words) const { return ink.mirrored() ? "\u2066" + words + "\u2069" : words; }

typeset::Lines Ui::cut(std::string_view words, Type type, bool bold, double width) const {
    typeset::Lines whole = set(words, type, bold);
    if (whole.width() <= width) return whole;
    typeset::Style one = style(type, bold);
    one.most_lines = 1;
    return ink.set(words, one, std::max(1.0, std::floor(width)), language_);
}

double Ui::word(std::string_view words, Type type, bool bold, double x, double middle, ImU32 shade, double most) {
    const typeset::Lines lines = most > 0 ? cut(words, type, bold, most) : set(words, type, bold);
    ink.text(lines, x, middle - lines.height() / 2, 0, shade);
    return lines.width();
}

bool Ui::hovering(const Rect& where) const {
    const double x = mouse_x(), y = mouse_y();
    return on_top() && contains(where, x, y) && contains(ink.clip(), x, y);
}

Ui::Touch Ui::touch(const std::string& id, const Rect& where, std::string_view kind, std::string_view label,
                    bool enabled, bool chosen) {
    Touch touch;
    const bool live = enabled && on_top();
    touch.focused = live && focus_ == id;
    if (touch.focused && took_focus_) reveal(where);
    things_.push_back({id, std::string(kind), std::string(label), where, enabled, chosen, touch.focused, layer_});
    if (outline.wanted()) write_down(things_.back());
    if (!live) return touch;
    touch.hovered = hovering(where) && (held_.empty() || held_ == id);
    if (touch.hovered && std::find(input.clicks().begin(), input.clicks().end(), 0) != input.clicks().end()) {
        held_ = id;
        focus_ = id;
    }
    touch.held = held_ == id && input.held(0);
    if (held_ == id && input.released(0) && hovering(where)) touch.pressed = true;
    if (bound_ == id) {
        touch.pressed = true;
        bound_.clear();
    }
    if (touch.focused && kind != "field") {
        if (input.take_press(Key::enter) || input.take_press(Key::space)) touch.pressed = true;
        if (ring_) ring(where);
    }
    if (touch.hovered) want(kind == "field" ? Cursor::beam : Cursor::hand);
    if (touch.pressed) moving_ = true;
    return touch;
}

void Ui::ring(const Rect& where, double radius) {
    ink.frame(grown(where, px(1)), colour(Role::accent), px(radius), px(2));
}

void Ui::open_layer(accessible::Role role, const std::string& name) {
    layer_ = ++layers_;
    ink.set_layer(layer_);
    accessible::Node layer{"layer:" + std::to_string(layer_) + name};
    layer.role = role;
    layer.name = name;
    layer.set(accessible::State::modal);
    layer.where = box_of({0, 0, ink.width(), ink.height()});
    outline.open(std::move(layer));
}

void Ui::close_layer() {
    outline.close();
    layer_ = 0;
    ink.set_layer(0);
}

void Ui::begin_scroll(const std::string& id, const Rect& view, Scroll& scroll) {
    scroll.view = view.height;
    if (hovering(view) && input.wheel_y() != 0) scroll.at -= input.wheel_y() * px(56);
    scroll.at = std::round(std::clamp(scroll.at, 0.0, scroll.furthest()));
    ink.push_clip(view);
    scrolls_.push_back({id, view, &scroll});
}

void Ui::end_scroll(double content) {
    const Scrolling scrolling = scrolls_.back();
    scrolls_.pop_back();
    Scroll& scroll = *scrolling.scroll;
    if (content != scroll.content) moving_ = true;
    scroll.content = content;
    ink.pop_clip();
    if (scroll.furthest() > 0) bar(scrolling.id, scrolling.view, scroll);
}

void Ui::bar(const std::string& id, const Rect& view, Scroll& scroll) {
    const double inset = px(2), width = px(8);
    const double length = std::max(px(28), view.height * view.height / scroll.content);
    const double run = view.height - length - 2 * inset;
    const Rect lane{view.x + view.width - width - 2 * inset, view.y, width + 2 * inset, view.height};
    const double top = view.y + inset + run * scroll.at / scroll.furthest();
    const bool over = hovering(lane) && held_.empty();
    const std::string bar_id = id + "/bar";
    if (over && std::find(input.clicks().begin(), input.clicks().end(), 0) != input.clicks().end()) {
        held_ = bar_id;
        const bool on_thumb = mouse_y() >= top && mouse_y() < top + length;
        scroll.grip = on_thumb ? mouse_y() - top : length / 2;
    }
    if (held_ == bar_id && input.held(0)) {
        scroll.at =
            std::clamp((mouse_y() - scroll.grip - view.y - inset) / std::max(1.0, run), 0.0, 1.0) * scroll.furthest();
        moving_ = true;
    } else {
        scroll.grip = -1;
    }
    const bool strong = over || scroll.grip >= 0;
    ink.fill({lane.x + inset, view.y + inset + run * scroll.at / scroll.furthest(), width, length},
             colour(Role::secondary, strong ? 0.75f : 0.3f), width / 2);
}

void Ui::back_to(const Mark& mark) {
    ink.back_to(mark.ink);
    things_.resize(std::min(things_.size(), mark.things));
    scrolls_.resize(std::min(scrolls_.size(), mark.scrolls));
    layer_ = mark.layer;
    layers_ = mark.layers;
    moving_ = mark.moving;
    outline.back_to(mark.outline);
}

void Ui::reveal(const Rect& where) {
    if (scrolls_.empty()) return;
    Scroll& scroll = *scrolls_.back().scroll;
    const Rect& view = scrolls_.back().view;
    const double margin = px(48);
    double by = 0;
    if (where.y < view.y + margin) by = where.y - view.y - margin;
    else if (where.y + where.height > view.y + view.height - margin)
        by = where.y + where.height - view.y - view.height + margin;
    if (by == 0) return;
    scroll.at = std::clamp(scroll.at + by, 0.0, scroll.furthest());
    moving_ = true;
}

}  // namespace sipdex::window
