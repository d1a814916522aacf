// Sipdex as a site: every page in every language as HTML, to be opened from a folder or put on any web server. Search and
// the comparison of any two codes run in the reader's browser, and nothing is loaded from elsewhere.
//
//     index.html              leads to the languages
//     en/response/607/        a page; all its links are relative
//     en/index.js             what the search looks through
//     en/compare/607.js       a code, for the comparisons that have no page
//     site.css site.js sipdex.svg
//     sitemap.xml robots.txt  where the site's address is known
#pragma once
#include <string>

#include "site/folder.h"
#include "site/language_folder.h"

namespace sipdex::site {

struct Wishes {
    std::string base;  // the address at which the site will stand, as base_of gives it; empty: not known
    PaintWordsOf paint_words;
};

// The same catalog gives the same octets.
Files files_of(const catalog::Catalog& catalog, const Wishes& wishes);

// How many of them are pages.
long pages_in(const Files& files);
double megabytes_in(const Files& files);

}  // namespace sipdex::site
