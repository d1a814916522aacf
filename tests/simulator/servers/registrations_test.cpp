// What a caller tells a registrar, and is told (RFC 3261 10.2).
#include <doctest/doctest.h>

#include "simulator/pair.h"

using namespace sipdex;
using namespace sipdex::test;

TEST_CASE("registrations share a Call-ID, count on, and repeat the credentials that were asked for") {
    for (const std::string kind : {"caller", "softphone"}) {
        const auto recording =
            simulator::run(exchange_from(R"(
[[party]]
id = "bob"
kind = ")" + kind + R"("
name = "Bob"
address = "192.0.2.2"
uri = "sip:bob@example.com"
username = "bob"
password = "zanzibar"
[[party]]
id = "registrar"
kind = "registrar"
name = "Registrar"
address = "192.0.2.30"
domain = "example.com"
realm = "example.com"
accounts = { bob = "zanzibar" }
)" + action("bob", "register", "0s", "registrar = \"sip:example.com\"") +
                                         action("bob", "register", "60s", "registrar = \"sip:example.com\"") +
                                         "[names]\n\"example.com\" = [\"registrar\"]\n"));
        CHECK(sent_by(recording, "registrar") == "401 Unauthorized, 200 OK, 200 OK");
        CHECK(nth_request(recording, "REGISTER", 3).header("CSeq") == "3 REGISTER");
        CHECK(nth_request(recording, "REGISTER", 3).header("Call-ID") ==
              nth_request(recording, "REGISTER", 1).header("Call-ID"));
        CHECK(nth_request(recording, "REGISTER", 3).header("Authorization").value_or("").find("nc=00000002") !=
              std::string::npos);
    }
}

TEST_CASE("a list of contacts can be extended, asked for, and removed") {
    const auto contacts_after = [](const std::string& what) {
        const auto recording =
            simulator::run(exchange_from(R"(
[[party]]
id = "bob"
kind = "caller"
name = "Bob"
address = "192.0.2.2"
uri = "sip:bob@example.com"
[[party]]
id = "registrar"
kind = "registrar"
name = "Registrar"
address = "192.0.2.30"
domain = "example.com"
)" + action("bob", "register", "0s", "registrar = \"sip:example.com\"") +
                                         action("bob", "register", "60s", "registrar = \"sip:example.com\"\n" + what) +
                                         "[names]\n\"example.com\" = [\"registrar\"]\n"));
        std::string contacts;
        for (const std::string_view contact : recording.messages.back().message.headers("Contact"))
            contacts += std::string(contact) + "\n";
        return contacts;
    };
    CHECK(contacts_after("contacts = [\"<mailto:bob@example.com>\"]") ==
          "<sip:bob@192.0.2.2:5060>;expires=3540\n<mailto:bob@example.com>;expires=3600\n");
    CHECK(contacts_after("contacts = []") == "<sip:bob@192.0.2.2:5060>;expires=3540\n");
    CHECK(contacts_after("all = true\nexpires = 0") == "");
}

// RFC 3263 4.3.
TEST_CASE("when the first server of a domain is silent, any agent registers at the next") {
    for (const std::string kind : {"caller", "softphone"}) {
        const auto recording = simulator::run(exchange_from(R"(
[[party]]
id = "bob"
kind = ")" + kind + R"("
name = "Bob"
address = "192.0.2.2"
uri = "sip:bob@example.com"
[[party]]
id = "first"
kind = "registrar"
name = "Registrar"
address = "192.0.2.30"
domain = "example.com"
[[party]]
id = "second"
kind = "registrar"
name = "Registrar"
address = "192.0.2.31"
domain = "example.com"
)" + action("bob", "register", "0s", "registrar = \"sip:example.com\"") +
                                                            R"(
[names]
"example.com" = ["first", "second"]
[network]
lose = [{ message = "REGISTER bob -> first" }]
)"));
        CHECK(sent_by(recording, "first") == "");
        CHECK(sent_by(recording, "second") == "200 OK");
    }
}
