// Messages with one fault each, in the manner of RFC 4475: what they are, and what our reader finds in them.
//
//     Via: SIP/2.0/UDP 192.0.2.1:x;branch=z9hG4bK7       64: port, Via, "x"
//
// Who looks at faults from another side, as at the sentences about them, takes the same messages.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::test {

struct FaultyMessage {
    std::string octets;
    std::string found;  // as found_in gives it
};

// One or more for every fault, in the order of fault.h.
const std::vector<FaultyMessage>& faulty_messages();

// A request that lacks nothing, with these lines in the place of the usual ones of the same name.
std::string request_with(std::string_view lines);

// What is found in octets, one line each: offset, fault, header field, "piece" and what else fault.h has said to it.
std::string found_in(std::string_view octets);

}  // namespace sipdex::test
