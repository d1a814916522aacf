#include "window/open_catalog.h"

#include <sys/stat.h>

#include <chrono>
#include <cstdlib>

namespace sipdex::window {

OpenCatalog::OpenCatalog(const catalog::Catalog& first)
    : file_(first.path()), catalog_(&first), opened_(stamp_of(file_)), seen_(opened_) {}

OpenCatalog::Stamp OpenCatalog::stamp_of(const std::filesystem::path& file) {
    struct stat found {};
    if (stat(file.c_str(), &found) != 0) return {};
    return {found.st_dev, found.st_ino, found.st_size,
            found.st_mtim.tv_sec * std::int64_t(1'000'000'000) + found.st_mtim.tv_nsec};
}

// A long write sets the time of its beginning, and times are as coarse as a tick of the kernel: a file that was opened
// while it was young may have got the rest of its content under the same stamp.
bool OpenCatalog::is_settled(const Stamp& stamp) {
    constexpr std::int64_t young = 2'000'000'000;
    const auto now =
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch());
    return std::abs(now.count() - stamp.changed) > young;
}

const catalog::Catalog* OpenCatalog::now() {
    const Stamp stands = stamp_of(file_);
    if (stands == seen_) {
        if (unsettled() && Clock::now() >= next_try_) open_if_whole();
        return catalog_;
    }
    seen_ = stands;
    settled_ = is_settled(stands);
    next_try_ = {};
    if (trouble_ || stands.same_file(opened_)) open();
    return catalog_;
}

// By its time alone nobody could tell that it is another.
void OpenCatalog::open_if_whole() {
    settled_ = is_settled(seen_);
    next_try_ = Clock::now() + std::chrono::milliseconds(200);  // all of the file is read
    try {
        auto another = std::make_unique<catalog::Catalog>(file_);
        if (another->as_it_was_made()) use(std::move(another));
    } catch (const catalog::CatalogError&) {  // the trouble that is told still holds
    }
}

void OpenCatalog::open() {
    catalog_ = nullptr;
    try {
        use(std::make_unique<catalog::Catalog>(file_));
    } catch (const catalog::CatalogError& error) {
        trouble_ = error;
    }
}

void OpenCatalog::use(std::unique_ptr<catalog::Catalog> another) {
    again_ = std::move(another);
    catalog_ = again_.get();
    opened_ = seen_;
    trouble_.reset();
    ++openings_;
}

}  // namespace sipdex::window
