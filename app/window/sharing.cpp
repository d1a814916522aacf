#include "window/sharing.h"

#include "language/characters.h"

namespace sipdex::window {

void Sharing::begin(page::Means means, const std::vector<page::HandedIn>& sources, const std::string& path) {
    stop();
    if (writing_.valid()) writing_.wait();
    ended_.reset();
    failed_.clear();
    path_ = path;
    stopped_ = std::make_shared<std::atomic<bool>>(false);
    writing_ = std::async(std::launch::async, [means = std::move(means), sources, path, stopped = stopped_] {
        return page::write_redacted(sources, path, means, {}, [&stopped] { return !*stopped; });
    });
}

SharedCopy Sharing::state(const language::Words& words) {
    if (writing_.valid() && writing_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
        try {
            ended_ = writing_.get();
        } catch (const std::exception& problem) {  // no memory, say
            failed_ = problem.what();
        }
    }
    using State = SharedCopy::State;
    if (writing_.valid()) return {State::writing, {}};
    if (!failed_.empty()) return {State::failed, words.window_mishap_part(language::shown(failed_))};
    if (!ended_ || ended_->end == page::Redacted::End::stopped) return {};
    SharedCopy copy{ended_->written() ? State::written : State::failed, {}};
    for (const std::string& sentence : page::told(words, *ended_, path_))
        copy.words += (copy.words.empty() ? "" : " ") + sentence;
    return copy;
}

}  // namespace sipdex::window
