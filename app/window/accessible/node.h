// What stands in the window, for those who cannot see it: a tree of things with roles, names, states and texts.
//
//     frame "607 Unwanted – Sipdex"
//         list "Reference"
//             list item "607 Unwanted", selected
//         document "607 Unwanted"
//             heading "607 Unwanted", level 1
//
// Plain values. A tree is made at the end of a frame and never changed; whoever answers a screen reader holds one.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "window/accessible/prose.h"

namespace sipdex::window::accessible {

// As AT-SPI numbers them (atspi-constants.h).
enum class Role : unsigned {
    dialog = 16,
    frame = 23,
    image = 27,
    label = 29,
    list = 31,
    list_item = 32,
    menu_item = 35,
    page_tab = 37,
    page_tab_list = 38,
    panel = 39,
    popup_menu = 41,
    push_button = 43,
    slider = 51,
    table = 55,
    table_cell = 56,
    table_column_header = 57,
    table_row_header = 58,
    toggle_button = 62,
    tool_bar = 63,
    paragraph = 73,
    application = 75,
    entry = 79,
    heading = 83,
    section = 85,
    link = 88,
    table_row = 90,
    document_web = 95,
    comment = 97,
    notification = 101,
    landmark = 110,
};

bool is_cell(Role role);
const char* name_of(Role role);  // "list item"; of the protocol, the same in every language

enum class State : unsigned {
    active = 1,
    checked = 4,
    editable = 7,
    enabled = 8,
    expandable = 9,
    expanded = 10,
    focusable = 11,
    focused = 12,
    modal = 16,
    multi_line = 17,
    pressed = 20,
    selectable = 22,
    selected = 23,
    sensitive = 24,
    showing = 25,
    single_line = 26,
    visible = 30,
    selectable_text = 38,
    has_popup = 42,
};

const char* name_of(State state);

using States = std::uint64_t;
template <class... Each>
constexpr States states(Each... each) {
    return ((States{1} << static_cast<unsigned>(each)) | ... | States{0});
}
constexpr States usual = states(State::enabled, State::sensitive, State::showing, State::visible);

struct Node {
    std::string id;  // of the same thing in every frame
    Role role = Role::panel;
    std::string name = {}, description = {};
    States states = usual;
    Box where = {};          // in the window
    std::string press = {};  // what its action presses, an id of the window; empty: it has none

    std::shared_ptr<const Prose> prose = {};
    int prose_x = 0, prose_y = 0;            // where the corner of its text stands in the window
    int caret = -1;                          // in it; -1: none
    int selected_from = 0, selected_to = 0;  // of it; 0 and 0: nothing is
    std::string language = {};               // BCP 47, where it is not that of what it stands in
    bool flows = false;                      // its text is read on in the next that flows

    std::string uri = {};              // of a link
    int link_from = -1, link_to = -1;  // where the words of a link stand in its parent's text
    int level = 0;                     // of a heading, from 1
    int rows = 0, columns = 0;         // of a table
    int row = -1, column = -1;         // of a cell
    double value = -1;                 // of a slider, from 0 to 1

    // Given by the tree.
    int number = 0;  // never that of another thing
    std::size_t parent = std::size_t(-1);
    std::vector<std::size_t> children = {};
    int position = 0, of = 0;  // among its like: 2 of 5
    bool selects = false;      // some of what it holds can be selected

    bool operator==(const Node&) const = default;
    bool is(State state) const { return (states >> static_cast<unsigned>(state) & 1) != 0; }
    void set(State state, bool on = true) {
        const States bit = accessible::states(state);
        states = on ? states | bit : states & ~bit;
    }
};

struct Tree {
    std::vector<Node> nodes;           // each before what it holds; the frame of the window first
    std::optional<std::size_t> focus;  // what has it
    Box window;                        // on the screen
    std::string language;              // of the reader

    bool operator==(const Tree&) const = default;
    const Node* find(int number) const;
    std::size_t index_in_parent(const Node& node) const;
    // The next text to be read on from this one, or the one before; nothing at the ends.
    const Node* read_on(const Node& node, bool forward) const;
    std::string language_of(const Node& node) const;
};

// Every node on a line of its own, indented: what tests compare, and a person reads.
std::string described(const Tree& tree);

// What a screen reader asks the window to do.
struct Wish {
    // edit: what stands from `offset` to `to` becomes `words`; copy, cut and paste are of the clipboard; select: from
    // `offset` to `to`, where the caret then stands, or nothing where they are the same.
    enum class Kind { press, focus, caret, show, value, edit, copy, cut, paste, select };
    Kind kind = Kind::press;
    std::string id;          // press: of what is pressed; else of the node
    int offset = 0, to = 0;  // characters of its text, which may have fewer
    std::string words = {};
    double value = 0;
};

}  // namespace sipdex::window::accessible
