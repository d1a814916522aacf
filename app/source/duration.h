// Spans of time as files and readers write them: "200ms", "4s", "1.5s", "3m".
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sipdex::source {

// Microseconds to hours; nothing for anything else, and never below 0.
std::optional<std::chrono::microseconds> read_duration(std::string_view text);

// The same the other way: "2s", "300ms", "1.5s".
std::string duration_text(std::chrono::microseconds time);

}  // namespace sipdex::source
