// A document as one self-contained HTML file: no script, nothing fetched, everything escaped.
#pragma once
#include <string>

#include "paint/options.h"

namespace sipdex::paint {

std::string html(const document::Document& document, const Options& options);

}  // namespace sipdex::paint
