// Chooses the type of a sheet: as large as the pages that it may take allow.
//
// A sheet that may take any number of pages is set at 9.5 points, or a step smaller where that spares a last page with
// hardly anything on it. One with a limit is set from 10 points down to 7.5; what then still does not fit is left out from
// the end of its longest lists, and each of them says how much. Where nothing may be left out, or leaving out is not enough,
// it takes a page more, in the largest type that this allows.
#pragma once
#include "paint/arranger.h"
#include "paint/pagination.h"

namespace sipdex::paint {

struct PageRoom {
    double width = 0, height = 0;  // of the content of a page; height 0: one page as long as it takes
    double scale = 1;              // of the paper (paper.h)
};

std::vector<Page> fitted(const document::Document& document, const Options& options, const PageRoom& room,
                         const Theme& theme, typeset::Typesetter& typesetter);

// The document with about this share of its words less: items from the end of its longest lists and columns, never all
// of one. What others can say goes first, then what explains, at last what tells two subjects apart and what to do. The same
// document where nothing can be spared; else its end says where the rest is.
document::Document shortened(const document::Document& document, double share, const PaintWords& words);

}  // namespace sipdex::paint
