#include "window/workbench/notes_dialog.h"

#include <fmt/format.h>

#include "window/kit/dialog.h"
#include "window/kit/one_line.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

void NotesDialog::open(Ui& ui, const document::Target& page, std::string title) {
    page_ = page;
    title_ = std::move(title);
    trouble_.clear();
    lines_.clear();
    for (KeptNote& note : ui.library.notes(page)) lines_.push_back({note, in_one_line(note.text)});
    lines_.push_back({});
    scroll_ = {};
    scroll_.content = ui.px(140) + ui.px(64) * double(lines_.size());  // about, until it is drawn
    open_ = true;
    ui.set_focus(fmt::format("note:{}", lines_.size() - 1));
}

// What cannot be kept stays in its field, and why is said.
void NotesDialog::save(Ui& ui) {
    trouble_.clear();
    bool changed = false;
    for (Line& line : lines_) {
        const std::string text = in_lines(line.typed);
        if (text == line.note.text) continue;
        changed = true;
        if (std::string why = ui.library.set_note(page_, line.note.id, text); !why.empty()) trouble_ = std::move(why);
    }
    ui.keep_moving();
    if (!trouble_.empty()) return;
    open_ = false;
    if (changed) ui.tell(ui.words().window_notes_saved());
}

void NotesDialog::draw_lines(Ui& ui, double x, double& y, double width, bool& entered) {
    const auto lead = ui.set(ui.words().window_notes_lead(), Type::caption, false, width);
    ui.ink.text(lead, x, y, width, ui.colour(Role::secondary));
    y += lead.height() + ui.px(14);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        Line& line = lines_[i];
        const std::string label = line.note.id.empty() ? ui.words().window_note_new() : line.note.by;
        ui.word(label, Type::caption, true, x, y + ui.px(8), ui.colour(Role::secondary), width);
        y += ui.px(20);
        entered = field(ui, fmt::format("note:{}", i), ui.words().window_note_hint(), line.typed,
                        {x, y, width, ui.px(36)}, false, 16'384) ||
                  entered;
        y += ui.px(36 + 12);
    }
    if (trouble_.empty()) return;
    const auto words = ui.set(trouble_, Type::body, false, width - ui.px(28));
    const double side = ui.px(16);
    ui.ink.icon(Icon::warning, {x, y + ui.px(3), side, side}, ui.colour(Role::text));
    ui.ink.text(words, x + ui.px(28), y, width - ui.px(28), ui.colour(Role::text));
    y += words.height() + ui.px(8);
}

void NotesDialog::draw(Ui& ui) {
    if (!open_) return;
    const double above = ui.px(60), below = ui.px(button_height + 30), pad = ui.px(24);
    const std::string name = ui.words().window_notes_title(title_);
    const Rect box = open_dialog(ui, name, ui.px(600), above + scroll_.content + below);
    dialog_title(ui, name, box, pad);
    const double left = box.x + pad, inner = box.width - 2 * pad;

    const Rect middle{left - ui.px(4), box.y + above, inner + ui.px(4 + 18), box.height - above - below};
    ui.begin_scroll("notes", middle, scroll_);
    double y = middle.y - scroll_.at;
    bool entered = false;
    draw_lines(ui, left, y, inner, entered);
    ui.end_scroll(y + scroll_.at - middle.y);

    const double bottom = box.y + box.height - ui.px(22 + button_height), gap = ui.px(8);
    const Button go{"save-notes", ui.words().window_note_save(), std::nullopt, Look::primary};
    const Button cancel{"close-notes", ui.words().window_cancel(), std::nullopt, Look::plain};
    const double go_at = left + inner - width_of(ui, go);
    if (button(ui, cancel, go_at - gap - width_of(ui, cancel), bottom)) {
        open_ = false;
        ui.keep_moving();
    }
    if (button(ui, go, go_at, bottom) || entered) save(ui);
    ui.close_layer();
}

}  // namespace sipdex::window
