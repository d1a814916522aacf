#include "window/kit/file_question.h"

#include <exception>
#include <thread>
#include <utility>

namespace sipdex::window {

std::future<Outside::Chosen> ask_for_files(const Outside& outside, const Outside::Question& question) {
    std::promise<Outside::Chosen> promise;
    auto answer = promise.get_future();
    std::thread([promise = std::move(promise), choose = outside.choose, question]() mutable {
        Outside::Chosen chosen{Outside::Chosen::Outcome::no_dialog, {}};
        try {
            chosen = choose(question);
        } catch (const std::exception&) {  // as without a dialog
        }
        promise.set_value(std::move(chosen));
    }).detach();
    return answer;
}

bool is_answered(const std::future<Outside::Chosen>& answer) {
    return answer.valid() && answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

}  // namespace sipdex::window
