// Where the catalog is, and what to tell the reader when it cannot be used.
#pragma once
#include <filesystem>
#include <string>

#include "catalog/catalog.h"
#include "language/words.h"

namespace sipdex::cli {

// The one named; otherwise beside the program, as a build leaves it; otherwise where an installation has it.
std::filesystem::path catalog_file(const std::string& named);

// One sentence: the file and the remedy.
std::string sentence_for(const language::Words& words, const catalog::CatalogError& error);

}  // namespace sipdex::cli
