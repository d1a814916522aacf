// The narration gives each message of a recording its step, its rule and the header fields to look at.
#pragma once
#include <vector>

#include "simulator/plan/exchange.h"

namespace sipdex::simulator {

// Steps of the exchange go first, then the common ones, each list in its order. A message that none fits
// keeps an empty step and the rule it was sent by.
void narrate(Recording& recording, const std::vector<Step>& own, const std::vector<Step>& common);

}  // namespace sipdex::simulator
