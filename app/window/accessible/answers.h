// What a screen reader asks about a tree, answered: the methods and properties of the interfaces. Knows no bus; what the
// reader wants done is handed on.
#pragma once
#include <functional>
#include <string>
#include <utility>

#include "window/accessible/node.h"
#include "window/accessible/variant.h"

namespace sipdex::window::accessible {

constexpr const char* root_path = "/org/a11y/atspi/accessible";
constexpr const char* cache_path = "/org/a11y/atspi/cache";

using Reference = std::pair<std::string, std::string>;  // a name on the bus, and a path

class Answers {
public:
    const Tree* tree = nullptr;  // none: nothing is shown yet
    std::string bus_name;        // ours
    std::string version;         // of the program
    Reference desktop;           // what holds the application
    int application = 0;         // the number the registry gave it
    std::function<void(Wish)> wish = {};

    // `node`: none is the application. Nothing for what does not exist; what is given is floating.
    GVariant* to(const Node* node, const std::string& interface, const std::string& method, GVariant* given) const;
    GVariant* property(const Node* node, const std::string& interface, const std::string& name) const;
    GVariant* items() const;  // of the cache

    static std::string path_of(const Node* node);
    GVariant* reference(const Node* node) const;  // the application without one
    GVariant* item(const Node& node) const;       // as the cache has it

private:
    GVariant* references(const std::vector<const Node*>& nodes) const;
    GVariant* hyperlink(const Node& link) const;
    std::vector<const Node*> children(const Node* node) const;
    std::vector<const Node*> links(const Node& node) const;
    const Node* parent(const Node& node) const;
    std::map<std::string, std::string> attributes(const Node& node) const;
    Box placed(Box box, const Node& node, unsigned by) const;

    GVariant* accessible(const Node* node, const std::string& method, GVariant* given) const;
    GVariant* component(const Node& node, const std::string& method, GVariant* given) const;
    GVariant* action(const Node& node, const std::string& method, GVariant* given) const;
    GVariant* text(const Node& node, const std::string& method, GVariant* given) const;
    GVariant* text_selection(const Node& node, const std::string& method, GVariant* given) const;
    GVariant* editable_text(const Node& node, const std::string& method, GVariant* given) const;
    GVariant* selection(const Node& node, const std::string& method, GVariant* given) const;
    std::vector<const Node*> selected(const Node& node) const;  // of what it holds
    GVariant* hypertext(const Node& node, const std::string& method, GVariant* given) const;
    GVariant* document(const Node& node, const std::string& method, GVariant* given) const;
    GVariant* collection(const Node& node, GVariant* given) const;
    GVariant* table(const Node& node, const std::string& method, GVariant* given) const;
    GVariant* table_cell(const Node& node, const std::string& method) const;
    const Node* table_of(const Node& cell) const;
    const Node* cell_at(const Node& table, int row, int column) const;
    std::vector<const Node*> cells_of(const Node& table) const;
};

}  // namespace sipdex::window::accessible
