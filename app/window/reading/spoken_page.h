// A page as those who do not see it go through it: texts one behind the other in their lists and tables, links within them,
// and a caret that the arrow keys move. Made when somebody listens and the page was laid out anew.
#pragma once
#include <string>
#include <vector>

#include "window/reading/spoken_elements.h"

namespace sipdex::window {

class SpokenPage {
public:
    void follow(Ui& ui, const SpokenSource& source);

    // The arrow keys, Home, End and Enter, while this page is the one that is read; where the caret goes the page scrolls.
    // Gives the link that was followed.
    document::Target take_keys(Ui& ui, Scroll& scroll, double head);

    // What a screen reader wants selected, of the pieces that the page was made of.
    void take_selection(Ui& ui, Scroll& scroll, double head, const std::vector<Piece>& pieces,
                        Selection& selection) const;
    // The text that the caret stands in; empty where there is none.
    std::string reading() const { return at_ < elements_.size() ? elements_[at_].node.id : std::string(); }

    // The page, drawn into `view` with its top at y, is told as a document, and the caret is drawn. It was made of
    // `pieces`.
    void write_down(Ui& ui, const Rect& view, double y, const std::vector<Piece>& pieces,
                    const Selection& selection) const;

private:
    bool reads_on(std::size_t element) const;  // whether the caret can stand in it
    std::size_t element_with(const std::string& pressed) const;
    void move_lines(int by);
    void move_characters(int by, accessible::Prose::Unit unit);
    void move_to_end(bool forward);
    bool moved_by(const Press& press, bool mirrored);
    const SpokenLink* link_at_caret() const;
    void tell_neighbours(Ui& ui) const;
    void reveal(Ui& ui, Scroll& scroll, double head, std::size_t element, int offset) const;

    std::string made_for_, id_, document_id_;
    accessible::Node document_;
    std::vector<SpokenElement> elements_;
    std::size_t at_ = 0;  // the element in which the caret stands
    int offset_ = 0;
};

}  // namespace sipdex::window
