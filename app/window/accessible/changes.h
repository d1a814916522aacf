// What a screen reader has to be told when one tree takes the place of another, in the order in which it expects it: what
// is gone and what has come, whether the window is the one that is used, then names, states and texts, the focus, the
// caret, and last what is said: a reader falls silent when the focus moves.
#pragma once
#include <string>
#include <vector>

#include "window/accessible/node.h"

namespace sipdex::window::accessible {

struct Change {
    enum class Kind {
        removed,  // with all it holds; `node` is its parent, `other` itself, `at` where it stood
        added,    // the same
        active,   // the window got the focus of the desktop, or lost it
        state,    // `state` is `on` now
        name,
        description,
        selection,  // of a list: other items are selected, or none
        text_deleted,
        text_inserted,   // `words` at `at`
        text_selection,  // other characters of it are selected, or none
        caret,           // stands at `at`
        value,
    };
    Kind kind = Kind::state;
    int node = 0;  // a number
    State state = State::focused;
    bool on = false;
    int at = 0, length = 0;
    int other = 0;
    std::string words = {};

    bool operator==(const Change&) const = default;
};

std::vector<Change> changes_between(const Tree& before, const Tree& now);

}  // namespace sipdex::window::accessible
