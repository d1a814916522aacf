// Goes through every text of a document that a reader reads, in their order: for what is done to all of them.
#pragma once
#include "document/document.h"

namespace sipdex::document {

namespace detail {

template <class Do>
void walk(Paragraph& block, Do& act) {
    act(block.text);
}
template <class Do>
void walk(Callout& block, Do& act) {
    act(block.text);
}
template <class Do>
void walk(Ladder&, Do&) {}
template <class Do>
void walk(Message&, Do&) {}  // octets, not words

template <class Do>
void walk(List& block, Do& act) {
    for (Item& item : block.items) act(item.text);
}

template <class Do>
void walk(FactTable& block, Do& act) {
    for (FactTable::Row& row : block.rows) {
        act(row.label);
        for (Text& cell : row.cells) act(cell);
    }
}

template <class Do>
void walk(Columns& block, Do& act) {
    for (auto& row : block.rows)
        for (Item& item : row) act(item.text);
}

template <class Do>
void walk(Tree& block, Do& act) {
    for (Tree::Node& node : block.nodes) {
        act(node.text);
        for (Tree::Answer& answer : node.answers) act(answer.text);
        for (FactTable::Row& row : node.rows)
            for (Text& cell : row.cells) act(cell);
    }
}

}  // namespace detail

// `act` takes a Text&; heads and labels of lists, which name subjects, are left out.
template <class Do>
void each_text(Document& document, Do act) {
    act(document.summary);
    for (Section& section : document.sections)
        for (Block& block : section.blocks) std::visit([&](auto& one) { detail::walk(one, act); }, block);
}

}  // namespace sipdex::document
