// The field to type in: every script that the typesetter can set, with what an input method is composing.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "language/characters.h"
#include "window/kit/one_line.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

using Reach = TextEdit::Reach;

constexpr std::size_t most_shown =
    2000;  // octets on each side of the caret: a paste of 64 kB would take long to be set

// Where a field is entered for the first time, or again by its key, all of it is selected: typing replaces it.
Ui::Editing& editing_of(Ui& ui, const std::string& id, const std::string& typed) {
    Ui::Editing& editing = ui.editing;
    const bool fresh = editing.id != id;
    if (fresh) editing = {id, {}, 0, -1e9, false};
    editing.edit.show(typed);
    if (fresh || ui.took_focus(id)) editing.edit.select_all();
    return editing;
}

// Whether the key was one of editing, and was done.
bool edited(Ui& ui, TextEdit& edit, const Press& press, std::size_t most) {
    if (press.alt) return false;
    const bool mirrored = ui.ink.mirrored(), shift = press.shift;
    const Reach reach = press.control ? Reach::word : Reach::letter;
    switch (press.key) {
        case Key::left: edit.move(reach, mirrored, shift); return true;
        case Key::right: edit.move(reach, !mirrored, shift); return true;
        case Key::home: edit.move(Reach::line, false, shift); return true;
        case Key::end: edit.move(Reach::line, true, shift); return true;
        case Key::backspace: edit.erase(reach, false); return true;
        case Key::del: edit.erase(reach, true); return true;
        default: break;
    }
    if (!press.control) return press.key == Key::space;  // its character comes by itself
    switch (press.key) {
        case Key::a: edit.select_all(); return true;
        case Key::x:
        case Key::c:
            if (const std::string words = edit.selected(); !words.empty()) ImGui::SetClipboardText(words.c_str());
            if (press.key == Key::x && !edit.selected().empty()) edit.insert({}, most);
            return true;
        case Key::v:
            if (const char* words = ImGui::GetClipboardText()) edit.insert(in_one_line(words), most);
            return true;
        case Key::z:
            if (shift) edit.redo();
            else edit.undo();
            return true;
        case Key::y: edit.redo(); return true;
        default: return false;
    }
}

// What is drawn: the text around the caret, with what is being composed at it.
struct Shown {
    std::string text;
    std::size_t from = 0;                        // of the text, the first octet that is drawn
    std::size_t composed = 0, composed_end = 0;  // in what is drawn
    std::size_t caret = 0;
};

Shown shown_of(const std::string& text, std::size_t caret, const Composition& composition) {
    Shown shown;
    const auto at_letter = [&](std::size_t at) {
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
        return std::min(at, text.size());
    };
    shown.from = caret > most_shown ? at_letter(caret - most_shown) : 0;
    const std::size_t end = at_letter(std::min(text.size(), caret + most_shown));
    shown.text = text.substr(shown.from, caret - shown.from);
    shown.composed = shown.text.size();
    shown.text += composition.text;
    shown.composed_end = shown.text.size();
    shown.caret = shown.composed + std::min(composition.caret, composition.text.size());
    shown.text += text.substr(caret, end - caret);
    return shown;
}

class Line {
public:
    Line(Ui& ui, const Rect& where, const Shown& shown)
        : ui_(ui), where_(where), shown_(shown), lines_(ui.set(shown.text, Type::body)) {}

    double width() const { return lines_.width(); }
    double caret_x(double scroll) const {
        return ui_.ink.caret_of(lines_, shown_.caret, where_.x - scroll, 0, lines_.width());
    }
    // The place in the whole text that is nearest to the mouse.
    std::size_t at_mouse(double scroll) const {
        const std::size_t at =
            ui_.ink.offset_at(lines_, where_.x - scroll, top(), lines_.width(), ui_.input.x(), top() + 1);
        return shown_.from + std::min(at, shown_.text.size());
    }
    void draw(double scroll, std::size_t first, std::size_t last) const {
        const double x = where_.x - scroll;
        const auto boxes = [&](std::size_t from, std::size_t to) {
            return ui_.ink.boxes_between(lines_, from, to, x, top(), lines_.width());
        };
        for (const Rect& box : boxes(first, last)) ui_.ink.fill(box, ui_.colour(Role::accent, 0.3f));
        ui_.ink.text(lines_, x, top(), lines_.width(), ui_.colour(Role::text));
        for (const Rect& box : boxes(shown_.composed, shown_.composed_end))
            ui_.ink.line(box.x, box.y + box.height - ui_.px(2), box.x + box.width, box.y + box.height - ui_.px(2),
                         ui_.colour(Role::accent), std::max(1.0, ui_.px(1)));
    }
    Rect caret(double scroll) const {
        const double wide = std::max(1.0, std::round(ui_.px(1)));
        return {caret_x(scroll), top() + ui_.px(1), wide, lines_.height() - ui_.px(2)};
    }

private:
    double top() const { return where_.y + std::round((where_.height - lines_.height()) / 2); }

