// The catalog as a window uses it for hours: a file that may be rebuilt, cut or damaged while it is open.
//
// A file put in its place by renaming does no harm, for the one that is open lives on. One that is written to where it
// stands is opened again, and not asked while it cannot be.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "catalog/catalog.h"

namespace sipdex::window {

class OpenCatalog {
public:
    // `first` must outlive it.
    explicit OpenCatalog(const catalog::Catalog& first);

    // The one to ask now; nothing while its file cannot be used.
    const catalog::Catalog* now();
    // In trouble with a file that was written to a moment ago, and perhaps still is: to be asked again soon.
    bool unsettled() const { return trouble_ && !settled_; }
    // Asking it threw this.
    void failed(const catalog::CatalogError& error) { trouble_ = error; }

    // What is the matter, until the file is another.
    const std::optional<catalog::CatalogError>& trouble() const { return trouble_; }
    // Grows when it was opened again: what it said before may no longer hold.
    unsigned openings() const { return openings_; }

private:
    struct Stamp {
        std::uint64_t device = 0, file = 0;
        std::int64_t size = -1, changed = 0;  // nanoseconds
        bool operator==(const Stamp&) const = default;
        bool same_file(const Stamp& other) const { return device == other.device && file == other.file; }
    };
    static Stamp stamp_of(const std::filesystem::path& file);
    static bool is_settled(const Stamp& stamp);
    void open();
    void open_if_whole();
    void use(std::unique_ptr<catalog::Catalog> another);

    std::filesystem::path file_;
    const catalog::Catalog* catalog_;  // nothing while it cannot be used
    std::unique_ptr<catalog::Catalog> again_;
    Stamp opened_, seen_;  // of the file that is open; of what stands in its place
    using Clock = std::chrono::steady_clock;
    Clock::time_point next_try_;  // to open it once more, while it is unsettled
    bool settled_ = true;         // what was seen can be told from what is written later
    std::optional<catalog::CatalogError> trouble_;
    unsigned openings_ = 0;
};

}  // namespace sipdex::window
