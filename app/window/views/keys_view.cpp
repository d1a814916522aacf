#include "window/views/keys_view.h"

namespace sipdex::window {

namespace {

struct Row {
    const char* keys;
    Sentence label;
};
constexpr Row rows[] = {
    {"Ctrl+K   /", &Words::window_key_search},
    {"Esc", &Words::window_key_escape},
    {"Alt+←   Alt+→", &Words::window_key_history},
    {"Tab   Shift+Tab", &Words::window_key_focus},
    {"Enter   Space", &Words::window_key_press},
    {"↑   ↓", &Words::window_key_rows},
    {"PgUp   PgDn   Home   End", &Words::window_key_scroll},
    {"Ctrl+E", &Words::window_key_sheet},
    {"Ctrl+C", &Words::window_key_ticket},
    {"Ctrl+L", &Words::window_key_link},
    {"Alt+↑   Alt+↓", &Words::window_key_neighbours},
    {"1   2   3 …", &Words::window_key_answers},
    {"Ctrl+1   Ctrl+2   Ctrl+3   Ctrl+4", &Words::window_key_views},
    {"Ctrl+B", &Words::window_key_list},
    {"Space", &Words::window_key_play},
    {"←   →", &Words::window_key_step},
    {"Home   End", &Words::window_key_ends},
    {"T   L   D", &Words::window_key_switches},
    {"+   −   F", &Words::window_key_zoom},
    {"Ctrl+↕   Shift+↕", &Words::window_key_wheel},
    {"P   O", &Words::window_key_present},
    {"W   X", &Words::window_key_what_if},
    {"Ctrl++   Ctrl+−   Ctrl+0", &Words::window_key_size},
    {"Ctrl+Q", &Words::window_key_quit},
    {"F1   ?", &Words::window_key_keys},
};

}  // namespace

void KeysView::draw(Ui& ui, const Rect& where, Place&, Wishes& wishes) {
    if (loaded_ != ui.language()) {
        loaded_ = ui.language();
        document::Document page;
        page.language = ui.language();
        page.title = ui.words().window_keys();
        document::FactTable table;
        for (const Row& row : rows)
            table.rows.push_back({document::wire(row.keys), {document::plain(ui.say(row.label))}, false});
        page.sections.push_back({"keys", "", {std::move(table)}, false, false});
        page_.show(std::move(page));
    }
    follow(page_.draw(ui, "keys", where, scroll_).target, wishes);
}

}  // namespace sipdex::window
