#include "source/duration.h"

#include <cstdlib>

namespace sipdex::source {

std::optional<std::chrono::microseconds> read_duration(std::string_view text) {
    const auto unit_at = text.find_first_not_of("0123456789.");
    if (unit_at == 0 || unit_at == std::string_view::npos) return std::nullopt;
    const std::string_view unit = text.substr(unit_at);
    const double factor = unit == "us"   ? 1
                          : unit == "ms" ? 1e3
                          : unit == "s"  ? 1e6
                          : unit == "m"  ? 60e6
                          : unit == "h"  ? 3600e6
                                         : 0;
    if (factor == 0) return std::nullopt;
    const std::string digits(text.substr(0, unit_at));
    char* end = nullptr;
    const double number = std::strtod(digits.c_str(), &end);
    if (*end != '\0' || number > 1e6) return std::nullopt;
    return std::chrono::microseconds(static_cast<std::chrono::microseconds::rep>(number * factor + 0.5));
}

std::string duration_text(std::chrono::microseconds time) {
    const auto us = time.count();
    if (us != 0 && us % 60000000 == 0) return std::to_string(us / 60000000) + "m";
    if (us != 0 && us < 1000000 && us % 1000 == 0) return std::to_string(us / 1000) + "ms";
    std::string seconds = std::to_string(us / 1000000), fraction = std::to_string(1000000 + us % 1000000).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return seconds + (fraction.empty() ? "" : "." + fraction) + "s";
}

}  // namespace sipdex::source
