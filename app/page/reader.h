// For whom a page is written: the catalog asked and the language it is written in.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "document/document.h"
#include "language/words.h"

namespace sipdex::page {

struct Reader {
    const catalog::Catalog& catalog;
    const language::Words& words;

    const std::string& language() const { return words.tag(); }
};

// A passage as text; links carry the names of the reader's language, and a passage in another language
// says so. Empty where there is none.
document::Text text_of(const Reader& reader, const catalog::Passage* passage);
std::vector<document::Text> paragraphs_of(const Reader& reader, const catalog::Passage* passage);

// A whole message of the interface; markup in it becomes spans.
document::Text sentence(const Reader& reader, std::string_view message);

// A document of the reader's language with nothing in it yet but its title and origin.
document::Document blank(const Reader& reader, document::Document::Kind kind, std::string title);

// A page that only says something: an id that is not known, say.
document::Document notice(const Reader& reader, const std::string& sentence);

document::Masthead masthead(const Reader& reader, const catalog::Response& response, const catalog::Prose& prose);

// "607 Unwanted"
std::string title_of(const catalog::Response& response);

}  // namespace sipdex::page
