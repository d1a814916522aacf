// What of a message tells to which transaction, dialog and call it belongs, as views of its octets: nothing is copied,
// and nothing else is looked at. sip::parse reads the whole message.
#pragma once
#include <cstdint>
#include <string_view>

#include "calls/calls.h"

namespace sipdex::calls {

struct Outline {
    std::string_view method;         // of a request
    std::string_view request_uri;    // of a request
    int status = 0;                  // of a response
    std::string_view reason_phrase;  // of a response
    std::string_view call_id, from, to, from_tag, to_tag;
    std::uint32_t cseq = 0;
    std::string_view cseq_method;
    std::string_view via, branch, sent_by;  // the top Via, its branch and host with port, as written
    std::string_view branch_below;          // of the Via below it: the hop before
    std::string_view contact, expires, event, subscription_state, rseq, replaces;
    std::uint64_t fields = 0;  // see Placed for this and what follows
    bool has_body = false, has_route = false, has_record_route = false, length_fits = false, may_tell_nat = false;

    bool is_request() const { return status == 0; }
    // The method of a request, and what a response answers.
    std::string_view of_method() const { return is_request() && !method.empty() ? method : cseq_method; }
};

// Empty where there is no start line; fields that are not there are empty too. Where the end of the message was not
// captured, the header field that is cut off counts as not there.
Outline outline_of(const capture::Message& message);
Outline outline_of(std::string_view octets);

// The bit of a header field's name; compact forms have that of the full name.
std::uint64_t field_bit(std::string_view name);

// False where a message certainly lacks a header field, so that nobody need read it.
inline bool may_have(const Placed& message, std::string_view field) { return (message.fields & field_bit(field)) != 0; }

// The value of a parameter behind an address or a Via: of "tag" in `"Bob;tag=1" <sip:b@x;tag=2>;tag=3` it is 3.
std::string_view parameter_in(std::string_view value, std::string_view name);

// The URI of a From, To or Contact, and of that the user: "<sip:+33123@example.com;x=1>" gives "+33123".
std::string_view uri_in(std::string_view value);
std::string_view user_in(std::string_view value);

// Octets of a message without a last line that was cut off in its header fields.
std::string_view whole_lines(std::string_view octets);

}  // namespace sipdex::calls
