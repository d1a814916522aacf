// A document as one picture that scales, as long as it takes.
#pragma once
#include <string>

#include "paint/options.h"

namespace sipdex::paint {

std::string svg(const document::Document& document, const Options& options);

}  // namespace sipdex::paint
