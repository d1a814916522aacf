#include "window/accessible/changes.h"

#include <algorithm>
#include <unordered_map>

namespace sipdex::window::accessible {

namespace {

using Kind = Change::Kind;

// Those that are told of by themselves; the focus has an order of its own.
constexpr State told_states[] = {State::sensitive, State::enabled,   State::checked,  State::pressed,
                                 State::expanded,  State::focusable, State::selected, State::editable};

class Comparison {
public:
    Comparison(const Tree& before, const Tree& now) : before_(before), now_(now) {
        for (const Node& node : before.nodes) then_.emplace(node.number, &node);
        for (const Node& node : now.nodes) by_number_.emplace(node.number, &node);
    }

    std::vector<Change> all() {
        gone_and_come();
        const bool was = active(before_), is = active(now_);
        if (was != is && !now_.nodes.empty()) {
            Change change{Kind::active, now_.nodes.front().number};
            change.on = is;
            change.words = now_.nodes.front().name;
            tell(std::move(change));
        }
        for (const Node& node : now_.nodes)
            if (const auto then = then_.find(node.number); then != then_.end()) differences(*then->second, node);
        for (const Node& node : now_.nodes)
            if (const auto then = then_.find(node.number);
                then != then_.end() && (then->second->selects || node.selects))
                selection(*then->second, node);
        focus(was, is);
        if (is) caret();
        for (const Node& node : now_.nodes)
            if (node.role == Role::notification && !then_.contains(node.number)) state(node, State::showing, true);
        return std::move(told_);
    }

private:
    static bool active(const Tree& tree) { return !tree.nodes.empty() && tree.nodes.front().is(State::active); }
    void tell(Change change) { told_.push_back(std::move(change)); }
    void state(const Node& node, State which, bool on) {
        Change change{Kind::state, node.number};
        change.state = which;
        change.on = on;
        tell(std::move(change));
    }

    // Only the topmost node of what has gone or come: the rest goes and comes with it.
    void gone_and_come() {
        const auto one = [&](const Tree& tree, const Node& node, Kind kind) {
            Change change{kind, tree.nodes[node.parent].number};
            change.other = node.number;
            change.at = static_cast<int>(tree.index_in_parent(node));
            tell(std::move(change));
        };
        for (const Node& node : before_.nodes) {
            if (by_number_.contains(node.number) || node.parent >= before_.nodes.size()) continue;
            if (by_number_.contains(before_.nodes[node.parent].number)) one(before_, node, Kind::removed);
        }
        for (const Node& node : now_.nodes) {
            if (then_.contains(node.number) || node.parent >= now_.nodes.size()) continue;
            if (!then_.contains(now_.nodes[node.parent].number)) continue;
            one(now_, node, Kind::added);
        }
    }

    void differences(const Node& then, const Node& node) {
        if (then.name != node.name) {
            Change change{Kind::name, node.number};
            change.words = node.name;
            tell(std::move(change));
        }
        if (then.description != node.description) {
            Change change{Kind::description, node.number};
            change.words = node.description;
            tell(std::move(change));
        }
        for (const State which : told_states)
            if (then.is(which) != node.is(which)) state(node, which, node.is(which));
        if (then.value != node.value) tell({Kind::value, node.number});
        if (then.prose != node.prose && then.prose && node.prose) texts(*then.prose, node);
        // Behind the text, whose characters it counts.
        if (then.selected_from != node.selected_from || then.selected_to != node.selected_to)
            tell({Kind::text_selection, node.number});
    }

    void selection(const Node& then, const Node& node) {
        const auto selected = [](const Tree& tree, const Node& list) {
            std::vector<int> numbers;
            for (const std::size_t child : list.children)
                if (tree.nodes[child].is(State::selected)) numbers.push_back(tree.nodes[child].number);
            return numbers;
        };
        if (selected(before_, then) != selected(now_, node)) tell({Kind::selection, node.number});
    }

    // As one piece that differs.
    void texts(const Prose& then, const Node& node) {
        const Prose& now = *node.prose;
        const std::u32string &a = then.text, &b = now.text;
        const std::size_t most = std::min(a.size(), b.size());
        std::size_t first = 0, last = 0;
        while (first < most && a[first] == b[first]) ++first;
        // Of letters that repeat, those are meant behind which the caret stands, or from which it was taken.
        if (const int from = node.caret - static_cast<int>(b.size() - most);
            node.is(State::editable) && from >= 0 && static_cast<std::size_t>(from) < first &&
            a.compare(a.size() - (most - std::size_t(from)), std::u32string::npos, b,
                      b.size() - (most - std::size_t(from)), std::u32string::npos) == 0)
            first = static_cast<std::size_t>(from);
        while (last < most - first && a[a.size() - 1 - last] == b[b.size() - 1 - last]) ++last;
        const auto one = [&](Kind kind, const Prose& of, std::size_t size) {
            if (size <= first + last) return;
            Change change{kind, node.number};
            change.at = static_cast<int>(first);
            change.length = static_cast<int>(size - first - last);
            change.words = of.words(change.at, change.at + change.length);
            tell(std::move(change));
        };
        one(Kind::text_deleted, then, a.size());
        one(Kind::text_inserted, now, b.size());
    }

    // A reader takes focus events of a window that is not used for noise, and knows nothing of the focus when it comes back.
    void focus(bool was, bool is) {
        const auto number_of = [](const Tree& tree) { return tree.focus ? tree.nodes[*tree.focus].number : 0; };
        const int then = number_of(before_), now = number_of(now_);
        if (then == now && was == is) return;
        if (then != 0 && then != now)
            if (const auto still = by_number_.find(then); still != by_number_.end())
                state(*still->second, State::focused, false);
        if (now != 0 && is) state(*by_number_.at(now), State::focused, true);
    }

    // Of what has the focus; elsewhere no caret is seen.
    void caret() {
        if (!now_.focus) return;
        const Node& node = now_.nodes[*now_.focus];
        if (!node.prose || node.caret < 0) return;
        const auto then = then_.find(node.number);
        const bool had_focus = active(before_) && then != then_.end() && before_.focus &&
                               before_.nodes[*before_.focus].number == node.number;
        if (had_focus && then->second->caret == node.caret) return;
        Change change{Kind::caret, node.number};
        change.at = node.caret;
        tell(std::move(change));
    }

    const Tree &before_, &now_;
    std::unordered_map<int, const Node*> then_, by_number_;
    std::vector<Change> told_;
};

}  // namespace

std::vector<Change> changes_between(const Tree& before, const Tree& now) { return Comparison(before, now).all(); }

}  // namespace sipdex::window::accessible
