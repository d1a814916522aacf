// Captures, logs and pasted text that are read in a thread of their own, so that no frame waits for them.
#pragma once
#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "page/call_list.h"
#include "page/explained.h"
#include "window/kit/library.h"

namespace sipdex::window {

class BroughtFiles {
public:
    BroughtFiles() = default;
    ~BroughtFiles() { stop(); }
    BroughtFiles(const BroughtFiles&) = delete;
    BroughtFiles& operator=(const BroughtFiles&) = delete;

    // `files` are paths, or names that keep() gave.
    void begin(page::Means means, const std::vector<std::string>& files);
    void stop();
    // Keeps a text to be brought by the name that comes back.
    std::string keep(std::string text);

    // How far it is. Takes what was read, once it is there; `problem` words why nothing was.
    Evidence state(const page::Reader& reader);
    // What was read; null until it was, or where nothing was. Good until the next state().
    const page::Brought* read() const { return brought_ && !brought_->empty() ? brought_.get() : nullptr; }
    Library::Calls calls() const { return read() ? calls_ : nullptr; }
    bool busy() const { return reading_.valid(); }

    // The story behind "call/3"; nothing where there is none.
    std::optional<std::size_t> story_of(const std::string& id) const;

    // Judges what was read once more, in the thread, and what is brought later.
    void set_threshold(const std::string& name, long value);

    std::vector<page::HandedIn> sources() const { return handed_in(files_); }  // what is open
    std::string shared_name() const;                                           // where a copy could go

private:
    struct Progress {
        std::atomic<bool> stopped = false;
        std::mutex guard;
        std::string name;
        std::uint64_t octets = 0;
    };
    struct Read {
        std::shared_ptr<page::Brought> brought;
        std::vector<findings::Finding> findings;  // where it was only judged again
        Library::Calls calls;
    };

    void take(Read read);
    std::vector<page::HandedIn> handed_in(const std::vector<std::string>& files) const;

    std::shared_ptr<Progress> progress_;
    std::future<Read> reading_;
    bool judging_ = false;  // that is all that the thread does: what was read is shown meanwhile
    std::shared_ptr<page::Brought> brought_;
    Library::Calls calls_;
    findings::Thresholds thresholds_;
    std::vector<std::string> files_;
    std::map<std::string, std::shared_ptr<const std::string>> texts_;  // that were pasted, by their names
    std::string failed_;                                               // the reading itself threw
    unsigned version_ = 0;
};

}  // namespace sipdex::window
