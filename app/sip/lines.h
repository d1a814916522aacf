// The lines of a message as they stand in its octets, before anything is copied or understood.
//
//     INVITE sip:bob@example.com SIP/2.0
//     Subject: I know you're there,
//      pick up
//
// has a first line and one header field of two lines (RFC 3261 7.3.1). CRLF ends a line; LF or CR alone do too, and so
// do several CR before LF, as careless conversions leave them. All views lie within the octets.
#pragma once
#include <optional>
#include <string_view>

namespace sipdex::sip {

struct FieldLines {
    std::string_view whole;         // with the lines that continue the first
    std::string_view before_colon;  // all of it where there is no colon
    std::string_view name;          // the same, trimmed
    std::string_view value;         // behind the colon, trimmed; folded lines keep their line ends

    bool has_colon() const { return before_colon.size() < whole.size(); }
    bool is_header_field() const;  // a colon, and a name that can be one
};

class Lines {
public:
    explicit Lines(std::string_view octets);

    // First this, past the empty lines before it (RFC 3261 7.5); nothing when there are only such.
    std::optional<std::string_view> start_line();

    // Then the header fields; false after the last.
    bool next_field(FieldLines& field);

    bool ended_by_empty_line() const { return ended_; }
    std::string_view end_of_fields() const { return octets_.substr(fields_end_, 0); }  // before that line
    std::string_view rest() const { return octets_.substr(at_); }  // the body, once there are no more fields

private:
    std::optional<std::string_view> next_line();
    bool continues() const { return at_ < octets_.size() && (octets_[at_] == ' ' || octets_[at_] == '\t'); }

    std::string_view octets_;
    std::size_t at_ = 0;
    std::size_t line_feed_ = 0;  // the next one that is known, so that none is looked for twice
    std::size_t fields_end_ = 0;
    bool ended_ = false;
};

// RFC 3261 18.3: what follows the empty line, up to the length that Content-Length says. With another length than there
// are octets, or one that is no number, all of it.
std::string_view body_of(std::string_view rest, std::optional<std::string_view> content_length);

}  // namespace sipdex::sip
