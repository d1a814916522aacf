#include "page/forms.h"

#include <algorithm>
#include <string>

namespace sipdex::page {

namespace {

using document::Document;

// The sections of each form by their ids, in the order in which somebody acts on them.
using Sections = std::vector<std::string_view>;

const Sections& sections_of(Document::Kind kind, Form form) {
    static const Sections response_card = {"at-a-glance", "not-written", "steps",     "causes",
                                           "escalate",    "related",     "desk-notes"},
                          response_short = {"at-a-glance", "not-written", "steps",    "meaning",
                                            "causes",      "notices",     "escalate", "collect",
                                            "related",     "pitfalls",    "headers",  "desk-notes"},
                          comparison_card = {"at-a-glance", "key-differences", "when", "desk-notes"},
                          comparison_short = {"at-a-glance", "key-differences", "trace",     "when",
                                              "causes",      "steps",           "desk-notes"};
    if (kind == Document::Kind::response) return form == Form::card ? response_card : response_short;
    return form == Form::card ? comparison_card : comparison_short;
}

// What somebody has written about the two; where nobody has, the facts that differ (they have an id).
void keep_what_tells_apart(document::FactTable& table) {
    const auto is_fact = [](const document::FactTable::Row& row) { return !row.id.empty(); };
    const bool written = !std::ranges::all_of(table.rows, is_fact);
    std::erase_if(table.rows,
                  [&](const document::FactTable::Row& row) { return !row.differs || (written && is_fact(row)); });
}

// In a short form the steps say what to check first, and the differences who sends it.
void keep_verdict_and_sentence(document::FactTable& table) {
    std::erase_if(table.rows, [](const document::FactTable::Row& row) {
        return row.id == "first-check" || row.id == "produced-by";
    });
}

// The first of each subject, where a short form has room for no more.
void keep_first(document::Section& section, std::size_t count) {
    for (document::Block& block : section.blocks) {
        if (auto* columns = std::get_if<document::Columns>(&block))
            if (columns->rows.size() > count) columns->rows.resize(count);
        if (auto* list = std::get_if<document::List>(&block))
            if (list->items.size() > count) list->items.resize(count);
    }
}

}  // namespace

const std::vector<FormName>& forms() {
    static const std::vector<FormName> all = {{Form::card, "card"}, {Form::brief, "short"}, {Form::full, "full"}};
    return all;
}

std::optional<Form> form_named(std::string_view name) {
    const auto at = std::ranges::find(forms(), name, &FormName::name);
    return at == forms().end() ? std::nullopt : std::optional(at->form);
}

bool has_forms(const Document& page) {
    return page.kind == Document::Kind::response || page.kind == Document::Kind::comparison;
}

// From three on, columns on upright paper are too narrow to read; a tree grows to the side.
bool fits_upright(const Document& page) { return page.mastheads.size() <= 2 && !document::has_tree(page); }

Document in_form(Document page, Form form) {
    if (form == Form::full || !has_forms(page)) return page;
    const bool comparison = page.kind == Document::Kind::comparison;
    std::vector<document::Section> kept;
    for (const std::string_view id : sections_of(page.kind, form)) {
        const auto at = std::ranges::find(page.sections, id, &document::Section::id);
        if (at == page.sections.end()) continue;
        at->folded = false;
        kept.push_back(std::move(*at));
    }
    page.sections = std::move(kept);
    if (!comparison) return page;
    for (document::Section& section : page.sections) {
        for (document::Block& block : section.blocks) {
            auto* table = std::get_if<document::FactTable>(&block);
            if (table && section.id == "key-differences") keep_what_tells_apart(*table);
            if (table && section.at_a_glance && form == Form::brief) keep_verdict_and_sentence(*table);
        }
        if (section.id == "causes" || section.id == "steps") keep_first(section, 2);
    }
    return page;
}

int most_pages(const Document& page, Form form) {
    const bool response = page.kind == Document::Kind::response,
               two = page.kind == Document::Kind::comparison && page.mastheads.size() == 2;
    if (form != Form::full) return response || page.kind == Document::Kind::comparison ? 1 : 0;
    if (document::has_tree(page) || page.kind == Document::Kind::finding) return 1;
    const bool ladders = std::ranges::find(page.sections, "ladders", &document::Section::id) != page.sections.end();
    if (two && ladders) return 3;  // they begin a page of their own
    return response || two ? 2 : 0;
}

}  // namespace sipdex::page
