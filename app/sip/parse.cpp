// Reading a message: the start line, the header fields, the body.

#include "sip/lines.h"
#include "sip/message.h"
#include "sip/start_line.h"
#include "sip/token.h"

namespace sipdex::sip {

namespace {

// RFC 3261 7.3.1: a line end and the white space around it count as one space.
std::string unfolded(std::string_view value) {
    std::string joined;
    while (!value.empty()) {
        const std::string_view line = line_ends.before(value);
        value.remove_prefix(line.size());
        value = trimmed(value);
        if (!joined.empty()) joined += ' ';
        joined.append(trimmed(line));
    }
    return joined;
}

bool is_folded(std::string_view value) {
    return value.find('\n') != std::string_view::npos || value.find('\r') != std::string_view::npos;
}

}  // namespace

Parsed parse(std::string_view octets) {
    Parsed parsed{.message = {}, .consumed = octets.size()};
    Lines lines(octets);
    const auto first = lines.start_line();
    StartLine start;
    if (!first || !read_start_line(*first, &start, nullptr)) return parsed;
    Message& message = parsed.message.emplace();
    message.method = start.method;
    message.request_uri = start.request_uri;
    message.status = start.status;
    message.reason_phrase = start.reason_phrase;
    message.version = start.version;
    message.fields.reserve(16);
    std::optional<std::string_view> length;
    for (FieldLines field; lines.next_field(field);) {
        if (!field.is_header_field()) continue;
        if (!length && same_field(field.name, "Content-Length")) length = field.value;
        message.fields.push_back(
            {std::string(field.name), is_folded(field.value) ? unfolded(field.value) : std::string(field.value)});
    }
    const std::string_view body = body_of(lines.rest(), length);
    message.body = body;
    parsed.consumed = static_cast<std::size_t>(body.data() + body.size() - octets.data());
    return parsed;
}

}  // namespace sipdex::sip
