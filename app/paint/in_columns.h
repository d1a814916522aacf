// A document whose tables name one subject a row ("486 Busy Here", a sign, a few words) as a poster or a card: rows run
// through columns from top to bottom, each class under a title of its own, in the largest type that fits the pages.
#pragma once
#include "paint/fit.h"

namespace sipdex::paint {

// On Options::most_pages pages, or one. Type never gets smaller than 7.5 points; where even that does not fit, a poster
// leaves out the sentence of each row, and then more pages follow.
std::vector<Page> in_columns(const document::Document& document, const Options& options, const PageRoom& room,
                             const Theme& theme, typeset::Typesetter& typesetter);

}  // namespace sipdex::paint
