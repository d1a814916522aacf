// What is wrong with a message, and exactly where.
//
//     SIP/2.0 486 Busy Here
//     Via: SIP/2.0/UDP 192.0.2.1:x;branch=z9hG4bK74b21
//                                ^
//     offset 50, length 1: port "x" in Via
//
// Data only: the sentence is made by whoever shows it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sip/fault.h"

namespace sipdex::sip {

struct Problem {
    Fault fault;
    std::size_t offset = 0;  // octets from the start of the input
    std::size_t length = 0;  // octets; 0 where something is missing
    std::string field;       // the header field's name as written, or Request-URI; empty for lines as such
    std::string piece;       // what stands there, as written
    std::string other;       // what fault.h says to it
};

// Everything that breaks the grammar of RFC 3261 and its extensions in the message that the octets begin with, by place.
// Where not even the start line can be read, that is all that is said. The octets are those of one datagram, or what is
// left of a stream (RFC 3261 18.3).
std::vector<Problem> problems_of(std::string_view octets);

}  // namespace sipdex::sip
