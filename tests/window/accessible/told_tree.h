// What a workbench tells those who do not see it, asked by a test.
#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "window/harness.h"

namespace sipdex::test {

using window::accessible::Node;
using window::accessible::Role;
using window::accessible::State;
using window::accessible::Tree;
using window::accessible::Wish;

inline Tree told(Desk& desk) { return desk.bench.told(true, {0, 0, 1280, 800}); }

// Starts to listen, and gives what there is then.
inline Tree heard(Desk& desk) {
    desk.settle();
    desk.bench.listen(true);
    desk.frames();
    desk.settle();
    return told(desk);
}

inline const Node* with_id(const Tree& tree, const std::string& id) {
    const auto found = std::ranges::find(tree.nodes, id, &Node::id);
    return found == tree.nodes.end() ? nullptr : &*found;
}

inline const Node* named(const Tree& tree, Role role, const std::string& name) {
    const auto found =
        std::ranges::find_if(tree.nodes, [&](const Node& node) { return node.role == role && node.name == name; });
    return found == tree.nodes.end() ? nullptr : &*found;
}

inline const Node& focus(const Tree& tree) {
    REQUIRE(tree.focus);
    return tree.nodes[*tree.focus];
}

}  // namespace sipdex::test
