// Every exchange of the repository, run and looked at from outside.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "recording/pcap.h"
#include "simulator/drawing.h"
#include "sip/cseq.h"
#include "sip/digest.h"
#include "sip/name_addr.h"
#include "sip/problem.h"
#include "sip/via.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

recording::Recording recorded(const std::string& id) {
    simulator::Options options;
    options.common = common_steps();
    return simulator::run(exchange_named(id), options);
}

// What a response must repeat of its request, in words when it does not (RFC 3261 8.2.6.2).
std::string disagreement(const sip::Message& request, const sip::Message& response) {
    const auto cseq = sip::cseq_of(response);
    if (!cseq || *cseq != *sip::cseq_of(request)) return "CSeq";
    if (response.header("Call-ID") != request.header("Call-ID")) return "Call-ID";
    if (response.header("From") != request.header("From")) return "From";
    const auto asked = sip::address_in(request, "To"), answered = sip::address_in(response, "To");
    if (asked->uri != answered->uri) return "To";
    if (response.status > 100 && answered->tag().empty()) return "To without a tag";
    if (!asked->tag().empty() && asked->tag() != answered->tag()) return "To tag";
    const auto sent = sip::vias_in(request), came_back = sip::vias_in(response);
    if (sent.size() != came_back.size()) return "number of Vias";
    for (std::size_t i = 0; i < sent.size(); ++i)
        if (sent[i].branch() != came_back[i].branch() || sent[i].sent_by() != came_back[i].sent_by()) return "Via";
    return "";
}

// Messages whose flaw is what their exchange is about: what our own reader says of them.
std::string flaw_of(const std::string& exchange, const sip::Message& message) {
    if (exchange == "505-version" && message.method == "INVITE") return "version SIP/3.0\n";
    return "";
}

// What tshark prints about a message after its frame protocols. Of a flawed one, and of what came after its time, it
// says exactly this.
std::string seen_by_tshark(const std::string& exchange, const sip::Message& message) {
    if (exchange == "505-version" && message.method == "INVITE") return "|||||";  // no SIP to tshark
    if (exchange == "425-bad-alert" && message.method == "MESSAGE")
        return "|MESSAGE|||4194304|Unrecognised SIP header (content-id)";
    if (exchange == "425-bad-alert" && message.status == 425)
        return "||425||4194304|Unrecognised SIP header (alertmsg-error)";
    // Octets that are no text (RFC 3261 7.4 allows them) make tshark 4.0 look for more text behind the body; 4.4 does not.
    if (exchange == "493-undecipherable" && message.method == "MESSAGE")
        return "|MESSAGE|||6291456|Trailing stray characters";
    return "|" + message.method + "|" + (message.is_request() ? "" : std::to_string(message.status)) + "|||";
}

}  // namespace

TEST_CASE("every exchange runs to rest and delivers the codes that it shows") {
    for (const std::string& id : exchange_ids()) {
        CAPTURE(id);
        const recording::Recording recording = recorded(id);
        CHECK_FALSE(recording.cut_off);
        std::string codes;
        for (const int code : simulator::delivered(recording)) codes += " " + std::to_string(code);
        for (const int shown : exchange_named(id).shows)
            CHECK_MESSAGE(codes.find(" " + std::to_string(shown)) != std::string::npos, id, " shows ", shown,
                          " but delivers", codes);
    }
}

TEST_CASE("every exchange has the ladder that its story tells") {
    for (const std::string& id : exchange_ids())
        CHECK(difference_from_expected("simulator/" + id + ".txt", drawn_with_times(recorded(id))) == "");
}

TEST_CASE("every message is narrated by a step with a rule, and what it points at is there") {
    for (const std::string& id : exchange_ids())
        for (const auto& sent : recorded(id).messages) {
            CAPTURE(id);
            CAPTURE(sip::label_of(sent.message));
            CHECK(sent.step != "");
            CHECK(sent.rule.starts_with("RFC "));
            for (const std::string& name : sent.marked) {
                CAPTURE(name);
                CHECK(sent.message.header(name).has_value());
            }
        }
}

