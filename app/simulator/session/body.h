// Bodies of several parts (RFC 5621): a session description together with a location, an alert or a list.
//
//     Content-Type: multipart/mixed;boundary=part-5d1f09ac
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sip/message.h"
#include "source/table.h"

namespace sipdex::simulator {

struct Content {
    std::string type;  // "application/sdp"
    std::string id;    // Content-ID without angle brackets; may be empty
    std::string body;
};

// A list of tables with `content_type`, `content_id`, and `body` or, for octets that are no text, `base64`.
std::vector<Content> read_contents(source::Table& fields, std::string_view key);

// Replaces the body, by one part as it is or by several in multipart/mixed. No contents: no body.
void set_contents(sip::Message& message, const std::vector<Content>& contents, const std::string& boundary);

// The parts of a body: one for a body that is not multipart, none for an empty one.
std::vector<Content> contents_of(const sip::Message& message);

// The session description that a message carries, alone or as a part; empty where it has none.
std::string description_in(const sip::Message& message);

// "text/plain" of "text/plain;charset=utf-8".
std::string media_type(std::string_view content_type);

}  // namespace sipdex::simulator
