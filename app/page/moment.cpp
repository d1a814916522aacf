#include "page/moment.h"

#include <fmt/format.h>

#include <chrono>

namespace sipdex::page {

std::tm broken_down(capture::Time time, capture::Clock clock) {
    const std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(time).count();
    std::tm broken{};
    if (clock == capture::Clock::date) localtime_r(&seconds, &broken);
    else gmtime_r(&seconds, &broken);  // since midnight, wherever that was
    return broken;
}

std::string time_of_day(capture::Time time, capture::Clock clock) {
    if (clock == capture::Clock::none) return {};
    const std::tm broken = broken_down(time, clock);
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time).count() % 1000;
    return fmt::format("{:02}:{:02}:{:02}.{:03}", broken.tm_hour, broken.tm_min, broken.tm_sec, milliseconds);
}

std::string day_of(capture::Time time, capture::Clock clock) {
    if (clock != capture::Clock::date) return {};
    const std::tm broken = broken_down(time, clock);
    return fmt::format("{:04}-{:02}-{:02}", broken.tm_year + 1900, broken.tm_mon + 1, broken.tm_mday);
}

}  // namespace sipdex::page
