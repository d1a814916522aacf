// What was measured, a line each, with its peer or floor from the same run.
//
//     work                                  ours       peer or floor             ratio   goal     met
//     parse one message                     1.1 µs     4.0 µs, sofia-sip          0.28   <= 0.50  yes
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sipdex::bench {

struct Line {
    std::string work;
    std::string ours;
    std::string peer = {};             // what it was measured beside, or why not
    std::optional<double> ratio = {};  // ours to the peer's
    std::string goal = {};             // empty where none was set
    std::optional<bool> met = {};
};

using Lines = std::vector<Line>;

// Goals for a ratio, where the lower is the better and where the higher is.
Line at_most(Line line, double goal);
Line at_least(Line line, double goal);

std::string in_columns(const Lines& lines);

// The parts of the benchmark. Each measures ours and its peer by turns and gives medians of so many rounds.
Lines start_of_the_window(int rounds);
Lines frames(int rounds);
Lines search();
Lines parsing(int rounds);
Lines simulation(int rounds);
Lines captures();
Lines sheets(int rounds);

double median(std::vector<double> values);

// Seconds that the work took: by the clock on the wall, and of this thread alone, whatever else the machine does.
double wall_seconds(const std::function<void()>& work);
double thread_seconds(const std::function<void()>& work);

}  // namespace sipdex::bench
