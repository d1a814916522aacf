// A page as those who do not see it go through it: texts one behind the other in their lists and tables, links within them,
// and a caret that the arrow keys move. Made when somebody listens and the page was laid out anew.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "window/reading/document_layout.h"

namespace sipdex::window {

class SpokenPage {
public:
    // `shown` tells one document from the next, `version` one layout from the next. `links` is what the ids of its links
    // begin with; they are counted over the pieces in their order.
    struct Source {
        const document::Document& document;
        const Laid& laid;
        std::string id, links, version;
        unsigned shown = 0;
        double width = 0;  // of the view
    };
    void follow(Ui& ui, const Source& source);

    // The arrow keys, Home, End and Enter, while this page is the one that is read; where the caret goes the page scrolls.
    // Gives the link that was followed.
    document::Target take_keys(Ui& ui, Scroll& scroll, double head);

    // The page, drawn into `view` with its top at y, is told as a document, and the caret is drawn.
    void write_down(Ui& ui, const Rect& view, double y) const;

private:
    struct Link {
        int from = 0, to = 0;
        std::string id;
        document::Target target;
    };
    struct Element {
        enum class Kind { open, close, text, control } kind = Kind::text;
        accessible::Node node;  // its places count from the top left corner of the page on the screen
        std::vector<Link> links = {};
    };
    class Builder;

    bool reads_on(std::size_t element) const;  // whether the caret can stand in it
    std::size_t element_with(const std::string& pressed) const;
    void move_lines(int by);
    void move_characters(int by, accessible::Prose::Unit unit);
    void move_to_end(bool forward);
    bool moved_by(const Press& press, bool mirrored);
    const Link* link_at_caret() const;
    void tell_neighbours(Ui& ui) const;
    void reveal(Ui& ui, Scroll& scroll, double head, std::size_t element, int offset) const;

    std::string made_for_, id_, document_id_;
    accessible::Node document_;
    std::vector<Element> elements_;
    std::size_t at_ = 0;  // the element in which the caret stands
    int offset_ = 0;
};

}  // namespace sipdex::window
