// A document view shows one document: laid out for its width, scrolled, folded, its links pressed.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "window/reading/document_layout.h"
#include "window/reading/page_search.h"
#include "window/reading/selection.h"
#include "window/reading/spoken_page.h"

namespace sipdex::window {

struct Asked {                // what the reader asked for
    document::Target target;  // monostate: nothing
    std::string action;       // the id of a pressed button of the page
    document::Target over;    // the link under the mouse or with the focus, and where it stands
    Rect over_where;
};

class DocumentView {
public:
    // `goes_on`: it is the page shown before, which says something else now. Who reads it keeps their place.
    void show(document::Document document, bool goes_on = false);
    const document::Document& document() const { return document_; }
    // How the lines of its messages are worded from now on: header fields and codes as links.
    void link_messages(WireWords words) { wire_words_ = std::move(words); }

    // Draws into the place given. `actions` stand in the page's head.
    Asked draw(Ui& ui, const std::string& id, const Rect& where, Scroll& scroll,
               const std::vector<Button>& actions = {});

    // What the reader has selected goes to the clipboard, and they are told so; whether there was anything.
    bool copy_selected(Ui& ui);
    void select_all() { selection_.all(laid_.pieces); }
    void select_nothing() { selection_.clear(); }
    void open_search(Ui& ui) { search_.open(ui); }
    bool escape();  // ends the search, or else the selection

    // The text of it that is read, where somebody listens; the same while it goes on.
    std::string reading() const { return spoken_.reading(); }

    // Sections turned from how the document has them; kept for all documents and remembered.
    std::string folds() const;  // "causes sources"
    void set_folds(std::string_view ids);

private:
    void lay_out(Ui& ui, const Rect& view, const std::vector<Button>& actions);
    std::set<std::string> turned_for_search(const Ui& ui) const;
    void piece(Ui& ui, const Piece& piece, double x, double y, Asked& asked);
    void marks(Ui& ui, const Piece& piece, const Rect& words);  // behind them: what is selected, what was found
    void go_to_match(Ui& ui, Scroll& scroll);
    void words(Ui& ui, const Piece& piece, const Rect& where, Asked& asked);
    void choice(Ui& ui, const Piece& piece, const Rect& where, Asked& asked);
    void jump(Ui& ui, const Piece& piece, const Rect& where);
    void aside(Ui& ui, const Rect& view, const Scroll& scroll, Asked& asked);
    void sticky(Ui& ui, const Rect& view, const Scroll& scroll);
    bool head_is_past(const Scroll& scroll) const;
    void go_to_wanted(const Ui& ui, Scroll& scroll);

    document::Document document_;
    Laid laid_;
    std::string laid_for_;  // width, scale, folds: laid out again when any changes
    std::set<std::string> turned_, opened_;
    unsigned version_ = 0;
    std::string wanted_;   // the section that the reader asked for, until it has been scrolled to
    std::string current_;  // the one that is being read
    WireWords wire_words_;
    Selection selection_;
    PageSearch search_;
    SpokenPage spoken_;     // while somebody listens
    unsigned shown_ = 0;    // pages
    std::string links_;     // what the ids of its links begin with
    std::size_t link_ = 0;  // counts links of a frame, so that each has an id
};

}  // namespace sipdex::window
