#include "window/accessible/matches.h"

#include <cstring>
#include <string>

#include "window/accessible/interfaces.h"

namespace sipdex::window::accessible {

namespace {

// AtspiCollectionMatchType.
constexpr int all_of = 1, any_of = 2, none_of = 3;

bool fits(int by, std::size_t asked, std::size_t has) {
    switch (by) {
        case all_of: return has == asked;
        case any_of: return asked == 0 || has > 0;
        case none_of: return has == 0;
        default: return true;
    }
}

// States and roles come as sets of bits, in words of 32.
std::vector<unsigned> bits(GVariant* words) {
    std::vector<unsigned> set;
    for (gsize i = 0; i < g_variant_n_children(words); ++i) {
        int word = 0;
        g_variant_get_child(words, i, "i", &word);
        for (unsigned bit = 0; bit < 32; ++bit)
            if ((static_cast<unsigned>(word) >> bit & 1) != 0) set.push_back(static_cast<unsigned>(i) * 32 + bit);
    }
    return set;
}

struct Rule {
    std::vector<unsigned> states, roles;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<std::string> interfaces;
    int by_state = 0, by_attribute = 0, by_role = 0, by_interface = 0;
    bool inverted = false;
};

Rule read(GVariant* given) {
    Rule rule;
    GVariant *states = nullptr, *attributes = nullptr, *roles = nullptr, *interfaces = nullptr;
    gboolean inverted = FALSE;
    g_variant_get(given, "(@aii@a{ss}i@aii@asib)", &states, &rule.by_state, &attributes, &rule.by_attribute, &roles,
                  &rule.by_role, &interfaces, &rule.by_interface, &inverted);
    const Value kept[] = {Value(states), Value(attributes), Value(roles), Value(interfaces)};
    rule.inverted = inverted != FALSE;
    rule.states = bits(states);
    rule.roles = bits(roles);
    GVariantIter each;
    const char *key = "", *value = "";
    g_variant_iter_init(&each, attributes);
    while (g_variant_iter_next(&each, "{&s&s}", &key, &value)) rule.attributes.emplace_back(key, value);
    g_variant_iter_init(&each, interfaces);
    while (g_variant_iter_next(&each, "&s", &key)) rule.interfaces.emplace_back(key);
    return rule;
}

// Values of an attribute are given as "1:2:3".
bool among(const std::string& values, const std::string& one) {
    return (":" + values + ":").find(":" + one + ":") != std::string::npos;
}

bool has_attribute(const Node& node, const std::string& key, const std::string& values) {
    if (key == "level") return node.level > 0 && among(values, std::to_string(node.level));
    if (key == "posinset") return node.of > 0 && among(values, std::to_string(node.position));
    if (key == "setsize") return node.of > 0 && among(values, std::to_string(node.of));
    return false;
}

bool has_interface(const Node& node, const std::string& wanted) {
    for (const char* name : interfaces_of(&node))
        if (wanted == name || g_ascii_strcasecmp(std::strrchr(name, '.') + 1, wanted.c_str()) == 0) return true;
    return false;
}

bool fits(const Rule& rule, const Node& node) {
    std::size_t states = 0, roles = 0, attributes = 0, interfaces = 0;
    for (const unsigned state : rule.states) states += node.states >> state & 1;
    for (const unsigned role : rule.roles) roles += static_cast<unsigned>(node.role) == role;
    for (const auto& [key, values] : rule.attributes) attributes += has_attribute(node, key, values);
    for (const std::string& name : rule.interfaces) interfaces += has_interface(node, name);
    // Nothing has all of several roles: what is meant is any.
    const int by_role = rule.by_role == all_of && rule.roles.size() > 1 ? any_of : rule.by_role;
    const bool fit = fits(rule.by_state, rule.states.size(), states) && fits(by_role, rule.roles.size(), roles) &&
                     fits(rule.by_attribute, rule.attributes.size(), attributes) &&
                     fits(rule.by_interface, rule.interfaces.size(), interfaces);
    return fit != rule.inverted;
}

void gather(const Tree& tree, const Node& within, const Rule& rule, std::vector<const Node*>& found) {
    for (const std::size_t index : within.children) {
        const Node& child = tree.nodes[index];
        if (fits(rule, child)) found.push_back(&child);
        gather(tree, child, rule, found);
    }
}

}  // namespace

std::vector<const Node*> matches(const Tree& tree, const Node& within, GVariant* rule) {
    std::vector<const Node*> found;
    gather(tree, within, read(rule), found);
    return found;
}

}  // namespace sipdex::window::accessible
