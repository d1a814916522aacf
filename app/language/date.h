// Days of the calendar, as scripts and as readers write them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sipdex::language {

struct Date {
    int year = 0, month = 0, day = 0;  // from 1
    bool operator==(const Date&) const = default;
};

Date today();  // where the program runs

// "2026-11-30", a day that exists; nothing for anything else.
std::optional<Date> date_from(std::string_view text);

std::string plain_date(const Date& date);                         // "2026-11-30"
std::string long_date(const Date& date, const std::string& tag);  // "30 novembre 2026"

}  // namespace sipdex::language
