// Links the first mention of each header field, method and timer of a page to its own page.
//
// Writers put a header field in backquotes and need not say that it has a page.
#pragma once
#include "page/reader.h"

namespace sipdex::page {

// `own` is the id of the page itself ("header/Via"), which is not linked to.
document::Document with_vocabulary_links(const Reader& reader, document::Document page, const std::string& own = {});

}  // namespace sipdex::page
