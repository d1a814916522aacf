// A strip is what stands between two possible page breaks: one paragraph, one row of a table, one rung.
//
// The arranger turns a document into strips; pagination puts them on pages; the sheet draws them.
#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "paint/theme.h"
#include "typeset/typeset.h"

namespace sipdex::paint {

struct Column {
    double x = 0, width = 0;  // from the edge at which lines start
};

// Lines at a place within their strip.
struct Part {
    typeset::Lines lines;
    document::Text text;  // whose spans the lines show: for links
    double x = 0, y = 0;
    Colour colour;
    const char* tag = nullptr;        // structure within the strip's own: "TD", "Lbl"; nothing: none
    std::size_t first = 0, last = 0;  // which lines
};

struct Strip {
    std::vector<Part> parts;
    double before = 0;  // room above, dropped at the top of a page
    double height = 0;
    double hangs = 0;                 // of a title in the margin column, which hangs down beside the strips that follow
    bool in_margin = false;           // stands in the margin column: begins below a title that hangs there
    bool opens = false;               // a hairline above, but at the top of a page
    bool turns = false;               // begins a page
    bool keeps_next = false;          // a heading stays with what follows
    bool splits = false;              // may break between its lines; other strips only where a page is too short
    bool filled = false;              // on the surface colour
    Column fill;                      // where; all the width if it has none
    bool ruled = false;               // a hairline below
    bool barred = false;              // a bar at the start edge
    const char* tag = "P";            // its structure in a tagged PDF
    const char* group_tag = nullptr;  // strips of one group stand in one "Table" or "L"
    int group = 0;
    // What a head names and where; it is dropped where the same stands above on the page already.
    std::vector<std::pair<std::string, double>> subjects;
    int head = -1;        // which of Arranged::heads is repeated where a page breaks above it
    std::string outline;  // a bookmark leads here
    std::function<void(cairo_t*, double x, double y)> drawing;  // lines of a ladder
};

struct Arranged {
    std::vector<Strip> strips;
    std::vector<Strip> heads;  // of tables that may go on overleaf
};

}  // namespace sipdex::paint
