// Where two recordings differ: which messages correspond, and the first that does not.
//
// Messages correspond when they go the same way under the same label ("180 Ringing", bob to proxy) in the same
// order. Branches, tags and the like are drawn anew in each run and make no difference.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "recording/recording.h"

namespace sipdex::recording {

// Two messages that correspond, or one that has no counterpart.
struct Difference {
    enum class What {
        none,
        time,      // sent or arrived at another time
        fate,      // lost in one run only
        content,   // other header fields or another body
        replaced,  // another message at the same point of the same transaction: 603 for 486
        missing,   // not in the second
        added,     // not in the first
    };
    What what = What::none;
    std::optional<std::size_t> first, second;  // messages of the recordings
    std::vector<std::string> fields;           // of `content`: "Retry-After", "Request-URI", "body"
};

struct Differences {
    std::vector<Difference> rungs;     // every message of both, in the order of the recordings
    std::optional<std::size_t> begin;  // the first rung that differs
    // The first that differs in more than time; nothing when none does.
    std::optional<std::size_t> course;
};

Differences differences(const Recording& first, const Recording& second);

}  // namespace sipdex::recording
