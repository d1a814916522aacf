// SIPp, which knows nothing of Sipdex, plays a party of our exchanges and has to be content with the others.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <thread>

#include "simulator/drawing.h"
#include "simulator/sipp.h"
#include "support/live.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

constexpr std::size_t at_once = 4;
constexpr simulator::Time quick = std::chrono::milliseconds(14000);
constexpr simulator::Time all_together = std::chrono::seconds(150);

struct Job {
    simulator::Exchange exchange;
    std::size_t party = 0;
    std::string scenario, arguments;
    simulator::Time takes{};
    Played played;
    std::string name() const { return exchange.id + " as " + exchange.parties[party].id + " over " + exchange.network.transport; }
};

// What SIPp needs to know besides: the other side, when it is the first to speak, and its credentials.
std::string arguments_for(const simulator::Exchange& exchange, std::size_t party, const simulator::Recording& recording, const std::string& scenario) {
    std::vector<simulator::Problem> none;
    simulator::Fields options(exchange.parties[party].options, "", none);
    std::string arguments;
    const std::string username = options.text_or("username", "");
    if (const auto at = scenario.find("-auth_uri "); at != std::string::npos)
        arguments += " -au " + username + " -ap " + options.text_or("password", "") + " " + scenario.substr(at, scenario.find(' ', at + 10) - at);
    const auto first = std::ranges::find_if(recording.messages, [&](const auto& sent) { return sent.from == party || (sent.to == party && sent.received); });
    if (first->from == party) arguments += " " + recording.actors[first->to].address;
    return arguments;
}

simulator::Time length_of(const simulator::Recording& recording, std::size_t party) {
    simulator::Time last{};
    for (const auto& sent : recording.messages)
        if (sent.from == party || sent.to == party) last = std::max(last, sent.received.value_or(sent.sent));
    return last;
}

std::vector<Job> jobs_over(const std::string& transport, int network) {
    std::vector<Job> jobs;
    for (const std::string& id : exchange_ids()) {
        for (const std::size_t party : simulator::parties_for_sipp(simulator::run(on_loopback(exchange_named(id), 1, transport)))) {
            const simulator::Exchange exchange = on_loopback(exchange_named(id), network++, transport);
            const simulator::Recording recording = simulator::run(exchange);
            const simulator::Time takes = length_of(recording, party);
            const std::string scenario = simulator::sipp_of(recording, party);
            if (takes > quick) continue;
            jobs.push_back({exchange, party, scenario, arguments_for(exchange, party, recording, scenario), takes, {}});
        }
    }
    return jobs;
}

// Each lane has addresses of its own.
void play(std::vector<Job>& jobs) {
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> lanes;
    for (std::size_t lane = 0; lane < at_once; ++lane)
        lanes.emplace_back([&] {
            for (std::size_t i; (i = next++) < jobs.size();)
                jobs[i].played = play_with_sipp(jobs[i].exchange, jobs[i].party, jobs[i].scenario, jobs[i].arguments, jobs[i].takes + std::chrono::seconds(6));
        });
    for (std::thread& lane : lanes) lane.join();
}

}  // namespace

TEST_CASE("explore") {
    for (const char* transport : {"UDP", "TCP"}) {
        auto jobs = jobs_over(transport, 20);
        if (const char* only = std::getenv("ONLY")) std::erase_if(jobs, [&](const Job& job) { return job.name().find(only) == std::string::npos; });
        simulator::Time sum{};
        for (auto& job : jobs) sum += job.takes;
        MESSAGE(jobs.size(), " jobs, ", sum.count() / 1000000, " s");
        play(jobs);
        for (const Job& job : jobs) {
            if (job.played.code == 0) { MESSAGE("ok   ", job.name(), " ", job.takes.count() / 1000); continue; }
            MESSAGE("FAIL ", job.name(), " code ", job.played.code, "\n", job.played.log.substr(0, 1500));
            if (std::getenv("ONLY")) MESSAGE(job.scenario, "\n", job.arguments, "\n", drawn_with_times(job.played.recording));
        }
    }
}
