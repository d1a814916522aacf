// The few words of markup inside the catalog's texts become spans.
//
//     `Retry-After`            what stands on the wire
//     [607]                    a link to a response
//     [[early-dialog]]         a link to a term under its name
//     [[dialog|dialogs]]       the same under other words
//     *must*                   stress
//     RFC 3261 §21.6.2         a link to the section
//
// A line break is a space; a blank line begins a paragraph. What people typed or pasted is put into a text by
// `literal`, within which nothing is markup.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/span.h"

namespace sipdex::document {

// The words under which a target is linked ("607", "early dialog"); nothing when there is no such thing.
using NameOf = std::function<std::optional<std::string>(const Target&)>;

struct MarkupProblem {
    std::size_t offset = 0;  // octets from the start of the source
    std::string sentence;    // "no term is called 'erly-dialog'"
};

struct Marked {
    std::vector<Text> paragraphs;
    std::vector<MarkupProblem> problems;
};

// Never fails: what cannot be understood is shown as written and listed as a problem.
Marked parse_markup(std::string_view source, const NameOf& name_of);

// The same for a text of one paragraph: several are joined by a space, problems are dropped.
Text text_of_markup(std::string_view source, const NameOf& name_of);

// The text as it stands, whatever signs it holds, to be put into markup: plain or, within backticks, on the wire.
std::string literal(std::string_view text);

// A source such as "RFC 3261 §21.6.2; RFC 5057 §5.1" or "ATIS-1000099", its RFC sections linked.
Text text_of_source(std::string_view source);

}  // namespace sipdex::document
