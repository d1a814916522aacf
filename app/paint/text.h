// A document as plain text for a terminal or a mail: wrapped at the width given, comparisons side by side
// where there is room, ladders drawn with characters.
#pragma once
#include <string>

#include "paint/options.h"

namespace sipdex::paint {

std::string text(const document::Document& document, const Options& options);

}  // namespace sipdex::paint
