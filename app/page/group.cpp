#include "document/markup.h"
#include "page/articles.h"
#include "page/fact_words.h"

namespace sipdex::page {

using document::Text;

document::Document group(const Reader& reader, const std::string& id) {
    const auto found = reader.catalog.group(id);
    if (!found) return notice(reader, sentence(reader, &language::Words::unknown_term, id));
    const catalog::Prose prose = reader.catalog.prose("group/" + id, reader.language());
    document::Document page =
        blank(reader, document::Document::Kind::term, document::words_of(text_of(reader, prose.find("title"))));
    page.summary = text_of(reader, prose.find("summary"));

    document::FactTable table{
        {document::plain(reader.words.group_sign()), document::plain(reader.words.glance_produced_by()),
         document::plain(reader.words.glance_try_again())},
        {}};
    for (const std::string& code : found->responses) {
        const auto response = reader.catalog.response(code);
        if (!response) continue;
        const catalog::Prose words = reader.catalog.prose("response/" + code, reader.language());
        document::FactTable::Row row{document::link(title_of(*response), document::ToResponse{code}), {}, false};
        row.cells = {text_of(reader, prose.find("sign." + code)), text_of(reader, words.find("produced")),
                     document::plain(retry_words(reader, *response))};
        table.rows.push_back(std::move(row));
    }
    page.sections.push_back({"codes", reader.words.group_codes(), {std::move(table)}, false, false});

    document::List order{true, {}};
    for (const catalog::Passage& each : prose.below("order")) order.items.push_back({{}, text_of(reader, &each)});
    if (!order.items.empty())
        page.sections.push_back({"order", reader.words.group_order(), {std::move(order)}, false, false});

    document::List pairs;
    for (std::size_t a = 0; a < found->responses.size(); ++a)
        for (std::size_t b = a + 1; b < found->responses.size(); ++b)
            if (reader.catalog.pair(found->responses[a], found->responses[b])) {
                const std::string one = reader.catalog.title_of_response(found->responses[a]).value_or(""),
                                  other = reader.catalog.title_of_response(found->responses[b]).value_or("");
                pairs.items.push_back(
                    {{},
                     document::link(reader.words.comparison_title(one, other),
                                    document::ToComparison{{found->responses[a], found->responses[b]}})});
            }
    if (!pairs.items.empty())
        page.sections.push_back({"pairs", reader.words.group_pairs(), {std::move(pairs)}, false, false});

    Text sources;
    for (const std::string& source : found->sources) {
        if (!sources.empty()) sources.spans.push_back({", "});
        const Text linked = document::text_of_source(source);
        sources.spans.insert(sources.spans.end(), linked.spans.begin(), linked.spans.end());
    }
    page.sections.push_back({"sources",
                             reader.words.section_sources(),
                             {document::Paragraph{std::move(sources), document::Paragraph::Role::secondary}},
                             false,
                             false});
    return page;
}

document::Document group_index(const Reader& reader) {
    document::Document page = blank(reader, document::Document::Kind::term, reader.words.index_groups());
    document::FactTable table;
    for (const std::string& id : reader.catalog.groups()) {
        const catalog::Prose prose = reader.catalog.prose("group/" + id, reader.language());
        table.rows.push_back(
            {document::link(document::words_of(text_of(reader, prose.find("title"))), document::ToTerm{"group/" + id}),
             {text_of(reader, prose.find("summary"))},
             false});
    }
    page.sections.push_back({"entries", reader.words.index_groups(), {std::move(table)}, false, false});
    return page;
}

}  // namespace sipdex::page
