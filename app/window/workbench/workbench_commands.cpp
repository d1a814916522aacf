// What the reader tells the workbench to do: by keys that mean the same everywhere, or by name in the search field.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "user/page_name.h"
#include "window/workbench/workbench.h"

namespace sipdex::window {

namespace {

// Keys that mean the same everywhere. Those of a view are taken by the view.
struct Bound {
    Key key;
    bool control, alt;
    const char* command;
};
constexpr Bound bound[] = {
    {Key::plus, true, false, "text-larger"}, {Key::minus, true, false, "text-smaller"},
    {Key::zero, true, false, "text-normal"}, {Key::f1, false, false, "keys"},
    {Key::e, true, false, "sheet"},          {Key::p, true, false, "sheet"},
    {Key::s, true, false, "sheet"},          {Key::b, true, false, "list"},
    {Key::l, true, false, "copy-link"},      {Key::d, true, false, "favourite"},
    {Key::n, true, false, "note"},           {Key::f, true, false, "find"},
    {Key::o, true, false, "open-file"},      {Key::up, false, true, "previous-code"},
    {Key::down, false, true, "next-code"},
};

}  // namespace

void Workbench::keys() {
    const bool typing = ui_.typing();
    if (input_.take_press(Key::q, true)) closing_ = true;
    if (input_.take_press(Key::escape) && !escape()) ui_.set_focus({}, false);
    if (keys_.is_open() && input_.take_press(Key::f1)) keys_.close();
    if (ui_.layer_open()) return;
    if (input_.take_press(Key::k, true) || (!typing && input_.take_press(Key::slash))) sidebar_.go_to_field(ui_);
    if (input_.take_press(Key::left, false, true)) history_.back();
    if (input_.take_press(Key::right, false, true)) history_.forward();
    for (const int clicked : input_.clicks()) {
        if (clicked == 3) history_.back();
        if (clicked == 4) history_.forward();
    }
    for (const Bound& one : bound)
        if (input_.take_press(one.key, one.control, one.alt) && can(one.command)) obey(one.command);
    take_paste();
    tabs_.take_keys(input_);
}

void Workbench::copy_link() {
    const std::string link = link_of(here(), library_.language());
    if (link.empty()) return;
    ImGui::SetClipboardText(link.c_str());
    ui_.tell(library_.words().window_link_copied());
}

std::optional<std::string> Workbench::neighbour(int by) const {
    const auto* response = std::get_if<document::ToResponse>(&here().target);
    if (!response || here().view != "reference") return std::nullopt;
    const std::vector<ListedResponse> codes = library_.codes();
    const auto at = std::ranges::find(codes, response->id, &ListedResponse::id);
    const auto index = at - codes.begin() + by;
    if (at == codes.end() || index < 0 || index >= std::ssize(codes)) return std::nullopt;
    return codes[std::size_t(index)].id;
}

bool Workbench::can(std::string_view command) const {
    const document::Target page = page_of(here());
    const auto* compared = std::get_if<document::ToComparison>(&page);
    const bool keeps = !user::name_of_page(page).empty();
    if (command == "find") return view().can_find();
    if (command == "ticket" || command == "sheet") return ui_.offers(command);
    if (command == "copy-link") return !link_of(here(), library_.language()).empty();
    if (command == "favourite") return keeps;
    if (command == "favourite-add") return keeps && !library_.is_favourite(page);
    if (command == "favourite-remove") return keeps && library_.is_favourite(page);
    if (command == "note")
        return std::holds_alternative<document::ToResponse>(page) || (compared && compared->ids.size() == 2);
    if (command == "previous-code") return neighbour(-1).has_value();
    if (command == "next-code") return neighbour(1).has_value();
    if (command == "list-close") return sidebar_.is_open();
    if (command == "list-open") return !sidebar_.is_open();
    if (command == "home") return here().view != "start";
    if (command.starts_with("view:")) return command.substr(5) != tab_of(here());
    if (command.starts_with("theme:")) return command.substr(6) != settings_.text("theme", "light");
    if (command == "text-larger") return text_size_ < largest_text;
    if (command == "text-smaller") return text_size_ > smallest_text;
    if (command == "text-normal") return text_size_ != 1;
    return true;
}

std::vector<Command> Workbench::commands() const {
    std::vector<Command> possible = all_commands(ui_);
    std::erase_if(possible, [this](const Command& one) { return !can(one.id); });
    return possible;
}

void Workbench::obey(const std::string& command) {
    ui_.keep_moving();
    const auto behind = [&](std::string_view what) {
        return command.starts_with(what) ? command.substr(what.size()) : std::string();
    };
    if (command == "find") view().find(ui_);
    if (command == "ticket" || command == "sheet") ui_.press(command);
    if (command == "copy-link") copy_link();
    if (command == "favourite") set_favourite(!library_.is_favourite(page_of(here())));
    if (command == "favourite-add") set_favourite(true);
    if (command == "favourite-remove") set_favourite(false);
    if (command == "open-file") choose_files();
    if (command == "note") notes_.open(ui_, page_of(here()), subject());
    for (const auto& [name, by] : {std::pair{"previous-code", -1}, {"next-code", 1}})
        if (const auto id = command == name ? neighbour(by) : std::nullopt)
            history_.go({"reference", document::ToResponse{*id}, {}});
    if (command == "list") sidebar_.set_open(!sidebar_.is_open());
    if (command == "list-close") sidebar_.set_open(false);
    if (command == "list-open") sidebar_.set_open(true);
    if (command == "home") history_.go({"start", {}, {}});
    if (command == "all-notes") history_.go({"reference", document::ToTerm{"index/notes"}, {}});
    if (command == "text-larger") set_text_size(larger(text_size_));
    if (command == "text-smaller") set_text_size(smaller(text_size_));
    if (command == "text-normal") set_text_size(1);
    if (command == "keys") keys_.open(ui_);
    if (command == "quit") closing_ = true;
    if (const std::string tab = behind("view:"); !tab.empty()) history_.go(place_behind_tab(library_, tab, here()));
    Changed changed;
    if (const std::string theme = behind("theme:"); !theme.empty()) changed.theme = theme;
    if (const std::string tag = behind("language:"); !tag.empty()) changed.language = tag;
    apply(changed);
}

void Workbench::set_favourite(bool on) {
    const std::string why = library_.set_favourite(page_of(here()), on);
    const Words& words = library_.words();
    ui_.tell(!why.empty() ? why : on ? words.window_favourite_added() : words.window_favourite_removed());
}

void Workbench::tell_visit() {
    const document::Target page = given_up() ? document::Target{} : page_of(here());
    if (page == visited_) return;
    visited_ = page;
    if (!std::holds_alternative<std::monostate>(page)) library_.visited(page);
}

}  // namespace sipdex::window
