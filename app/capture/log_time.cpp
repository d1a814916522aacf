// When something happened, as lines of logs tell it.

#include "capture/log.h"
#include "capture/log_numbers.h"

namespace sipdex::capture {

namespace {

bool begins_number(std::string_view text, std::size_t at) {
    return is_digit(text[at]) && (at == 0 || (!is_digit(text[at - 1]) && text[at - 1] != ':' && text[at - 1] != '.'));
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
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *year < 1970 || *year > 2200) return {};
    return std::chrono::sys_days(date);
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

// "20:52:38.761521"
std::optional<Time> time_of_day_at(std::string_view text, std::size_t at) {
    const auto hours = digits(text, at, 1, 2);
    if (!hours || at >= text.size() || text[at++] != ':') return {};
    const auto minutes = digits(text, at, 2, 2);
    if (!minutes || at >= text.size() || text[at++] != ':') return {};
    const auto seconds = digits(text, at, 2, 2);
    if (!seconds || *hours > 23 || *minutes > 59 || *seconds > 60) return {};
    // "10:12:13:456" has milliseconds; more pairs are an address of an interface.
    std::size_t behind = at + 1;
    const bool colon = at < text.size() && text[at] == ':';
    const auto milliseconds = colon ? digits(text, behind, 3, 3) : std::nullopt;
    if (colon && (!milliseconds || (behind < text.size() && text[behind] == ':'))) return {};
    if (milliseconds)
        return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds) +
               std::chrono::milliseconds(*milliseconds);
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds) +
           fraction_at(text, at);
}

// "1795358050.843221": seconds since 1970.
std::optional<Time> epoch_at(std::string_view text, std::size_t at) {
    const auto seconds = digits(text, at, 10, 10);
    if (!seconds || *seconds < 1'000'000'000 || at >= text.size() || text[at] != '.') return {};
    const Time fraction = fraction_at(text, at);
    std::size_t behind = at + 1;
    if (!digits(text, behind, 3, 9)) return {};
    return std::chrono::seconds(*seconds) + fraction;
}

// Digits without signs between them: "11302026 101213.020000", as Ribbon writes month, day, year and time; or at the
// beginning of a line "1130101213.020|", as Polycom does without a year.
TimeTold time_without_signs(std::string_view line) {
    const auto two = [&](std::size_t at) { return (line[at] - '0') * 10 + (line[at + 1] - '0'); };
    const auto of_day = [&](std::size_t at) -> std::optional<Time> {
        if (two(at) > 23 || two(at + 2) > 59 || two(at + 4) > 60) return {};
        return std::chrono::hours(two(at)) + std::chrono::minutes(two(at + 2)) + std::chrono::seconds(two(at + 4)) +
               fraction_at(line, at + 6);
    };
    constexpr std::size_t polycom = 14, ribbon = 19;
    std::size_t at = 0;
    if (line.size() > polycom && line[polycom] == '|' && digits(line, at, 10, 10) && line[at] == '.')
        if (const auto time = of_day(4)) return {*time, Clock::day};
    for (at = 0; at + ribbon <= line.size(); ++at) {
        if (!begins_number(line, at)) continue;
        std::size_t date = at;
        if (!digits(line, date, 8, 8) || date != at + 8 || line[date] != ' ') continue;
        std::size_t time = date + 1;
        if (!digits(line, time, 6, 6) || time >= line.size() || line[time] != '.') continue;
        const std::chrono::year_month_day day{std::chrono::year(two(at + 4) * 100 + two(at + 6)),
                                              std::chrono::month(static_cast<unsigned>(two(at))),
                                              std::chrono::day(static_cast<unsigned>(two(at + 2)))};
        const auto told = of_day(date + 1);
        if (!day.ok() || day.year() < std::chrono::year(1970) || day.year() > std::chrono::year(2200) || !told)
            continue;
        return {std::chrono::duration_cast<Time>(std::chrono::sys_days(day).time_since_epoch()) + *told, Clock::date};
    }
    return {};
}

}  // namespace

TimeTold time_in(std::string_view line) {
    if (const TimeTold told = time_without_signs(line); told.clock != Clock::none) return told;
    std::optional<std::chrono::sys_days> date;
    std::optional<Time> of_day, epoch;
    for (std::size_t at = 0; at < line.size() && !of_day; ++at) {
        if (!begins_number(line, at)) continue;
        if (!date) date = date_at(line, at);
        of_day = time_of_day_at(line, at);
        if (!epoch) epoch = epoch_at(line, at);
    }
    if (of_day && date) return {std::chrono::duration_cast<Time>(date->time_since_epoch()) + *of_day, Clock::date};
    if (epoch) return {*epoch, Clock::date};
    if (of_day) return {*of_day, Clock::day};
    return {};
}

}  // namespace sipdex::capture
