// A document as a printed sheet in PDF: tagged, with links and bookmarks; the same document gives the same
// octets.
#pragma once
#include <string>

#include "paint/options.h"

namespace sipdex::paint {

std::string pdf(const document::Document& document, const Options& options);

}  // namespace sipdex::paint