    Ui& ui_;
    Rect where_;
    const Shown& shown_;
    typeset::Lines lines_;
};

// A press puts the caret, two select a word, drawing selects. The press that gave the field the focus does nothing else.
void take_mouse(Ui& ui, Ui::Editing& editing, const Ui::Touch& touch, const Line& line, bool had_focus) {
    const auto& clicks = ui.input.clicks();
    const bool clicked = touch.hovered && std::ranges::find(clicks, 0) != clicks.end();
    if (clicked && had_focus) {
        const std::size_t at = line.at_mouse(editing.scroll);
        const bool again = ui.seconds() - editing.pressed_at < double_press && !editing.edit.text().empty();
        editing.drawing = !again;
        editing.pressed_at = again ? -1e9 : ui.seconds();
        if (again) editing.edit.select_word(at);
        else editing.edit.put_caret(at, false);
    } else if (clicked) {
        editing.drawing = false;
    } else if (touch.held && editing.drawing) {
        editing.edit.put_caret(line.at_mouse(editing.scroll), true);
    }
}

std::size_t octets_before(const std::string& text, int characters) {
    return language::utf8_of(language::characters_of(text).substr(0, std::size_t(std::max(0, characters)))).size();
}

// What somebody who does not see the field wants done to it.
void do_as_asked(TextEdit& edit, const accessible::Wish& asked, std::size_t most) {
    using Kind = accessible::Wish::Kind;
    const std::size_t first = octets_before(edit.text(), asked.offset), last = octets_before(edit.text(), asked.to);
    switch (asked.kind) {
        case Kind::caret: edit.put_caret(first, false); break;
        case Kind::select:
            edit.put_caret(first, false);
            edit.put_caret(last, true);
            break;
        case Kind::copy:
            if (first < last) ImGui::SetClipboardText(edit.text().substr(first, last - first).c_str());
            break;
        case Kind::cut:
            if (first < last) ImGui::SetClipboardText(edit.text().substr(first, last - first).c_str());
            edit.put_part(first, last, {}, most);
            break;
        case Kind::paste:
            if (const char* held = ImGui::GetClipboardText()) edit.put_part(first, first, in_one_line(held), most);
            break;
        case Kind::edit: edit.put_part(first, last, in_one_line(asked.words), most); break;
        case Kind::press:
        case Kind::focus:
        case Kind::show:
        case Kind::value: break;
    }
}

// The same where the field is not being typed in. What is done then cannot be undone by the keys.
void edit_from_afar(Ui& ui, const std::string& id, std::string& typed, std::size_t most) {
    while (const auto asked = ui.take_asked(id)) {
        TextEdit edit;
        edit.show(typed);
        do_as_asked(edit, *asked, most);
        if (edit.text() == typed) continue;
        typed = edit.text();
        ui.keep_moving();
    }
}

