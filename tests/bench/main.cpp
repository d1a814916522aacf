// Measures what readers wait for, beside peers or floors of the same run. Nothing is asserted; see README.md.
//
//     ninja -C build/release bench                    all of it
//     tests/bench/bench_sipdex parsing search         some parts
#define DOCTEST_CONFIG_IMPLEMENT  // the helpers of the tests fail by it
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "bench/table.h"

using namespace sipdex;

namespace {

constexpr int rounds = 7;

struct Part {
    const char* name;
    bench::Lines (*measure)();
};
constexpr Part parts[] = {
    {"start", [] { return bench::start_of_the_window(2 * rounds + 1); }},
    {"frames", [] { return bench::frames(rounds); }},
    {"search", bench::search},
    {"parsing", [] { return bench::parsing(rounds); }},
    {"simulation", [] { return bench::simulation(rounds); }},
    {"captures", bench::captures},
    {"sheets", [] { return bench::sheets(3); }},
};

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> wanted(arguments + 1, arguments + count);
    bench::Lines lines;
    for (const Part& part : parts) {
        if (!wanted.empty() && std::ranges::find(wanted, part.name) == wanted.end()) continue;
        std::fprintf(stderr, "measuring: %s\n", part.name);
        try {
            for (bench::Line& line : part.measure()) lines.push_back(std::move(line));
        } catch (const std::exception& error) {
            lines.push_back({part.name, std::string("not measured: ") + error.what()});
        }
    }
    std::fputs(bench::in_columns(lines).c_str(), stdout);
}
