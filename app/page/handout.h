// A page as a trainer hands it out: its answers hidden, and all of them on a page of their own at the end.
#pragma once
#include "document/document.h"
#include "language/words.h"

namespace sipdex::page {

// Of a response or a comparison the cells of its tables are to be filled in, of an exchange the messages on the ladder, of a
// what-if those of the changed run. Everything else that would tell them is left out: of an exchange its story, in whose
// place there are lines to tell it in one's own words, the codes it shows and a title that names them. The codes that a page
// is about stay, for they are what is asked about. A page that has nothing to ask is given back as it is.
document::Document handout(const document::Document& page, const language::Words& words);

bool has_answers_to_hide(const document::Document& page);

}  // namespace sipdex::page
