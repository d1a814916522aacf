#include "window/accessible/node.h"

#include <fmt/format.h>

#include <algorithm>

namespace sipdex::window::accessible {

bool is_cell(Role role) {
    return role == Role::table_cell || role == Role::table_row_header || role == Role::table_column_header;
}

const char* name_of(Role role) {
    switch (role) {
        case Role::dialog: return "dialog";
        case Role::frame: return "frame";
        case Role::image: return "image";
        case Role::label: return "label";
        case Role::list: return "list";
        case Role::list_item: return "list item";
        case Role::menu_item: return "menu item";
        case Role::page_tab: return "page tab";
        case Role::page_tab_list: return "page tab list";
        case Role::panel: return "panel";
        case Role::popup_menu: return "popup menu";
        case Role::push_button: return "push button";
        case Role::slider: return "slider";
        case Role::table: return "table";
        case Role::table_cell: return "table cell";
        case Role::table_column_header: return "table column header";
        case Role::table_row_header: return "table row header";
        case Role::toggle_button: return "toggle button";
        case Role::tool_bar: return "tool bar";
        case Role::paragraph: return "paragraph";
        case Role::application: return "application";
        case Role::entry: return "entry";
        case Role::heading: return "heading";
        case Role::section: return "section";
        case Role::link: return "link";
        case Role::table_row: return "table row";
        case Role::document_web: return "document web";
        case Role::comment: return "comment";
        case Role::notification: return "notification";
        case Role::landmark: return "landmark";
    }
    return "";
}

const char* name_of(State state) {
    switch (state) {
        case State::active: return "active";
        case State::checked: return "checked";
        case State::editable: return "editable";
        case State::enabled: return "enabled";
        case State::expandable: return "expandable";
        case State::expanded: return "expanded";
        case State::focusable: return "focusable";
        case State::focused: return "focused";
        case State::modal: return "modal";
        case State::multi_line: return "multi-line";
        case State::pressed: return "pressed";
        case State::selectable: return "selectable";
        case State::selected: return "selected";
        case State::sensitive: return "sensitive";
        case State::showing: return "showing";
        case State::single_line: return "single-line";
        case State::visible: return "visible";
        case State::selectable_text: return "selectable-text";
        case State::has_popup: return "has-popup";
    }
    return "";
}

const Node* Tree::find(int number) const {
    const auto found = std::ranges::find(nodes, number, &Node::number);
    return found == nodes.end() ? nullptr : &*found;
}

std::size_t Tree::index_in_parent(const Node& node) const {
    if (node.parent >= nodes.size()) return 0;
    const auto& among = nodes[node.parent].children;
    const auto here = static_cast<std::size_t>(&node - nodes.data());
    return static_cast<std::size_t>(std::ranges::find(among, here) - among.begin());
}

const Node* Tree::read_on(const Node& node, bool forward) const {
    if (!node.flows && node.link_from >= 0 && node.parent < nodes.size()) {
        // A link stands within a text: whoever reads on from it reads that.
        const Node& holder = nodes[node.parent];
        return forward && holder.flows ? &holder : read_on(holder, forward);
    }
    if (!node.flows) return nullptr;
    const auto here = &node - nodes.data();
    // Not beyond the document that it stands in.
    const auto document_of = [&](const Node& one) {
        std::size_t at = one.parent;
        while (at < nodes.size() && nodes[at].role != Role::document_web) at = nodes[at].parent;
        return at;
    };
    for (auto at = here + (forward ? 1 : -1); at >= 0 && at < std::ssize(nodes); at += forward ? 1 : -1) {
        const Node& other = nodes[std::size_t(at)];
        if (other.flows) return document_of(other) == document_of(node) ? &other : nullptr;
    }
    return nullptr;
}

std::string Tree::language_of(const Node& node) const {
    for (const Node* at = &node; at; at = at->parent < nodes.size() ? &nodes[at->parent] : nullptr)
        if (!at->language.empty()) return at->language;
    return language;
}

std::string described(const Tree& tree) {
    std::string all;
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        const Node& node = tree.nodes[i];
        for (std::size_t at = node.parent; at < tree.nodes.size(); at = tree.nodes[at].parent) all += "  ";
        all += name_of(node.role);
        std::string text = node.prose && node.role != Role::link ? node.prose->words(0, node.prose->size()) : "";
        std::string in_a_line = text;
        std::ranges::replace(in_a_line, '\n', ' ');
        if (!node.name.empty() && node.name != in_a_line) all += " “" + node.name + "”";
        if (node.level > 0) all += fmt::format(" level {}", node.level);
        if (node.rows > 0) all += fmt::format(" {} by {}", node.rows, node.columns);
        if (node.column >= 0) all += fmt::format(" at {},{}", node.row, node.column);
        if (node.of > 0) all += fmt::format(" {} of {}", node.position, node.of);
        for (const auto& [state, word] :
             {std::pair{State::selected, "selected"}, {State::pressed, "pressed"}, {State::expanded, "expanded"}})
            if (node.is(state)) all += std::string(", ") + word;
        if (node.is(State::expandable) && !node.is(State::expanded)) all += ", closed";
        if (!node.is(State::sensitive)) all += ", insensitive";
        if (tree.focus == i) all += ", focused";
        if (!node.language.empty()) all += ", in " + node.language;
        if (node.caret >= 0 && tree.focus == i) all += fmt::format(", caret {}", node.caret);
        if (!node.uri.empty()) all += " → " + node.uri;
        if (!node.description.empty()) all += " (" + node.description + ")";
        for (std::size_t end = 0; (end = text.find('\n', end)) != std::string::npos; end += 3)
            text.replace(end, 1, " / ");
        if (!text.empty()) all += ": " + text;
        all += "\n";
    }
    return all;
}

}  // namespace sipdex::window::accessible
