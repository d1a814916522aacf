// The ladders of a document as Mermaid sequence diagrams, for Markdown pages and wikis that draw them:
//
//     sequenceDiagram
//         autonumber
//         participant p1 as Alice
//         p1->>p2: INVITE
//         Note over p1,p2: Alice calls Bob.
//
// Responses are dotted, lost messages end in a cross, and each message is followed by the first sentence or two that
// the document tells of it.
#pragma once
#include "paint/options.h"

namespace sipdex::paint {

// A document without a ladder gives a diagram of nothing but its title.
std::string mermaid(const document::Document& document, const Options& options);

}  // namespace sipdex::paint
