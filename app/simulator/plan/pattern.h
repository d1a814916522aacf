// A pattern names messages of an exchange in a few words, for narration and for losses.
//
//     INVITE alice -> proxy       a method, and the way it goes
//     180 to INVITE               a response, by what it answers
//     3xx-6xx to INVITE           classes
//     ACK to 2xx                  an ACK, by what it acknowledges
//     again INVITE                a retransmission
//     200 proxy -> *              from one party to any
//
// Without "again" a pattern means first transmissions only. "request", "response" and "*" stand for many.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "simulator/plan/recorded.h"

namespace sipdex::simulator {

struct Pattern {
    bool again = false;
    std::string method;                 // of a request; "*": any; empty: a response
    int lowest = 0, highest = 0;        // of a response
    std::string to_method;              // what a response answers; empty: anything
    int to_lowest = 0, to_highest = 0;  // what an ACK acknowledges; 0: anything
    std::string from, to;               // party ids; empty: any
    bool anything = false;              // "*": requests and responses
};

// Nothing when the text is no pattern.
std::optional<Pattern> read_pattern(std::string_view text);

// Whether a transmission is meant. `before` holds what went before it: an ACK is known by its INVITE.
bool matches(const Pattern& pattern, const Recording& before, const Transmission& transmission);

// As above, but a retransmission counts like a first transmission: what a network does to messages does
// not depend on whether they were sent before.
bool matches_either(const Pattern& pattern, const Recording& before, const Transmission& transmission);

}  // namespace sipdex::simulator
