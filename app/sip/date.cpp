#include "sip/date.h"

#include <algorithm>
#include <array>

#include "sip/token.h"

namespace sipdex::sip {

namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// "Sat, 13 Nov 2010 23:29:00 " is as long as this pattern, in which 0 stands for a digit and a for any letter.
constexpr std::string_view pattern = "aaa, 00 aaa 0000 00:00:00 ";

bool fits_pattern(std::string_view text) {
    return std::ranges::equal(text, pattern, [](char c, char wanted) {
        return wanted == '0' ? digit_characters.has(c) : wanted == 'a' ? letter_characters.has(c) : c == wanted;
    });
}

template <std::size_t Size>
bool among(const std::array<std::string_view, Size>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();  // RFC 3261 20.17: with their case
}

}  // namespace

bool read_date(std::string_view text, Flaws* flaws) {
    const std::string_view stamp = text.substr(0, pattern.size());
    const auto below = [&](std::size_t at, std::uint32_t limit) { return *number_of(stamp.substr(at, 2)) < limit; };
    const bool fits = fits_pattern(stamp) && among(weekdays, stamp.substr(0, 3)) && among(months, stamp.substr(8, 3)) &&
                      below(5, 32) && below(17, 24) && below(20, 60) && below(23, 60);
    if (!fits) return refuse(flaws, Fault::date, text);
    const std::string_view zone = trimmed(text.substr(pattern.size()));
    return zone == "GMT" || refuse(flaws, Fault::time_zone, zone);
}

}  // namespace sipdex::sip
