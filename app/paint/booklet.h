// Many documents as one book: contents, the documents each on pages of its own, an index, page numbers, links from page to
// page. Folded, it becomes a booklet: two pages side by side on each side of a sheet, in the order in which they lie when
// the stack is folded in the middle.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "document/document.h"
#include "paint/options.h"

namespace sipdex::paint {

struct Book {
    std::string title, subtitle;
    std::string contents = "Contents", index = "Index";
    std::string language;  // BCP 47
    bool right_to_left = false;
    std::string footer;
    struct Chapter {
        document::Document document;
        document::Target target;  // links to it lead here
        int most_pages = 0;       // as in Options
        std::string about;        // beside its title in the contents
    };
    std::vector<Chapter> chapters;
    // What the index lists: the name of what a link leads to, empty for what it does not list.
    std::function<std::string(const document::Target&)> indexed;
    // How names are put in order; nothing: octet by octet.
    std::function<bool(const std::string&, const std::string&)> before;
};

// `imposed`: on sheets twice as large, for folding.
std::string booklet(const Book& book, const Options& options, bool imposed);

// Which pages lie beside each other on the sides of a stack of sheets that is folded in the middle: left and right of each
// side, pages counted from 0; -1 stands for an empty page behind the last.
std::vector<std::pair<int, int>> folded(int pages);

}  // namespace sipdex::paint
