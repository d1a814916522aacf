// Where SIP messages begin and end in octets (RFC 3261 7, 18.3).
#pragma once
#include <cstddef>
#include <string_view>

namespace sipdex::capture {

// How many octets of keep-alives stand at the front: line ends and what else devices send (RFC 5626 3.5.1).
std::size_t keep_alives(std::string_view octets);

// Whether a message begins at the very front: a status line or a request line, also one that is cut off.
bool begins_message(std::string_view octets);

// Where the next message begins behind the front, at the beginning of a line; size() where none does.
std::size_t next_beginning(std::string_view octets);

// The message at the front of a stream.
struct Extent {
    bool head_whole = false;  // the empty line behind the header fields is there
    std::size_t head = 0;     // octets of start line and header fields, that line included
    std::size_t length = 0;   // of the whole message; what Content-Length says counts, and without one there is no body
    bool length_told = false;
};
// `searched` octets are known to hold no end of the head.
Extent extent_of(std::string_view octets, std::size_t searched = 0);

}  // namespace sipdex::capture
