// When a message was captured, as people write it: by the clock of this place, or by that of the log.
#pragma once
#include <ctime>
#include <string>

#include "capture/capture.h"

namespace sipdex::page {

std::tm broken_down(capture::Time time, capture::Clock clock);

std::string time_of_day(capture::Time time, capture::Clock clock);  // "14:02:11.480"; empty without a clock
std::string day_of(capture::Time time, capture::Clock clock);       // "2026-03-02"; empty where only the time is known

}  // namespace sipdex::page
