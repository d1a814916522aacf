// Puts strips on pages: headings stay with what follows, rows stay whole, heads of tables are repeated.
#pragma once
#include <vector>

#include "paint/strip.h"

namespace sipdex::paint {

struct Placed {
    Strip strip;
    double y = 0;           // from the top of the content
    double x = 0;           // from the edge at which lines start
    double width = 0;       // of the strip's column; 0: that of the content
    bool repeated = false;  // a head shown again
};

using Page = std::vector<Placed>;

// `height` of the content of a page; 0: one page as long as it takes.
std::vector<Page> paginated(Arranged arranged, double height);

double end_of(const Page& page);

}  // namespace sipdex::paint
