#include "capture/start.h"

#include <algorithm>

#include "sip/start_line.h"
#include "sip/token.h"

namespace sipdex::capture {

namespace {

constexpr std::size_t longest_method = 32, longest_line = 65536;

// A request line that goes on behind what was captured.
bool begins_request(std::string_view line) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return false;
    const std::string_view uri = line.substr(space + 1);
    return sip::same_token(uri.substr(0, 4), "sip:") || sip::same_token(uri.substr(0, 5), "sips:") ||
           sip::same_token(uri.substr(0, 4), "tel:");
}

// Where the header fields end: behind an empty line. npos where they do not.
std::size_t end_of_head(std::string_view octets, std::size_t searched) {
    for (std::size_t at = octets.find('\n', searched); at != std::string_view::npos; at = octets.find('\n', at + 1)) {
        if (at + 1 < octets.size() && octets[at + 1] == '\n') return at + 2;
        if (at + 2 < octets.size() && octets[at + 1] == '\r' && octets[at + 2] == '\n') return at + 3;
    }
    return std::string_view::npos;
}

}  // namespace

std::size_t keep_alives(std::string_view octets) {
    return std::min(octets.find_first_not_of(std::string_view("\r\n \t\0", 5)), octets.size());
}

bool begins_message(std::string_view octets) {
    if (octets.size() < 12) return false;
    if (sip::same_token(octets.substr(0, 4), "SIP/")) {
        const std::string_view line = sip::line_ends.before(octets.substr(0, longest_line));
        return sip::read_start_line(line, nullptr, nullptr);
    }
    const std::string_view method = sip::token_characters.before(octets.substr(0, 1)).empty()
                                        ? sip::token_characters.leading(octets.substr(0, longest_method + 1))
                                        : std::string_view();
    if (method.empty() || method.size() > longest_method || octets.substr(method.size(), 1) != " ") return false;
    const std::string_view line = sip::line_ends.before(octets.substr(0, longest_line));
    if (line.size() == octets.size()) return begins_request(line);  // cut off
    return sip::read_start_line(line, nullptr, nullptr);
}

std::size_t next_beginning(std::string_view octets) {
    for (std::size_t at = octets.find('\n'); at != std::string_view::npos; at = octets.find('\n', at + 1))
        if (begins_message(octets.substr(at + 1))) return at + 1;
    return octets.size();
}

Extent extent_of(std::string_view octets, std::size_t searched) {
    Extent extent;
    const std::size_t end = end_of_head(octets, searched);
    extent.head_whole = end != std::string_view::npos;
    if (!extent.head_whole) return extent;
    extent.head = extent.length = end;
    for (std::size_t at = octets.find('\n'); at + 1 < end; at = octets.find('\n', at + 1)) {
        const std::string_view line = octets.substr(at + 1, end - at - 1);
        const char first = line.empty() ? '\0' : sip::lowered(line.front());
        if (first != 'c' && first != 'l') continue;
        const std::string_view whole = line.substr(0, line.find_first_of("\r\n"));
        const std::size_t colon = whole.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view name = sip::trimmed(whole.substr(0, colon));
        if (!sip::same_token(name, "Content-Length") && !sip::same_token(name, "l")) continue;
        if (const auto length = sip::number_of(sip::trimmed(whole.substr(colon + 1)))) {
            extent.length = end + *length;
            extent.length_told = true;
        }
        break;
    }
    return extent;
}

}  // namespace sipdex::capture
