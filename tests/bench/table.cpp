#include "bench/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace sipdex::bench {

namespace {

// Characters, not octets: "µ" and "≤" are one.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

double seconds_by(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

double seconds_by(clockid_t clock, const std::function<void()>& work) {
    const double began = seconds_by(clock);
    work();
    return seconds_by(clock) - began;
}

}  // namespace

Line at_most(Line line, double goal) {
    line.goal = fmt::format("≤ {:.2f}", goal);
    if (line.ratio) line.met = *line.ratio <= goal;
    return line;
}

Line at_least(Line line, double goal) {
    line.goal = fmt::format("≥ {:.2f}", goal);
    if (line.ratio) line.met = *line.ratio >= goal;
    return line;
}

std::string in_columns(const Lines& lines) {
    using Row = std::array<std::string, 6>;
    std::vector<Row> rows{{"work", "ours", "peer or floor", "ratio", "goal", "met"}};
    for (const Line& line : lines)
        rows.push_back({line.work, line.ours, line.peer, line.ratio ? fmt::format("{:.2f}", *line.ratio) : "",
                        line.goal, line.met ? (*line.met ? "yes" : "no") : ""});
    std::array<std::size_t, 6> widths{};
    for (const Row& row : rows)
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], width_of(row[column]));
    std::string text;
    for (const Row& row : rows) {
        std::string out;
        for (std::size_t column = 0; column < row.size(); ++column)
            out += row[column] + std::string(widths[column] + 2 - width_of(row[column]), ' ');
        text += out.substr(0, out.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

double wall_seconds(const std::function<void()>& work) { return seconds_by(CLOCK_MONOTONIC, work); }
double thread_seconds(const std::function<void()>& work) { return seconds_by(CLOCK_THREAD_CPUTIME_ID, work); }

}  // namespace sipdex::bench
