// What can be wrong with a piece of a message, as a name and a place; the sentences about it are written elsewhere, in
// the language of whoever reads them.
//
//     SIP/2.0/UDP 192.0.2.1:x;branch=z9hG4bK7      port: "x"
//
// Every reading of a header field comes in two forms: `parse_via(text)` gives the value or nothing, and
// `read_via(text, &via, &flaws)` beside it also says why, and what else breaks the grammar though it could be read.
// Both pointers may be null: then nothing is kept, or nothing is said and only what reading needs is looked at.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace sipdex::sip {

// The piece at fault is what the fault is named after: malformed, or missing where the piece is empty.
enum class Fault : std::uint8_t {
    // of the first line and of lines as such
    start_line,        // neither a request line nor a status line
    start_line_space,  // its parts are separated by single spaces
    version,           // not SIP/2.0
    status_code,
    folding,     // white space begins a line that continues nothing
    field_line,  // no colon
    field_name,
    empty_line,  // ends the header fields
    // of the message as a whole
    field_missing,
    field_repeated,
    body_cut,         // shorter than Content-Length says; other: how many octets there are
    method_mismatch,  // CSeq; other: the method of the first line
    // of any value
    value,      // the header field has none
    separator,  // separates nothing
    foreign,    // does not belong where it stands
    octet,      // a control, or no UTF-8
    quote,      // is not closed
    comment,    // is not closed
    token,
    number,
    number_limit,       // other: the largest
    parameter,          // its name
    parameter_value,    // other: the parameter's name
    parameter_missing,  // other: its name
    parameter_repeated,
    quotes,  // a parameter's value needs them; other: the parameter's name
    // of addresses
    bracket,       // "<" is not closed
    brackets,      // an address needs them
    display_name,  // needs quotes
    uri,
    uri_brackets,  // a Request-URI has none
    uri_space,
    uri_character,  // must be escaped
    uri_escape,
    uri_headers,  // behind "?"
    host,
    ipv6_brackets,
    port,
    // of single header fields
    method,     // CSeq, RAck
    protocol,   // Via
    transport,  // Via
    branch,     // Via: no token, or nothing but the magic cookie
    star,       // Contact: "*" stands alone
    call_id,
    date,
    time_zone,
    media_type,
    language,
    product,  // User-Agent, Server
    warning_code,
    warning_agent,
    warning_text,  // stands in quotes
    scheme,        // of authentication
};

inline constexpr std::size_t fault_count = static_cast<std::size_t>(Fault::scheme) + 1;

std::string_view name_of(Fault fault);  // "transport"

// A fault and where it is: `piece` lies within the text that was read, also where it is empty.
struct Flaw {
    Fault fault;
    std::string_view piece;
    std::string_view other = {};
};

using Flaws = std::vector<Flaw>;

inline void note(Flaws* flaws, Fault fault, std::string_view piece, std::string_view other = {}) {
    if (flaws) flaws->push_back({fault, piece, other});
}

// For readers that give up: notes the flaw and gives false.
inline bool refuse(Flaws* flaws, Fault fault, std::string_view piece, std::string_view other = {}) {
    note(flaws, fault, piece, other);
    return false;
}

}  // namespace sipdex::sip
