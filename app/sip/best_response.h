// Which of several final responses a forking proxy sends upstream (RFC 3261 16.7, steps 6 and 7).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sip/message.h"

namespace sipdex::sip {

struct BestResponse {
    std::optional<Message> response;  // nothing when there was none to choose from: 408 is due
    std::string reason;               // "best-response-6xx", "best-response-challenge" ...
    std::string rule;
    bool replaces_503 = false;  // only 503 came: 500 is to be sent instead
};

// Challenges of all 401 and 407 are gathered in the one that is chosen.
BestResponse best_of(const std::vector<Message>& finals);

}  // namespace sipdex::sip
