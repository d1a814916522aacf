// What a page is about, for search engines: JSON-LD in the words of schema.org. No browser loads anything for it.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "document/document.h"

namespace sipdex::site {

struct Structured {
    const document::Document& document;
    std::string description;
    std::string address;                                   // of the page: absolute where the site's is known
    std::vector<std::pair<std::string, std::string>> way;  // title and address of the pages above, from the start page
    std::string search;  // of the start page: "…/search/index.html?q="; otherwise empty
};

// As it stands in a script element: whatever is in the words, no markup.
std::string structured(const Structured& page);

}  // namespace sipdex::site
