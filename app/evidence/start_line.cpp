#include "evidence/start_line.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "sip/token.h"

namespace sipdex::evidence {

namespace {

constexpr std::string_view version = "SIP/2.0";

// Methods that may stand anywhere in a line; another one only at its beginning.
constexpr std::array<std::string_view, 14> methods = {"ACK",     "BYE",      "CANCEL",    "INFO",  "INVITE",
                                                      "MESSAGE", "NOTIFY",   "OPTIONS",   "PRACK", "PUBLISH",
                                                      "REFER",   "REGISTER", "SUBSCRIBE", "UPDATE"};
constexpr std::array<std::string_view, 6> schemes = {"sip:", "sips:", "tel:", "urn:", "<sip:", "<sips:"};

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

// A phrase ends with the line, or where the log closes what it quotes.
std::string_view phrase_in(std::string_view rest, char before) {
    std::size_t end = rest.size();
    if (before == '"' || before == '\'' || before == '`') end = std::min(end, rest.find(before));
    if (before == '[') end = std::min(end, rest.find(']'));
    if (before == '*') end = std::min(end, rest.find('*'));  // emphasis, in Markdown
    if (before == '(') end = std::min(end, rest.rfind(')'));
    // "486 Busy Here from 192.0.2.1:5060": whoever logs heads of messages says whose they are.
    for (const std::string_view word : {" from ", " to "})
        if (const std::size_t at = rest.find(word);
            at < end && at + word.size() < rest.size() &&
            std::string_view("0123456789[<").find(rest[at + word.size()]) != std::string_view::npos)
            end = at;
    return sip::trimmed(rest.substr(0, end));
}

std::optional<StartLine> status_line_at(std::string_view line, std::size_t at) {
    const std::size_t digits = line.find_first_not_of(' ', at + version.size());
    if (digits == std::string_view::npos || digits == at + version.size() || digits + 3 > line.size())
        return std::nullopt;
    const auto code = sip::number_of(line.substr(digits, 3));
    if (!code || *code < 100 || *code > 699) return std::nullopt;
    const std::string_view rest = line.substr(digits + 3);
    if (!rest.empty() && std::isalnum(static_cast<unsigned char>(rest.front()))) return std::nullopt;
    StartLine found;
    found.begin = at;
    found.status = static_cast<int>(*code);
    found.phrase = phrase_in(rest, at > 0 ? line[at - 1] : ' ');
    return found;
}

// Goes back from the version to the URI and the method before it.
std::optional<StartLine> request_line_before(std::string_view line, std::size_t at) {
    const std::string_view before = line.substr(0, at);
    for (const std::string_view scheme : schemes)
        for (std::size_t uri = before.find(scheme); uri != std::string_view::npos; uri = before.find(scheme, uri + 1)) {
            std::size_t end = uri;
            while (end > 0 && before[end - 1] == ' ') --end;
            std::size_t begin = end;
            while (begin > 0 && is_capital(before[begin - 1])) --begin;
            const std::string_view method = before.substr(begin, end - begin);
            const bool known = std::ranges::find(methods, method) != methods.end();
            if (end == uri || method.size() < 3 || !(known || begin == 0)) continue;
            StartLine found;
            found.begin = begin;
            found.method = method;
            found.uri = sip::trimmed(before.substr(uri));
            return found;
        }
    // Some flows leave the scheme out: "INVITE bob@example.com SIP/2.0".
    const std::string_view all = sip::trimmed(before);
    const std::size_t space = std::min(all.find(' '), all.size());
    const std::string_view method = all.substr(0, space), uri = sip::trimmed(all.substr(space));
    if (std::ranges::find(methods, method) == methods.end() || uri.find('@') == std::string_view::npos ||
        uri.find(' ') != std::string_view::npos)
        return std::nullopt;
    StartLine found;
    found.begin = before.find(method);
    found.method = method;
    found.uri = uri;
    return found;
}

}  // namespace

bool may_hold_start_line(std::string_view line) { return line.find(version) != std::string_view::npos; }

std::optional<StartLine> start_line_in(std::string_view line) {
    for (std::size_t at = line.find(version); at != std::string_view::npos; at = line.find(version, at + 1)) {
        if (line.substr(at + version.size(), 1) == "/") continue;  // of a Via
        if (auto status = status_line_at(line, at)) return status;
        if (auto request = request_line_before(line, at)) return request;
    }
    return std::nullopt;
}

}  // namespace sipdex::evidence