TEST_CASE("every step of an exchange narrates a message, and has its words in English") {
    for (const std::string& id : exchange_ids()) {
        std::set<std::string> told;
        for (const auto& sent : recorded(id).messages) told.insert(sent.step);
        const std::string words =
            content_of(std::filesystem::path(SIPDEX_SOURCE_DIR) / "i18n/en/exchanges" / (id + ".toml"));
        for (const auto& step : exchange_named(id).steps) {
            CAPTURE(id);
            CAPTURE(step.id);
            CHECK(told.contains(step.id));
            CHECK(words.find("[step." + step.id + "]") != std::string::npos);
        }
    }
    const std::string words = content_of(std::filesystem::path(SIPDEX_SOURCE_DIR) / "i18n/en/exchanges/common.toml");
    for (const auto& step : common_steps()) {
        CAPTURE(step.id);
        CHECK(words.find("[step." + step.id + "]") != std::string::npos);
    }
}

TEST_CASE("every response repeats Via, From, To, Call-ID and CSeq of its request") {
    for (const std::string& id : exchange_ids()) {
        std::map<std::string, sip::Message> requests;  // by top branch and method
        for (const auto& sent : recorded(id).messages) {
            CAPTURE(id);
            const std::string octets = sent.octets();
            CAPTURE(octets);
            const auto via = sip::top_via(sent.message);
            const auto cseq = sip::cseq_of(sent.message);
            REQUIRE(via);
            REQUIRE(cseq);
            CHECK(via->branch().starts_with(sip::magic_cookie));
            const std::string key = via->branch() + cseq->method;
            if (sent.message.is_request()) {
                if (sent.message.method != "ACK") requests[key] = sent.message;
            } else {
                REQUIRE(requests.contains(key));
                CHECK(disagreement(requests.at(key), sent.message) == "");
            }
        }
    }
}

TEST_CASE("every request that somebody has passed on carries one Max-Breadth, CANCEL apart") {
    for (const std::string& id : exchange_ids())
        for (const auto& sent : recorded(id).messages) {
            const auto cseq = sip::cseq_of(sent.message);
            if (!sent.message.is_request() || sip::vias_in(sent.message).size() < 2 ||
                (cseq && cseq->method == "CANCEL"))
                continue;
            CAPTURE(id);
            const std::string octets = sent.octets();
            CAPTURE(octets);
            CHECK(sent.message.headers("Max-Breadth").size() == 1);
        }
}

TEST_CASE("a To tag stands for one transaction: what else is answered outside of a dialog gets another") {
    for (const std::string& id : exchange_ids()) {
        CAPTURE(id);
        std::map<std::string, std::set<std::string>>
            ways;                     // by tag: the branches of the way back of the request it answers
        std::set<std::string> asked;  // branches of requests without a To tag
        for (const auto& sent : recorded(id).messages) {
            const auto to = sip::address_in(sent.message, "To");
            const auto vias = sip::vias_in(sent.message);
            REQUIRE((to && !vias.empty()));
            if (sent.message.is_request() && to->tag().empty()) asked.insert(vias.front().branch());
            if (sent.message.is_request() || to->tag().empty() || !asked.contains(vias.front().branch())) continue;
            auto& way = ways[to->tag()];
            const std::string octets = sent.octets();
            CAPTURE(octets);
            CHECK((way.empty() || way.contains(vias.front().branch())));
            for (const sip::Via& via : vias) way.insert(via.branch());
        }
    }
}

TEST_CASE("what is on the wire reads back as it was written, with a Content-Length that counts the body") {
    for (const std::string& id : exchange_ids())
        for (const auto& sent : recorded(id).messages) {
            const std::string octets = sent.octets();
            const sip::Parsed parsed = sip::parse(octets);
            CAPTURE(octets);
            REQUIRE(parsed.message);
            std::string problems;
            for (const auto& problem : sip::problems_of(octets))
                problems += std::string(sip::name_of(problem.fault)) + ' ' + problem.piece + "\n";
            CHECK(problems == flaw_of(id, sent.message));
            CHECK(parsed.consumed == octets.size());
            CHECK(sip::octets_of(*parsed.message) == octets);
            CHECK(sent.message.header("Content-Length") == std::to_string(parsed.message->body.size()));
        }
}

