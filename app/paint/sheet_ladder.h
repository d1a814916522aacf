// The strips of a ladder on paper: the parties as a head that is repeated overleaf, then one strip a rung.
#pragma once
#include "paint/arranger.h"

namespace sipdex::paint {

void arrange_ladder(const document::Ladder& ladder, const PaintWords& words, const Typography& type,
                    const std::string& language, typeset::Typesetter& typesetter, Arranged& to);

}  // namespace sipdex::paint
