// What stands around the content of every page: head, main menu, search, the ways to other languages, the way back up.
#pragma once
#include <string>
#include <vector>

#include "site/page_html.h"

namespace sipdex::site {

struct Framed {
    const Page& page;
    const document::Document& document;
    std::string content;   // of the main element
    std::string contents;  // links to the sections; may be empty
};

// What the frames of one language share.
struct Frame {
    const LanguageFolder& language;
    const std::vector<std::string>& languages;           // of the site, all of them
    std::string base;                                    // "https://example.org/sip/"; empty: not known
    std::string codes = {};                              // the list of codes beside a response, see codes_html
    std::function<std::string(std::string_view)> title;  // of a page of this language, by its address
};

std::string framed(const Frame& frame, const Place& place, const Framed& framed);

// All codes by class, as links from a page of a response; the page's own is to be marked.
std::string codes_html(const Place& place);

// The first page of the site, which leads to its languages.
std::string choice_of_languages(const catalog::Catalog& catalog, const std::vector<std::string>& languages,
                                const std::string& base);

}  // namespace sipdex::site
