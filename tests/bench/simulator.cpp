// 100,000 calls through caller, proxy and phone: messages per second and memory per call, beside SIPp on loopback.
//
//     ninja -C build/release bench_simulator && build/release/tests/bench/bench_simulator
//     bench_simulator 10      a tenth of them
//
// The two do not do the same work. SIPp pays for sockets and the kernel, and plays a caller and a called side only; the
// simulator pays for a proxy between them, for keeping every message, timer and state, and for the messages' texts.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "simulator/read_exchange.h"
#include "simulator/run.h"

using namespace sipdex;

namespace {

constexpr int calls_in_batch = 1000;
constexpr int sipp_calls = 20000, sipp_messages_per_call = 7;       // INVITE 100? 180 200 ACK BYE 200, counted as SIPp's own scenario has them

double seconds_of(auto work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

long peak_kilobytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

simulator::Exchange many_calls() {
    std::string text = R"(
[[party]]
id = "alice"
kind = "caller"
name = "Alice"
address = "192.0.2.1"
uri = "sip:alice@example.com"
[[party]]
id = "proxy"
kind = "proxy"
name = "Proxy"
address = "192.0.2.2"
host = "proxy.example.com"
domains = ["example.com"]
users = { "sip:bob@example.com" = ["<sip:bob@192.0.2.3>"] }
record_route = true
[[party]]
id = "bob"
kind = "phone"
name = "Bob"
address = "192.0.2.3"
uri = "sip:bob@example.com"
answers = [{ after = "10ms", status = 180 }, { after = "20ms", status = 200 }]
[names]
"example.com" = ["proxy"]
)";
    for (int call = 0; call < calls_in_batch; ++call)
        text += "[[action]]\nat = \"" + std::to_string(call) + "ms\"\nparty = \"alice\"\ndoes = \"call\"\nto = \"sip:bob@example.com\"\nhang_up_after = \"100ms\"\n";
    simulator::ReadExchange read = simulator::read_exchange(text, "many.toml");
    for (const simulator::Problem& problem : read.problems) std::fprintf(stderr, "%zu: %s\n", problem.line, problem.sentence.c_str());
    if (!read.problems.empty()) std::exit(1);
    return read.exchange;
}

// Messages per second of SIPp against itself over UDP; 0 where it is not installed or fails.
double sipp_rate() {
    if (std::system("command -v sipp >/dev/null") != 0) return 0;
    const std::string calls = std::to_string(sipp_calls);
    const std::string uas = "sipp -sn uas -i 127.0.0.1 -p 15062 -m " + calls + " -bg -timeout 60s >/dev/null 2>&1";
    if (std::system(uas.c_str()) > 99 << 8) return 0;       // -bg leaves with the child's number
    int code = 0;
    const double took = seconds_of([&] {
        code = std::system(("sipp -sn uac 127.0.0.1:15062 -i 127.0.0.1 -p 15061 -m " + calls + " -r 20000 -l 50 -timeout 60s -nostdin >/dev/null 2>&1").c_str());
    });
    return code == 0 ? sipp_calls * sipp_messages_per_call / took : 0;
}

}  // namespace

int main(int count, char** arguments) {
    const int batches = std::max(1, count > 1 ? std::atoi(arguments[1]) : 100);
    const simulator::Exchange exchange = many_calls();
    simulator::Options options;
    options.most_events = 10'000'000;
    const long before = peak_kilobytes();
    std::size_t messages = 0, octets = 0, answered = 0;
    const double took = seconds_of([&] {
        for (int batch = 0; batch < batches; ++batch) {
            options.seed = static_cast<std::uint64_t>(batch + 1);
            const recording::Recording recording = simulator::run(exchange, options);
            messages += recording.messages.size();
            for (const auto& sent : recording.messages) {
                octets += sent.octets.size();
                answered += sent.to == 0 && sent.message.status == 200;
            }
        }
    });
    const double rate = static_cast<double>(messages) / took;
    std::printf("simulator: %d calls, %zu messages, %zu answers to the caller, %.1f s: %.0f messages/s\n", batches * calls_in_batch, messages, answered, took, rate);
    std::printf("memory: %.1f kB a call with all that is recorded of it, of which %.1f kB are octets on the wire\n",
                static_cast<double>(peak_kilobytes() - before) / calls_in_batch, static_cast<double>(octets) / 1024 / (batches * calls_in_batch));
    const double sipp = sipp_rate();
    if (sipp == 0) std::printf("SIPp: skipped, it is not installed or did not succeed\n");
    else std::printf("SIPp to SIPp on loopback: %.0f messages/s; the simulator does %.2f times as many (SIPp pays for sockets)\n", sipp, rate / sipp);
}
