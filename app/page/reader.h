// For whom a page is written: the catalog asked, the language it is written in, and what the reader keeps beside it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "catalog/catalog.h"
#include "document/document.h"
#include "language/words.h"
#include "user/kept.h"

namespace sipdex::page {

struct Reader {
    const catalog::Catalog& catalog;
    const language::Words& words;
    const user::Kept* kept = nullptr;  // what the reader's own desk keeps; null where nothing is known of it

    const std::string& language() const { return words.tag(); }
};

// A passage as text; links carry the names of the reader's language, and a passage in another language
// says so. Empty where there is none.
document::Text text_of(const Reader& reader, const catalog::Passage* passage);
std::vector<document::Text> paragraphs_of(const Reader& reader, const catalog::Passage* passage);

// Words that are markup and may become links: "[603]".
struct Markup {
    std::string source;
};

// Markup as a text; links carry the names of the reader's language.
document::Text marked(const Reader& reader, const Markup& markup);

// What a message of the interface takes: numbers as they are, markup where it is said to be markup. All other
// words may be anybody's, typed, pasted or off the wire: they are shown as text whatever stands in them, and cut
// where they are far too long.
std::string inserted(std::string_view words);
inline std::string inserted(const Markup& markup) { return markup.source; }
template <class Number>
requires std::is_arithmetic_v<Number> Number inserted(Number number) { return number; }

// A whole message of the interface with its arguments; the markup of the message becomes spans:
//
//     sentence(reader, &Words::pasted_reason_sip, Markup{"[603]"})
template <class... Parameters, class... Given>
document::Text sentence(const Reader& reader, std::string (language::Words::*message)(Parameters...) const,
                        const Given&... given) {
    return marked(reader, {(reader.words.*message)(inserted(given)...)});
}

// The same for a message chosen as the program runs.
document::Text sentence(const Reader& reader, std::string_view key, const language::Arguments& arguments);

// A document of the reader's language with nothing in it yet but its title and origin.
document::Document blank(const Reader& reader, document::Document::Kind kind, std::string title);

// A page that only says something: an id that is not known, say.
document::Document notice(const Reader& reader, document::Text said);

document::Masthead masthead(const Reader& reader, const catalog::Response& response, const catalog::Prose& prose);

// "607 Unwanted"
std::string title_of(const catalog::Response& response);

}  // namespace sipdex::page
