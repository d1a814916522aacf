// sipdex --generate man FOLDER, and sipdex --generate completions FOLDER: what a package brings along for man and for the
// shells, in every language of the interface.
#pragma once
#include <filesystem>
#include <string>

#include "language/words.h"

namespace sipdex::cli {

// `words` are those of whoever runs it, for mistakes. The catalog says which codes and names there are to offer.
int generate(const language::Words& words, const std::filesystem::path& catalog, const std::string& what,
             const std::filesystem::path& folder);

}  // namespace sipdex::cli
