// Every family of rules looks at every story, some once at all of them; what better findings withdraw is left out.
//
// Stories are looked at on their own, so of a large capture several processors take some each. What they found is put
// together in the order of the stories: who was faster is not to be seen in it.
#include <algorithm>
#include <future>
#include <thread>

#include "findings/families.h"

namespace sipdex::findings {

namespace {

void look_at_stories(const Case& all, std::size_t begin, std::size_t end, Report& report) {
    Case one(all, report);
    for (std::size_t story = begin; story < end; ++story) {
        one.turn_to(story);
        for (const Family look : families) look(one);
    }
}

void look_at_stories(const Case& all, Report& report) {
    const std::size_t stories = all.calls.stories.size();
    constexpr std::size_t fewest = 64;  // for which it is worth while to begin a thread
    const std::size_t parts =
        std::clamp<std::size_t>(stories / fewest, 1, std::max(1u, std::thread::hardware_concurrency()));
    std::vector<Report> found(parts, report);
    std::vector<std::future<void>> beside;
    const auto look = [&](std::size_t part) {
        look_at_stories(all, stories * part / parts, stories * (part + 1) / parts, found[part]);
    };
    // Where no thread can be had, one after the other.
    for (std::size_t part = 1; part < parts; ++part)
        beside.push_back(std::async(std::launch::async | std::launch::deferred, look, part));
    look(0);
    for (std::future<void>& one : beside) one.get();
    for (Report& one : found) report.take_over(std::move(one));
}

// Behind others as grave: a device that is not there when it is asked whether it is there keeps nobody from a call.
void put_checks_last(std::vector<Finding>& found, const calls::Calls& calls) {
    std::ranges::stable_sort(found, [&](const Finding& one, const Finding& other) {
        const auto is_check = [&](const Finding& each) {
            return each.story != calls::none && calls.stories[each.story].kind == calls::Kind::options;
        };
        return std::pair(other.severity, is_check(one)) < std::pair(one.severity, is_check(other));
    });
}

}  // namespace

std::vector<Finding> judge(const capture::Captured& captured, const calls::Calls& calls,
                           const std::vector<catalog::FindingRule>& rules, const Thresholds& thresholds) {
    Report report(rules, thresholds);
    Case one(captured, calls, report);
    look_at_stories(one, report);
    one.turn_to(calls::none);
    for (const Family look : families_of_all) look(one);
    for (std::size_t story = 0; story < calls.stories.size(); ++story) {
        one.turn_to(story);
        look_last_at_refusals(one);
    }
    std::vector<Finding> found = report.take();
    put_checks_last(found, calls);
    return found;
}

}  // namespace sipdex::findings
