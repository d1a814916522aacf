#include "window/workbench/commands.h"

#include <fmt/format.h>

#include <algorithm>

#include "language/fold.h"
#include "window/workbench/view_tabs.h"

namespace sipdex::window {

namespace {

struct Listed {
    const char* id;
    Sentence label;
    const char* keys;
};

// In the order in which they are offered.
constexpr Listed of_the_page[] = {
    {"find", &Words::window_find, "Ctrl+F"},
    {"ticket", &Words::window_copy_ticket, "Ctrl+C"},
    {"copy-link", &Words::window_copy_link, "Ctrl+L"},
    {"sheet", &Words::window_save_as_sheet, "Ctrl+E"},
    {"favourite-add", &Words::window_favourite_add, "Ctrl+D"},
    {"favourite-remove", &Words::window_favourite_remove, "Ctrl+D"},
    {"note", &Words::window_note_write, "Ctrl+N"},
    {"previous-code", &Words::window_previous_code, "Alt+↑"},
    {"next-code", &Words::window_next_code, "Alt+↓"},
};
constexpr Listed of_the_window[] = {
    {"home", &Words::window_home, ""},
    {"open-file", &Words::window_evidence_command, "Ctrl+O"},
    {"all-notes", &Words::window_all_notes, ""},
    {"list-close", &Words::window_list_close, "Ctrl+B"},
    {"list-open", &Words::window_list_open, "Ctrl+B"},
    {"theme:light", &Words::window_theme_light, ""},
    {"theme:dark", &Words::window_theme_dark, ""},
    {"theme:high-contrast", &Words::window_theme_contrast, ""},
    {"text-larger", &Words::window_text_larger, "Ctrl++"},
    {"text-smaller", &Words::window_text_smaller, "Ctrl+−"},
    {"text-normal", &Words::window_text_normal, "Ctrl+0"},
    {"keys", &Words::window_keys, "F1"},
    {"quit", &Words::window_quit, "Ctrl+Q"},
};

}  // namespace

std::vector<Command> all_commands(const Ui& ui) {
    std::vector<Command> commands;
    const auto add = [&](const Listed& one) { commands.push_back({one.id, ui.say(one.label), one.keys}); };
    for (const Listed& one : of_the_page) add(one);
    for (const Tab& tab : all_tabs()) {
        const auto number = &tab - all_tabs().data() + 1;
        const std::string keys = number <= tabs_with_keys ? fmt::format("Ctrl+{}", number) : std::string();
        commands.push_back({"view:" + tab.id, ui.say(tab.label), keys});
    }
    for (const Listed& one : of_the_window) add(one);
    for (const Language& one : ui.library.languages())
        if (one.tag != ui.language())
            commands.push_back({"language:" + one.tag, ui.words().window_language(one.name), {}});
    return commands;
}

std::vector<Command> commands_called(const std::vector<Command>& commands, const std::string& typed,
                                     const std::string& language) {
    const std::vector<std::string> wanted = language::folded_words(typed, language);
    std::vector<Command> called;
    if (wanted.empty()) return called;
    for (const Command& one : commands) {
        const std::vector<std::string> words = language::folded_words(one.label, language);
        const auto begins_one = [&](const std::string& begin) {
            return std::ranges::any_of(words, [&](const std::string& word) { return word.starts_with(begin); });
        };
        if (std::ranges::all_of(wanted, begins_one)) called.push_back(one);
    }
    return called;
}

}  // namespace sipdex::window
