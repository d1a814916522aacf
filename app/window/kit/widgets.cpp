#include "window/kit/widgets.h"

#include <imgui.h>
#include <imgui_internal.h>  // ClearActiveID: the focus leaves a field when ours goes elsewhere
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>

#include "document/markup.h"

namespace sipdex::window {

namespace {

constexpr double icon_side = 16;

ImVec4 as_vector(ImU32 colour) { return ImGui::ColorConvertU32ToFloat4(colour); }

// How a field of Dear ImGui looks and is called, put back also when something in it throws.
class FieldLook {
public:
    FieldLook(const Ui& ui, const std::string& id) : disabled_(!ui.on_top()) {
        ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, 0});
        ImGui::PushStyleColor(ImGuiCol_FrameBg, {0, 0, 0, 0});
        ImGui::PushStyleColor(ImGuiCol_Text, as_vector(ui.colour(Role::text)));
        ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, as_vector(ui.colour(Role::accent, 0.35f)));
        ImGui::PushID(id.c_str());
        // What lies above takes the mouse; the field below must not see it.
        if (disabled_) ImGui::PushItemFlag(ImGuiItemFlags_Disabled, true);
    }
    ~FieldLook() {
        if (disabled_) ImGui::PopItemFlag();
        ImGui::PopID();
        ImGui::PopStyleColor(3);
        ImGui::PopStyleVar();
    }
    FieldLook(const FieldLook&) = delete;
    FieldLook& operator=(const FieldLook&) = delete;

private:
    bool disabled_;
};

// Leaves out the control characters that Dear ImGui lets through from a paste, and cuts what was typed to the octets that
// a field takes, between two characters.
int keep_fit(ImGuiInputTextCallbackData* typed) {
    if (typed->EventFlag == ImGuiInputTextFlags_CallbackCharFilter)
        return typed->EventChar >= 0x7f && typed->EventChar < 0xa0;
    int end = *static_cast<const int*>(typed->UserData);
    if (typed->BufTextLen <= end) return 0;
    while (end > 0 && (static_cast<unsigned char>(typed->Buf[end]) & 0xC0) == 0x80) --end;
    typed->DeleteChars(end, typed->BufTextLen - end);
    return 0;
}

// Latin beyond that of western Europe, Greek, Cyrillic: U+0100 to U+053F and U+1000 to U+1FFF.
bool has_further_letters(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto octet = static_cast<unsigned char>(c);
        return (octet >= 0xC4 && octet <= 0xD4) || octet == 0xE1;
    });
}

}  // namespace

double width_of(const Ui& ui, const Button& button) {
    if (button.icon_only) return ui.px(button_height);
    double width = ui.set(button.label, Type::body).width() + ui.px(button.look == Look::ghost ? 16 : 24);
    if (button.icon) width += ui.px(icon_side + 6);
    if (button.menu) width += ui.px(icon_side + 2);
    return std::round(width);
}

bool button(Ui& ui, const Button& button, double x, double y, double width) {
    if (width <= 0) width = width_of(ui, button);
    const Rect where{x, y, width, ui.px(button_height)};
    const auto touch =
        ui.touch(button.id, where, button.icon_only ? "icon" : "button", button.label, button.enabled, button.chosen);
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
    double pen = x + (button.icon_only ? std::round((width - side) / 2) : ui.px(button.look == Look::ghost ? 8 : 12));
    if (button.icon) {
        ui.ink.icon(*button.icon, {pen, std::round(middle - side / 2), side, side}, words);
        pen += side + ui.px(6);
    }
    if (!button.icon_only) {
        const double room = x + width - pen - ui.px(6) - (button.menu ? side : 0);
        pen += ui.word(button.label, Type::body, false, pen, middle, words, std::max(room, 1.0));
    }
    if (button.menu)
        ui.ink.icon(Icon::unfolded, {x + width - side - ui.px(8), std::round(middle - side / 2), side, side},
                    ui.colour(Role::secondary, faded));
    return touch.pressed;
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
    if (touch.held) moved = std::clamp((ui.mouse_x() - left) / std::max(1.0, run), 0.0, 1.0);
    const double at = left + run * std::clamp(moved.value_or(value), 0.0, 1.0);
    const double thick = ui.px(4);
    ui.ink.fill({left, middle - thick / 2, run, thick}, ui.colour(Role::line), thick / 2);
    ui.ink.fill({left, middle - thick / 2, at - left, thick}, ui.colour(Role::accent), thick / 2);
    const double radius = touch.hovered || touch.held ? knob : knob - ui.px(1);
    ui.ink.fill({at - radius, middle - radius, 2 * radius, 2 * radius}, ui.colour(Role::accent), radius);
    return moved;
}

