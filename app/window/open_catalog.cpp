#include "window/open_catalog.h"

#include <sys/stat.h>

namespace sipdex::window {

OpenCatalog::OpenCatalog(const catalog::Catalog& first)
    : file_(first.path()), catalog_(&first), opened_(stamp_of(file_)), seen_(opened_) {}

OpenCatalog::Stamp OpenCatalog::stamp_of(const std::filesystem::path& file) {
    struct stat found {};
    if (stat(file.c_str(), &found) != 0) return {};
    return {found.st_dev, found.st_ino, found.st_size,
            found.st_mtim.tv_sec * std::int64_t(1'000'000'000) + found.st_mtim.tv_nsec};
}

const catalog::Catalog* OpenCatalog::now() {
    const Stamp stands = stamp_of(file_);
    if (stands == seen_) return catalog_;
    seen_ = stands;
    if (trouble_ || stands.same_file(opened_)) open();
    return catalog_;
}

void OpenCatalog::open() {
    catalog_ = nullptr;
    try {
        again_ = std::make_unique<catalog::Catalog>(file_);
        catalog_ = again_.get();
        opened_ = seen_;
        trouble_.reset();
        ++openings_;
    } catch (const catalog::CatalogError& error) {
        trouble_ = error;
    }
}

}  // namespace sipdex::window
