// Arranges a document into strips of a given width, in the typography of printed sheets.
//
// A sheet has a margin column for titles and labels, and a main column for what is read; subjects that are compared share
// the main column, at the same places from the top of the sheet to its foot:
//
//     ⬣ 607          Unwanted                          ↷ 300                  ⬣ 607
//     What to do   1 Ask which number …       Try again?  Yes, to another …    No
//
// All prose has one leading, and every distance is made of quarters of it, so that lines stand beside lines.
#pragma once
#include "paint/options.h"
#include "paint/strip.h"

namespace sipdex::paint {

// How large prose is set and how far its lines stand apart, in points. Where room is tight the margin column is narrower,
// and what is told of each subject runs down on its own.
struct Density {
    double body = 9.5;
    double leading = 13;
    bool tight = false;
};

inline constexpr double smallest_type = 7.5;  // points; nothing on a sheet is smaller

struct Typography {
    double width = 0;   // of the content, in points
    double margin = 0;  // of the margin column; 0: too narrow for one, titles stand above what they name
    double gap = 0;     // between it and the main column
    Density density;
    const Theme* theme = nullptr;

    double main_x() const { return margin > 0 ? margin + gap : 0; }
    double main_width() const { return width - main_x(); }
    double quarter() const { return density.leading / 4; }
};

// The columns of a paper whose content is so wide.
Typography typography_for(double width, double scale, const Density& density, const Theme& theme);

Arranged arranged(const document::Document& document, const Options& options, const Typography& typography,
                  typeset::Typesetter& typesetter);

}  // namespace sipdex::paint
