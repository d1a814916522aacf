#include <algorithm>

#include "page/telling.h"
#include "page/vocabulary_links.h"

namespace sipdex::page {

document::Document exchange(const Reader& reader, const std::string& id) {
    const auto told = replay(reader, id);
    if (!told) return notice(reader, sentence(reader, &language::Words::unknown_exchange, id));
    document::Document page = blank(reader, document::Document::Kind::exchange, told->title);
    const auto facts = reader.catalog.exchange(id);
    for (const std::string& shown : facts->shows)
        if (const auto response = reader.catalog.response(shown))
            page.mastheads.push_back(
                masthead(reader, *response, reader.catalog.prose("response/" + shown, reader.language())));
    const catalog::Prose prose = reader.catalog.prose("exchange/" + id, reader.language());
    document::Section story{"story", reader.words.section_story(), {}, false, false};
    for (document::Text& text : paragraphs_of(reader, prose.find("story")))
        story.blocks.push_back(document::Paragraph{std::move(text)});
    page.sections.push_back(std::move(story));
    const document::Ladder ladder = ladder_of(told->recording, told->roles);
    page.sections.push_back(
        {"ladder", reader.words.section_ladder(), {ladder, legend_of(reader, ladder)}, false, false});
    page.sections.push_back({"messages", reader.words.section_messages(), steps_of(reader, *told), false, false});
    return with_vocabulary_links(reader, std::move(page));
}

}  // namespace sipdex::page
