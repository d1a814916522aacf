// What an exchange says of itself is tried out when it is compiled.
#include <doctest/doctest.h>

#include "support/small_catalog.h"

using namespace sipdex;
using test::picture;
using test::problems_in;

namespace {

test::Sources busy_exchange() {
    test::Sources sources = test::busy_sources();
    sources["data/exchanges/486-busy.toml"] = R"(
        shows = [486]
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        [[party]]
        id = "bob"
        kind = "phone"
        name = "Bob"
        address = "192.0.2.2"
        host = "example.com"
        uri = "sip:bob@example.com"
        answers = [{ after = "70ms", status = 486 }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@example.com"
        [names]
        "example.com" = ["bob"]
        [[step]]
        id = "busy"
        on = "486 bob -> alice"
        rule = "RFC 3261 §21.4.24"
        look_at = ["To"]
    )";
    sources["i18n/en/exchanges/486-busy.toml"] =
        "title = \"Busy\"\nstory = \"Bob is busy.\"\n[step.busy]\nwhat = \"Bob is busy.\"\n";
    return sources;
}

std::string said_of(const std::string& file, const std::string& was, const std::string& is) {
    test::Sources sources = busy_exchange();
    std::string& text = sources.at(file);
    const auto at = text.find(was);
    REQUIRE(at != std::string::npos);
    text.replace(at, was.size(), is);
    return problems_in(sources);
}

const std::string facts = "data/exchanges/486-busy.toml", words = "i18n/en/exchanges/486-busy.toml";

}  // namespace

TEST_CASE("an exchange that does what it says is right") { CHECK(problems_in(busy_exchange()) == ""); }

TEST_CASE("a code that nobody receives is not shown") {
    CHECK(said_of(facts, "shows = [486]", "shows = [486, 600]") == picture(R"(
        data/exchanges/486-busy.toml:1:1: shows 600, but nobody receives it; when run it delivers 486
            shows = [486, 600]
            ^~~~~
    )"));
}

TEST_CASE("a step that tells of no message is named") {
    CHECK(said_of(facts, "486 bob -> alice", "603 bob -> alice")
              .find("data/exchanges/486-busy.toml:23:6: the step 'busy' tells of no message: none fits its 'on', or an "
                    "earlier step takes them all\n") != std::string::npos);
}

TEST_CASE("a header field that a step points at must be there") {
    CHECK(said_of(facts, "look_at = [\"To\"]", "look_at = [\"Retry-After\"]")
              .find("the step 'busy' points at Retry-After, which its message does not have\n") != std::string::npos);
}

TEST_CASE("every step has its words, and no words stand for a step that is none") {
    const std::string said = said_of(words, "[step.busy]", "[step.bussy]");
    CAPTURE(said);
    CHECK(said.find("i18n/en/exchanges/486-busy.toml:4:8: data/exchanges/486-busy.toml has no step 'bussy'; did you "
                    "mean 'busy'?\n") != std::string::npos);
    CHECK(said.find(
              "i18n/en/exchanges/486-busy.toml: [step.busy] is missing, which data/exchanges/486-busy.toml names\n") !=
          std::string::npos);
}
