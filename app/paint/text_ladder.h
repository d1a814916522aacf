// A ladder drawn with characters:
//
//              alice                bob
//     0.000 s    |------INVITE------>|
//     0.204 s    |<-▲ 486 Busy Here--|
//     0.210 s    |-----ACK----✕      |   lost
#pragma once
#include <string>

#include "document/ladder.h"
#include "paint/options.h"
#include "paint/wrap.h"

namespace sipdex::paint {

// Ends with a line break. Where the columns do not fit side by side, one line per message names both parties.
std::string text_ladder(const document::Ladder& ladder, int width, const Ink& ink, const PaintWords& words);

}  // namespace sipdex::paint
