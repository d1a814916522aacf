#include "window/accessible/answers.h"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "window/accessible/interfaces.h"
#include "window/accessible/matches.h"

namespace sipdex::window::accessible {

namespace {

constexpr unsigned flows_to = 10, flows_from = 11;  // of AT-SPI's relations
constexpr unsigned on_screen = 0, in_parent = 2;    // of its coordinates

GVariant* nobody() { return g_variant_new("(so)", "", "/org/a11y/atspi/null"); }
GVariant* yes_or_no(bool yes) { return g_variant_new("(b)", gboolean(yes)); }
GVariant* number(int one) { return g_variant_new("(i)", one); }

GVariant* states_of(const Node* node) {
    GVariantBuilder all;
    g_variant_builder_init(&all, G_VARIANT_TYPE("au"));
    const States states = node ? node->states : usual;
    g_variant_builder_add(&all, "u", static_cast<unsigned>(states));
    g_variant_builder_add(&all, "u", static_cast<unsigned>(states >> 32));
    return g_variant_builder_end(&all);
}

GVariant* names(const Node* node) {
    const auto all = interfaces_of(node);
    return g_variant_new_strv(all.data(), static_cast<gssize>(all.size()));
}

// AtspiTextBoundaryType, which Orca asked by until version 45, and AtspiTextGranularity.
Prose::Unit unit_of(unsigned by, bool boundary) {
    constexpr Prose::Unit units[] = {Prose::Unit::character, Prose::Unit::word, Prose::Unit::sentence,
                                     Prose::Unit::line, Prose::Unit::whole};
    if (boundary) by = by == 0 ? 0 : by <= 2 ? 1 : by <= 4 ? 2 : 3;
    return units[std::min<unsigned>(by, 4)];
}

// What an action is called: what happens to the thing.
const char* action_of(const Node& node) {
    if (node.role == Role::link) return "jump";
    return node.is(State::expandable) ? "toggle" : "press";
}

bool is_cell(const Node& node) {
    return node.role == Role::table_cell || node.role == Role::table_row_header ||
           node.role == Role::table_column_header;
}

}  // namespace

std::string Answers::path_of(const Node* node) {
    return std::string(root_path) + (node ? "/" + std::to_string(node->number) : "/root");
}

GVariant* Answers::reference(const Node* node) const {
    return g_variant_new("(so)", bus_name.c_str(), path_of(node).c_str());
}

// The hyperlink of a link has a path of its own: libatspi keeps one object for a path, and would give an Accessible where
// a Hyperlink is asked for.
GVariant* Answers::hyperlink(const Node& link) const {
    return g_variant_new("(so)", bus_name.c_str(), (path_of(&link) + "l").c_str());
}

GVariant* Answers::references(const std::vector<const Node*>& nodes) const {
    GVariantBuilder all;
    g_variant_builder_init(&all, G_VARIANT_TYPE("a(so)"));
    for (const Node* node : nodes) g_variant_builder_add_value(&all, reference(node));
    return g_variant_builder_end(&all);
}

std::vector<const Node*> Answers::children(const Node* node) const {
    std::vector<const Node*> all;
    if (!tree || tree->nodes.empty()) return all;
    if (!node) return {&tree->nodes.front()};
    for (const std::size_t child : node->children) all.push_back(&tree->nodes[child]);
    return all;
}

std::vector<const Node*> Answers::links(const Node& node) const {
    std::vector<const Node*> all = children(&node);
    std::erase_if(all, [](const Node* child) { return child->link_from < 0; });
    return all;
}

const Node* Answers::parent(const Node& node) const {
    return node.parent < tree->nodes.size() ? &tree->nodes[node.parent] : nullptr;
}

std::map<std::string, std::string> Answers::attributes(const Node& node) const {
    std::map<std::string, std::string> all;
    if (node.level > 0) all["level"] = std::to_string(node.level);
    if (node.of > 0) {
        all["posinset"] = std::to_string(node.position);
        all["setsize"] = std::to_string(node.of);
    }
    if (node.flows || node.role == Role::document_web) all["language"] = tree->language_of(node);
    return all;
}

Box Answers::placed(Box box, const Node& node, unsigned by) const {
    if (by == on_screen) {
        box.x += tree->window.x;
        box.y += tree->window.y;
    } else if (const Node* holder = by == in_parent ? parent(node) : nullptr) {
        box.x -= holder->where.x;
        box.y -= holder->where.y;
    }
    return box;
}

GVariant* Answers::item(const Node& node) const {
    return g_variant_new("(@(so)@(so)@(so)ii@assus@au)", reference(&node), reference(nullptr), reference(parent(node)),
                         static_cast<int>(tree->index_in_parent(node)), static_cast<int>(node.children.size()),
                         names(&node), node.name.c_str(), static_cast<unsigned>(node.role), node.description.c_str(),
                         states_of(&node));
}

GVariant* Answers::items() const {
    GVariantBuilder all;
    g_variant_builder_init(&all, G_VARIANT_TYPE("a((so)(so)(so)iiassusau)"));
    if (tree)
        for (const Node& node : tree->nodes) g_variant_builder_add_value(&all, item(node));
    return in_tuple(g_variant_builder_end(&all));
}

GVariant* Answers::to(const Node* node, const std::string& interface, const std::string& method,
                      GVariant* given) const {
    const std::string which = interface.substr(interface.rfind('.') + 1);
    if (which == "Accessible") return accessible(node, method, given);
    if (which == "Application") {
        if (node) return nullptr;
        const std::string locale = method == "GetLocale" && tree ? tree->language : std::string();
        return g_variant_new("(s)", locale.c_str());
    }
    if (!node) return nullptr;
    if (which == "Component") return component(*node, method, given);
    if (which == "Action" && !node->press.empty()) return action(*node, method, given);
    if (which == "Text" && node->prose) return text(*node, method, given);
    if (which == "Hypertext") return hypertext(*node, method, given);
    if (which == "Document") return document(*node, method, given);
    if (which == "Collection") return collection(*node, given);
    if (which == "Table") return table(*node, method, given);
    if (which == "TableCell" && is_cell(*node)) return table_cell(*node, method);
    if (which == "Hyperlink") {
        if (method == "GetObject") return in_tuple(reference(node));
        if (method == "GetURI") return g_variant_new("(s)", node->uri.c_str());
        return yes_or_no(true);
    }
    return nullptr;
}

GVariant* Answers::property(const Node* node, const std::string& interface, const std::string& name) const {
    const std::string which = interface.substr(interface.rfind('.') + 1);
    if (name == "Name") return g_variant_new_string(node ? node->name.c_str() : "Sipdex");
    if (name == "Description") return g_variant_new_string(node ? node->description.c_str() : "");
    if (name == "Parent") {
        if (!node) return g_variant_new("(so)", desktop.first.c_str(), desktop.second.c_str());
        return reference(parent(*node));
    }
    if (name == "ChildCount") return g_variant_new_int32(static_cast<int>(children(node).size()));
    if (name == "Locale") {
        const std::string language = !tree ? std::string() : node ? tree->language_of(*node) : tree->language;
        return g_variant_new_string(language.c_str());
    }
    if (name == "AccessibleId") return g_variant_new_string(node ? node->id.c_str() : "");
    if (name == "ToolkitName") return g_variant_new_string("Sipdex");
    if (name == "Version" || name == "ToolkitVersion") return g_variant_new_string(version.c_str());
    if (name == "AtspiVersion") return g_variant_new_string("2.1");
    if (name == "Id") return g_variant_new_int32(application);
    if (!node) return nullptr;
    if (name == "NActions") return g_variant_new_int32(node->press.empty() ? 0 : 1);
    if (name == "CharacterCount") return g_variant_new_int32(node->prose ? node->prose->size() : 0);
    if (name == "CaretOffset") return g_variant_new_int32(node->caret);
    if (name == "NAnchors") return g_variant_new_int16(1);
    if (name == "StartIndex") return g_variant_new_int32(node->link_from);
    if (name == "EndIndex") return g_variant_new_int32(node->link_to);
    if (name == "CurrentPageNumber" || name == "PageCount") return g_variant_new_int32(1);
    if (which == "Value") {
        if (name == "Text") return g_variant_new_string("");
        const double value = name == "MaximumValue" ? 1 : name == "CurrentValue" ? node->value : 0;
        return g_variant_new_double(value);
    }
    if (which == "Table") {
        if (name == "NRows") return g_variant_new_int32(node->rows);
        if (name == "NColumns") return g_variant_new_int32(node->columns);
        if (name == "Caption" || name == "Summary") return nobody();
        return g_variant_new_int32(0);
    }
    if (which == "TableCell") {
        if (name == "Position") return g_variant_new("(ii)", node->row, node->column);
        if (name == "Table") {
            const Node* of = table_of(*node);
            return of ? reference(of) : nobody();
        }
        return g_variant_new_int32(1);
    }
    return nullptr;
}

GVariant* Answers::accessible(const Node* node, const std::string& method, GVariant* given) const {
    if (method == "GetChildAtIndex") {
        int at = 0;
        g_variant_get(given, "(i)", &at);
        const auto all = children(node);
        return in_tuple(at >= 0 && at < std::ssize(all) ? reference(all[std::size_t(at)]) : nobody());
    }
    if (method == "GetChildren") return in_tuple(references(children(node)));
    if (method == "GetIndexInParent") return number(!node ? -1 : static_cast<int>(tree->index_in_parent(*node)));
    if (method == "GetRelationSet") {
        GVariantBuilder all;
        g_variant_builder_init(&all, G_VARIANT_TYPE("a(ua(so))"));
        if (node)
            for (const bool forward : {true, false})
                if (const Node* other = tree->read_on(*node, forward))
                    g_variant_builder_add(&all, "(u@a(so))", forward ? flows_to : flows_from, references({other}));
        return in_tuple(g_variant_builder_end(&all));
    }
    const Role role = node ? node->role : Role::application;
    if (method == "GetRole") return g_variant_new("(u)", static_cast<unsigned>(role));
    if (method == "GetRoleName" || method == "GetLocalizedRoleName") return g_variant_new("(s)", name_of(role));
    if (method == "GetState") return in_tuple(states_of(node));
    if (method == "GetAttributes")
        return in_tuple(dictionary(node ? attributes(*node) : std::map<std::string, std::string>{}));
    if (method == "GetApplication") return in_tuple(reference(nullptr));
    if (method == "GetInterfaces") return in_tuple(names(node));
    return nullptr;
}

GVariant* Answers::component(const Node& node, const std::string& method, GVariant* given) const {
    int x = 0, y = 0;
    unsigned by = 0;
    if (method == "Contains" || method == "GetAccessibleAtPoint") {
        g_variant_get(given, "(iiu)", &x, &y, &by);
        const Box corner = placed({}, node, by);
        x -= corner.x;
        y -= corner.y;
        if (method == "Contains") return yes_or_no(node.where.holds(x, y));
        const Node* deepest = node.where.holds(x, y) ? &node : nullptr;
        for (const Node* next = deepest; next;) {
            next = nullptr;
            // What was drawn last lies above the rest.
            for (const Node* child : children(deepest))
                if (child->where.holds(x, y)) next = child;
            if (next) deepest = next;
        }
        return in_tuple(deepest ? reference(deepest) : nobody());
    }
    if (method == "GetExtents" || method == "GetPosition") {
        g_variant_get(given, "(u)", &by);
        const Box box = placed(node.where, node, by);
        return method == "GetExtents" ? g_variant_new("((iiii))", box.x, box.y, box.width, box.height)
                                      : g_variant_new("(ii)", box.x, box.y);
    }
    if (method == "GetSize") return g_variant_new("(ii)", node.where.width, node.where.height);
    if (method == "GetLayer") return g_variant_new("(u)", node.role == Role::frame ? 7U : 3U);  // window, widget
    if (method == "GetMDIZOrder") return g_variant_new("(n)", 0);
    if (method == "GetAlpha") return g_variant_new("(d)", 1.0);
    if (method == "ScrollTo") {
        if (node.flows) wish({Wish::Kind::show, node.id});
        return yes_or_no(node.flows);
    }
    if (method == "GrabFocus") {
        const bool can = node.is(State::focusable) || node.flows;
        if (can) wish({Wish::Kind::focus, node.press.empty() ? node.id : node.press});
        return yes_or_no(can);
    }
    return nullptr;
}

GVariant* Answers::action(const Node& node, const std::string& method, GVariant* given) const {
    if (method == "GetActions") {
        GVariantBuilder all;
        g_variant_builder_init(&all, G_VARIANT_TYPE("a(sss)"));
        g_variant_builder_add(&all, "(sss)", action_of(node), "", "");
        return in_tuple(g_variant_builder_end(&all));
    }
    int which = 0;
    g_variant_get(given, "(i)", &which);
    if (method == "DoAction") {
        const bool can = which == 0 && node.is(State::sensitive);
        if (can) wish({Wish::Kind::press, node.press});
        return yes_or_no(can);
    }
    const bool named = (method == "GetName" || method == "GetLocalizedName") && which == 0;
    return g_variant_new("(s)", named ? action_of(node) : "");
}

GVariant* Answers::text(const Node& node, const std::string& method, GVariant* given) const {
    const Prose& prose = *node.prose;
    int from = 0, to = 0, at = 0;
    unsigned by = 0;
    const auto in_window = [&](Box box) {
        box.x += node.prose_x;
        box.y += node.prose_y;
        box = placed(box, node, by);
        return g_variant_new("(iiii)", box.x, box.y, box.width, box.height);
    };
    const bool caret_can_move = node.flows || node.is(State::editable);
    if (method == "GetText") {
        g_variant_get(given, "(ii)", &from, &to);
        return g_variant_new("(s)", prose.words(from, to < 0 ? prose.size() : to).c_str());
    }
    if (method == "GetStringAtOffset" || method == "GetTextAtOffset" || method == "GetTextBeforeOffset" ||
        method == "GetTextAfterOffset") {
        g_variant_get(given, "(iu)", &at, &by);
        const Prose::Unit unit = unit_of(by, method != "GetStringAtOffset");
        auto [begin, end] = prose.piece(at, unit);
        if (method == "GetTextBeforeOffset") {
            if (begin > 0) std::tie(begin, end) = prose.piece(begin - 1, unit);
            else end = begin;
        }
        if (method == "GetTextAfterOffset") {
            if (end < prose.size()) std::tie(begin, end) = prose.piece(end, unit);
            else begin = end;
        }
        return g_variant_new("(sii)", prose.words(begin, end).c_str(), begin, end);
    }
    if (method == "SetCaretOffset") {
        g_variant_get(given, "(i)", &at);
        if (caret_can_move) wish({Wish::Kind::caret, node.id, at});
        return yes_or_no(caret_can_move);
    }
    if (method == "GetCharacterAtOffset") {
        g_variant_get(given, "(i)", &at);
        return number(at >= 0 && at < prose.size() ? static_cast<int>(prose.text[std::size_t(at)]) : 0);
    }
    const auto spoken = [&] {
        std::map<std::string, std::string> all;
        if (tree) all["language"] = tree->language_of(node);
        return dictionary(all);
    };
    if (method == "GetAttributeValue") {
        const char* name = "";
        g_variant_get(given, "(i&s)", &at, &name);
        const std::string value = std::strcmp(name, "language") == 0 ? tree->language_of(node) : std::string();
        return g_variant_new("(s)", value.c_str());
    }
    if (method == "GetAttributes" || method == "GetAttributeRun")
        return g_variant_new("(@a{ss}ii)", spoken(), 0, prose.size());
    if (method == "GetDefaultAttributes" || method == "GetDefaultAttributeSet") return in_tuple(spoken());
    if (method == "GetCharacterExtents") {
        g_variant_get(given, "(iu)", &at, &by);
        return in_window(prose.box(at, at + 1));
    }
    if (method == "GetRangeExtents") {
        g_variant_get(given, "(iiu)", &from, &to, &by);
        return in_window(prose.box(from, to < 0 ? prose.size() : to));
    }
    if (method == "GetOffsetAtPoint") {
        int x = 0, y = 0;
        g_variant_get(given, "(iiu)", &x, &y, &by);
        const Box corner = placed({node.prose_x, node.prose_y, 0, 0}, node, by);
        return number(prose.offset_at(x - corner.x, y - corner.y));
    }
    const bool selected = node.selected_from < node.selected_to;
    if (method == "GetNSelections") return number(selected ? 1 : 0);
    if (method == "GetSelection") {
        g_variant_get(given, "(i)", &at);
        return selected && at == 0 ? g_variant_new("(ii)", node.selected_from, node.selected_to)
                                   : g_variant_new("(ii)", 0, 0);
    }
    if (method == "ScrollSubstringTo") {
        g_variant_get(given, "(iiu)", &from, &to, &by);
        if (node.flows) wish({Wish::Kind::show, node.id, from});
        return yes_or_no(node.flows);
    }
    return yes_or_no(false);  // a selection is made by the reader, not for them
}

GVariant* Answers::hypertext(const Node& node, const std::string& method, GVariant* given) const {
    const auto all = links(node);
    if (method == "GetNLinks") return number(static_cast<int>(all.size()));
    int at = 0;
    g_variant_get(given, "(i)", &at);
    if (method == "GetLink")
        return in_tuple(at >= 0 && at < std::ssize(all) ? hyperlink(*all[std::size_t(at)]) : nobody());
    const auto holds =
        std::ranges::find_if(all, [at](const Node* link) { return at >= link->link_from && at < link->link_to; });
    return number(holds == all.end() ? -1 : static_cast<int>(holds - all.begin()));
}

GVariant* Answers::document(const Node& node, const std::string& method, GVariant* given) const {
    const std::string language = tree->language_of(node);
    if (method == "GetLocale") return g_variant_new("(s)", language.c_str());
    if (method == "GetAttributeValue") {
        const char* name = "";
        g_variant_get(given, "(&s)", &name);
        const std::string value = std::strcmp(name, "DocURL") == 0     ? node.uri
                                  : std::strcmp(name, "language") == 0 ? language
                                                                       : std::string();
        return g_variant_new("(s)", value.c_str());
    }
    return in_tuple(dictionary({{"DocURL", node.uri}, {"language", language}}));
}

GVariant* Answers::collection(const Node& node, GVariant* given) const {
    const Value rule(g_variant_get_child_value(given, 0));
    int most = 0;
    g_variant_get_child(given, 2, "i", &most);
    std::vector<const Node*> found = matches(*tree, node, rule.get());
    if (most > 0 && std::ssize(found) > most) found.resize(std::size_t(most));
    return in_tuple(references(found));
}

std::vector<const Node*> Answers::cells_of(const Node& table) const {
    std::vector<const Node*> cells;
    for (const Node* row : children(&table)) {
        if (is_cell(*row)) cells.push_back(row);
        for (const Node* cell : children(row))
            if (is_cell(*cell)) cells.push_back(cell);
    }
    return cells;
}

const Node* Answers::table_of(const Node& cell) const {
    for (const Node* at = parent(cell); at; at = parent(*at))
        if (at->role == Role::table) return at;
    return nullptr;
}

const Node* Answers::cell_at(const Node& table, int row, int column) const {
    for (const Node* cell : cells_of(table))
        if (cell->row == row && cell->column == column) return cell;
    return nullptr;
}

GVariant* Answers::table(const Node& node, const std::string& method, GVariant* given) const {
    int row = 0, column = 0;
    const auto at = [&](int r, int c) {
        const Node* cell = cell_at(node, r, c);
        return in_tuple(cell ? reference(cell) : nobody());
    };
    if (method == "GetAccessibleAt") {
        g_variant_get(given, "(ii)", &row, &column);
        return at(row, column);
    }
    if (method == "GetIndexAt") {
        g_variant_get(given, "(ii)", &row, &column);
        return number(row * node.columns + column);
    }
    if (method == "GetRowExtentAt" || method == "GetColumnExtentAt") return number(1);
    if (method == "IsSelected" || method == "IsRowSelected" || method == "IsColumnSelected") return yes_or_no(false);
    if (method == "GetSelectedRows" || method == "GetSelectedColumns")
        return in_tuple(g_variant_new_array(G_VARIANT_TYPE_INT32, nullptr, 0));
    int index = 0;
    g_variant_get(given, "(i)", &index);
    const int columns = std::max(1, node.columns);
    if (method == "GetRowAtIndex") return number(index / columns);
    if (method == "GetColumnAtIndex") return number(index % columns);
    const auto header = [&](int r, int c, Role role) {
        const Node* cell = cell_at(node, r, c);
        return cell && cell->role == role ? cell : nullptr;
    };
    const Node* head = method == "GetRowHeader" || method == "GetRowDescription"
                           ? header(index, 0, Role::table_row_header)
                           : header(0, index, Role::table_column_header);
    if (method == "GetRowHeader" || method == "GetColumnHeader") return in_tuple(head ? reference(head) : nobody());
    if (method == "GetRowDescription" || method == "GetColumnDescription")
        return g_variant_new("(s)", head ? head->name.c_str() : "");
    if (method == "GetRowColumnExtentsAtIndex")
        return g_variant_new("(biiiib)", TRUE, index / columns, index % columns, 1, 1, FALSE);
    return nullptr;
}

GVariant* Answers::table_cell(const Node& node, const std::string& method) const {
    if (method == "GetRowColumnSpan") return g_variant_new("(biiii)", TRUE, node.row, node.column, 1, 1);
    const Node* table = table_of(node);
    std::vector<const Node*> heads;
    const bool of_row = method == "GetRowHeaderCells";
    if (const Node* head = !table ? nullptr : of_row ? cell_at(*table, node.row, 0) : cell_at(*table, 0, node.column))
        if (head != &node && head->role == (of_row ? Role::table_row_header : Role::table_column_header))
            heads.push_back(head);
    return in_tuple(references(heads));
}

}  // namespace sipdex::window::accessible
