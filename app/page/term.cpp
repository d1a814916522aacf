#include "document/markup.h"
#include "page/pages.h"

namespace sipdex::page {

document::Document term(const Reader& reader, const std::string& id) {
    const auto found = reader.catalog.term(id);
    if (!found) return notice(reader, reader.words.unknown_term(id));
    const catalog::Prose prose = reader.catalog.prose("term/" + id, reader.language());
    document::Document page = blank(reader, document::Document::Kind::term, document::words_of(text_of(reader, prose.find("name"))));
    document::Section meaning{"meaning", reader.words.section_term(), {}, false, false};
    for (document::Text& text : paragraphs_of(reader, prose.find("text"))) meaning.blocks.push_back(document::Paragraph{std::move(text)});
    page.sections.push_back(std::move(meaning));
    document::List see;
    for (const std::string& other : found->see) see.items.push_back({{}, sentence(reader, "[[" + other + "]]")});
    if (!see.items.empty()) page.sections.push_back({"see-also", reader.words.section_see_also(), {std::move(see)}, false, false});
    page.sections.push_back({"sources", reader.words.section_sources(), {document::Paragraph{document::text_of_source(found->source), document::Paragraph::Role::secondary}}, false, false});
    return page;
}

}  // namespace sipdex::page
