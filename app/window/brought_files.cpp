#include "window/brought_files.h"

#include <cstdlib>
#include <filesystem>

#include "language/characters.h"
#include "page/call_id.h"
#include "page/redacted.h"

namespace sipdex::window {

std::string BroughtFiles::keep(std::string text) {
    const std::string name = "pasted:" + std::to_string(texts_.size() + 1);
    texts_[name] = std::make_shared<const std::string>(std::move(text));
    return name;
}

std::vector<page::HandedIn> BroughtFiles::handed_in(const std::vector<std::string>& files) const {
    std::vector<page::HandedIn> sources;
    for (const std::string& file : files) {
        const auto text = texts_.find(file);
        sources.emplace_back(file, text == texts_.end() ? nullptr : text->second);
    }
    return sources;
}

void BroughtFiles::begin(page::Means means, const std::vector<std::string>& files) {
    stop();
    reading_ = {};
    brought_.reset();
    calls_.reset();
    failed_.clear();
    files_ = files;
    ++version_;
    judging_ = false;
    progress_ = std::make_shared<Progress>();
    reading_ = std::async(std::launch::async, [means = std::move(means), sources = sources(), thresholds = thresholds_,
                                               progress = progress_] {
        const auto goes_on = [&progress](const std::string& name, std::uint64_t octets) {
            const std::lock_guard lock(progress->guard);
            progress->name = name;
            progress->octets = octets;
            return !progress->stopped;
        };
        Read read;
        read.brought = std::make_shared<page::Brought>(page::bring(means, sources, thresholds, goes_on));
        read.calls = std::make_shared<const std::vector<page::ListedCall>>(page::call_list(*read.brought));
        return read;
    });
}

void BroughtFiles::stop() {
    if (progress_) progress_->stopped = true;
    if (reading_.valid()) reading_.wait();
}

void BroughtFiles::take(Read read) {
    if (read.brought) brought_ = std::move(read.brought);
    else if (brought_) brought_->findings = std::move(read.findings);
    calls_ = std::move(read.calls);
}

void BroughtFiles::set_threshold(const std::string& name, long value) {
    thresholds_[name] = value;
    if (reading_.valid()) {  // a moment
        reading_.wait();
        take(reading_.get());
    }
    if (!brought_) return;
    brought_->thresholds = thresholds_;
    judging_ = true;
    reading_ = std::async(std::launch::async, [brought = brought_, calls = calls_, thresholds = thresholds_] {
        Read read;
        read.findings = findings::judge(brought->captured, brought->calls, *brought->rules, thresholds);
        auto graded = std::make_shared<std::vector<page::ListedCall>>(*calls);
        page::grade(*graded, read.findings);
        read.calls = std::move(graded);
        return read;
    });
}

std::string BroughtFiles::shared_name() const {
    if (files_.empty()) return {};
    if (!texts_.contains(files_.front())) return page::name_for_shared(files_.front());
    const char* home = std::getenv("HOME");
    return page::name_for_shared((std::filesystem::path(home ? home : ".") / "log").string());
}

Evidence BroughtFiles::state(const page::Reader& reader) {
    if (reading_.valid() && reading_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
        ++version_;
        try {
            take(reading_.get());
        } catch (const std::exception& problem) {  // no memory, say
            failed_ = problem.what();
        }
        judging_ = false;
    }
    Evidence now;
    now.version = version_;
    const auto name_of = [&](const std::string& file) {
        return texts_.contains(file) ? reader.words.evidence_pasted() : std::filesystem::path(file).filename().string();
    };
    if (reading_.valid() && !judging_) {
        const std::lock_guard lock(progress_->guard);
        constexpr double octets_of_megabyte = 1e6;
        now.state = Evidence::State::reading;
        now.name = name_of(progress_->name.empty() ? files_.front() : progress_->name);
        now.megabytes = static_cast<double>(progress_->octets) / octets_of_megabyte;
    } else if (!failed_.empty()) {
        now.state = Evidence::State::failed;
        now.problem = reader.words.window_mishap_part(language::shown(failed_));
    } else if (brought_) {
        now.state = brought_->empty() ? Evidence::State::failed : Evidence::State::read;
        if (brought_->empty())
            now.problem = page::nothing_read(reader, *brought_, language::shown(name_of(files_.front())));
    }
    return now;
}

std::optional<std::size_t> BroughtFiles::story_of(const std::string& id) const {
    const auto story = page::call_of(id);
    const page::Brought* brought = read();
    return story && brought && *story < brought->calls.stories.size() ? story : std::nullopt;
}

}  // namespace sipdex::window
