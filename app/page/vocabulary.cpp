// Pages of the vocabulary beside terms: header fields, methods, timers, warning codes, Reason protocols and
// Q.850 causes.
#include <algorithm>

#include "document/markup.h"
#include "facts/facts.h"
#include "page/articles.h"
#include "page/fact_words.h"

namespace sipdex::page {

namespace {

using document::Text;

// "603 location-user" as a link, with its condition in the reader's language.
Text mapped(const Reader& reader, const std::string& value) {
    const std::size_t space = value.find(' ');
    const std::string id = value.substr(0, space);
    Text text = document::link(reader.catalog.title_of_response(id).value_or(id), document::ToResponse{id});
    if (space != std::string::npos)
        text.spans.push_back({" (" + reader.words.q850_condition(branch(value.substr(space + 1))) + ")"});
    return text;
}

Text worded(const Reader& reader, const std::string& fact, const std::string& value) {
    if (fact == "becomes" || fact == "made-of") return mapped(reader, value);
    if (fact == "own-value") return document::plain(value);
    if (fact.ends_with("_ms")) return document::plain(reader.words.milliseconds(std::stol(value)));
    const std::string said = reader.words.vocabulary_value(branch(value));
    return said.empty() ? document::wire(value) : document::plain(said);
}

// What the RFCs' own table says of it.
void add_timer_row(const Reader& reader, const catalog::Entry& entry, document::FactTable& table) {
    for (const facts::TimerRow& row : facts::timers())
        if (row.name == entry.name) {
            table.rows.push_back({document::plain(reader.words.vocabulary_fact("unreliable")),
                                  {document::wire(std::string(row.unreliable))},
                                  false});
            table.rows.push_back({document::plain(reader.words.vocabulary_fact("over_reliable")),
                                  {document::wire(std::string(row.reliable))},
                                  false});
        }
}

Text linked_responses(const Reader& reader, const std::vector<std::string>& ids) {
    Text text;
    for (const std::string& id : ids) {
        const auto title = reader.catalog.title_of_response(id);
        if (!title) continue;
        if (!text.empty()) text.spans.push_back({", "});
        text.spans.push_back({*title, document::Span::Style::plain, document::ToResponse{id}});
    }
    return text;
}

}  // namespace

std::string name_of_cause(const Reader& reader, const std::string& cause, const std::string& itu) {
    const catalog::Prose prose = reader.catalog.prose("cause/" + cause, reader.language());
    const catalog::Passage* const own = prose.find("name");
    return !own || own->markup.empty() || own->markup == itu ? itu : reader.words.q850_name(own->markup, itu);
}

std::string title_of_entry(const Reader& reader, const catalog::Entry& entry) {
    if (entry.title.empty()) return entry.name;
    return entry.name + " " + (entry.kind == "cause" ? name_of_cause(reader, entry.name, entry.title) : entry.title);
}

document::Document vocabulary_entry(const Reader& reader, const std::string& kind, const std::string& name) {
    const auto entry = reader.catalog.entry(kind, name);
    if (!entry) return notice(reader, sentence(reader, &language::Words::unknown_term, name));
    const catalog::Prose prose = reader.catalog.prose(kind + "/" + entry->name, reader.language());
    document::Document page = blank(reader, document::Document::Kind::term, title_of_entry(reader, *entry));
    page.summary = text_of(reader, prose.find("text"));
    document::Section more{"meaning", reader.words.section_term(), {}, false, false};
    for (Text& text : paragraphs_of(reader, prose.find("more")))
        more.blocks.push_back(document::Paragraph{std::move(text)});
    if (!more.blocks.empty()) page.sections.push_back(std::move(more));

    document::FactTable table;
    table.rows.push_back({document::plain(reader.words.vocabulary_fact("kind")),
                          {document::plain(reader.words.vocabulary_kind(kind))},
                          false});
    if (kind == "timer") add_timer_row(reader, *entry, table);
    for (const catalog::Sourced& fact : entry->facts) {
        if (kind == "timer" && (fact.source == "value" || fact.source == "reliable") && table.rows.size() >= 3)
            continue;  // said by the machine's own row
        table.rows.push_back({document::plain(reader.words.vocabulary_fact(branch(fact.source))),
                              {worded(reader, fact.source, fact.value)},
                              false});
    }
    table.rows.push_back(
        {document::plain(reader.words.fact_defined_in()), {document::text_of_source(entry->source)}, false});
    if (Text codes = linked_responses(reader, entry->responses); !codes.empty())
        table.rows.push_back({document::plain(reader.words.vocabulary_fact("responses")), {std::move(codes)}, false});
    page.sections.push_back({"facts", reader.words.section_facts(), {std::move(table)}, false, false});
    return page;
}

document::Document vocabulary_index(const Reader& reader, const std::string& kind) {
    document::Document page = blank(reader, document::Document::Kind::term, reader.words.vocabulary_shelf(kind));
    document::FactTable table;
    for (const std::string& name : reader.catalog.entries(kind)) {
        const auto entry = reader.catalog.entry(kind, name);
        const catalog::Prose prose = reader.catalog.prose(kind + "/" + name, reader.language());
        table.rows.push_back({document::link(title_of_entry(reader, *entry), document::ToTerm{kind + "/" + name}),
                              {text_of(reader, prose.find("text"))},
                              false});
    }
    page.sections.push_back({"entries", reader.words.vocabulary_shelf(kind), {std::move(table)}, false, false});
    return page;
}

}  // namespace sipdex::page
