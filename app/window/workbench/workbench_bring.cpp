// Captures and logs that come into the window: dropped on it, chosen in a dialog of the desktop, pasted.
#include <imgui.h>

#include <algorithm>

#include "window/kit/file_question.h"
#include "window/workbench/workbench.h"

namespace sipdex::window {

namespace {

std::string clipboard_of_field() {
    const char* text = ImGui::GetClipboardText();
    return text ? text : "";
}

}  // namespace

void Workbench::take_dropped(Wishes& wishes) {
    std::vector<std::string> files = input_.take_dropped();
    if (!files.empty()) wishes.push_back({Wish::Kind::go, {"evidence", {}, std::move(files)}, {}, {}});
}

// Without a dialog the path is typed.
void Workbench::choose_files() {
    if (choosing_.valid()) return;
    if (!outside_.choose) return type_path();
    const Words& words = library_.words();
    const Outside::Question question{words.window_evidence_empty(),
                                     words.window_files_evidence(),
                                     words.window_files_all(),
                                     {"*.pcap", "*.pcapng", "*.cap", "*.pcap.gz", "*.pcapng.gz", "*.log", "*.txt"}};
    choosing_ = ask_for_files(outside_, question);
}

void Workbench::type_path() {
    if (here().view != "evidence") history_.go({"evidence", {}, {}});
    ui_.set_focus("evidence-path");
}

void Workbench::take_chosen() {
    if (!is_answered(choosing_)) return;
    using Outcome = Outside::Chosen::Outcome;
    Outside::Chosen chosen = choosing_.get();
    ui_.keep_moving();
    if (chosen.outcome == Outcome::no_dialog) type_path();
    if (chosen.outcome == Outcome::chosen) history_.go({"evidence", {}, std::move(chosen.files)});
}

// A whole log is opened as a file is, wherever it is pasted but into a field that wants something else. A message goes into
// the search, which knows it.
void Workbench::take_paste() {
    if (ui_.layer_open()) return;
    const bool searching = ui_.focus() == "search" || ui_.focus() == "evidence-path";
    if (ui_.typing() && !searching) return;
    const auto pasted = [](const Press& press) { return press.key == Key::v && press.control && !press.alt; };
    if (std::ranges::none_of(input_.presses(), pasted)) return;
    const std::string text = outside_.clipboard ? outside_.clipboard() : clipboard_of_field();
    if (const auto name = library_.log_pasted(text)) {
        input_.take_presses(pasted);
        if (searching) ui_.set_focus({}, false);
        history_.go({"evidence", {}, {*name}});
    } else if (!searching && !text.empty()) {
        input_.take_presses(pasted);
        sidebar_.search(ui_, text);
    }
}

}  // namespace sipdex::window
