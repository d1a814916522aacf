// Finding in a page: a field above it, what it says marked on the page, one match after the other.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "window/reading/page_text.h"

namespace sipdex::window {

class PageSearch {
public:
    struct Match {
        std::size_t piece = 0, first = 0, last = 0;  // octets of the piece's lines
    };

    bool is_open() const { return open_; }
    void open(Ui& ui);
    void close();
    // What is looked for; empty while the field is closed.
    const std::string& wanted() const;

    // Sections that hold it: they are opened to be looked through.
    std::set<std::string> sections_with(const document::Document& document, const std::string& language) const;
    // Looks through the pieces, in which `version` tells one page from another.
    void look(const Ui& ui, const std::vector<Piece>& pieces, const std::string& version);
    const std::vector<Match>& matches() const { return matches_; }
    const Match* current() const { return matches_.empty() ? nullptr : &matches_[at_]; }
    // The current match is another than in the frame before: it is to be scrolled to.
    bool take_moved();

    double height(const Ui& ui) const;  // of the field; 0 while it is closed
    void draw(Ui& ui, const Rect& bar);

private:
    void go(int by);

    bool open_ = false, moved_ = false;
    std::string typed_, looked_for_;
    std::vector<Match> matches_;
    std::size_t at_ = 0;
};

}  // namespace sipdex::window