bool field(Ui& ui, const std::string& id, const std::string& hint, std::string& typed, const Rect& where,
           bool with_icon, std::size_t most) {
    const auto touch = ui.touch(id, where, "field", hint, true);
    const bool mine = ui.focused(id) && ui.on_top();
    ui.ink.fill(where, ui.colour(Role::background), ui.px(6));
    ui.ink.frame(where, ui.colour(mine ? Role::accent : Role::line), ui.px(6), ui.px(mine ? 2 : 1));
    double left = where.x + ui.px(10);
    if (with_icon) {
        const double side = ui.px(16);
        ui.ink.icon(Icon::search, {left, where.y + std::round((where.height - side) / 2), side, side},
                    ui.colour(Role::secondary));
        left += side + ui.px(8);
    }
    const double clear_side = ui.px(24);
    const bool clearing = with_icon && !typed.empty();
    const double right = where.x + where.width - (clearing ? clear_side + ui.px(4) : ui.px(8));
    const double width = std::max(ui.px(20), right - left);
    if (typed.empty())
        ui.word(hint, Type::body, false, left, where.y + where.height / 2, ui.colour(Role::secondary), width);

    const Rect box = ui.ink.on_screen({left, where.y, width, where.height});
    const float line = ImGui::GetFontSize();
    ImGui::SetCursorScreenPos({float(box.x), float(std::round(where.y + (where.height - line) / 2))});
    ImGui::SetNextItemWidth(float(width));
    bool entered = false;
    {
        const FieldLook look(ui, id);
        const ImGuiID text_id = ImGui::GetID("##text");
        if (mine && ImGui::GetActiveID() != text_id) {
            ImGui::SetKeyboardFocusHere();
            ui.keep_moving();
        }
        if (!mine && ImGui::GetActiveID() == text_id) ImGui::ClearActiveID();
        entered = mine && ui.input.take_press(Key::enter);
        int octets = int(most);
        ImGui::InputText("##text", &typed,
                         ImGuiInputTextFlags_AutoSelectAll | ImGuiInputTextFlags_CallbackEdit |
                             ImGuiInputTextFlags_CallbackCharFilter,
                         keep_fit, &octets);
        // ImGui gives Ctrl+V only to a field that was active in the frame before.
        if (mine && (ImGui::GetActiveID() != text_id || ImGui::GetCurrentContext()->ActiveIdPreviousFrame != text_id))
            ui.input.hold_characters();
        if (!ui.all_letters() && has_further_letters(typed)) {
            ui.want_all_letters();
            ui.keep_moving();
        }
    }
    if (clearing) {
        const double side = ui.px(12);
        const Rect clear{where.x + where.width - clear_side - ui.px(4), where.y + (where.height - clear_side) / 2,
                         clear_side, clear_side};
        const auto cross = ui.touch(id + "/clear", clear, "icon", ui.words().window_clear());
        if (cross.hovered) ui.ink.fill(clear, ui.colour(Role::text, 0.08f), ui.px(4));
        ui.ink.icon(Icon::close, {clear.x + (clear_side - side) / 2, clear.y + (clear_side - side) / 2, side, side},
                    ui.colour(Role::secondary));
        if (cross.pressed) {
            ImGui::ClearActiveID();
            typed.clear();
            ui.set_focus(id);
        }
    }
    (void)touch;
    return entered;
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
            ((contains(thing.where, ui.mouse_x(), ui.mouse_y()) && !ui.layer_open()) ||
             (thing.focused && ui.focus_by_key())))
            found = &thing;
    if (found) draw_hint(ui, found->where, document::plain(found->label));
}

void hairline(Ui& ui, double x, double y, double width) {
    ui.ink.line(x, y, x + width, y, ui.colour(Role::line), std::max(1.0, ui.px(1)));
}

}  // namespace sipdex::window
