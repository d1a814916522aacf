// The calendar of exchanges: they begin at noon (GMT) on the first of January 2026.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/plan/recorded.h"

namespace sipdex::simulator {

// A moment may lie before the beginning: for a clock that is slow.
std::int64_t unix_time(Time moment);  // seconds since 1970

// "Thu, 01 Jan 2026 12:00:00 GMT" (RFC 3261 20.17), and its seconds since 1970.
std::string date_text(Time moment);
std::optional<std::int64_t> read_date(std::string_view text);

}  // namespace sipdex::simulator
