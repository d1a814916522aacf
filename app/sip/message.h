// A SIP message: a start line, header fields in their order, a body.
//
//     SIP/2.0 486 Busy Here
//     Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK74b21
//     ...
//
// Values are kept as written; typed readings of single header fields stand in via.h, name_addr.h,
// cseq.h and so on.
//
// A message is copied at every hop, and its copies are alike but for a line or two. So they share the header fields that
// they have in common.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sipdex::sip {

// One header field. Copies share its texts, which last as long as one of them. One that was moved away can only be
// assigned or destroyed.
class HeaderField {
public:
    HeaderField(std::string name, std::string value);
    HeaderField(const HeaderField& other) noexcept : written_(other.written_) { ++written_->copies; }
    HeaderField(HeaderField&& other) noexcept : written_(std::exchange(other.written_, nullptr)) {}
    HeaderField& operator=(HeaderField other) noexcept { return std::swap(written_, other.written_), *this; }
    ~HeaderField() {
        if (written_ && --written_->copies == 0) delete written_;
    }

    const std::string& name() const { return written_->name; }  // as written: "Via" or "v"
    // Without leading and trailing white space, folded lines joined (RFC 3261 7.3.1).
    const std::string& value() const { return written_->value; }

    void append(std::string_view more);  // to the value; copies keep theirs

private:
    struct Written {
        std::string name, value;
        std::size_t copies = 1;
    };
    Written* written_;  // half as large as a shared pointer, of which a recording would hold hundreds for each call
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
