#include "source/open.h"

#include <fstream>
#include <iterator>

namespace sipdex::source {

std::optional<Table> open_toml(const std::filesystem::path& repository, const std::filesystem::path& path,
                               Problems& problems) {
    File file{path.lexically_relative(repository).generic_string(), {}};
    std::ifstream in(path, std::ios::binary);
    file.text.assign(std::istreambuf_iterator<char>(in), {});
    if (in) return read_toml(std::move(file), problems);
    problems.add(file, {}, "cannot be read");
    return std::nullopt;
}

}  // namespace sipdex::source
