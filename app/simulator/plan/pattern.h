// A pattern names messages of an exchange in a few words, for narration and for losses.
//
//     INVITE alice -> proxy       a method, and the way it goes
//     180 to INVITE               a response, by what it answers
//     3xx-6xx to INVITE           classes
//     ACK to 2xx                  an ACK, by what it acknowledges
//     INVITE in dialog            a method within a dialog, which the tag in its To shows (RFC 3261 12.2)
//     2xx to INVITE in dialog     a response to such a one
//     again INVITE                a retransmission
//     200 proxy -> *              from one party to any
//
// Without "again" a pattern means first transmissions only. "request", "response" and "*" stand for many.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "simulator/plan/recorded.h"

namespace sipdex::simulator {

struct Pattern {
    bool again = false;
    std::string method;                 // of a request; "*": any; empty: a response
    int lowest = 0, highest = 0;        // of a response
    std::string to_method;              // what a response answers; empty: anything
    int to_lowest = 0, to_highest = 0;  // what an ACK acknowledges; 0: anything
    bool in_dialog = false;             // only where the request is, or that which is answered
    std::string from, to;               // party ids; empty: any
    bool anything = false;              // "*": requests and responses
};

// Nothing when the text is no pattern.
std::optional<Pattern> read_pattern(std::string_view text);

// The INVITEs of a recording, by sender and branch: an ACK that has the branch of one acknowledges its failure, any other a
// 2xx (RFC 3261 17.1.1.3).
class InviteBranches {
public:
    explicit InviteBranches(const Recording& recording);
    bool acknowledges_failure(const Transmission& ack) const;
    // Whether a response answers one within a dialog; false where that is not in the recording.
    bool answers_within(const Transmission& response) const;

private:
    using Branches = std::set<std::pair<std::size_t, std::string>>;
    Branches branches_, within_;  // within_: those with a tag in To
};

// Whether a transmission of the recording is meant, of which these are the INVITEs.
bool matches(const Pattern& pattern, const Recording& recording, const InviteBranches& invites,
             const Transmission& transmission);

// As above, but `before` holds what went before it, and a retransmission counts like a first transmission: what a network
// does to messages does not depend on whether they were sent before.
bool matches_either(const Pattern& pattern, const Recording& before, const Transmission& transmission);

}  // namespace sipdex::simulator
