#include "page/catalog_trouble.h"

#include <algorithm>

namespace sipdex::page {

namespace {

constexpr std::size_t longest_detail = 120;

// What the database says, without the file's name, in one line: of a damaged schema it quotes pages.
std::string detail_of(const catalog::CatalogError& error) {
    std::string detail = error.what();
    if (const std::string name = error.path.string() + ": "; detail.starts_with(name)) detail.erase(0, name.size());
    detail.resize(std::min(detail.find_first_of("\r\n"), detail.size()));
    if (detail.size() <= longest_detail) return detail;
    std::size_t end = longest_detail;
    while (end > 0 && (static_cast<unsigned char>(detail[end]) & 0xC0) == 0x80) --end;
    return detail.substr(0, end) + "…";
}

}  // namespace

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
    return words.catalog_damaged(file, detail_of(error));
}

}  // namespace sipdex::page
