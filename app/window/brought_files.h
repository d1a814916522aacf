// Captures and logs that are read in a thread of their own, so that no frame waits for them.
#pragma once
#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "page/explained.h"
#include "window/kit/library.h"

namespace sipdex::window {

class BroughtFiles {
public:
    BroughtFiles() = default;
    ~BroughtFiles() { stop(); }
    BroughtFiles(const BroughtFiles&) = delete;
    BroughtFiles& operator=(const BroughtFiles&) = delete;

    void begin(page::Means means, const std::vector<std::string>& files);
    void stop();

    // How far it is. Takes what was read, once it is there; `problem` words why nothing was.
    Evidence state(const page::Reader& reader);
    // What was read; null until it was, or where nothing was.
    const page::Brought* read() const { return brought_ && !brought_->empty() ? &*brought_ : nullptr; }
    bool reading() const { return reading_.valid(); }

    // The story behind "call/3"; nothing where there is none.
    std::optional<std::size_t> story_of(const std::string& id) const;

private:
    struct Progress {
        std::atomic<bool> stopped = false;
        std::mutex guard;
        std::string name;
        std::uint64_t octets = 0;
    };

    std::shared_ptr<Progress> progress_;
    std::future<page::Brought> reading_;
    std::optional<page::Brought> brought_;
    std::vector<std::string> files_;
    std::string failed_;  // the reading itself threw
    unsigned version_ = 0;
};

}  // namespace sipdex::window
