#include "window/views/keys_view.h"

namespace sipdex::window {

namespace {

struct Row { const char* keys; const char* label; };
constexpr Row rows[] = {
    {"Ctrl+K   /", "window_key_search"},     {"Esc", "window_key_escape"},
    {"Alt+←   Alt+→", "window_key_history"}, {"Tab   Shift+Tab", "window_key_focus"},
    {"Enter   Space", "window_key_press"},   {"↑   ↓", "window_key_rows"},
    {"PgUp   PgDn   Home   End", "window_key_scroll"}, {"Ctrl+E", "window_key_sheet"},
    {"Space", "window_key_play"},            {"←   →", "window_key_step"},
    {"Home   End", "window_key_ends"},       {"T   L   D", "window_key_switches"},
    {"+   −   F", "window_key_zoom"},        {"Ctrl+↕   Shift+↕", "window_key_wheel"},
    {"P   O", "window_key_present"},         {"W   X", "window_key_what_if"},
    {"Ctrl++   Ctrl+−   Ctrl+0", "window_key_size"},
    {"Ctrl+Q", "window_key_quit"},           {"F1", "window_key_keys"},
};

}  // namespace

void KeysView::draw(Ui& ui, const Rect& where, Place&, Wishes& wishes) {
    if (loaded_ != ui.language()) {
        loaded_ = ui.language();
        document::Document page;
        page.language = ui.language();
        page.title = ui.say("window_keys");
        document::FactTable table;
        for (const Row& row : rows) table.rows.push_back({document::wire(row.keys), {document::plain(ui.say(row.label))}, false});
        page.sections.push_back({"keys", "", {std::move(table)}, false, false});
        page_.show(std::move(page));
    }
    follow(page_.draw(ui, "keys", where, scroll_).target, wishes);
}

}  // namespace sipdex::window
