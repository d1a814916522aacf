// A fork lab: a proxy rings two to five phones at once, each answers in its own way, and the caller gets one
// response. Which, and by which rule, is what the lab shows (RFC 3261 16.7).
//
//     486@3s 603@5s 200@8s        busy after 3 s, declined after 5 s, answered after 8 s
//     180                         rings and is never answered
//     off                         hears nothing
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/plan/exchange.h"

namespace sipdex::simulator {

struct ForkPhone {
    int status = 0;  // final; 180: only rings; 0: is off
    Time after{};    // since the INVITE reached it
    std::string phrase;
    std::vector<std::string> headers;
    bool operator==(const ForkPhone&) const = default;
};

constexpr std::size_t fewest_fork_phones = 2, most_fork_phones = 5;

// "486@3s"; nothing for what is no such thing. The phrase is left empty.
std::optional<ForkPhone> read_fork_phone(std::string_view text);
std::string to_text(const ForkPhone& phone);

// Alice calls Bob, whose proxy forks to the phones: parties "alice", "proxy", "phone1" to "phone5". Phones without a
// phrase get the usual one. Needs two to five phones.
Exchange fork_lab(const std::vector<ForkPhone>& phones);

struct ForkOutcome {
    std::vector<std::size_t> responses;  // final responses that the caller got, in order: messages of the recording
    // What the proxy decided, with its rule; "passes-on-2xx" and "passes-on-only" where there was nothing to choose.
    Decision decision;
};

// Nothing while the caller got no final response.
std::optional<ForkOutcome> fork_outcome(const Recording& recording);

}  // namespace sipdex::simulator
