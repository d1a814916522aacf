// Recordings as text pictures, and exchanges read from the repository or from a few lines.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "simulator/run.h"
#include "source/problem.h"

namespace sipdex::test {

// Party by party, message by message; a lost message ends in "x", a retransmission stands in parentheses.
//
//     alice               bob
//       |----- INVITE ----->|
std::string drawn(const recording::Recording& recording);

// The same, with the second at which each message was sent at the end of its line.
std::string drawn_with_times(const recording::Recording& recording);

// One of data/exchanges, by its id; fails the test when it has problems.
simulator::Exchange exchange_named(const std::string& id);

// Alice, who calls, and Bob, who has a phone, with nothing between them; `rest` goes on with Bob's options.
std::string alice_and_bob(std::string_view rest);

// An exchange that is written in a test.
simulator::Exchange exchange_from(std::string_view toml);

// Every id of data/exchanges but "common".
std::vector<std::string> exchange_ids();

// data/exchanges/common.toml.
std::vector<simulator::Step> common_steps();

// A problem as one line: "busy.toml:3:1: unknown key 'knd'; did you mean 'kind'?"
// What an author's file gives, and what is wrong with it.
struct ReadFile {
    simulator::Exchange exchange;
    source::Problems problems;
};
ReadFile read_file(std::string toml, const std::string& name);

// One line for each: "x.toml:7:11: unknown digest algorithm 'SHA-3'".
std::string printed(const source::Problems& problems);

}  // namespace sipdex::test
