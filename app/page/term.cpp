#include <algorithm>
#include <cctype>
#include <utility>

#include "document/markup.h"
#include "language/characters.h"
#include "language/fold.h"
#include "language/locale.h"
#include "page/articles.h"
#include "page/desk.h"
#include "page/fact_words.h"
#include "page/pages.h"
#include "page/pasted.h"
#include "page/speaker.h"
#include "page/vocabulary_links.h"

namespace sipdex::page {

namespace {

document::Document plain_term(const Reader& reader, const std::string& id) {
    const auto found = reader.catalog.term(id);
    if (!found) return notice(reader, sentence(reader, &language::Words::unknown_term, id));
    const catalog::Prose prose = reader.catalog.prose("term/" + id, reader.language());
    document::Document page =
        blank(reader, document::Document::Kind::term, document::words_of(text_of(reader, prose.find("name"))));
    document::Section meaning{"meaning", reader.words.section_term(), {}, false, false};
    for (document::Text& text : paragraphs_of(reader, prose.find("text")))
        meaning.blocks.push_back(document::Paragraph{std::move(text)});
    page.sections.push_back(std::move(meaning));
    document::List see;
    for (const std::string& other : found->see) see.items.push_back({{}, marked(reader, {"[[" + other + "]]"})});
    if (!see.items.empty())
        page.sections.push_back({"see-also", reader.words.section_see_also(), {std::move(see)}, false, false});
    page.sections.push_back(
        {"sources",
         reader.words.section_sources(),
         {document::Paragraph{document::text_of_source(found->source), document::Paragraph::Role::secondary}},
         false,
         false});
    return page;
}

document::Document index(const Reader& reader, const std::string& name) {
    if (name == "terms") return term_index(reader);
    if (name == "groups") return group_index(reader);
    if (name == "paths") return path_index(reader);
    if (name == "speakers") return speaker_index(reader);
    if (name == "notes") return notes_page(reader);
    for (const char* kind : {"header", "method", "timer", "warning", "reason", "cause", "rfc"})
        if (name == kind + std::string("s")) return vocabulary_index(reader, kind);
    return index_of_indexes(reader);
}

document::Document unlinked_term(const Reader& reader, const std::string& id) {
    const std::size_t slash = id.find('/');
    if (slash == std::string::npos) return plain_term(reader, id);
    const std::string kind = id.substr(0, slash), rest = id.substr(slash + 1);
    if (kind == "pasted") {
        auto found = read_pasted(reader, rest);
        return found ? std::move(found->page) : notice(reader, sentence(reader, &language::Words::pasted_nothing));
    }
    if (kind == "index") return index(reader, rest);
    if (kind == "group") return group(reader, rest);
    if (kind == "speaker") return speaker(reader, rest);
    if (kind == "note") return note_page(reader, rest);
    if (kind == "profile") return profile_page(reader, rest);
    if (kind == "path") {
        const std::size_t node = rest.find('/');
        if (node != std::string::npos && rest.substr(node) == "/tree") return path_tree(reader, rest.substr(0, node));
        return path_node(reader, rest.substr(0, node), node == std::string::npos ? "" : rest.substr(node + 1));
    }
    return vocabulary_entry(reader, kind, rest);
}

}  // namespace

document::Document term(const Reader& reader, const std::string& id) {
    document::Document page = unlinked_term(reader, id);
    return id.starts_with("index/") ? page : with_vocabulary_links(reader, std::move(page), id);
}

std::optional<std::string> term_called(const Reader& reader, const std::string& name) {
    if (reader.catalog.term(name)) return name;
    for (const std::string& timer : reader.catalog.entries("timer"))
        if (name == reader.words.timer_named(timer)) return "timer/" + timer;
    for (const char* kind : {"header", "method", "reason"})
        if (const auto entry = reader.catalog.entry(kind, name)) return std::string(kind) + "/" + entry->name;
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos) return std::nullopt;
    const std::string kind = name.substr(0, slash), rest = name.substr(slash + 1);
    const bool known = kind == "group"     ? reader.catalog.group(rest).has_value()
                       : kind == "path"    ? reader.catalog.path(rest.substr(0, rest.find('/'))).has_value()
                       : kind == "speaker" ? reader.catalog.speaker(rest) != nullptr
                                           : kind == "index" || reader.catalog.entry(kind, rest).has_value();
    return known ? std::optional(name) : std::nullopt;
}

document::Document term_index(const Reader& reader) {
    document::Document page = blank(reader, document::Document::Kind::term, reader.words.index_terms());
    std::vector<std::pair<std::string, std::string>> named;
    std::vector<std::string> names;
    for (const std::string& id : reader.catalog.terms()) {
        const catalog::Prose prose = reader.catalog.prose("term/" + id, reader.language());
        named.emplace_back(document::words_of(text_of(reader, prose.find("name"))), id);
        names.push_back(named.back().first);
    }
    language::sort_for_reader(names, reader.language());
    // By letters, each term with its meaning in one sentence.
    std::string letter;
    document::FactTable table;
    const auto close = [&] {
        if (!table.rows.empty())
            page.sections.push_back({"letter-" + letter, letter, {std::exchange(table, {})}, false, false});
    };
    for (const std::string& name : names) {
        const auto at = std::find_if(named.begin(), named.end(), [&](const auto& each) { return each.first == name; });
        const std::u32string characters = language::characters_of(language::folded(name)).substr(0, 1);
        std::string first = language::utf8_of(characters);
        if (first.size() == 1) first[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(first[0])));
        if (first != letter) close();
        letter = std::move(first);
        const catalog::Prose prose = reader.catalog.prose("term/" + at->second, reader.language());
        table.rows.push_back(
            {document::link(name, document::ToTerm{at->second}), {first_sentence(reader, prose.find("text"))}, false});
    }
    close();
    return page;
}

document::Document index_of_indexes(const Reader& reader) {
    document::Document page = blank(reader, document::Document::Kind::term, reader.words.index_all());
    document::List list;
    const auto add = [&](std::string words, const char* id) {
        list.items.push_back({{}, document::link(std::move(words), document::ToTerm{id})});
    };
    add(reader.words.index_paths(), "index/paths");
    add(reader.words.index_groups(), "index/groups");
    add(reader.words.index_speakers(), "index/speakers");
    add(reader.words.index_terms(), "index/terms");
    if (reader.kept && !user::notes(*reader.kept).empty()) add(reader.words.section_desk_notes(), "index/notes");
    for (const char* kind : {"header", "method", "timer", "warning", "reason", "cause", "rfc"}) {
        const std::string id = std::string("index/") + kind + "s";
        list.items.push_back({{}, document::link(reader.words.vocabulary_shelf(kind), document::ToTerm{id})});
    }
    page.sections.push_back({"entries", reader.words.index_all(), {std::move(list)}, false, false});
    return page;
}

}  // namespace sipdex::page
