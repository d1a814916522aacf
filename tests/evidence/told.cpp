#include "evidence/told.h"

namespace sipdex::test {

using namespace evidence;

const Vocabulary& vocabulary() {
    static const Vocabulary known = [] {
        Vocabulary words;
        for (const char* name : {"Via", "From", "To", "Call-ID", "CSeq", "Contact", "Reason", "Warning", "Retry-After",
                                 "Server", "User-Agent", "Content-Type", "Content-Length", "Expires", "Max-Forwards"})
            words.add_field(name);
        words.add_phrase(180, "Ringing");
        words.add_phrase(403, "Forbidden");
        words.add_phrase(408, "Request Timeout");
        words.add_phrase(480, "Temporarily Unavailable");
        words.add_phrase(486, "Busy Here");
        words.add_name(3, "NO_ROUTE_DESTINATION");
        words.add_name(0, "CHANUNAVAIL");
        words.add_name(0, "No matching endpoint found");
        words.add_own_number("32011");
        return words;
    }();
    return known;
}

std::string found_in(const std::string& text) {
    const Found found = read(text, vocabulary());
    std::string told;
    for (const FoundMessage& one : found.messages) {
        told += std::to_string(one.first_line) + "-" + std::to_string(one.last_line) + " ";
        if (one.direction != Direction::unknown) told += one.direction == Direction::received ? "< " : "> ";
        told += one.has_start_line ? sip::label_of(one.message) : "fields";
        for (const sip::HeaderField& field : one.message.fields)
            told += " [" + field.name() + ": " + field.value() + "]";
        if (!one.message.body.empty()) told += " body " + std::to_string(one.message.body.size());
        told += "\n";
    }
    for (const Mention& one : found.mentions)
        told += std::to_string(one.line) + " " +
                (one.kind == Mention::Kind::response ? "response "
                 : one.kind == Mention::Kind::cause  ? "cause "
                                                     : "own ") +
                (one.code > 0 ? std::to_string(one.code) : "-") + " " + (one.text.empty() ? "-" : one.text) +
                (one.method.empty() ? "" : " to " + one.method) + (one.sure ? "" : " perhaps") + "\n";
    return told;
}

}  // namespace sipdex::test
