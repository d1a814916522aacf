// What an author reads when an exchange file is wrong.
#include <doctest/doctest.h>

#include "simulator/drawing.h"
#include "simulator/read_exchange.h"
#include "source/duration.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

std::string problems_in(std::string_view toml) {
    return printed(read_file(picture(toml), "data/exchanges/x.toml").problems);
}

}  // namespace

TEST_CASE("every mistake of a file is reported at once, with its place and a suggestion") {
    CHECK(problems_in(R"(
        shows = [607]
        [[party]]
        id = "alice"
        kind = "calller"
        name = "Alice"
        address = "10.0.0.1"
        [[party]]
        id = "bob"
        kind = "phone"
        name = "Bob"
        address = "192.0.2.2"
        uri = "sip:bob@example.com"
        answer = [{ after = "180ms", status = 180 }]
        answers = [{ after = "soon", status = 799 }, { stauts = 200 }]
        [[action]]
        party = "alcie"
        does = "call"
        [network]
        lose = [{ message = "the 2nd one" }]
        [[step]]
        id = "rings"
        on = "180 bob -> alise"
        rule = "RFC 3261 §13.3.1.1"
    )") == picture(R"(
        data/exchanges/x.toml:6:11: '10.0.0.1' lies outside the documentation addresses 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 and 2001:db8::/32
        data/exchanges/x.toml:4:8: unknown kind of party 'calller'; did you mean 'caller'?
        data/exchanges/x.toml:14:22: 'soon' is no duration; write it as "200ms" or "4s"
        data/exchanges/x.toml:14:39: a status lies between 100 and 699
        data/exchanges/x.toml:14:39: this status needs its 'phrase' beside it
        data/exchanges/x.toml:14:46: 'status' is missing
        data/exchanges/x.toml:14:46: this status needs its 'phrase' beside it
        data/exchanges/x.toml:14:48: unknown key 'stauts'; did you mean 'status'?
        data/exchanges/x.toml:13:1: unknown key 'answer'; did you mean 'answers'?
        data/exchanges/x.toml:16:9: unknown party 'alcie'; did you mean 'alice'?
        data/exchanges/x.toml:19:21: 'the 2nd one' names no message; write it as "INVITE alice -> proxy" or "180 to INVITE"
        data/exchanges/x.toml:22:6: unknown party 'alise'; did you mean 'alice'?
    )"));
}

TEST_CASE("a file that is no TOML gives one problem at its place") {
    const auto read = read_file("shows = [607\nseed = 1\n", "x.toml");
    REQUIRE(read.problems.size() == 1);
    CHECK(read.problems.all().front().place.line == 2);
}

TEST_CASE("a party can only do what its kind can") {
    CHECK(problems_in(R"(
        [[party]]
        id = "proxy"
        kind = "proxy"
        name = "proxy"
        address = "[2001:db8::1]:5070"
        timer_c = "2m"
        [[action]]
        party = "proxy"
        does = "call"
    )") == picture(R"(
        data/exchanges/x.toml:6:11: timer C must last longer than 3 minutes
        data/exchanges/x.toml:9:8: a proxy cannot 'call'
    )"));
}

TEST_CASE("a party can only move to where nobody is") {
    CHECK(problems_in(alice_and_bob(R"(
        [[action]]
        party = "alice"
        does = "move"
        address = "192.0.2.2"
        [[action]]
        party = "bob"
        does = "move"
        address = "10.0.0.1"
    )")) == picture(R"(
        data/exchanges/x.toml:16:11: 'bob' has the address 192.0.2.2:5060 already
        data/exchanges/x.toml:20:11: '10.0.0.1' lies outside the documentation addresses 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 and 2001:db8::/32
    )"));
}

TEST_CASE("durations are read in microseconds to hours, and nothing else is a duration") {
    using namespace std::chrono_literals;
    CHECK(source::read_duration("200ms") == 200ms);
    CHECK(source::read_duration("1.5s") == 1500ms);
    CHECK(source::read_duration("3m") == 3min);
    CHECK(source::read_duration("250us") == 250us);
    for (const char* const wrong : {"", "s", "4", "4 s", "-1s", "1.2.3s", "4sec", "99999999999s"}) {
        CAPTURE(wrong);
        CHECK_FALSE(source::read_duration(wrong).has_value());
    }
}

TEST_CASE("exchanges over IPv6 work, and their captures hold IPv6 packets") {
    const auto recording = simulator::run(exchange_from(R"(
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "[2001:db8::1]:5070"
        uri = "sip:alice@example.com"
        [[party]]
        id = "bob"
        kind = "phone"
        name = "Bob"
        address = "[2001:db8::2]"
        uri = "sip:bob@example.com"
        answers = [{ after = "10ms", status = 486, phrase = "Busy Here" }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@[2001:db8::2]"
    )"));
    CHECK(drawn(recording) == picture(R"(
        alice                 bob
          |------ INVITE ------>|
          |<-- 486 Busy Here ---|
          |-------- ACK ------->|
    )"));
    CHECK(recording.messages[1].message.header("Via")->find("rport=5070;received=2001:db8::1") !=
          std::string_view::npos);
}
