// The response context as a home server and an edge proxy use it; that of a proxy is tested with the proxy.
#include <doctest/doctest.h>

#include <string>

#include "simulator/drawing.h"
#include "simulator/run.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// Alice calls Bob, whose two phones have registered and answer as told.
std::string call_to_two_phones(const std::string& desk, const std::string& mobile) {
    return drawn(simulator::run(exchange_from(picture(R"(
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        [[party]]
        id = "home"
        kind = "home-server"
        name = "example.com"
        address = "192.0.2.30"
        domain = "example.com"
        users = ["bob"]
        [[party]]
        id = "desk"
        kind = "phone"
        name = "Bob"
        address = "198.51.100.20"
        uri = "sip:bob@example.com"
    )") + "answers = [" + desk + "]\n" + picture(R"(
        [[party]]
        id = "mobile"
        kind = "phone"
        name = "Bob"
        address = "198.51.100.21"
        uri = "sip:bob@example.com"
    )") + "answers = [" + mobile + "]\n" + picture(R"(
        [[action]]
        party = "desk"
        does = "register"
        registrar = "sip:example.com"
        [[action]]
        at = "1s"
        party = "mobile"
        does = "register"
        registrar = "sip:example.com"
        [[action]]
        at = "10s"
        party = "alice"
        does = "call"
        to = "sip:bob@example.com"
        [names]
        "example.com" = ["home"]
    )"))));
}

}  // namespace

// RFC 3261 16.7, step 6.
TEST_CASE("a home server answers with the best response of all contacts, not with the last") {
    CHECK(call_to_two_phones(R"({ after = "1s", status = 486, phrase = "Busy Here" })",
                             R"({ after = "1s", status = 503, phrase = "Service Unavailable" })") == picture(R"(
        alice                          home                           desk                           mobile
          |                              |<--------- REGISTER ----------|                              |
          |                              |----------- 200 OK ---------->|                              |
          |                              |<------------------------ REGISTER --------------------------|
          |                              |-------------------------- 200 OK -------------------------->|
          |----------- INVITE ---------->|                              |                              |
          |<-------- 100 Trying ---------|                              |                              |
          |                              |----------- INVITE ---------->|                              |
          |                              |<-------- 100 Trying ---------|                              |
          |                              |<------ 486 Busy Here --------|                              |
          |                              |------------ ACK ------------>|                              |
          |                              |-------------------------- INVITE -------------------------->|
          |                              |<----------------------- 100 Trying -------------------------|
          |                              |<----------------- 503 Service Unavailable ------------------|
          |                              |---------------------------- ACK --------------------------->|
          |<------ 486 Busy Here --------|                              |                              |
          |------------ ACK ------------>|                              |                              |
    )"));
}

// RFC 3261 16.7, step 5.
TEST_CASE("a home server tries no other contact after a 6xx") {
    CHECK(call_to_two_phones(R"({ after = "1s", status = 603, phrase = "Decline" })",
                             R"({ after = "1s", status = 200, phrase = "OK" })") == picture(R"(
        alice                 home                  desk                  mobile
          |                     |<---- REGISTER ------|                     |
          |                     |------ 200 OK ------>|                     |
          |                     |<--------------- REGISTER -----------------|
          |                     |----------------- 200 OK ----------------->|
          |------ INVITE ------>|                     |                     |
          |<--- 100 Trying -----|                     |                     |
          |                     |------ INVITE ------>|                     |
          |                     |<--- 100 Trying -----|                     |
          |                     |<--- 603 Decline ----|                     |
          |                     |-------- ACK ------->|                     |
          |<--- 603 Decline ----|                     |                     |
          |-------- ACK ------->|                     |                     |
    )"));
}
