// What a pasted text holds: SIP messages, header fields that stand alone, and mentions of responses and causes.
//
//     [10:00:00] NOTICE: Got SIP response 482 "Loop Detected" back from 192.0.2.7      a mention of 482
//     <--- Received SIP response (390 bytes) from UDP:192.0.2.7:5060 --->
//     SIP/2.0 400 Bad Request                                                          a message
//     Via: SIP/2.0/UDP 192.0.2.1
//
// Everything knows the line it stands on, counted from 1, so that a reader can look it up.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sip/message.h"

namespace sipdex::evidence {

enum class Direction { unknown, received, sent };  // as whoever wrote the log tells it

struct FoundMessage {
    sip::Message message;  // without a start line: neither method nor status
    bool has_start_line = false;
    std::size_t first_line = 0, last_line = 0;
    std::size_t begin = 0, end = 0;        // places in Lines::all(), the end behind the last
    std::vector<std::size_t> field_lines;  // of each header field
    std::string marker;                    // what the log says of it, on the line of the start line or above
    Direction direction = Direction::unknown;
};

struct Mention {
    enum class Kind {
        response,  // "Got SIP response 482", "status=408 (Request Timeout)", "0x403"
        cause,     // "hangup cause 16", "NO_ROUTE_DESTINATION": a cause of Q.850, under its number
        own,       // "560403", "No matching endpoint found": a number or words of somebody's own
    };
    Kind kind = Kind::response;
    int code = 0;             // of the response, or the cause; 0 for a number of somebody's own
    std::string text;         // the phrase or name beside it, as written; may be empty
    std::string method = {};  // that it answers, where the line says so
    std::size_t line = 0;
    bool sure = true;  // false where the number stands beside no word of SIP
};

struct Found {
    std::vector<FoundMessage> messages;  // in the order of the text
    std::vector<Mention> mentions;       // of lines that belong to no message
    bool stopped_early = false;          // there was more than is read

    bool empty() const { return messages.empty() && mentions.empty(); }
};

}  // namespace sipdex::evidence
