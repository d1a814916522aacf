// Every exchange of the simulator, written as a capture and read again, is the same exchange.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "calls/calls.h"
#include "capture/packets.h"
#include "recording/pcap.h"
#include "recording/sipp.h"
#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

recording::Recording recorded(const std::string& id, const std::string& transport) {
    simulator::Exchange exchange = exchange_named(id);
    exchange.network.transport = transport;
    for (auto& link : exchange.network.links) link.transport = transport;
    return simulator::run(exchange);
}

// "0 192.0.2.1:5060 > 192.0.2.2:5060 <octets>", in the order of time and then of octets, for a capture keeps no other.
std::vector<std::string> told(const recording::Recording& recording, bool with_repeats) {
    std::vector<std::string> lines;
    for (const auto& sent : recording.messages) {
        const auto address = [&](std::size_t actor) {
            std::string text = recording.actors[actor].address;
            for (const auto& move : recording.moves)
                if (move.actor == actor && move.at <= sent.sent) text = move.address;
            return text;
        };
        std::string line = std::to_string(sent.sent.count()) + ' ' + address(sent.from) + " > " + address(sent.to) +
                           ' ' + sent.octets();
        if (with_repeats && sent.retransmission) line += " again";
        lines.push_back(line);
    }
    std::ranges::sort(lines);
    return lines;
}

}  // namespace

TEST_CASE("over UDP a captured exchange has the messages, times, parties and repetitions of the one that ran") {
    for (const std::string& id : exchange_ids()) {
        CAPTURE(id);
        const recording::Recording ran = recorded(id, "UDP");
        const capture::Captured captured = captured_of(recording::pcap_of(ran));
        REQUIRE(captured.messages.size() == ran.messages.size());
        CHECK(problems_of(captured) == "");
        const calls::Calls calls = calls::group(captured);
        std::vector<std::size_t> stories(calls.stories.size());
        for (std::size_t i = 0; i < stories.size(); ++i) stories[i] = i;
        const recording::Recording again = recording_of(captured, calls, stories);
        const auto first = std::ranges::min_element(ran.messages, {}, &recording::Transmission::sent)->sent;
        recording::Recording moved = ran;
        for (auto& sent : moved.messages) sent.sent -= first;
        for (auto& move : moved.moves) move.at -= first;
        CHECK(told(again, true) == told(moved, true));
    }
}

TEST_CASE("over TCP a captured exchange has the same messages") {
    for (const std::string& id : exchange_ids()) {
        CAPTURE(id);
        const recording::Recording ran = recorded(id, "TCP");
        const capture::Captured captured = captured_of(recording::pcap_of(ran));
        std::vector<std::string> sent, read;
        for (const auto& one : ran.messages) sent.push_back(one.octets());
        for (const auto& one : captured.messages) {
            CHECK(one.missing == 0);
            read.emplace_back(one.octets);
        }
        std::ranges::sort(sent);
        std::ranges::sort(read);
        CHECK(read == sent);
    }
}

TEST_CASE("what became of exchanges is what they were written to show") {
    const std::map<std::string, std::string> expected = {
        {"200-basic-call", "ended 200"}, {"401-register", "registered 200"},       {"404-unknown-user", "refused 404"},
        {"486-busy", "refused 486"},     {"487-caller-gives-up", "cancelled 487"}, {"603-declined", "refused 603"},
    };
    for (const auto& one : expected) {
        const std::string &id = one.first, &outcome = one.second;
        CAPTURE(id);
        const capture::Captured captured = captured_of(recording::pcap_of(recorded(id, "UDP")));
        const calls::Calls calls = calls::group(captured);
        REQUIRE(!calls.stories.empty());
        const calls::Story& last = calls.stories.back();
        CHECK(std::string(name_of(last.outcome)) + ' ' + std::to_string(last.status) == outcome);
    }
}

TEST_CASE("a captured call can be written as a capture and as a scenario again") {
    const capture::Captured captured = captured_of(recording::pcap_of(recorded("486-busy", "UDP")));
    const calls::Calls calls = calls::group(captured);
    const recording::Recording recording = recording_of(captured, calls, {0});
    CHECK(captured_of(recording::pcap_of(recording)).messages.size() == recording.messages.size());
    const auto parties = recording::parties_for_sipp(recording);
    REQUIRE(!parties.empty());
    CHECK(recording::sipp_of(recording, parties.front()).find("486") != std::string::npos);
}
