// The flows of RFC 3665, message for message: who sends what to whom in which order, with the header fields that
// make the flow. The RFC's text is read in place; without ../shared beside the checkout the test is skipped.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <sstream>

#include "simulator/drawing.h"
#include "sip/cseq.h"
#include "sip/name_addr.h"
#include "sip/values.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

struct Flow {
    struct Sent {
        std::string label, from, to;          // "INVITE" or "407", "Alice", "Proxy 1"
        std::optional<sip::Message> message;  // none where the RFC says "same as message F1"
    };
    std::vector<Sent> messages;
};

// Without the page breaks, which fall into the middle of messages.
std::string without_pages(const std::string& text) {
    static const std::regex page_break("\n*Johnston, et al\\.[^\n]*\n\f?\n*RFC 3665[^\n]*\n+");
    return std::regex_replace(text, page_break, "\n");
}

// The head of a message that begins on a line; its body does not matter here.
std::optional<sip::Message> message_at(std::istringstream& lines, std::string line) {
    std::string head = line.substr(3) + "\r\n";
    static const std::regex field("^   [A-Za-z-]+:.*"), continued("^    +\\S.*");
    for (auto before = lines.tellg(); std::getline(lines, line); before = lines.tellg()) {
        if (head.ends_with(",\r\n") && line.starts_with("   <")) line.insert(0, " ");  // a slip of §3.10
        if (!std::regex_match(line, field) && !std::regex_match(line, continued)) {
            lines.seekg(before);  // where a page break stood, the next title may follow at once
            break;
        }
        head += line.substr(3) + "\r\n";
    }
    return sip::parse(head + "\r\n").message;
}

// Every flow by its section: "3.2".
std::map<std::string, Flow> read_flows(const std::string& text) {
    std::map<std::string, Flow> flows;
    std::istringstream lines(without_pages(text));
    static const std::regex section("^(\\d\\.\\d+)\\.  .*"),
        title(
            "^   F\\d+ (.*?) ?(Alice|Bob|Proxy \\d|Proxy|SIP Server|SIP ALG|Redirect Server|Redirect Proxy) -> "
            "(Alice|Bob|Proxy \\d|SIP Server|SIP ALG|Redirect Server) *$");
    std::string here;
    for (std::string line; std::getline(lines, line);) {
        std::smatch found;
        if (std::regex_match(line, found, section)) here = found[1];
        if (here.empty() || !std::regex_match(line, found, title)) continue;
        Flow::Sent sent;
        const std::string what = found[1];
        sent.from = found[2], sent.to = found[3];
        if (here == "3.6" && sent.from.ends_with("Proxy"))
            sent.from = sent.from == "Proxy" ? "Proxy 3" : "Redirect Server";  // slips
        while (std::getline(lines, line) && line.empty()) {
        }
        static const std::regex start("^   (SIP/2\\.0 \\d{3} .*|[A-Z]+ sips?:.* SIP/2\\.0)$");
        if (std::regex_match(line, start)) sent.message = message_at(lines, line);
        sent.label = sent.message
                         ? (sent.message->is_request() ? sent.message->method : std::to_string(sent.message->status))
                         : what.substr(0, what.find(' '));
        flows[here].messages.push_back(std::move(sent));
    }
    return flows;
}

// What makes a message: one word for each thing that the RFC shows as significant.
std::map<std::string, std::string> significant(const sip::Message& message) {
    std::map<std::string, std::string> found;
    for (const char* name : {"Via", "Route", "Record-Route", "Contact", "WWW-Authenticate", "Proxy-Authenticate",
                             "Authorization", "Proxy-Authorization"})
        found[name] = std::to_string(sip::values_of(message, name).size());
    for (const char* digest : {"WWW-Authenticate", "Proxy-Authenticate", "Authorization", "Proxy-Authorization"})
        found[digest] = std::to_string(message.headers(digest).size());  // their commas separate parameters
    found["Max-Forwards"] = std::string(message.header("Max-Forwards").value_or("none"));
    found["Content-Type"] = std::string(message.header("Content-Type").value_or("none"));
    const auto cseq = sip::cseq_of(message);
    found["CSeq"] = cseq ? sip::to_text(*cseq) : "none";
    const auto to = sip::address_in(message, "To");
    found["To tag"] = to && !to->tag().empty() ? "yes" : "no";
    return found;
}

std::string label_of(const recording::Transmission& sent) {
    return sent.message.is_request() ? sent.message.method : std::to_string(sent.message.status);
}

// What goes before a flow in its fixture: the registration that the RFC takes for granted.
recording::Recording without_prelude(recording::Recording recording, const std::string& section) {
    static const std::map<std::string, std::chrono::seconds> begins{
        {"2.2", std::chrono::seconds(10)}, {"2.3", std::chrono::seconds(20)}, {"2.4", std::chrono::seconds(10)}};
    if (const auto begin = begins.find(section); begin != begins.end())
        std::erase_if(recording.messages,
                      [&](const recording::Transmission& sent) { return sent.sent < begin->second; });
    return recording;
}

