// Runs an exchange from its first action until nothing is pending any more.
//
//     auto file = source::read_toml({"607-unwanted.toml", text}, problems);
//     const Recording recording = run(read_exchange(*file), {.common = common_steps});
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "simulator/plan/exchange.h"
#include "simulator/read_exchange.h"

namespace sipdex::simulator {

struct Options {
    std::optional<std::uint64_t> seed;     // instead of the exchange's own
    std::vector<Step> common;              // what narrates messages that the exchange does not
    std::size_t most_events = 100000;      // any exchange ends: here, or
    Time longest = std::chrono::hours(1);  // here at the latest
};

// Needs an exchange that was read without problems.
Recording run(const Exchange& exchange, const Options& options = {});

// The codes that parties received, each once, in ascending order.
std::vector<int> delivered(const Recording& recording);

}  // namespace sipdex::simulator
