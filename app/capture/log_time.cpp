// When something happened, as lines of logs tell it.

#include <algorithm>
#include <array>
#include <cctype>

#include "capture/log.h"
#include "capture/log_numbers.h"

namespace sipdex::capture {

namespace {

bool begins_number(std::string_view text, std::size_t at) {
    return is_digit(text[at]) && (at == 0 || (!is_digit(text[at - 1]) && text[at - 1] != ':' && text[at - 1] != '.'));
}

std::optional<std::chrono::sys_days> date_of(std::int64_t year, std::int64_t month, std::int64_t day) {
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || year < 1970 || year > 2200) return {};
    return std::chrono::sys_days(date);
}

// "2022-03-01", "2022/03/01"; nothing for dates without a year or in another order, which could be two.
std::optional<std::chrono::sys_days> date_at(std::string_view text, std::size_t at) {
    const auto year = digits(text, at, 4, 4);
    if (!year || at >= text.size() || std::string_view("-/.").find(text[at]) == std::string_view::npos) return {};
    const char separator = text[at++];
    const auto month = digits(text, at, 2, 2);
    if (!month || at >= text.size() || text[at++] != separator) return {};
    const auto day = digits(text, at, 2, 2);
    if (!day) return {};
    return date_of(*year, *month, *day);
}

Time fraction_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || (text[at] != '.' && text[at] != ',')) return {};
    std::int64_t value = 0, unit = 1'000'000'000;
    for (++at; at < text.size() && is_digit(text[at]) && unit > 1; ++at) {
        value = value * 10 + (text[at] - '0');
        unit /= 10;
    }
    return Time(value * unit);
}

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// A date whose month has a name: "30 Nov 2026", "30/Nov/2026", "2026-Nov-30", "Nov 30, 2026", "Nov 30 10:12:13 2026".
std::optional<std::chrono::sys_days> named_date_in(std::string_view line) {
    static constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    static constexpr std::string_view between = " -/,";
    for (std::size_t at = 0; at + 3 < line.size(); ++at) {
        const std::size_t name = is_letter(line[at]) ? names.find(line.substr(at, 3)) : std::string_view::npos;
        if (name == std::string_view::npos || name % 3 != 0) continue;
        if (is_letter(line[at + 3]) || (at > 0 && is_letter(line[at - 1]))) continue;
        const auto month = static_cast<std::int64_t>(name / 3 + 1);
        const auto number_at = [&](std::size_t& place, std::size_t fewest, std::size_t most) {
            place = std::min(line.find_first_not_of(between, place), line.size());
            return digits(line, place, fewest, most);
        };
        std::size_t begin = at;
        while (begin > 0 && between.find(line[begin - 1]) != std::string_view::npos) --begin;
        while (begin > 0 && is_digit(line[begin - 1])) --begin;
        std::size_t behind = at + 3;
        if (const auto year = digits(line, begin, 4, 4)) {
            if (const auto day = number_at(behind, 1, 2)) return date_of(*year, month, *day);
            continue;
        }
        auto day = digits(line, begin, 1, 2);
        if (begin < at && day) {
            if (const auto year = number_at(behind, 4, 4)) return date_of(*year, month, *day);
            behind = at + 3;
        }
        day = number_at(behind, 1, 2);
        if (!day) continue;
        if (const auto year = number_at(behind, 4, 4)) return date_of(*year, month, *day);
        // The time of day stands before the year, and a time zone may.
        behind = std::min(line.find(' ', behind), line.size());
        std::size_t zone = behind + 1;
        if (const auto year = number_at(behind, 4, 4)) return date_of(*year, month, *day);
        while (zone < line.size() && is_letter(line[zone])) ++zone;
        if (const auto year = number_at(zone, 4, 4)) return date_of(*year, month, *day);
    }
    return {};
}

// Whether it stands behind a year: "30/Nov/2026:10:12:13", "11-30-2026:10.12.13.020".
bool is_behind_year(std::string_view text, std::size_t at) {
    constexpr std::size_t year = 5;  // with the sign behind it
    std::size_t begin = at < year ? 0 : at - year;
    if (at <= year || text[at - 1] != ':' || (text[begin - 1] != '/' && text[begin - 1] != '-')) return false;
    return digits(text, begin, 4, 4).has_value();
}

// "10:12:13 PM": half a day more.
Time half_day_told(std::string_view text, std::size_t at, std::int64_t hours) {
    while (at < text.size() && (is_digit(text[at]) || text[at] == '.' || text[at] == ' ')) ++at;
    const std::string_view half = text.substr(at, 2);
    const bool ends = at + 2 >= text.size() || !is_letter(text[at + 2]);
    if (!ends || hours > 12) return {};
    if ((half == "PM" || half == "pm") && hours < 12) return std::chrono::hours(12);
    if ((half == "AM" || half == "am") && hours == 12) return -std::chrono::hours(12);
    return {};
}

