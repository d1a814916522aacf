// A document as one picture of 144 dots an inch, as long as it takes.
#pragma once
#include <string>

#include "paint/options.h"

namespace sipdex::paint {

std::string png(const document::Document& document, const Options& options);

}  // namespace sipdex::paint
