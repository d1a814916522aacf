// Where the catalog is.
#pragma once
#include <filesystem>
#include <string>

namespace sipdex::cli {

// The one named; otherwise beside the program, as a build leaves it; otherwise where an installation has it.
std::filesystem::path catalog_file(const std::string& named);

}  // namespace sipdex::cli
