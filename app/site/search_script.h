// What the search in the browser looks through: one script for each language, so that a page opened from a folder may read
// it, too.
//
//     window.sipdexIndex = {"pages": [["response/607/", "response", "607 Unwanted", "Unwanted call", ["unwanted"], ["robocall"]], …],
//                           "kinds": {"response": "code", …}, "words": {"anonymity": "3 1 c", …}};
//
// A page is its address, kind, title, gloss, the names it has and what customers say of it. A word is followed by the
// places of the pages in whose text it stands, each as the distance from the one before, in base 36.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "document/document.h"
#include "site/language_folder.h"
#include "site/plan.h"

namespace sipdex::site {

// `written` holds every page's document, in the order of `pages`.
std::string search_script(const LanguageFolder& language, const Addresses& addresses, const std::vector<Page>& pages,
                          const std::vector<document::Document>& written);

}  // namespace sipdex::site
