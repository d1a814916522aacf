#include "window/kit/widgets.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "document/markup.h"

namespace sipdex::window {

namespace {

constexpr double icon_side = 16;

// The width of a button that says these words; none where only its icon is shown.
double width_with(const Ui& ui, const Button& button, const std::string& said) {
    if (said.empty()) return ui.px(button_height);
    double width = ui.set(said, Type::body).width() + ui.px(button.look == Look::ghost ? 16 : 24);
    if (button.icon) width += ui.px(icon_side + 6);
    if (button.menu) width += ui.px(icon_side + 2);
    return std::round(width);
}

bool draw(Ui& ui, const Button& button, const std::string& said, double x, double y, double width) {
    if (width <= 0) width = width_with(ui, button, said);
    const Rect where{x, y, width, ui.px(button_height)};
    // What it does not say itself appears on hover.
    const char* kind = said == button.label ? "button" : "icon";
    const auto touch = ui.touch(button.id, where, kind, button.label, button.enabled, button.chosen);
    if (accessible::Node* node = ui.outline.last()) {
        node->set(accessible::State::has_popup, button.menu);
        if (button.toggles) node->role = accessible::Role::toggle_button;
        node->set(accessible::State::pressed, button.toggles && button.chosen);
    }
    const float faded = button.enabled ? 1.0f : 0.4f;
    ImU32 words = ui.colour(Role::text, faded);
    if (button.look == Look::primary) {
        ui.ink.fill(where, ui.colour(Role::accent, touch.held ? 0.8f : touch.hovered ? 0.9f : faded), ui.px(6));
        words = ui.colour(Role::on_accent);
    } else {
        if (button.chosen) ui.ink.fill(where, ui.colour(Role::accent, 0.14f), ui.px(6));
        if (touch.hovered) ui.ink.fill(where, ui.colour(Role::text, touch.held ? 0.14f : 0.07f), ui.px(6));
        if (button.look == Look::plain) ui.ink.frame(where, ui.colour(Role::line, faded), ui.px(6), ui.px(1));
        if (button.chosen) words = ui.colour(Role::accent);
        else if (button.look == Look::ghost && !touch.hovered) words = ui.colour(Role::secondary, faded);
    }
    const double middle = y + where.height / 2, side = ui.px(icon_side);
    double pen = x + (said.empty() ? std::round((width - side) / 2) : ui.px(button.look == Look::ghost ? 8 : 12));
    if (button.icon) {
        ui.ink.icon(*button.icon, {pen, std::round(middle - side / 2), side, side}, words);
        pen += side + ui.px(6);
    }
    if (!said.empty()) {
        const double room = x + width - pen - ui.px(6) - (button.menu ? side : 0);
        pen += ui.word(said, Type::body, false, pen, middle, words, std::max(room, 1.0));
    }
    if (button.menu)
        ui.ink.icon(Icon::unfolded, {x + width - side - ui.px(8), std::round(middle - side / 2), side, side},
                    ui.colour(Role::secondary, faded));
    return touch.pressed;
}

const std::string& said_by(const Button& button) {
    static const std::string nothing;
    return button.icon_only ? nothing : button.label;
}

}  // namespace

double width_of(const Ui& ui, const Button& button) { return width_with(ui, button, said_by(button)); }

double width_of(const Ui& ui, const Button& button, const std::string& caption) {
    return width_with(ui, button, caption);
}

bool button(Ui& ui, const Button& button, double x, double y, double width) {
    return draw(ui, button, said_by(button), x, y, width);
}

bool button(Ui& ui, const Button& button, const std::string& caption, double x, double y, double width) {
    return draw(ui, button, caption, x, y, width);
}

// The bold width is reserved for both states, so that nothing moves when the choice does.
double width_of_tab(const Ui& ui, const std::string& label) {
    return std::round(ui.set(label, Type::body, true).width() + ui.px(24));
}

bool tab(Ui& ui, const std::string& id, const std::string& label, bool chosen, double& x, double y, double height) {
    const auto lines = ui.set(label, Type::body, chosen);
    const double width = width_of_tab(ui, label);
    const auto touch = ui.touch(id, {x, y + ui.px(6), width, height - ui.px(12)}, "tab", label, true, chosen);
    if (touch.hovered)
        ui.ink.fill({x, y + ui.px(6), width, height - ui.px(12)}, ui.colour(Role::text, 0.07f), ui.px(6));
    ui.ink.text(lines, x + std::round((width - lines.width()) / 2), y + std::round((height - lines.height()) / 2), 0,
                ui.colour(chosen || touch.hovered ? Role::text : Role::secondary));
    if (chosen)
        ui.ink.fill({x + ui.px(12), y + height - ui.px(2), width - ui.px(24), ui.px(2)}, ui.colour(Role::accent));
    x += width;
    return touch.pressed;
}

Button favourite_button(const Ui& ui, const document::Target& page) {
    const bool kept = ui.library.is_favourite(page);
    return {"favourite", kept ? ui.words().window_favourite_remove() : ui.words().window_favourite_add(),
            kept ? Icon::starred : Icon::star, Look::plain, true};
}

bool chip(Ui& ui, const std::string& id, const std::string& label, double x, double y, double* taken) {
    const auto lines = ui.set(label, Type::body);
    const Rect where{x, y, std::round(lines.width() + ui.px(24)), ui.px(30)};
    const auto touch = ui.touch(id, where, "button", label);
    ui.ink.fill(where, ui.colour(Role::surface), where.height / 2);
    ui.ink.frame(where, ui.colour(touch.hovered ? Role::accent : Role::line), where.height / 2, ui.px(1));
    ui.ink.text(lines, x + ui.px(12), y + std::round((where.height - lines.height()) / 2), 0,
                ui.colour(touch.hovered ? Role::accent : Role::text));
    if (taken) *taken = where.width;
    return touch.pressed;
}

bool link(Ui& ui, const std::string& id, const std::string& label, Type type, double x, double y) {
    const auto lines = ui.set(label, type);
    const Rect where{x, y, lines.width(), lines.height()};
    const auto touch = ui.touch(id, where, "link", label);
    ui.ink.text(lines, x, y, 0, ui.colour(Role::accent));
    if (touch.hovered)
        ui.ink.line(x, y + lines.baseline() + ui.px(2), x + lines.width(), y + lines.baseline() + ui.px(2),
                    ui.colour(Role::accent), ui.px(1));
    return touch.pressed;
}

Ui::Touch row(Ui& ui, const std::string& id, const std::string& label, const Rect& where, bool chosen) {
    const auto touch = ui.touch(id, where, "row", label, true, chosen);
    if (chosen) ui.ink.fill(where, ui.colour(Role::accent, 0.13f), ui.px(6));
    if (touch.hovered) ui.ink.fill(where, ui.colour(Role::text, touch.held ? 0.1f : 0.06f), ui.px(6));
    return touch;
}

Sentence class_words(int digit) {
    constexpr Sentence words[] = {&Words::window_class_1, &Words::window_class_2, &Words::window_class_3,
                                  &Words::window_class_4, &Words::window_class_5, &Words::window_class_6};
    return words[digit - 1];
}

double code_mark(Ui& ui, int code, Type type, double x, double middle) {
    const double size = ui.style(type).size;
    const double side = std::round(size * (type == Type::code ? 0.72 : 0.8));
    const ImU32 shade = ui.colour(role_of_class(code));
    ui.ink.icon(icon_of_class(code), {x, std::round(middle - side / 2), side, side}, shade);
    const double gap = std::round(size * 0.38);
    return side + gap + ui.word(std::to_string(code), type, true, x + side + gap, middle, ui.colour(Role::text));
}

std::optional<double> slider(Ui& ui, const std::string& id, const std::string& label, const Rect& where, double value) {
    const auto touch = ui.touch(id, where, "slider", label);
    const double knob = ui.px(7), middle = where.y + where.height / 2;
    const double run = where.width - 2 * knob, left = where.x + knob;
    std::optional<double> moved;
    if (accessible::Node* node = ui.outline.last()) node->value = std::clamp(value, 0.0, 1.0);
    if (const auto asked = ui.take_asked(accessible::Wish::Kind::value, id)) moved = std::clamp(asked->value, 0.0, 1.0);
    if (touch.held) moved = std::clamp((ui.mouse_x() - left) / std::max(1.0, run), 0.0, 1.0);
    const double at = left + run * std::clamp(moved.value_or(value), 0.0, 1.0);
    const double thick = ui.px(4);
    ui.ink.fill({left, middle - thick / 2, run, thick}, ui.colour(Role::line), thick / 2);
    ui.ink.fill({left, middle - thick / 2, at - left, thick}, ui.colour(Role::accent), thick / 2);
    const double radius = touch.hovered || touch.held ? knob : knob - ui.px(1);
    ui.ink.fill({at - radius, middle - radius, 2 * radius, 2 * radius}, ui.colour(Role::accent), radius);
    return moved;
}

document::Text marked_words(const std::string& sentence) {
    return document::text_of_markup(sentence, [](const document::Target&) { return std::nullopt; });
}

document::Target linked_text(Ui& ui, const std::string& id, const document::Text& text, Type type, Rect& where) {
    const auto lines = ui.ink.set(text, ui.style(type), std::floor(where.width), ui.language());
    where.height = lines.height();
    document::Target pressed;
    const auto is_link = [&](std::size_t span) {
        return !std::holds_alternative<std::monostate>(text.spans[span].target);
    };
    for (std::size_t span = 0; span < text.spans.size(); ++span) {
        if (!is_link(span)) continue;
        std::size_t part = 0;
        for (const Rect& box : ui.ink.boxes_of(lines, span, where.x, where.y, std::floor(where.width)))
            if (ui.touch(id + ":" + std::to_string(span) + "." + std::to_string(part++), box, "link",
                         text.spans[span].text)
                    .pressed)
                pressed = text.spans[span].target;
    }
    ui.ink.text(lines, where.x, where.y, std::floor(where.width),
                [&](std::size_t span) { return ui.colour(is_link(span) ? Role::accent : Role::text); });
    return pressed;
}

void draw_hint(Ui& ui, const Rect& where, const document::Text& words) {
    const accessible::Outline::Hush hush(ui.outline);  // of what is under the mouse
    auto lines = ui.ink.set(words, ui.style(Type::caption), 0, ui.language());
    if (lines.width() > ui.px(360)) lines = ui.ink.set(words, ui.style(Type::caption), ui.px(360), ui.language());
    const double width = lines.width() + ui.px(16), height = lines.height() + ui.px(8);
    double x = where.x + where.width / 2 - width / 2;
    double y = where.y + where.height + ui.px(6);
    if (y + height > ui.ink.height() - ui.px(4)) y = where.y - height - ui.px(6);
    x = std::clamp(x, ui.px(4), std::max(ui.px(4), ui.ink.width() - width - ui.px(4)));
    ui.ink.fill({x, y, width, height}, ui.colour(Role::text), ui.px(4));
    ui.ink.text(lines, x + ui.px(8), y + ui.px(4), lines.width(), ui.colour(Role::background));
}

void hint_of_hovered(Ui& ui) {
    const Ui::Thing* found = nullptr;
    for (const Ui::Thing& thing : ui.things())
        if (thing.kind == "icon" && !thing.label.empty() &&
            ((contains(thing.where, ui.mouse_x(), ui.mouse_y()) && thing.layer == ui.top_layer()) ||
             (thing.focused && ui.focus_by_key())))
            found = &thing;
    if (found) draw_hint(ui, found->where, document::plain(found->label));
}

void hairline(Ui& ui, double x, double y, double width) {
    ui.ink.line(x, y, x + width, y, ui.colour(Role::line), std::max(1.0, ui.px(1)));
}

}  // namespace sipdex::window
