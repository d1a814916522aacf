#include "window/accessible/outline.h"

#include <algorithm>
#include <utility>

namespace sipdex::window::accessible {

namespace {

constexpr std::size_t nowhere = std::size_t(-1);
constexpr std::size_t most_said = 6;  // that stand in the tree at a time
constexpr std::size_t most_lines = 8192;

bool counted(Role role) { return role == Role::list_item || role == Role::menu_item || role == Role::page_tab; }

}  // namespace

void Outline::want(bool on) {
    if (on_ == on) return;
    on_ = on;
    begin();
    lines_.clear();
    said_.clear();
}

void Outline::begin() {
    written_.clear();
    open_.clear();
    times_.clear();
    last_ = nowhere;
    if (lines_.size() > most_lines) lines_.clear();
}

void Outline::open(Node group) {
    if (!wanted()) return;
    const std::size_t parent = open_.empty() ? nowhere : open_.back();
    open_.push_back(written_.size());
    written_.push_back({std::move(group), parent});
    last_ = nowhere;
}

void Outline::close() {
    if (!wanted() || open_.empty()) return;
    if (open_.back() + 1 == written_.size()) written_.pop_back();
    open_.pop_back();
    last_ = nowhere;
}

void Outline::add(Node node) {
    if (!wanted()) return;
    described_ = false;
    last_ = written_.size();
    written_.push_back({std::move(node), open_.empty() ? nowhere : open_.back()});
}

Node* Outline::last() { return wanted() && last_ < written_.size() ? &written_[last_].node : nullptr; }

Role Outline::within() const { return open_.empty() ? Role::frame : written_[open_.back()].node.role; }

void Outline::describe_last(std::string words) {
    if (Node* thing = last()) {
        thing->description = std::move(words);
        described_ = true;
    }
}

void Outline::drawn(const std::string& words, const Box& where) {
    if (!wanted() || words.empty()) return;
    if (Node* thing = last(); thing && thing->where.holds(where.x + where.width / 2, where.y + where.height / 2)) {
        if (described_ || thing->role == Role::entry || thing->name.find(words) != std::string::npos) return;
        if (thing->role == Role::label) thing->name += " " + words;
        else thing->description += (thing->description.empty() ? "" : ", ") + words;
        return;
    }
    const int time = ++times_[words];
    Node label{"words:" + words + (time > 1 ? "#" + std::to_string(time) : "")};
    label.role = Role::label;
    label.name = words;
    label.where = where;
    add(std::move(label));
    last_ = nowhere;
}

std::shared_ptr<const Prose> Outline::line(const std::string& id, const std::string& words, const Box& where) {
    auto& kept = lines_[id];
    Prose now = plain_prose(words, where);
    if (!kept || *kept != now) kept = std::make_shared<const Prose>(std::move(now));
    return kept;
}

void Outline::say(std::string words) {
    if (!on_ || words.empty()) return;
    said_.emplace_back(++sayings_, std::move(words));
    if (said_.size() > most_said) said_.pop_front();
}

void Outline::back_to(const Mark& mark) {
    if (written_.size() > mark.written) written_.resize(mark.written, {Node{""}, nowhere});
    if (open_.size() > mark.depth) open_.resize(mark.depth);
    last_ = nowhere;
    hushed_ = 0;  // an exception passes through every Hush
}

int Outline::number_of(const std::string& id) {
    auto& [number, tree] = numbers_[id];
    if (number == 0) number = ++last_number_;
    tree = trees_;
    return number;
}

Tree Outline::tree(const Window& window) {
    ++trees_;
    Tree tree;
    tree.window = window.where;
    tree.language = window.language;
    tree.nodes.reserve(written_.size() + 1 + said_.size());
    Node frame{"window"};
    frame.role = Role::frame;
    frame.name = window.name;
    frame.where = {0, 0, window.where.width, window.where.height};
    frame.set(State::active, window.active);
    frame.number = number_of(frame.id);
    tree.nodes.push_back(std::move(frame));
    const auto put = [&](Node node, std::size_t parent) {
        node.parent = parent;
        // Two things of one name, as copies of the same message: each has a number.
        if (const auto it = numbers_.find(node.id); it != numbers_.end() && it->second.tree == trees_) {
            int time = 2;
            while (numbers_.contains(node.id + "#" + std::to_string(time)) &&
                   numbers_[node.id + "#" + std::to_string(time)].tree == trees_)
                ++time;
            node.id += "#" + std::to_string(time);
        }
        node.number = number_of(node.id);
        tree.nodes[parent].children.push_back(tree.nodes.size());
        if (node.is(State::focused)) tree.focus = tree.nodes.size();
        tree.nodes.push_back(std::move(node));
    };
    for (const Written& one : written_) put(one.node, one.parent == nowhere ? 0 : one.parent + 1);
    for (const auto& [number, words] : said_) {
        Node said{"said:" + std::to_string(number)};
        said.role = Role::notification;
        said.name = words;
        put(std::move(said), 0);
    }
    for (Node& node : tree.nodes) {
        // Only one thing has the focus.
        if (node.is(State::focused) && tree.focus != static_cast<std::size_t>(&node - tree.nodes.data()))
            node.set(State::focused, false);
        node.selects = std::ranges::any_of(node.children,
                                           [&](std::size_t child) { return tree.nodes[child].is(State::selectable); });
        int count = 0;
        for (const std::size_t child : node.children)
            if (counted(tree.nodes[child].role) && tree.nodes[child].of == 0) tree.nodes[child].position = ++count;
        for (const std::size_t child : node.children)
            if (counted(tree.nodes[child].role) && tree.nodes[child].of == 0) tree.nodes[child].of = count;
    }
    std::erase_if(numbers_, [this](const auto& one) { return one.second.tree != trees_; });
    return tree;
}

}  // namespace sipdex::window::accessible
