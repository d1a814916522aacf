#include "cli/catalog_file.h"

namespace sipdex::cli {

std::filesystem::path catalog_file(const std::string& named) {
    if (!named.empty()) return named;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto folder = program.parent_path();
    if (const auto built = folder / "catalog.db"; std::filesystem::exists(built, error)) return built;
    return folder.parent_path() / "share" / "sipdex" / "catalog.db";
}

}  // namespace sipdex::cli
