// A ladder is an exchange arranged for reading: one column per party, one rung
// per message, in the order the messages were sent.
//
// Positions are columns and rungs. Painters decide how large these are.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "document/span.h"

namespace sipdex::document {

struct Rung {
    std::size_t from = 0;                              // a column
    std::size_t to = 0;                                // a column; equal to `from` when a party talks to itself
    std::string label;                                 // "INVITE", "486 Busy Here"
    int status = 0;                                    // of a response; 0 for a request
    std::chrono::microseconds at{};                    // sent, since the exchange began
    std::optional<std::chrono::microseconds> arrives;  // nothing: lost on the way
    bool repeated = false;                             // a retransmission of an earlier rung
    bool differs = false;       // where a run first differs from another one; painters mark it ≠
    bool proves = false;        // what is said of the exchange rests on it; painters mark it ◆
    std::size_t number = 0;     // by which it is called elsewhere on the page; 0: by none
    bool untimed = false;       // nobody knows when: `at` gives the order only, and painters show none
    std::string left_out = {};  // "3 messages left out" before it, in the reader's words: painters leave a gap for that
};

struct Party {
    std::string name;     // "Alice"
    std::string role;     // "caller", in the reader's language
    std::string address;  // "192.0.2.1:5060"
    bool apart = false;   // another exchange begins here, under the same clock: painters leave a gap before it
};

struct Ladder {
    std::vector<Party> parties;
    std::vector<Rung> rungs;
};

}  // namespace sipdex::document
