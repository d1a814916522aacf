// A SIP message: a start line, header fields in their order, a body.
//
//     SIP/2.0 486 Busy Here
//     Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK74b21
//     ...
//
// Values are kept as written; typed readings of single header fields stand in via.h, name_addr.h,
// cseq.h and so on.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::sip {

struct HeaderField {
    std::string name;   // as written: "Via" or "v"
    std::string value;  // without leading and trailing white space, folded lines joined (RFC 3261 7.3.1)
};

struct Message {
    std::string method;         // requests
    std::string request_uri;    // requests
    int status = 0;             // responses, 100 to 699; 0 for a request
    std::string reason_phrase;  // responses; may be empty (RFC 3261 25.1)
    std::vector<HeaderField> fields;
    std::string body;
    std::string version = "SIP/2.0";  // of the start line; nothing else is in use (RFC 3261 7.1)

    bool is_request() const { return status == 0; }

    // The first value of a header field, asked for by its full name; compact forms and case are
    // understood (RFC 3261 7.3.3). Nothing where the message has none.
    std::optional<std::string_view> header(std::string_view name) const;

    // Every value of a header field in order, one for each occurrence, not split at commas.
    std::vector<std::string_view> headers(std::string_view name) const;

    void add(std::string name, std::string value);        // at the end
    void put_first(std::string name, std::string value);  // above all others of its name, else below Via
    void set(std::string_view name, std::string value);   // replaces the first, or adds
    void remove_first(std::string_view name);
    void remove_all(std::string_view name);
};

// The full name of a header field, as IANA lists it: "v" and "VIA" give "Via". Names that it need not know
// come back as they are.
std::string_view full_name(std::string_view name);

// Whether two names mean the same header field: "v" and "via" do.
bool same_field(std::string_view one, std::string_view other);

// "INVITE" or "486 Busy Here": what a ladder writes on the arrow.
std::string label_of(const Message& message);

// The octets on the wire: CRLF, and a Content-Length that matches the body, put last.
std::string octets_of(const Message& message);

// How many octets that makes.
std::size_t size_of(const Message& message);

struct Parsed {
    std::optional<Message> message;  // nothing when not even the start line could be read
    std::size_t consumed = 0;        // octets; the rest belongs to the next message of a stream
};

// Reads one message. LF or CR alone is accepted as a line end. Reads what can be read; what is wrong with it, problem.h
// says to those who ask.
Parsed parse(std::string_view octets);

}  // namespace sipdex::sip
