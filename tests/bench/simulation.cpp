// 100,000 calls through caller, proxy and phone: messages a second and memory a call, beside SIPp to SIPp on the
// loopback.
//
// The two do not do the same work. SIPp pays for sockets and the kernel, and plays a caller and a called side only; the
// simulator pays for a proxy between them, for keeping every message, timer and state, and for the messages' texts.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cstdlib>
#include <stdexcept>

#include "bench/heap.h"
#include "bench/many_calls.h"
#include "bench/table.h"
#include "simulator/run.h"
#include "support/text.h"

namespace sipdex::bench {

namespace {

constexpr int all_calls = 100'000, calls_in_batch = 1000;
constexpr int sipp_calls = 5000,
              sipp_messages_a_call = 6;             // INVITE 180 200 ACK BYE 200, as its own scenarios have them
constexpr double kilobytes_a_call_at_first = 67.5;  // before anything was done about it

// Messages a second: by the clock on the wall, and of the time that processors worked.
struct Rate {
    double by_clock = 0;
    double by_work = 0;
};

class Calls {
public:
    Rate rate(int batches) {
        double messages = 0, worked = 0;
        const double took = wall_seconds([&] {
            worked = thread_seconds([&] {
                for (int batch = 0; batch < batches; ++batch) messages += double(next().messages.size());
            });
        });
        return {messages / took, messages / worked};
    }

    // The most that a batch has allocated at once, for each of its calls.
    double kilobytes_a_call() {
        return double(most_allocated([this] { next(); })) / 1024 / calls_in_batch;
    }

private:
    recording::Recording next() {
        simulator::Options options;
        options.most_events = 10'000'000;
        options.seed = ++seed_;
        recording::Recording recording = simulator::run(exchange_, options);
        int answered = 0;
        for (const auto& sent : recording.messages) answered += sent.to == 0 && sent.message.status == 200;
        if (answered != 2 * calls_in_batch) throw std::runtime_error("a call was not answered or not hung up");
        return recording;
    }

    simulator::Exchange exchange_ = many_calls(calls_in_batch);
    std::uint64_t seed_ = 0;
};

double processor_seconds_of_children() {
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// SIPp against itself over UDP. Its two sides count as working at once, each on a processor of its own.
Rate sipp_rate() {
    const std::string called =
        fmt::format("sipp -sn uas -i 127.0.0.1 -p 15062 -m {} -timeout 60s -nostdin >/dev/null 2>&1 & ", sipp_calls);
    const std::string calling = fmt::format(
        "sipp -sn uac 127.0.0.1:15062 -i 127.0.0.1 -p 15061 -m {} -r 50000 -l 50 -timeout 60s -nostdin >/dev/null 2>&1",
        sipp_calls);
    const double before = processor_seconds_of_children();
    int code = 0;
    const double took =
        wall_seconds([&] { code = std::system((called + calling + "; code=$?; wait; exit $code").c_str()); });
    if (code != 0) throw std::runtime_error("SIPp ended with " + std::to_string(WEXITSTATUS(code)));
    const double messages = sipp_calls * sipp_messages_a_call;
    return {messages / took, messages / ((processor_seconds_of_children() - before) / 2)};
}

Line beside_sipp(const char* work, const std::vector<double>& ours, const std::vector<double>& peer) {
    Line line{work, fmt::format("{:.0f} messages/s", median(ours)), "not measured: sip-tester is missing"};
    if (peer.empty()) return line;
    line.peer = fmt::format("{:.0f} messages/s, SIPp to SIPp", median(peer));
    line.ratio = median(ours) / median(peer);
    return line;
}

}  // namespace

Lines simulation(int rounds) {
    const bool has_peer = test::has_program("sipp");
    Calls calls;
    std::vector<double> ours, our_work, peer, peer_work;
    const double kilobytes = calls.kilobytes_a_call();
    for (int round = 0; round < rounds; ++round) {
        const Rate rate = calls.rate(all_calls / calls_in_batch / rounds);
        ours.push_back(rate.by_clock);
        our_work.push_back(rate.by_work);
        if (!has_peer) continue;
        const Rate sipp = sipp_rate();
        peer.push_back(sipp.by_clock);
        peer_work.push_back(sipp.by_work);
    }
    return {
        at_least(beside_sipp("simulate 100,000 calls", ours, peer), 5),
        beside_sipp("the same by processor time", our_work, peer_work),
        at_most({"memory of a call with its recording", fmt::format("{:.1f} kB", kilobytes),
                 fmt::format("{:.1f} kB at first", kilobytes_a_call_at_first), kilobytes / kilobytes_a_call_at_first},
                0.5)};
}

}  // namespace sipdex::bench
