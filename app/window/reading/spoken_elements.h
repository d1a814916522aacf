// What is told of a page to those who do not see it, one behind the other: where lists, tables and other parts begin and end,
// texts with the links in them, and what can be pressed.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "window/reading/document_layout.h"
#include "window/reading/selection.h"

namespace sipdex::window {

// `shown` tells one document from the next, `version` one layout from the next. `links` is what the ids of its links
// begin with; they are counted over the pieces in their order.
struct SpokenSource {
    const document::Document& document;
    const Laid& laid;
    std::string id, links, version;
    unsigned shown = 0;
    double width = 0;  // of the view
};

struct SpokenLink {
    int from = 0, to = 0;  // characters of the text it stands in
    std::string id;
    document::Target target;
};

struct SpokenElement {
    enum class Kind { open, close, text, control } kind = Kind::text;
    accessible::Node node;  // its places count from the top left corner of the page on the screen
    std::vector<SpokenLink> links = {};
    struct Words {
        std::size_t piece = 0;  // of the page
        int from = 0;           // the character with which its words begin
    };
    std::vector<Words> words = {};  // of which its text is put together
};

// The characters of a text that are selected on the page of these pieces; 0 and 0 where none is.
std::pair<int, int> selected_of(const SpokenElement& element, const std::vector<Piece>& pieces,
                                const Selection& selection);
// Where a character of it stands on the page; nothing where none of its words can be selected.
std::optional<Spot> spot_of(const SpokenElement& element, const std::vector<Piece>& pieces, int character);

// `document_id` is what the ids of all of them begin with.
std::vector<SpokenElement> spoken_elements(Ui& ui, const SpokenSource& source, const std::string& document_id);

}  // namespace sipdex::window
