// SIPp, which knows nothing of Sipdex, plays a party of our exchanges and has to be content with the others.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "recording/sipp.h"
#include "simulator/drawing.h"
#include "support/live.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

constexpr std::size_t at_once = 4;
constexpr recording::Time quick = std::chrono::milliseconds(2500);

// What SIPp 3.6 cannot do.
const std::map<std::string, std::string> beyond_sipp = {
    {"401-register bob", "answers no challenge for SHA-256"},
    {"401-second-challenge bob", "answers no challenge for SHA-256"},
    {"503-server-lookup gw1", "listens by one transport; the NAPTR records of the exchange choose TCP"},
    {"494-security-agreement bob", "takes challenges from 401 and 407 only"},
};

struct Job {
    simulator::Exchange exchange;
    std::size_t party = 0;
    std::string scenario, arguments;
    recording::Time takes{};
    Played played;
    std::string name() const {
        return exchange.id + " as " + exchange.parties[party].id + " over " + exchange.network.transport;
    }
};

// What SIPp needs to know besides: the other side, when it is the first to speak, and its credentials.
std::string arguments_for(const simulator::Exchange& exchange, std::size_t party, const recording::Recording& recording,
                          const std::string& scenario) {
    source::Problems none;
    source::Table options(exchange.parties[party].options, none);
    std::string arguments;
    const std::string username = options.text_or("username", "");
    if (const auto at = scenario.find("-auth_uri "); at != std::string::npos)
        arguments += " -au " + username + " -ap " + options.text_or("password", "") + " " +
                     scenario.substr(at, scenario.find(' ', at + 10) - at);
    const auto first = std::ranges::find_if(recording.messages, [&](const auto& sent) {
        return sent.from == party || (sent.to == party && sent.received);
    });
    if (first->from == party) arguments += " " + recording.actors[first->to].address;
    return arguments;
}

recording::Time length_of(const recording::Recording& recording, std::size_t party) {
    recording::Time last{};
    for (const auto& sent : recording.messages)
        if (sent.from == party || sent.to == party) last = std::max(last, sent.received.value_or(sent.sent));
    return last;
}

std::vector<Job> jobs_over(const std::string& transport, int network) {
    std::vector<Job> jobs;
    for (const std::string& id : exchange_ids()) {
        for (const std::size_t party :
             recording::parties_for_sipp(simulator::run(on_loopback(exchange_named(id), 1, transport)))) {
            const simulator::Exchange exchange = on_loopback(exchange_named(id), network++, transport);
            const recording::Recording recording = simulator::run(exchange);
            const recording::Time takes = length_of(recording, party);
            const std::string scenario = recording::sipp_of(recording, party);
            if (takes > quick || beyond_sipp.contains(id + " " + recording.actors[party].id)) continue;
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
                jobs[i].played = play_with_sipp(jobs[i].exchange, jobs[i].party, jobs[i].scenario, jobs[i].arguments,
                                                jobs[i].takes + std::chrono::seconds(6));
        });
    for (std::thread& lane : lanes) lane.join();
}

}  // namespace

TEST_CASE("SIPp plays in twenty exchanges and more, over UDP and over TCP, and gets what it waits for") {
    if (!has_program("sipp")) {
        MESSAGE("skipped: SIPp is not installed (package sip-tester)");
        return;
    }
    for (const char* const transport : {"UDP", "TCP"}) {
        CAPTURE(transport);
        std::vector<Job> jobs = jobs_over(transport, 20);
        std::set<std::string> exchanges;
        for (const Job& job : jobs) exchanges.insert(job.exchange.id);
        CHECK(exchanges.size() >= 20);
        play(jobs);
        for (const Job& job : jobs) {
            CAPTURE(job.name());
            CAPTURE(job.scenario);
            CAPTURE(job.played.log);
            CAPTURE(drawn_with_times(job.played.recording));
            CHECK(job.played.code == 0);
        }
    }
}
