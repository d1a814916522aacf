#include "window/accessible/answers.h"

#include <algorithm>

#include "window/accessible/interfaces.h"
#include "window/accessible/matches.h"

namespace sipdex::window::accessible {

namespace {

constexpr unsigned flows_to = 10, flows_from = 11;  // of AT-SPI's relations
constexpr unsigned on_screen = 0, in_parent = 2;    // of its coordinates

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

// What an action is called: what happens to the thing.
const char* action_of(const Node& node) {
    if (node.role == Role::link) return "jump";
    return node.is(State::expandable) ? "toggle" : "press";
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
    if (which == "Selection" && node->selects) return selection(*node, method, given);
    if (which == "EditableText" && node->prose && node->is(State::editable)) return editable_text(*node, method, given);
    if (which == "Hypertext") return hypertext(*node, method, given);
    if (which == "Document") return document(*node, method, given);
    if (which == "Collection") return collection(*node, given);
    if (which == "Table") return table(*node, method, given);
    if (which == "TableCell" && is_cell(node->role)) return table_cell(*node, method);
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
    if (name == "NSelectedChildren") return g_variant_new_int32(static_cast<int>(selected(*node).size()));
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

std::vector<const Node*> Answers::selected(const Node& node) const {
    std::vector<const Node*> all = children(&node);
    std::erase_if(all, [](const Node* child) { return !child->is(State::selected); });
    return all;
}

// An item is selected by what its press does, and another one then is not; in a menu it is chosen with Enter, later.
GVariant* Answers::selection(const Node& node, const std::string& method, GVariant* given) const {
    if (method == "SelectAll" || method == "ClearSelection") return yes_or_no(false);
    int at = 0;
    g_variant_get(given, "(i)", &at);
    const auto among = [at](const std::vector<const Node*>& all) {
        return at >= 0 && at < std::ssize(all) ? all[std::size_t(at)] : nullptr;
    };
    if (method == "GetSelectedChild") {
        const Node* child = among(selected(node));
        return in_tuple(child ? reference(child) : nobody());
    }
    const Node* child = among(children(&node));
    if (method == "IsChildSelected") return yes_or_no(child && child->is(State::selected));
    if (method != "SelectChild" || !child || !child->is(State::selectable) || !child->is(State::sensitive))
        return yes_or_no(false);
    if (!child->is(State::selected))
        wish({child->role == Role::menu_item ? Wish::Kind::focus : Wish::Kind::press, child->press});
    return yes_or_no(true);
}

GVariant* Answers::collection(const Node& node, GVariant* given) const {
    const Value rule(g_variant_get_child_value(given, 0));
    int most = 0;
    g_variant_get_child(given, 2, "i", &most);
    std::vector<const Node*> found = matches(*tree, node, rule.get());
    if (most > 0 && std::ssize(found) > most) found.resize(std::size_t(most));
    return in_tuple(references(found));
}

}  // namespace sipdex::window::accessible
