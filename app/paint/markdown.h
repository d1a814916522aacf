// A document as Markdown (CommonMark with tables), for wikis and tickets.
#pragma once
#include <string>

#include "paint/options.h"

namespace sipdex::paint {

std::string markdown(const document::Document& document, const Options& options);

}  // namespace sipdex::paint
