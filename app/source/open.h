// A TOML file of the repository, opened under the name that it has there.
#pragma once
#include <filesystem>
#include <optional>

#include "source/table.h"

namespace sipdex::source {

// Problems name the file from the repository on: "data/responses/486.toml". One that cannot be read is a problem, too.
std::optional<Table> open_toml(const std::filesystem::path& repository, const std::filesystem::path& path,
                               Problems& problems);

}  // namespace sipdex::source
