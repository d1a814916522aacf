// A document laid out at a width: every line, box and button has its place, counted from the page's top.
//
// Laying out costs; drawing is going through the pieces that can be seen. A page is laid out again when
// its width, the text size, the language, or what is folded changes.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "document/document.h"
#include "window/kit/ui.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

// What pieces are part of, for those who do not see how they lie: a heading, an item of a list, a cell of a table. Parts hold
// parts; each comes before what it holds.
struct Part {
    accessible::Role role = accessible::Role::document_web;
    std::size_t parent = 0;  // the first part is the page
    std::string id = {};     // among its like; empty: by its number
    std::string name = {};   // of what has no words of its own
    int level = 0, rows = 0, columns = 0, row = -1, column = -1;
};

struct Piece {
    enum class Kind {
        words,  // lines, in `where` of the width they were set in
        box,    // a filled place; `frame` draws its edge too
        hairline,
        icon,
        mark,  // shape and number of a code
        fold,  // a section's title: pressing it opens or closes what follows
        copy,  // a button that copies `payload`
        ladder,
        action,  // one of the page's own buttons
        choice,  // an answer to a question: the whole place is the link of `text`
        jump,    // a line of the page's contents: pressing it goes to the section `id`
    };
    Kind kind = Kind::words;
    Rect where;
    Role role = Role::text;
    float opacity = 1;
    double radius = 0;
    bool frame = false;
    bool open = true;  // fold
    typeset::Lines lines;
    document::Text text;  // of `lines`, for its links
    Icon icon_drawn = Icon::check;
    int code = 0;
    Type type = Type::body;
    std::string id;
    std::string payload;  // copy: what is copied; fold: the title
    document::Ladder ladder;
    Button action_button;
    std::size_t part = 0;
};

// What the page is about, on a line of its own that stays at the top once the page's head has gone past it.
struct StickyHead {
    double from = 0;  // the scroll at which it appears
    double height = 0;
    struct Cell {
        int code = 0;
        double x = 0, width = 0;
        typeset::Lines phrase;
    };
    std::vector<Cell> cells;
};

// Where a section begins, for the contents.
struct Anchor {
    std::string id, title;
    double top = 0;
    bool open = true;
};

struct Laid {
    std::vector<Piece> pieces;
    StickyHead head;
    std::vector<Anchor> anchors;
    double height = 0;
    // Beside the page: contents and codes often confused, in their own coordinates from the top left corner given here.
    // It stays in sight when the page scrolls.
    std::vector<Piece> aside;
    double aside_x = 0, aside_top = 0;
    std::vector<Part> parts = {Part{}};
};

// A line of a message with its links; nothing is a link without one.
using WireWords = std::function<document::Text(const std::string& line, bool start_line)>;

struct PageSetup {
    double width = 0;              // of the view, pixels
    std::set<std::string> turned;  // sections whose fold is the other way than the document says
    std::set<std::string> opened;  // fact tables whose equal rows are shown
    std::vector<Button> actions;   // shown in the page's head
    WireWords wire_words = {};
};

Laid laid_out(Ui& ui, const document::Document& document, const PageSetup& setup);

// What the clipboard gets for a section.
std::string words_of(const document::Section& section);

}  // namespace sipdex::window
