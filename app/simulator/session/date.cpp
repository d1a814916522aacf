#include "simulator/session/date.h"

#include <chrono>
#include <cstdio>

namespace sipdex::simulator {

namespace {

using namespace std::chrono;

constexpr sys_seconds beginning = sys_days{year{2026} / January / 1} + hours(12);
const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
const char* const weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

}  // namespace

std::int64_t unix_time(Time moment) { return (beginning + floor<seconds>(moment)).time_since_epoch().count(); }

std::string date_text(Time moment) {
    const sys_seconds at = beginning + floor<seconds>(moment);
    const sys_days day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss clock{at - day};
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT", weekdays[weekday{day}.c_encoding()],
                  static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                  static_cast<int>(date.year()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return text;
}

std::optional<std::int64_t> read_date(std::string_view text) {
    char name[4] = {};
    unsigned day_number = 0;
    int year_number = 0, hour = 0, minute = 0, second = 0;
    const std::string copy(text);
    if (std::sscanf(copy.c_str(), "%*3s, %2u %3s %4d %2d:%2d:%2d GMT", &day_number, name, &year_number, &hour, &minute,
                    &second) != 6)
        return std::nullopt;
    for (unsigned i = 0; i < 12; ++i) {
        if (std::string_view(name) != months[i]) continue;
        const year_month_day date{year{year_number}, month{i + 1}, day{day_number}};
        if (!date.ok()) return std::nullopt;
        return (sys_days{date} + hours(hour) + minutes(minute) + seconds(second)).time_since_epoch().count();
    }
    return std::nullopt;
}

}  // namespace sipdex::simulator
