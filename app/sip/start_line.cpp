#include "sip/start_line.h"

#include "sip/token.h"

namespace sipdex::sip {

namespace {

constexpr std::string_view only_version = "SIP/2.0";

void check_version(std::string_view version, Flaws* flaws) {
    if (!same_token(version, only_version)) note(flaws, Fault::version, version);
}

// RFC 3261 7.1 and 7.2: a single space, and nothing else, between the parts.
void check_gap(std::string_view gap, Flaws* flaws) {
    if (gap != " ") note(flaws, Fault::start_line_space, gap);
}

// What stands between two parts of a line.
std::string_view between(std::string_view before, std::string_view after) {
    const char* const begin = before.data() + before.size();
    return {begin, static_cast<std::size_t>(after.data() - begin)};
}

bool read_status_line(std::string_view line, StartLine* start, Flaws* flaws) {
    const std::string_view version = line.substr(0, line.find(' '));
    const std::string_view rest = trimmed(line.substr(version.size()));
    const std::string_view code = rest.substr(0, rest.find(' '));
    const auto number = number_of(code);
    if (code.size() != 3 || !number || *number < 100 || *number > 699) return refuse(flaws, Fault::status_code, code);
    const std::string_view phrase = trimmed(rest.substr(code.size()));
    if (flaws) {
        check_version(trimmed(version), flaws);
        check_gap(between(version, code), flaws);
        // RFC 3261 25.1: the space stays where the phrase is empty; more of it belongs to the phrase.
        if (line.size() == static_cast<std::size_t>(code.data() + code.size() - line.data()))
            check_gap(line.substr(line.size()), flaws);
    }
    if (start)
        *start = {.method = {},
                  .request_uri = {},
                  .status = static_cast<int>(*number),
                  .reason_phrase = phrase,
                  .version = trimmed(version)};
    return true;
}

// Where the last word begins that says SIP/ and a version: a URI may say so too.
std::size_t last_version(std::string_view line) {
    for (std::size_t space = line.rfind(' '); space != std::string_view::npos && space > 0;
         space = line.rfind(' ', space - 1))
        if (same_token(line.substr(space + 1, 4), "SIP/")) return space + 1;
    return std::string_view::npos;
}

bool read_request_line(std::string_view line, StartLine* start, Flaws* flaws) {
    const std::string_view method = line.substr(0, line.find(' '));
    const auto at = last_version(line);
    if (at == std::string_view::npos) return refuse(flaws, Fault::start_line, trimmed(line));
    const std::string_view version = trimmed(line.substr(at));
    const std::string_view uri = trimmed(line.substr(method.size(), at - method.size()));
    if (!is_token(method) || uri.empty()) return refuse(flaws, Fault::start_line, trimmed(line));
    if (flaws) {
        check_gap(between(method, uri), flaws);
        check_gap(between(uri, version), flaws);
        check_version(version, flaws);
        if (const auto end = line.substr(at + version.size()); !end.empty()) check_gap(end, flaws);
    }
    if (start) *start = {.method = method, .request_uri = uri, .status = 0, .reason_phrase = {}, .version = version};
    return true;
}

}  // namespace

bool read_start_line(std::string_view line, StartLine* start, Flaws* flaws) {
    return same_token(line.substr(0, 4), "SIP/") ? read_status_line(line, start, flaws)
                                                 : read_request_line(line, start, flaws);
}

}  // namespace sipdex::sip
