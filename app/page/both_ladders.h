// Two codes as they come about on the wire: the exchange that shows each best, both on one ladder under one clock.
#pragma once
#include <string>
#include <vector>

#include "page/reader.h"

namespace sipdex::page {

// Adds the ladder to a comparison of two, as its last section, on a page of its own. Where no exchange shows a code, a note
// says so; where one exchange shows both, it stands there once.
void add_both_ladders(const Reader& reader, const std::vector<std::string>& codes, document::Document& page);

}  // namespace sipdex::page
