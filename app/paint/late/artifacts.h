// What Cairo 1.16 cannot tag: that hairlines, fills, the foot and the letterhead are no part of what a page says. Everything
// on a page that stands in no tag becomes an artifact (ISO 32000-1 14.8.2.2), which screen readers pass over.
#pragma once

class QPDF;

namespace sipdex::paint {

void mark_artifacts(QPDF& file);

}  // namespace sipdex::paint
