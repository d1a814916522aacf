// A document as one self-contained HTML file: no script, nothing fetched, everything escaped.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "paint/options.h"

namespace sipdex::paint {

std::string html(const document::Document& document, const Options& options);

// The inside of a page whose frame is somebody else's: what stands in it is linked by `address`, and a ladder can be
// stepped through.
struct HtmlInside {
    const document::Document& document;
    const Options& options;
    std::function<std::string(const document::Target&)> address;  // an empty one: no link; RFCs are linked without it
    // Each rung of a ladder leads to the element of its message, "step-3" for a prefix of "step-"; empty: no rung leads anywhere.
    std::string step_prefix = {};
    std::string ladder_label = {};  // read aloud for a ladder
};

std::string html_text(const document::Text& text, const HtmlInside& inside);
std::string html_blocks(const std::vector<document::Block>& blocks, const HtmlInside& inside);

// Fit to stand in an element or in the quotes of an attribute; what would steer a terminal or turn the reading
// direction has become U+FFFD.
std::string html_escaped(std::string_view words);

// The sign that stands in front of the words of an answer, which say the same; empty for none.
std::string html_verdict(document::FactTable::Verdict verdict);

// "c4" of 486: the class under which the style sheet colours responses; empty for 0.
std::string html_class_of(int status);

}  // namespace sipdex::paint
