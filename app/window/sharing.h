// A copy of captures and logs without what must not be shared, written in a thread of its own.
#pragma once
#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "page/brought.h"
#include "page/redacted.h"
#include "window/kit/library.h"

namespace sipdex::window {

class Sharing {
public:
    Sharing() = default;
    ~Sharing() { stop(); }  // and waits for its end
    Sharing(const Sharing&) = delete;
    Sharing& operator=(const Sharing&) = delete;

    void begin(page::Means means, const std::vector<page::HandedIn>& sources, const std::string& path);
    void stop() {  // soon; what stood there stays as it was
        if (stopped_) *stopped_ = true;
    }
    // How far it is, in the words given.
    SharedCopy state(const language::Words& words);
    bool writing() const { return writing_.valid(); }

private:
    std::future<page::Redacted> writing_;
    std::shared_ptr<std::atomic<bool>> stopped_;
    std::optional<page::Redacted> ended_;
    std::string path_, failed_;  // the writing itself threw
};

}  // namespace sipdex::window
