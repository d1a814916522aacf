// A document as a table for spreadsheets and scripts (RFC 4180: commas, CRLF, quotes doubled within quotes), a row a fact:
//
//     code,fact,value,words,source
//     607,retry,do-not-retry,No,RFC 3261 §21.6
//
// The head and `fact` and `value` are the same in every language. A document without facts gives what stands in its
// sections, a row for each of their entries, under the section's id.
#pragma once
#include <string>

#include "paint/options.h"

namespace sipdex::paint {

std::string csv(const document::Document& document, const Options& options);

}  // namespace sipdex::paint
