// A call between two user agents with nothing between them, as tests write it down, and questions to its recording.
#pragma once
#include <cstdint>
#include <string>

#include "simulator/drawing.h"

namespace sipdex::test {

// Alice calls Bob at once; further options of each, and what follows. Bob picks up after 50 ms unless he is given answers.
struct Pair {
    std::string alice, call, bob, rest;
    std::uint64_t seed = 1;
};
recording::Recording recorded(const Pair& pair);

// An [[action]] with further options.
std::string action(const std::string& party, const std::string& does, const std::string& at,
                   const std::string& more = "");

// "INVITE, 200 OK": what a party sent for the first time, without ACK, in order.
std::string sent_by(const recording::Recording& recording, const std::string& party);

// "alice waits-as-owner", a line each.
std::string decisions_of(const recording::Recording& recording);

// Counted from 1, retransmissions left out; fails the test when there are not so many.
const sip::Message& nth_request(const recording::Recording& recording, std::string_view method, int nth);

}  // namespace sipdex::test