void edit_line(Ui& ui, const std::string& id, std::string& typed, const Rect& where, const Ui::Touch& touch,
               std::size_t most) {
    const bool had_focus = ui.editing.id == id;
    Ui::Editing& editing = editing_of(ui, id, typed);
    TextEdit& edit = editing.edit;
    while (const auto asked = ui.take_asked(id)) do_as_asked(edit, *asked, most);
    ui.input.take_presses([&](const Press& press) { return edited(ui, edit, press, most); });
    for (const unsigned character : ui.input.take_characters()) {
        const char32_t one[] = {static_cast<char32_t>(character), 0};
        edit.insert(language::utf8_of({one, 1}), most);
    }
    {
        const Shown shown = shown_of(edit.text(), edit.caret(), {});
        take_mouse(ui, editing, touch, Line(ui, where, shown), had_focus);
    }
    const Shown shown = shown_of(edit.text(), edit.caret(), ui.input.composition());
    const Line line(ui, where, shown);
    // The caret stays in sight, and no room is wasted behind the end.
    const double room = where.width - ui.px(2), at = std::abs(line.caret_x(0) - where.x);
    editing.scroll = std::clamp(editing.scroll, std::max(0.0, at - room), std::max(0.0, at));
    editing.scroll = std::min(editing.scroll, std::max(0.0, line.width() - room));
    const auto [first, last] = edit.selection();
    const auto in_shown = [&](std::size_t offset) {
        return std::clamp(offset, shown.from, shown.from + shown.text.size()) - shown.from;
    };
    ui.ink.push_clip(where);
    line.draw(editing.scroll, in_shown(first), in_shown(last));
    const Rect caret = line.caret(editing.scroll);
    ui.ink.fill(caret, ui.colour(Role::text));
    ui.ink.pop_clip();
    ui.text_caret = ui.ink.on_screen(caret);
    if (edit.text() == typed) return;
    typed = edit.text();
    ui.keep_moving();
}

}  // namespace

namespace {

// What is typed, for those who do not see it.
void write_down(Ui& ui, const std::string& id, const std::string& typed, bool edited, const Rect& where) {
    accessible::Node* node = ui.outline.last();
    if (!node) return;
    const auto count = [&typed](std::size_t octets) {
        return static_cast<int>(language::characters_of(std::string_view(typed).substr(0, octets)).size());
    };
    node->prose = ui.outline.line(id, typed, ui.box_of({0, 0, where.width, where.height}));
    const accessible::Box corner = ui.box_of(where);
    node->prose_x = corner.x;
    node->prose_y = corner.y;
    node->caret = 0;
    if (!edited) return;
    const auto [from, to] = ui.editing.edit.selection();
    node->caret = count(ui.editing.edit.caret());
    if (from == to) return;
    node->selected_from = count(from);
    node->selected_to = count(to);
}

}  // namespace

bool field(Ui& ui, const std::string& id, const std::string& hint, std::string& typed, const Rect& where,
           bool with_icon, std::size_t most) {
    const auto touch = ui.touch(id, where, "field", hint, true);
    const bool focused = ui.focused(id), mine = focused && ui.on_top();
    std::optional<accessible::Outline::Hush> hush(std::in_place, ui.outline);  // of words that are its own text
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
    const Rect box{left, where.y, std::max(ui.px(20), right - left), where.height};
    if (!mine && ui.on_top()) edit_from_afar(ui, id, typed, most);
    const bool entered = mine && ui.input.take_press(Key::enter);
    if (typed.empty() && (!mine || ui.input.composition().text.empty()))
        ui.word(hint, Type::body, false, left, where.y + where.height / 2, ui.colour(Role::secondary), box.width);
    // What is typed ahead waits for a dialog that has just opened and is not on top yet.
    if (focused && !mine) ui.input.hold_characters();
    if (mine) {
        edit_line(ui, id, typed, box, touch, most);
    } else {
        if (ui.editing.id == id) ui.editing.id.clear();
        const Shown shown = shown_of(typed, 0, {});
        ui.ink.push_clip(box);
        if (!typed.empty()) Line(ui, box, shown).draw(0, 0, 0);
        ui.ink.pop_clip();
    }
    hush.reset();
    write_down(ui, id, typed, mine, box);
    if (clearing) {
        const double side = ui.px(12);
        const Rect clear{where.x + where.width - clear_side - ui.px(4), where.y + (where.height - clear_side) / 2,
                         clear_side, clear_side};
        const auto cross = ui.touch(id + "/clear", clear, "icon", ui.words().window_clear());
        if (cross.hovered) ui.ink.fill(clear, ui.colour(Role::text, 0.08f), ui.px(4));
        ui.ink.icon(Icon::close, {clear.x + (clear_side - side) / 2, clear.y + (clear_side - side) / 2, side, side},
                    ui.colour(Role::secondary));
        if (cross.pressed) {
            typed.clear();
            ui.set_focus(id);
        }
    }
    return entered;
}

}  // namespace sipdex::window
