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

std::string sentence_for(const language::Words& words, const catalog::CatalogError& error) {
    using Why = catalog::CatalogError::Why;
    const std::string file = error.path.string();
    switch (error.why) {
        case Why::missing: return words.catalog_missing(file);
        case Why::unreadable: return words.catalog_unreadable(file);
        case Why::foreign: return words.catalog_foreign(file);
        case Why::truncated: return words.catalog_truncated(file);
        case Why::older: return words.catalog_older(file);
        case Why::newer: return words.catalog_newer(file);
        case Why::damaged: break;
    }
    return words.catalog_damaged(file, error.what());
}

}  // namespace sipdex::cli
