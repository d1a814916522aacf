#include "page/reader.h"

#include "document/markup.h"
#include "language/characters.h"
#include "language/locale.h"

namespace sipdex::page {

namespace {

document::NameOf names_for(const Reader& reader) {
    return [&reader](const document::Target& target) -> std::optional<std::string> {
        if (const auto* response = std::get_if<document::ToResponse>(&target)) {
            const auto title = reader.catalog.title_of_response(response->id);
            // A code goes by its number; a profile needs its phrase, since the number is another's too.
            return title && response->id.size() == 3 ? std::optional(response->id) : title;
        }
        if (const auto* term = std::get_if<document::ToTerm>(&target)) {
            const catalog::Prose prose = reader.catalog.prose("term/" + term->id, reader.language());
            const catalog::Passage* name = prose.find("name");
            return name ? std::optional(name->markup) : std::nullopt;
        }
        return std::nullopt;
    };
}

void tag(document::Text& text, const Reader& reader, const catalog::Passage& passage) {
    if (passage.language != reader.language()) text.language = passage.language;
    text.outdated = passage.outdated;
}

}  // namespace

document::Text text_of(const Reader& reader, const catalog::Passage* passage) {
    if (!passage) return {};
    document::Text text = document::text_of_markup(passage->markup, names_for(reader));
    tag(text, reader, *passage);
    return text;
}

std::vector<document::Text> paragraphs_of(const Reader& reader, const catalog::Passage* passage) {
    if (!passage) return {};
    std::vector<document::Text> paragraphs = document::parse_markup(passage->markup, names_for(reader)).paragraphs;
    for (document::Text& paragraph : paragraphs) tag(paragraph, reader, *passage);
    return paragraphs;
}

document::Text marked(const Reader& reader, const Markup& markup) {
    return document::text_of_markup(markup.source, names_for(reader));
}

std::string inserted(std::string_view words) { return document::literal(language::shown(words)); }

document::Text sentence(const Reader& reader, std::string_view key, const language::Arguments& arguments) {
    language::Arguments safe = arguments;
    for (auto& [name, value] : safe)
        if (auto* words = std::get_if<std::string>(&value)) *words = inserted(*words);
    return marked(reader, {reader.words.sentence(key, safe)});
}

document::Document blank(const Reader& reader, document::Document::Kind kind, std::string title) {
    document::Document document;
    document.kind = kind;
    document.title = std::move(title);
    document.language = reader.language();
    document.right_to_left = language::is_right_to_left(reader.language());
    document.footer = reader.words.sheet_origin(reader.catalog.info().version);
    return document;
}

document::Document notice(const Reader& reader, document::Text said) {
    document::Document document = blank(reader, document::Document::Kind::notice, reader.words.notice_title());
    document.summary = std::move(said);
    return document;
}

document::Masthead masthead(const Reader& reader, const catalog::Response& response, const catalog::Prose& prose) {
    const std::string digit = std::to_string(response.code / 100);
    std::string remark = reader.words.class_name(digit) + " · " + response.defined_in;
    if (!response.registered()) remark += " · " + reader.words.response_status(response.status);
    const catalog::Passage* gloss = prose.find("gloss");
    return {response.id, response.code, response.phrase, gloss ? text_of(reader, gloss) : document::Text(),
            std::move(remark)};
}

std::string title_of(const catalog::Response& response) {
    return std::to_string(response.code) + " " + response.phrase;
}

}  // namespace sipdex::page