// "20:52:38.761521"; behind a year also "20.52.38.761521".
std::optional<Time> time_of_day_at(std::string_view text, std::size_t at) {
    const bool dotted = at + 2 < text.size() && text[at + 2] == '.' && is_behind_year(text, at);
    const char sign = dotted ? '.' : ':';
    std::array<std::int64_t, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0 && (at >= text.size() || text[at++] != sign)) return {};
        const auto part = digits(text, at, i == 0 ? 1 : 2, 2);
        if (!part) return {};
        parts.at(i) = *part;
    }
    // "10:12:13:456" has milliseconds, "00:10:12:13:456" days before the hours; more pairs are an address of an interface.
    std::optional<std::int64_t> milliseconds;
    // A colon with nothing close behind it is a sign of the log: "00:10:12: //-1/SIP/Msg".
    if (at + 1 < text.size() && text[at] == ':' && text[at + 1] != ' ') {
        std::size_t behind = at + 1;
        milliseconds = digits(text, behind, 3, 3);
        if (const auto seconds = milliseconds ? std::nullopt : digits(text, behind, 2, 2);
            seconds && behind < text.size() && text[behind] == ':') {
            milliseconds = digits(text, ++behind, 3, 3);
            parts = {parts[1], parts[2], *seconds};
        }
        if (!milliseconds || (behind < text.size() && text[behind] == ':')) return {};
    }
    const auto [hours, minutes, seconds] = parts;
    if (hours > 23 || minutes > 59 || seconds > 60) return {};
    const Time time = std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds) +
                      half_day_told(text, at, hours);
    return milliseconds ? time + std::chrono::milliseconds(*milliseconds) : time + fraction_at(text, at);
}

// "1795358050.843221": seconds since 1970; milliseconds where the word before speaks of time: time="1795358050843".
std::optional<Time> epoch_at(std::string_view text, std::size_t at) {
    // Up to the year 2255: a little later there is no room for nanoseconds.
    constexpr std::int64_t first = 1'000'000'000, last = 9'000'000'000;
    std::size_t end = at;
    if (const auto milliseconds = digits(text, end, 13, 13); milliseconds && *milliseconds <= last * 1000) {
        std::string_view before = text.substr(0, at);
        before = before.substr(0, before.find_last_not_of(" \"'=:") + 1);
        if (before.size() == at || !(before.ends_with("time") || before.ends_with("Time") || before.ends_with("stamp")))
            return {};
        return std::chrono::milliseconds(*milliseconds);
    }
    const auto seconds = digits(text, at, 10, 10);
    if (!seconds || *seconds < first || *seconds > last || at >= text.size() || text[at] != '.') return {};
    const Time fraction = fraction_at(text, at);
    std::size_t behind = at + 1;
    if (!digits(text, behind, 3, 9)) return {};
    return std::chrono::seconds(*seconds) + fraction;
}

// Digits without signs between them: "20261130-101213.020", or "11302026 101213.020000", as Ribbon writes month, day, year
// and time; or at the beginning of a line "1130101213.020|", as Polycom does without a year.
TimeTold time_without_signs(std::string_view line) {
    const auto two = [&](std::size_t at) { return (line[at] - '0') * 10 + (line[at + 1] - '0'); };
    const auto of_day = [&](std::size_t at) -> std::optional<Time> {
        if (two(at) > 23 || two(at + 2) > 59 || two(at + 4) > 60) return {};
        return std::chrono::hours(two(at)) + std::chrono::minutes(two(at + 2)) + std::chrono::seconds(two(at + 4)) +
               fraction_at(line, at + 6);
    };
    constexpr std::size_t polycom = 14, shortest = 15;
    std::size_t at = 0;
    if (line.size() > polycom && line[polycom] == '|' && digits(line, at, 10, 10) && line[at] == '.')
        if (const auto time = of_day(4)) return {*time, Clock::day};
    for (at = 0; at + shortest <= line.size(); ++at) {
        if (!begins_number(line, at)) continue;
        std::size_t date = at;
        if (!digits(line, date, 8, 8) || date != at + 8) continue;
        const char sign = line[date];
        std::size_t time = date + 1;
        if (std::string_view(" -_T").find(sign) == std::string_view::npos || !digits(line, time, 6, 6)) continue;
        const bool has_fraction = time < line.size() && line[time] == '.';
        const auto told = of_day(date + 1);
        auto day = date_of(two(at) * 100 + two(at + 2), two(at + 4), two(at + 6));
        if (!day && sign == ' ' && has_fraction) day = date_of(two(at + 4) * 100 + two(at + 6), two(at), two(at + 2));
        if (!day || !told) continue;
        return {std::chrono::duration_cast<Time>(day->time_since_epoch()) + *told, Clock::date};
    }
    return {};
}

}  // namespace

TimeTold time_in(std::string_view line) {
    if (const TimeTold told = time_without_signs(line); told.clock != Clock::none) return told;
    std::optional<std::chrono::sys_days> date;
    std::optional<Time> of_day, epoch;
    for (std::size_t at = 0; at < line.size() && !of_day; ++at) {
        if (!is_digit(line[at]) || !(begins_number(line, at) || is_behind_year(line, at))) continue;
        if (!date) date = date_at(line, at);
        of_day = time_of_day_at(line, at);
        if (!epoch) epoch = epoch_at(line, at);
    }
    if (of_day && !date) date = named_date_in(line);
    if (of_day && date) return {std::chrono::duration_cast<Time>(date->time_since_epoch()) + *of_day, Clock::date};
    if (epoch) return {*epoch, Clock::date};
    if (of_day) return {*of_day, Clock::day};
    return {};
}

}  // namespace sipdex::capture