TEST_CASE("lines of messages and of session descriptions end with one CR LF") {
    for (const std::string& id : exchange_ids()) {
        if (id == "493-undecipherable") continue;  // its body is no text
        for (const auto& sent : recorded(id).messages) {
            CAPTURE(id);
            const std::string octets = sent.octets();
            CAPTURE(octets);
            std::size_t alone = 0;
            for (std::size_t i = 0; i < octets.size(); ++i) {
                if (octets[i] == '\n') alone += i == 0 || octets[i - 1] != '\r';
                if (octets[i] == '\r') alone += i + 1 == octets.size() || octets[i + 1] != '\n';
            }
            CHECK(alone == 0);
        }
    }
}

TEST_CASE("digests verify with the password of the account and with no other") {
    std::size_t verified = 0;
    const std::map<std::string, std::string> passwords = {{"alice", "white-rabbit"}, {"bob", "correct-horse"}};
    for (const std::string& id : exchange_ids())
        for (const auto& sent : recorded(id).messages)
            for (const char* const field : {"Authorization", "Proxy-Authorization"})
                for (const std::string_view value : sent.message.headers(field)) {
                    const auto credentials = sip::parse_credentials(value);
                    REQUIRE(credentials);
                    const std::string method = sent.message.method == "ACK" ? "INVITE" : sent.message.method;
                    CHECK_FALSE(sip::verifies(*credentials, "another password", method));
                    // The ACK repeats the credentials of its INVITE, whose URI was another (RFC 3261 22.1).
                    CHECK(sip::verifies(*credentials, passwords.at(credentials->username), method));
                    ++verified;
                }
    CHECK(verified >= 4);
}

TEST_CASE("the same seed gives the same octets, another seed others") {
    for (const std::string& id : exchange_ids()) {
        CAPTURE(id);
        const simulator::Exchange exchange = exchange_named(id);
        CHECK(recording::pcap_of(simulator::run(exchange)) == recording::pcap_of(simulator::run(exchange)));
        simulator::Options other;
        other.seed = exchange.seed + 1;
        CHECK(recording::pcap_of(simulator::run(exchange)) != recording::pcap_of(simulator::run(exchange, other)));
    }
}

TEST_CASE("tshark reads every message of every exchange without complaint") {
    if (!has_program("tshark")) {
        MESSAGE("skipped: tshark is not installed");
        return;
    }
    // One capture of all, for starting tshark takes longer than reading: the packets of each exchange, the UDP ones in a
    // row; those over TCP stand alone, since their connections use the same ports.
    const TemporaryFolder folder;
    constexpr std::size_t file_head = 24;
    std::string together;
    std::vector<std::string> ids;
    for (const std::string& id : exchange_ids()) {
        const recording::Recording recording = recorded(id);
        if (std::any_of(recording.messages.begin(), recording.messages.end(),
                        [](const auto& sent) { return sent.transport != "UDP"; }))
            continue;
        const std::string capture = recording::pcap_of(recording);
        together += together.empty() ? capture : capture.substr(file_head);
        ids.push_back(id);
    }
    CHECK(ids.size() > 60);
    const Ran ran = run("tshark -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -r " +
                        folder.write("all.pcap", together).string() +
                        " -T fields -E separator='|' -e frame.protocols -e sip.Method -e sip.Status-Code"
                        " -e _ws.malformed -e _ws.expert.severity -e _ws.expert.message");
    REQUIRE(ran.code == 0);
    std::istringstream lines(ran.out);
    for (const std::string& id : ids) {
        CAPTURE(id);
        std::string expected, actual;
        for (const auto& sent : recorded(id).messages) {
            // protocols|method|status|malformed|severity|message; what follows a response code repeats nothing
            std::string line;
            REQUIRE(std::getline(lines, line));
            const bool is_sip = line.find(":sip") != std::string::npos;
            line.erase(0, line.find('|'));
            if (id == "493-undecipherable" && line == "|MESSAGE||||") line = seen_by_tshark(id, sent.message);
            actual += line + "\n";
            const std::string seen = seen_by_tshark(id, sent.message);
            CHECK(is_sip == (seen != "|||||"));
            expected += seen + "\n";
        }
        CHECK(actual == expected);
    }
    std::string beyond;
    CHECK_FALSE(std::getline(lines, beyond));
}
