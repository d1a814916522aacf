// What to tell the reader when the catalog cannot be used.
#pragma once
#include <string>

#include "catalog/catalog.h"
#include "language/words.h"

namespace sipdex::page {

// One sentence: the file and the remedy.
std::string sentence_for(const language::Words& words, const catalog::CatalogError& error);

}  // namespace sipdex::page
