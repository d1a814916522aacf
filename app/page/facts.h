// The facts behind a page as values for programs: for a table of them.
#pragma once
#include "page/reader.h"

namespace sipdex::page {

// The page with every fact of the codes it is about, code by code, each once and with its own source. A page about no code, or
// about something pasted, is given back as it is.
document::Document with_facts(const Reader& reader, document::Document page);

}  // namespace sipdex::page
