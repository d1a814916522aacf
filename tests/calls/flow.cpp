#include "calls/flow.h"

#include <algorithm>
#include <sstream>

#include "capture/packets.h"
#include "support/text.h"

namespace sipdex::test {

namespace {

std::string value_in(const std::string& line, const std::string& name, const std::string& otherwise) {
    const std::size_t at = line.find(' ' + name + '=');
    if (at == std::string::npos) return otherwise;
    const std::size_t begin = at + name.size() + 2;
    return line.substr(begin, line.find(' ', begin) - begin);
}

std::string with(const std::string& text, char from, std::string_view to) {
    std::string all;
    for (const char c : text)
        if (c == from) all += to;
        else all += c;
    return all;
}

std::string address_of(const std::string& written) {
    return written.find(':') != std::string::npos ? written : "192.0.2." + written + ":5060";
}

// The message of one line.
std::string message_of(const std::string& line, const std::string& head, const std::string& sender,
                       const std::string& receiver, const std::string& what) {
    const bool response = what[0] >= '1' && what[0] <= '6';
    const std::string method = value_in(head, "of", response ? "INVITE" : what);
    std::string message =
        response
            ? "SIP/2.0 " + what + " " + with(value_in(head, "phrase", "Reason"), '_', " ")
            : what + " " + value_in(head, "uri", "sip:" + value_in(head, "user", "bob") + "@192.0.2.2") + " SIP/2.0";
    std::istringstream branches(value_in(head, "branch", "a")),
        hosts(value_in(head, "via", address_of(response ? receiver : sender)));
    std::string host;
    for (std::string branch; std::getline(branches, branch, ',');) {
        std::getline(hosts, host, ',');  // the last one stands for those that are left
        message += "\r\nVia: SIP/2.0/UDP " + host + ";branch=z9hG4bK" + branch;
    }
    const std::string to_tag = value_in(head, "to", "");
    message += "\r\nFrom: <sip:" + value_in(head, "caller", "alice") +
               "@192.0.2.1>;tag=" + value_in(head, "from", "x") + "\r\nTo: <sip:" + value_in(head, "called", "bob") +
               "@192.0.2.2>" + (to_tag.empty() ? "" : ";tag=" + to_tag) +
               "\r\nCall-ID: " + value_in(head, "call", "one") + "\r\nCSeq: " + value_in(head, "cseq", "1") + " " +
               method + "\r\n";
    std::size_t bar = line.find(" | ");
    const std::size_t two = line.find(" || ");
    for (; bar != std::string::npos && bar < two;) {
        const std::size_t next = std::min(line.find(" | ", bar + 3), two);
        message += line.substr(bar + 3, next == std::string::npos ? next : next - bar - 3) + "\r\n";
        bar = next;
    }
    const std::string body = two == std::string::npos ? std::string() : with(line.substr(two + 4), '~', "\r\n");
    if (!body.empty()) message += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return message + "\r\n" + body;
}

}  // namespace

Flow flow(std::string_view text) {
    std::istringstream lines(picture(text));
    std::vector<MadeFrame> frames;
    std::int64_t at = 0;
    std::uint32_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty()) continue;
        const std::string head = line.substr(0, line.find('|'));
        std::istringstream words(head);
        std::string from, arrow, to, what;
        words >> from >> arrow >> to >> what;
        at += std::stoll(value_in(head, "after", "10")) * 1000;
        frames.push_back(
            {udp(address_of(from), address_of(to), message_of(line, head, from, to, what), ++number), at, 0, 0});
    }
    Flow all;
    all.captured = captured_of(pcap(frames));
    all.calls = calls::group(all.captured);
    return all;
}

}  // namespace sipdex::test
