// Which response a forking proxy passes on (RFC 3261 16.7), phone by phone.
#include "simulator/what_if/fork_lab.h"

#include <doctest/doctest.h>

#include <sstream>

#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

recording::Recording lab(const std::string& text) {
    std::istringstream stream(text);
    std::vector<simulator::ForkPhone> phones;
    for (std::string word; stream >> word;) {
        const auto phone = simulator::read_fork_phone(word);
        REQUIRE_MESSAGE(phone, word);
        CHECK(simulator::to_text(*phone) == word);
        phones.push_back(*phone);
        phones.back().phrase = "Phrase";
    }
    return simulator::run(simulator::fork_lab(phones));
}

// "603 at 5.060 by best-response-6xx"; responses that come after the first, too.
std::string outcome(const std::string& text) {
    const recording::Recording recording = lab(text);
    CHECK_FALSE(recording.cut_off);
    const auto found = simulator::fork_outcome(recording);
    if (!found) return "none";
    std::string said;
    for (const std::size_t message : found->responses) {
        const auto& got = recording.messages[message];
        char at[32];
        std::snprintf(at, sizeof at, "%d at %.3f", got.message.status,
                      static_cast<double>(got.received->count()) / 1e6);
        said += (said.empty() ? "" : ", ") + std::string(at);
    }
    CHECK(found->decision.rule == "RFC 3261 §16.7");
    return said + " by " + found->decision.id;
}

}  // namespace

TEST_CASE("the caller gets the response that the rules choose") {
    CHECK(outcome("486@3s 603@5s 200@8s") == "603 at 5.090 by best-response-6xx");
    CHECK(outcome("486@3s 200@5s 603@8s") == "200 at 5.060 by passes-on-2xx");
    CHECK(outcome("486@3s 404@1s") == "404 at 3.060 by best-response-lowest-class");
    CHECK(outcome("302@1s 486@2s") == "302 at 2.060 by best-response-lowest-class");
    CHECK(outcome("486@1s 401@2s 407@3s") == "401 at 3.060 by best-response-helps");
    CHECK(outcome("503@1s 503@2s") == "500 at 2.060 by 503-becomes-500");
    CHECK(outcome("503@1s 486@2s 500@3s") == "486 at 3.060 by best-response-lowest-class");
    CHECK(outcome("off off") == "408 at 32.030 by no-response-408");
    CHECK(outcome("486@1s off") == "486 at 32.030 by passes-on-only");
    // Both ring on and say so every minute, so timer C ends nothing (RFC 3261 13.3.1.1); the phones give up by themselves.
    CHECK(outcome("180 180") == "480 at 240.060 by best-response-lowest-class");
}

TEST_CASE("two phones that answer before the CANCEL reaches them both reach the caller") {
    CHECK(outcome("200@1s 200@1s") == "200 at 1.060, 200 at 1.060 by passes-on-2xx");
    CHECK(outcome("200@1s 200@2s") == "200 at 1.060 by passes-on-2xx");
}

TEST_CASE("the challenges of all phones are gathered in the one that is passed on") {
    const recording::Recording recording = lab("401@1s 407@2s 486@3s");
    const auto found = simulator::fork_outcome(recording);
    REQUIRE(found);
    const sip::Message& got = recording.messages[found->responses.front()].message;
    CHECK(got.headers("WWW-Authenticate").size() == 1);
    CHECK(got.headers("Proxy-Authenticate").size() == 1);
}

TEST_CASE("a phone of a fork lab is a status and a time, or one that rings, or one that is off") {
    for (const char* wrong :
         {"", "486@", "486@soon", "99@1s", "700@1s", "180@1s", "100", "486@4m", "busy", "486@-1s", "4866", "Off"})
        CHECK_MESSAGE(!simulator::read_fork_phone(wrong), wrong);
    for (const char* right : {"486", "486@3s", "603@1500ms", "200@3m", "180", "off"})
        CHECK_MESSAGE(simulator::read_fork_phone(right), right);
}

TEST_CASE("up to five phones ring at once") {
    const recording::Recording recording = lab("486@3s 180 off 603@5s 200@8s");
    CHECK(difference_from_expected("simulator/fork-lab-of-five.txt", drawn_with_times(recording)) == "");
}
