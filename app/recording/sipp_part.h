// The part that one party has in a recording, as SIPp is to play it: what it sends and what it receives, in turn.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "recording/recording.h"

namespace sipdex::recording {

struct Cue {
    const Transmission* message = nullptr;
    bool sent = false;                   // by this party; otherwise received
    Time pause{};                        // before it is sent
    std::size_t number = 0;              // of the message in the recording, from 1
    std::size_t index = 0;               // of its command in the scenario, where pauses count as well
    std::optional<std::size_t> request;  // the cue that a response answers, or whose branch this one repeats
};

// Nothing when SIPp cannot play the party (sipp.h). Retransmissions are left out: what counts is when a message was
// sent or received for the first time.
std::optional<std::vector<Cue>> part_of(const Recording& recording, std::size_t party);

// The CSeq's method of a message; that of a response says what it answers.
std::string method_of(const sip::Message& message);

}  // namespace sipdex::recording
