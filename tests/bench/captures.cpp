// `sipdex explain` on captures of very many calls, beside tshark and sngrep on the same files.
//
// The peers do not do the same work: tshark tells the fields by which messages are put into calls, sngrep puts them into
// calls, and neither says what is wrong with them. By itself sngrep stops at 20,000 calls, and tshark takes ever longer for
// the next message unless it forgets (-M) what went before. SIPDEX_BENCH_MESSAGES sets how many messages a file has.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "bench/many_calls.h"
#include "bench/table.h"
#include "recording/pcap.h"
#include "simulator/run.h"
#include "support/text.h"

namespace sipdex::bench {

namespace {

constexpr int calls_in_batch = 1000;
constexpr std::uint64_t usual_messages = 1'000'000, large_file = 2'000'000'000;
constexpr double many_times = 10;

// Octets of a capture, some seconds later.
std::string later(std::string octets, std::uint32_t seconds) {
    constexpr std::size_t file_head = 24, record_head = 16;
    const auto number = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(octets.at(at + i));
        return value;
    };
    for (std::size_t at = file_head; at + record_head <= octets.size(); at += record_head + number(at + 8)) {
        const std::uint32_t time = number(at) + seconds;
        for (std::size_t i = 0; i < 4; ++i) octets[at + i] = static_cast<char>(time >> 8 * i);
    }
    return octets;
}

// Batches of calls one after the other, each with identifiers of its own, until there are enough messages or octets.
std::uint64_t write_calls(const std::filesystem::path& path, std::string_view transport, std::uint64_t messages,
                          std::uint64_t octets) {
    const simulator::Exchange exchange = many_calls(calls_in_batch, transport);
    std::ofstream file(path, std::ios::binary);
    std::uint64_t written = 0;
    constexpr std::uint32_t seconds_apart = 40;
    for (std::uint32_t batch = 0; written < messages && std::uint64_t(file.tellp()) < octets; ++batch) {
        simulator::Options options;
        options.most_events = 10'000'000;
        options.seed = batch + 1;
        const recording::Recording recording = simulator::run(exchange, options);
        const std::string capture = later(recording::pcap_of(recording), batch * seconds_apart);
        file << std::string_view(capture).substr(batch == 0 ? 0 : 24);
        written += recording.messages.size();
    }
    if (!file.flush()) throw std::runtime_error("the capture could not be written");
    return written;
}

struct Cost {
    double wall = 0, worked = 0;  // seconds; worked: by all processors, in the program and for it in the kernel
    long megabytes = 0;           // at its largest
};

Cost cost_of(const std::string& command) {
    rusage usage{};
    int status = 0;
    Cost cost;
    cost.wall = wall_seconds([&] {
        const pid_t child = fork();
        if (child == 0) {
            execl("/bin/sh", "sh", "-c", ("exec " + command + " >/dev/null 2>&1").c_str(), nullptr);
            _exit(127);
        }
        if (child < 0 || wait4(child, &status, 0, &usage) < 0) throw std::runtime_error("cannot run " + command);
    });
    if (status != 0) throw std::runtime_error("failed: " + command);
    const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    cost.worked = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    cost.megabytes = usage.ru_maxrss / 1024;
    return cost;
}

// Of three, the one that took least by the clock: the machine may be busy with other things.
Cost best_cost_of(const std::string& command) {
    Cost best = cost_of(command);
    for (int i = 1; i < 3; ++i)
        if (const Cost next = cost_of(command); next.wall < best.wall) best = next;
    return best;
}

std::string rate(std::uint64_t messages, const Cost& cost) {
    return fmt::format("{:.0f} messages/s, {:.1f} s of processors, {} MB", double(messages) / cost.wall, cost.worked,
                       cost.megabytes);
}

std::string explaining(const std::filesystem::path& file) {
    return fmt::format("{} explain {} --catalog {}", BENCH_SIPDEX, file.string(), BENCH_CATALOG);
}

Line beside(const std::string& work, std::uint64_t messages, const Cost& ours, const char* peer,
            const std::string& command) {
    Line line{work, rate(messages, ours), fmt::format("not measured: {} is missing", peer)};
    if (!test::has_program(peer)) return line;
    const Cost theirs = best_cost_of(command);
    line.peer = fmt::format("{}, {}", rate(messages, theirs), peer);
    line.ratio = theirs.wall / ours.wall;
    return at_least(line, many_times);
}

}  // namespace

Lines captures() {
    const char* const told = std::getenv("SIPDEX_BENCH_MESSAGES");
    const std::uint64_t wanted = told ? std::strtoull(told, nullptr, 10) : usual_messages;
    const test::TemporaryFolder folder;
    Lines lines;
    for (const char* transport : {"UDP", "TCP"}) {
        const std::filesystem::path file = folder.path() / (std::string(transport) + ".pcap");
        const std::uint64_t messages = write_calls(file, transport, wanted, large_file);
        const Cost ours = best_cost_of(explaining(file));
        const std::string work = fmt::format("explain {} messages over {}", messages, transport);
        lines.push_back(beside(work, messages, ours, "tshark",
                               "tshark -n -M 20000 --disable-protocol sdp -r " + file.string() +
                                   " -Y sip -T fields -e frame.number -e frame.time_epoch -e ip.src -e ip.dst "
                                   "-e sip.Method -e sip.Status-Code -e sip.Call-ID -e sip.CSeq -e sip.from.tag "
                                   "-e sip.to.tag -e sip.Via.branch"));
        lines.push_back(
            beside("the same", messages, ours, "sngrep", "env TERM=dumb sngrep -l 10000000 -N -q -I " + file.string()));
        std::filesystem::remove(file);
    }
    if (told) return lines;
    const std::filesystem::path file = folder.path() / "large.pcap";
    const std::uint64_t messages = write_calls(file, "UDP", UINT64_MAX, large_file);
    lines.push_back({"explain a capture of 2 GB", rate(messages, cost_of(explaining(file)))});
    return lines;
}

}  // namespace sipdex::bench
