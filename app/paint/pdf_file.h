// A PDF being written, page after page.
#pragma once
#include <string>

#include "paint/options.h"
#include "paint/surface.h"

namespace sipdex::paint {

class PdfFile {
public:
    // `width` and `height` of its pages in points.
    PdfFile(const std::string& title, const Options& options, double width, double height);

    cairo_t* cairo() { return surface_.cairo(); }

    // An entry of the outline that leads to a height on a page, counted from 1. Gives its number, below which others may be
    // put; 0 is the top.
    int bookmark(const std::string& title, int page, double y, int below = 0);

    // The octets, once every page has been shown. Throws std::runtime_error, in Cairo's words, where painting failed.
    std::string finished(const std::string& language, bool right_to_left);

private:
    std::string octets_;
    Surface surface_;
};

}  // namespace sipdex::paint
