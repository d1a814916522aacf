#include "window/workbench/keys_sheet.h"

#include <algorithm>

#include "window/kit/dialog.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

struct Row {
    const char* keys;
    Sentence label;
};
constexpr Row rows[] = {
    {"Ctrl+K   /", &Words::window_key_search},
    {"Esc", &Words::window_key_escape},
    {"Ctrl+F", &Words::window_key_find},
    {"Alt+←   Alt+→", &Words::window_key_history},
    {"Alt+↑   Alt+↓", &Words::window_key_neighbours},
    {"Ctrl+1   Ctrl+2   Ctrl+3   Ctrl+4   Ctrl+5", &Words::window_key_views},
    {"Ctrl+B", &Words::window_key_list},
    {"Tab   Shift+Tab", &Words::window_key_focus},
    {"Enter   Space", &Words::window_key_press},
    {"1   2   3 …", &Words::window_key_answers},
    {"↑   ↓", &Words::window_key_rows},
    {"PgUp   PgDn   Home   End", &Words::window_key_scroll},
    {"Ctrl+A", &Words::window_key_select_all},
    {"Ctrl+C", &Words::window_key_ticket},
    {"Ctrl+L", &Words::window_key_link},
    {"Ctrl+D", &Words::window_key_favourite},
    {"Ctrl+N", &Words::window_key_note},
    {"Ctrl+E   Ctrl+P   Ctrl+S", &Words::window_key_sheet},
    {"Ctrl+O", &Words::window_key_open},
    {"Ctrl+V", &Words::window_key_paste},
    {"Space", &Words::window_key_mark},
    {"PgUp   PgDn", &Words::window_key_preview},
    {"Space", &Words::window_key_play},
    {"←   →", &Words::window_key_step},
    {"Home   End", &Words::window_key_ends},
    {"T   L   D", &Words::window_key_switches},
    {"+   −   F", &Words::window_key_zoom},
    {"Ctrl+↕   Shift+↕", &Words::window_key_wheel},
    {"P   O", &Words::window_key_present},
    {"W   X", &Words::window_key_what_if},
    {"Ctrl++   Ctrl+−   Ctrl+0", &Words::window_key_size},
    {"F1   ?", &Words::window_key_keys},
    {"Ctrl+Q", &Words::window_key_quit},
};

document::Document page_of_keys(const Ui& ui) {
    document::Document page;
    page.language = ui.language();
    page.title = ui.words().window_keys();
    document::FactTable table;
    for (const Row& row : rows)
        table.rows.push_back({document::wire(row.keys), {document::plain(ui.say(row.label))}, false});
    page.sections.push_back({"keys", "", {std::move(table)}, false, false});
    return page;
}

}  // namespace

void KeysSheet::open(Ui& ui) {
    open_ = true;
    scroll_ = {};
    ui.set_focus({}, false);
}

void KeysSheet::draw(Ui& ui) {
    if (!open_) return;
    if (language_ != ui.language()) {
        language_ = ui.language();
        page_.show(page_of_keys(ui));
    }
    const double wanted = scroll_.content > 0 ? scroll_.content + ui.px(8) : ui.ink.height();
    const Rect box = open_dialog(ui, ui.words().window_keys(), ui.px(860), wanted);
    const double edge = ui.px(4), side = ui.px(button_height);
    page_.draw(ui, "keys", {box.x + edge, box.y + edge, box.width - 2 * edge, box.height - 2 * edge}, scroll_);
    const bool closed = button(ui, {"close-keys", ui.words().window_close(), Icon::close, Look::ghost, true},
                               box.x + box.width - side - ui.px(16), box.y + ui.px(10));
    const auto& clicks = ui.input.clicks();
    const bool beside = std::ranges::find(clicks, 0) != clicks.end() && !contains(box, ui.mouse_x(), ui.mouse_y());
    ui.close_layer();
    if (!closed && !beside) return;
    open_ = false;
    ui.keep_moving();
}

}  // namespace sipdex::window
