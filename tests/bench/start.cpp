// From the start of the program to its first frame on a screen nobody sees, beside an empty window by the same
// libraries.
#include <fmt/format.h>

#include <ctime>
#include <fstream>
#include <stdexcept>

#include "bench/table.h"
#include "desktop/screen.h"
#include "support/text.h"

namespace sipdex::bench {

namespace {

struct Started {
    double seconds = 0;
    double worked = 0;  // seconds of all processors
    double kilobytes = 0;
};

// With a home of its own, as on the first day.
Started start(const test::Screen& screen, const std::string& program) {
    const test::TemporaryFolder home;
    const std::string note = (home.path() / "first-frame").string(), folder = home.path().string();
    Started started;
    timespec began{};
    clock_gettime(CLOCK_MONOTONIC, &began);
    test::Process process({program}, {{"DISPLAY", screen.display()},
                                      {"HOME", folder},
                                      {"XDG_DATA_HOME", folder},
                                      {"LC_ALL", "C.UTF-8"},
                                      {"FIRST_FRAME", note},
                                      {"LD_PRELOAD", BENCH_FIRST_FRAME}});
    if (process.ended(std::chrono::seconds(60)) != 0) throw std::runtime_error(program + " shows no frame");
    if (!(std::ifstream(note) >> started.seconds >> started.worked >> started.kilobytes))
        throw std::runtime_error(program + " left no note");
    started.seconds -= double(began.tv_sec) + double(began.tv_nsec) / 1e9;
    return started;
}

}  // namespace

Lines start_of_the_window(int rounds) {
    if (!test::has_program("Xvfb")) return {{"start to first frame", "not measured: Xvfb is missing"}};
    const test::Screen screen(1600, 1000);
    std::vector<double> ours, our_work, our_memory, floor, floor_work, floor_memory;
    for (int round = -1; round < rounds; ++round) {
        const Started sipdex = start(screen, BENCH_SIPDEX), empty = start(screen, BENCH_EMPTY_WINDOW);
        if (round < 0) continue;  // the first fills caches of shaders and fonts
        ours.push_back(sipdex.seconds * 1000);
        our_work.push_back(sipdex.worked * 1000);
        our_memory.push_back(sipdex.kilobytes / 1024);
        floor.push_back(empty.seconds * 1000);
        floor_work.push_back(empty.worked * 1000);
        floor_memory.push_back(empty.kilobytes / 1024);
    }
    const auto beside = [](const char* work, const char* unit, double mine, double least, double goal) {
        return at_most({work, fmt::format("{:.0f} {}", mine, unit), fmt::format("{:.0f} {}, empty window", least, unit),
                        mine / least},
                       goal);
    };
    return {beside("start to first frame", "ms", median(ours), median(floor), 1.5),
            beside("processor time until then", "ms", median(our_work), median(floor_work), 1.5),
            beside("memory at the first frame", "MB", median(our_memory), median(floor_memory), 1.3)};
}

}  // namespace sipdex::bench
