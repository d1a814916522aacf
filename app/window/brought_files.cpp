#include "window/brought_files.h"

#include <filesystem>

#include "language/characters.h"
#include "window/kit/number_in.h"

namespace sipdex::window {

void BroughtFiles::begin(page::Means means, const std::vector<std::string>& files) {
    stop();
    brought_.reset();
    failed_.clear();
    files_ = files;
    ++version_;
    progress_ = std::make_shared<Progress>();
    reading_ = std::async(std::launch::async, [means = std::move(means), files, progress = progress_] {
        return page::bring(means, files, {}, [&progress](const std::string& name, std::uint64_t octets) {
            const std::lock_guard lock(progress->guard);
            progress->name = name;
            progress->octets = octets;
            return !progress->stopped;
        });
    });
}

void BroughtFiles::stop() {
    if (progress_) progress_->stopped = true;
    if (reading_.valid()) reading_.wait();
}

Evidence BroughtFiles::state(const page::Reader& reader) {
    if (reading_.valid() && reading_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
        ++version_;
        try {
            brought_ = reading_.get();
        } catch (const std::exception& problem) {  // no memory, say
            failed_ = problem.what();
        }
    }
    Evidence now;
    now.version = version_;
    if (reading_.valid()) {
        const std::lock_guard lock(progress_->guard);
        constexpr double octets_of_megabyte = 1e6;
        now.state = Evidence::State::reading;
        now.name =
            std::filesystem::path(progress_->name.empty() ? files_.front() : progress_->name).filename().string();
        now.megabytes = static_cast<double>(progress_->octets) / octets_of_megabyte;
    } else if (!failed_.empty()) {
        now.state = Evidence::State::failed;
        now.problem = reader.words.window_mishap_part(language::shown(failed_));
    } else if (brought_) {
        now.state = brought_->empty() ? Evidence::State::failed : Evidence::State::read;
        if (brought_->empty()) now.problem = page::nothing_read(reader, *brought_, language::shown(files_.front()));
    }
    return now;
}

std::optional<std::size_t> BroughtFiles::story_of(const std::string& id) const {
    constexpr std::string_view prefix = "call/";
    if (!id.starts_with(prefix)) return std::nullopt;
    const auto number = number_in<std::size_t>(id.substr(prefix.size()));
    const page::Brought* brought = read();
    if (!brought || !number || *number == 0 || *number > brought->calls.stories.size()) return std::nullopt;
    return *number - 1;
}

}  // namespace sipdex::window
