// What Lines keep: Pango's lines, from which Cairo paints, and where each run of glyphs was placed.
#pragma once
#include <pango/pangocairo.h>

#include <vector>

#include "typeset/typeset.h"

namespace sipdex::typeset {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Kept = std::unique_ptr<T, Unref>;

struct UnrefLine {
    void operator()(PangoLayoutLine* line) const { pango_layout_line_unref(line); }
};
using KeptLine = std::unique_ptr<PangoLayoutLine, UnrefLine>;

// Glyphs that stand beside each other on one line and belong to one span.
struct PlacedRun {
    PangoGlyphItem* item = nullptr;  // owned by its line
    std::size_t span = 0;
    std::size_t line = 0;
    double x = 0, baseline = 0;
    Rect box;  // as wide as the glyphs, as high as the line
};

struct Lines::Impl {
    std::vector<KeptLine> kept;   // they outlive their layout, which holds as much again
    std::string shaped;           // the text with isolates; items point into it
    std::vector<PlacedRun> runs;  // line by line, from left to right
    std::vector<Glyph> glyphs;    // for screens
    std::vector<std::string> words;
    std::vector<double> tops;  // of each line
    double width = 0, height = 0, baseline = 0;
    bool cut = false;
};

}  // namespace sipdex::typeset
