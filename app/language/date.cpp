#include "language/date.h"

#include <fmt/format.h>
#include <unicode/datefmt.h>
#include <unicode/gregocal.h>

#include <charconv>
#include <chrono>
#include <ctime>
#include <memory>

namespace sipdex::language {

Date today() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    return {local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
}

std::optional<Date> date_from(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = 0;
        const char* end = text.data() + at + length;
        const auto [read, problem] = std::from_chars(text.data() + at, end, value);
        return problem == std::errc() && read == end ? value : 0;
    };
    const Date date{number(0, 4), number(5, 2), number(8, 2)};
    const std::chrono::year_month_day day{std::chrono::year(date.year),
                                          std::chrono::month(static_cast<unsigned>(date.month)),
                                          std::chrono::day(static_cast<unsigned>(date.day))};
    return date.year > 0 && day.ok() ? std::optional(date) : std::nullopt;
}

std::string plain_date(const Date& date) { return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day); }

std::string long_date(const Date& date, const std::string& tag) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone("UTC"));
    icu::GregorianCalendar calendar(*zone, status);
    calendar.set(date.year, date.month - 1, date.day, 12, 0);
    const UDate moment = calendar.getTime(status);
    const std::unique_ptr<icu::DateFormat> format(
        icu::DateFormat::createDateInstance(icu::DateFormat::kLong, icu::Locale(tag.c_str())));
    if (U_FAILURE(status) || !format) return plain_date(date);
    format->setTimeZone(*zone);
    icu::UnicodeString written;
    format->format(moment, written);
    std::string out;
    return written.toUTF8String(out);
}

}  // namespace sipdex::language
