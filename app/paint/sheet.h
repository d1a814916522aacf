// A document laid out on paper: the one layout behind PDF, SVG and PNG.
//
// Prose is set at 9.5 points, down to 8.5 where that saves a page.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "paint/arranger.h"
#include "paint/pagination.h"

namespace sipdex::paint {

class Sheet {
public:
    enum class Flow { pages, endless };  // pages of the paper, or one as long as it takes

    Sheet(const document::Document& document, const Options& options, Flow flow);

    int pages() const { return static_cast<int>(pages_.size()); }
    double width() const { return width_; }  // of the paper, in points
    double height() const { return height_; }

    // Paints a page, counted from 0. With `tagged`, Cairo is told headings, tables, lists and links.
    void paint(cairo_t* to, int page, bool tagged) const;

    struct Bookmark {
        std::string title;
        int page = 0;
        double y = 0;
    };
    std::vector<Bookmark> bookmarks() const;

private:
    void paint_strip(cairo_t* to, const Placed& placed, bool tagged) const;
    void paint_part(cairo_t* to, const Part& part, double x, double y, bool tagged) const;
    void paint_footer(cairo_t* to, int page) const;

    const Theme& theme_;
    double width_ = 0, height_ = 0;
    bool right_to_left_ = false;
    std::vector<Page> pages_;
    std::vector<std::pair<typeset::Lines, double>> origins_, numbers_;  // footers of each page, and their x
};

}  // namespace sipdex::paint
