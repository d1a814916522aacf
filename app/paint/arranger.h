// Arranges a document into strips of a given width, in the typography of printed sheets.
#pragma once
#include "paint/options.h"
#include "paint/strip.h"

namespace sipdex::paint {

struct Typography {
    double width = 0;           // of the content, in points
    double body = 9.5;          // size of prose
    double line_height = 1.34;  // times the size
    double air = 1;             // times the room between rows and sections
    const Theme* theme = nullptr;
};

Arranged arranged(const document::Document& document, const Options& options, const Typography& typography,
                  typeset::Typesetter& typesetter);

}  // namespace sipdex::paint
