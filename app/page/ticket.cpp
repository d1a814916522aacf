// A note for a ticket: what an agent would otherwise type, taken from the page that they have before them.
#include <algorithm>
#include <array>

#include "page/pages.h"

namespace sipdex::page {

namespace {

using document::Section;

// In the order of a ticket: what was seen, what it means, what was or is to be checked, what the other side is asked
// for, what the customer is told.
constexpr std::array<std::string_view, 3> kept = {"steps", "collect", "escalate"};

Section glance_without(const Section& glance, const std::vector<std::string_view>& left_out) {
    Section kept_rows = glance;
    for (document::Block& block : kept_rows.blocks)
        if (auto* table = std::get_if<document::FactTable>(&block))
            std::erase_if(table->rows, [&](const document::FactTable::Row& row) {
                return std::ranges::find(left_out, row.id) != left_out.end();
            });
    return kept_rows;
}

}  // namespace

document::Document ticket_note(const document::Document& page) {
    document::Document note = page;
    note.sections.clear();
    note.footer.clear();
    // The steps say whose turn it is and what comes first.
    for (const Section& section : page.sections)
        if (section.at_a_glance)
            note.sections.push_back(glance_without(section, {"whose-turn", "first-check", "produced-by"}));
    // Of a capture or a log what is wrong, the gravest first, before what the code means.
    constexpr std::size_t most_findings = 3;
    std::size_t findings = 0;
    for (const Section& section : page.sections)
        if (section.id.starts_with("finding-") && findings < most_findings)
            note.sections.insert(note.sections.begin() + static_cast<std::ptrdiff_t>(findings++), section);
    // Painters put the answer at a glance first, wherever it stands.
    if (findings > 0)
        for (Section& section : note.sections) section.at_a_glance = false;
    for (const std::string_view id : kept)
        for (const Section& section : page.sections)
            if (section.id == id && !section.at_a_glance) note.sections.push_back(section);
    return note;
}

}  // namespace sipdex::page
