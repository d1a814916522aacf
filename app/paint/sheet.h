// A document laid out on paper: the one layout behind PDF, SVG, PNG and the preview.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "paint/arranger.h"
#include "paint/pagination.h"
#include "paint/picture.h"

namespace sipdex::paint {

class Sheet {
public:
    enum class Flow { pages, endless };  // pages of the paper, or one as long as it takes

    Sheet(const document::Document& document, const Options& options, Flow flow);
    // The same, with fonts that are ready: who makes many sheets keeps one typesetter for paper.
    Sheet(const document::Document& document, const Options& options, Flow flow, typeset::Typesetter& typesetter);

    int pages() const { return static_cast<int>(pages_.size()); }
    double width() const { return width_; }  // of the paper, in points
    double height() const { return height_; }
    const std::string& title() const { return title_; }

    // Paints a page, counted from 0. With `tagged`, Cairo is told headings, tables, lists and links.
    void paint(cairo_t* to, int page, bool tagged) const;

    struct Bookmark {
        std::string title;
        int page = 0;
        double y = 0;
    };
    std::vector<Bookmark> bookmarks() const;

    // Links to pages of the same book: the name of the place for a target, empty for one that is not in it. Kept by whoever
    // paints.
    using Places = std::function<std::string(const document::Target&)>;
    void link_within(Places places) { places_ = std::move(places); }

    // Every link that stands on a page, in their order.
    struct Mention {
        document::Target target;
        int page = 0;
    };
    std::vector<Mention> mentions() const;

private:
    void paint_strip(cairo_t* to, const Placed& placed, bool tagged) const;
    void paint_part(cairo_t* to, const Part& part, double x, double y, bool tagged) const;
    void set_footers(const document::Document& document, const Options& options, typeset::Typesetter& typesetter);
    void set_letterhead(const document::Document& document, const Letterhead& letterhead,
                        typeset::Typesetter& typesetter);
    void paint_letterhead(cairo_t* to) const;
    std::string link_of(const document::Target& target) const;
    void paint_footer(cairo_t* to, int page) const;

    // Around the content, in points.
    struct Margins {
        double side = 0, top = 0, bottom = 0;
    };

    std::string title_;
    const Theme& theme_;
    Margins margins_;
    double scale_ = 1;  // of the paper
    Places places_;
    std::shared_ptr<Picture> logo_;
    typeset::Lines organisation_;
    double width_ = 0, height_ = 0;
    bool right_to_left_ = false;
    std::vector<Page> pages_;
    std::vector<std::pair<typeset::Lines, double>> origins_, numbers_;  // footers of each page, and their x
};

}  // namespace sipdex::paint