// Why a header field may differ from the example's.
std::string reason_for(const std::string& section, const std::string& label, const std::string& field, bool more) {
    if (field == "Proxy-Authorization" && !more) return "the example's caller has the credentials from an earlier call";
    if (field == "Proxy-Authorization" && label == "ACK")
        return "RFC 3261 §13.2.2.4: the ACK of a 2xx has the credentials of the INVITE";
    if (field == "Route" && label == "ACK" && more)
        return "RFC 3261 §17.1.1.3: the ACK of a failure has the Route of the INVITE";
    if (field == "To tag" && more) return "RFC 3261 §8.2.6.2: every response but 100 has one";
    if (field == "Max-Forwards" && label == "REGISTER")
        return "RFC 3261 §8.1.1: every request has one; the example lacks it";
    if (field == "Route" && label == "INVITE")
        return more ? "the example leaves out the Route of its first INVITE"
                    : "ours asks the servers of the domain by DNS alone";
    if (field == "CSeq" && section.starts_with("2."))
        return "RFC 3261 §10.2: registrations share a Call-ID and count on; the example counts anew";
    if (field == "CSeq" && section == "3.7") return "RFC 3261 §12.2.1.1: Bob may begin with any number";
    if (field == "Max-Forwards" && !more && !label.empty() && std::isdigit(label.front()))
        return "RFC 3261 §20, table 2: only requests have one; a slip of the example";
    if (field == "Contact" && label == "ACK") return "RFC 3261 §20.10: an ACK may have one";
    return "not explained";
}

// Where ours and the RFC's differ, a line each: "F9 Contact: 1, ours 0". What one party sends at one moment has no
// order of its own: the RFC itself puts the 100 now before and now after the INVITE that goes on.
std::vector<std::string> departures(const std::string& section, const Flow& flow, const recording::Recording& recording,
                                    const std::map<std::string, std::string>& other_labels) {
    std::vector<std::string> found;
    std::vector<bool> taken(recording.messages.size());
    const auto name = [&](std::size_t actor) { return recording.actors[actor].name; };
    for (std::size_t i = 0; i < flow.messages.size(); ++i) {
        const Flow::Sent& wanted = flow.messages[i];
        const std::string number = "F" + std::to_string(i + 1);
        const auto other = other_labels.find(number);
        const std::string label = other == other_labels.end() ? wanted.label : other->second;
        std::size_t first = 0;
        while (first < taken.size() && taken[first]) ++first;
        std::size_t match = first;
        while (match < taken.size() && recording.messages[match].sent == recording.messages[first].sent &&
               (taken[match] || label_of(recording.messages[match]) != label ||
                name(recording.messages[match].from) != wanted.from || name(recording.messages[match].to) != wanted.to))
            ++match;
        if (match >= taken.size() || recording.messages[match].sent != recording.messages[first].sent) {
            found.push_back(number + " is " + label + " " + wanted.from + " -> " + wanted.to +
                            (first < taken.size() ? ", ours is " + label_of(recording.messages[first]) + " " +
                                                        name(recording.messages[first].from) + " -> " +
                                                        name(recording.messages[first].to)
                                                  : ", ours has ended"));
            return found;  // all that follows would differ too
        }
        taken[match] = true;
        if (!wanted.message) continue;
        const auto theirs = significant(*wanted.message), ours = significant(recording.messages[match].message);
        for (const auto& [field, value] : theirs)
            if (ours.at(field) != value)
                found.push_back(
                    number + " " + field + ": " + value + ", ours " + ours.at(field) + " (" +
                    reason_for(section, wanted.label, field, value == "0" || value == "no" || value == "none") + ")");
    }
    for (std::size_t i = 0; i < taken.size(); ++i)
        if (!taken[i])
            found.push_back("beyond the RFC: " + label_of(recording.messages[i]) + " " +
                            name(recording.messages[i].from) + " -> " + name(recording.messages[i].to));
    return found;
}

}  // namespace

TEST_CASE("the flows of RFC 3665 are reproduced message for message") {
    if (shared_folder().empty()) {
        MESSAGE("skipped: there is no ../shared beside this checkout");
        return;
    }
    const auto flows = read_flows(content_of(shared_folder() / "reference/rfc/rfc3665.txt"));
    CHECK(flows.size() == 16);
    std::string report;
    const std::filesystem::path folder = std::filesystem::path(SIPDEX_SOURCE_DIR) / "tests/simulator/rfc3665";
    for (const auto& [section, flow] : flows) {
        const auto file = folder / (section + ".toml");
        REQUIRE_MESSAGE(std::filesystem::exists(file), "no fixture: " << file.string());
        const auto recording = without_prelude(simulator::run(exchange_from(content_of(file))), section);
        // RFC 3261 §16.7 has a proxy answer 408 where nothing came; the RFC's example chose 480.
        const std::map<std::string, std::string> other =
            section == "3.10" ? std::map<std::string, std::string>{{"F12", "408"}, {"F14", "408"}}
                              : std::map<std::string, std::string>{};
        report += "RFC 3665 §" + section + ": " + std::to_string(flow.messages.size()) + " messages\n";
        for (const std::string& departure : departures(section, flow, recording, other))
            report += "    " + departure + "\n";
    }
    CHECK(report.find("not explained") == std::string::npos);
    CHECK(difference_from_expected("simulator/rfc3665.txt", report) == "");
}
