// Signing and verifying who calls (RFC 8224, RFC 8588, RFC 9410).
#include <doctest/doctest.h>

#include <string>

#include "simulator/drawing.h"
#include "simulator/session/date.h"
#include "sip/passport.h"
#include "sip/redress_card.h"
#include "sip/signing_key.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

const std::string certificate =
    "certificates = [{ url = \"https://cert.example.net/a.pem\", key = \"example.net\", issuer = \"CA\" }]\n";
const std::string trust = "trusts = [\"CA\"]\n";

// Carol calls Bob through a signer and a verifier.
recording::Recording signed_call(const std::string& signs, const std::string& verifier, const std::string& call = "") {
    return simulator::run(exchange_from(R"(
[[party]]
id = "carol"
kind = "caller"
name = "Carol"
address = "192.0.2.1"
uri = "sip:+12125550142@example.net;user=phone"
[[party]]
id = "signer"
kind = "authentication-service"
name = "signer"
address = "192.0.2.2"
signs = { key = "example.net", info = "https://cert.example.net/a.pem")" +
                                        signs + R"( }
[[party]]
id = "verifier"
kind = "verification-service"
name = "verifier"
address = "192.0.2.3"
domains = ["example.com"]
users = { "sip:bob@example.com" = ["<sip:bob@192.0.2.4>"] }
)" + verifier + R"(
[[party]]
id = "bob"
kind = "phone"
name = "Bob"
address = "192.0.2.4"
uri = "sip:bob@example.com"
answers = [{ after = "50ms", status = 180 }, { after = "1s", status = 486, phrase = "Busy Here" }]
[[action]]
party = "carol"
does = "call"
to = "sip:bob@example.com"
outbound_proxy = "sip:192.0.2.2;lr"
)" + call + R"(
[names]
"example.com" = ["verifier"]
)"));
}

std::string outcome(const recording::Recording& recording) {
    std::string text;
    for (const auto& sent : recording.messages) {
        if (sent.to != 0 || sent.message.status <= 100) continue;
        text += sip::label_of(sent.message);
        if (const auto reason = sent.message.header("Reason")) text += " / " + std::string(*reason);
        text += "\n";
    }
    return text;
}

sip::Passport passport_in(const recording::Recording& recording) {
    for (const auto& sent : recording.messages)
        if (const auto value = sent.message.header("Identity"))
            return sip::read_token(sip::parse_identity(*value)->token).value_or(sip::Passport{});
    return {};
}

}  // namespace

TEST_CASE("a call whose signature holds goes through, and says who calls whom at what time") {
    const auto recording = signed_call(", numbers = [\"+1-212-555-0142\"]", trust + certificate);
    CHECK(outcome(recording) == "180 Ringing\n486 Busy Here\n");
    const sip::Passport passport = passport_in(recording);
    CHECK(passport.origin == "12125550142");
    CHECK(passport.destination == "sip:bob@example.com");
    CHECK(passport.attestation == "A");
    CHECK(passport.issued_at == simulator::read_date("Thu, 01 Jan 2026 12:00:00 GMT"));
    CHECK(passport.origin_id.size() == 36);
}

TEST_CASE("the attestation says what the signer knows of the caller") {
    CHECK(passport_in(signed_call("", trust + certificate)).attestation == "B");
    CHECK(passport_in(signed_call(", knows_customers = false", trust + certificate)).attestation == "C");
}

TEST_CASE("each fault of a signature has its own code") {
    const std::string other =
        "certificates = [{ url = \"https://cert.example.net/a.pem\", key = \"example.org\", issuer = \"CA\" }]\n";
    CHECK(outcome(signed_call("", trust)) == "436 Bad Identity Info\n");
    CHECK(outcome(signed_call("", certificate)) == "437 Unsupported Credential\n");
    CHECK(outcome(signed_call("", trust + other)) == "438 Invalid Identity Header\n");
    CHECK(outcome(signed_call(", clock_behind = \"61s\"", trust + certificate)) == "403 Stale Date\n");
    CHECK(outcome(signed_call(", clock_behind = \"60s\"", trust + certificate)) == "180 Ringing\n486 Busy Here\n");
}

TEST_CASE("a call that is let pass tells of the fault once, in the first response after 100") {
    CHECK(outcome(signed_call("", "lets_pass = true\n" + trust)) ==
          "180 Ringing / STIR;cause=436;text=\"Bad Identity Info\"\n486 Busy Here\n");
}

TEST_CASE("one good signature among several is enough, and an unreadable one is 438") {
    CHECK(outcome(signed_call("", trust + certificate, "headers = [\"Identity: nonsense\"]")) ==
          "180 Ringing\n486 Busy Here\n");
    CHECK(outcome(signed_call("", trust, "headers = [\"Identity: a.b.c;info=<https://cert.example.net/b.pem>\"]")) ==
          "436 Bad Identity Info\n");
}

TEST_CASE("dates are written and read as RFC 3261 20.17 has them, before the beginning of exchanges as well") {
    CHECK(simulator::date_text(std::chrono::seconds(90)) == "Thu, 01 Jan 2026 12:01:30 GMT");
    CHECK(simulator::date_text(-std::chrono::hours(13)) == "Wed, 31 Dec 2025 23:00:00 GMT");
    CHECK(simulator::read_date("Sat, 13 Nov 2010 23:29:00 GMT") == 1289690940);
    CHECK_FALSE(simulator::read_date("yesterday").has_value());
    CHECK_FALSE(simulator::read_date("Sat, 31 Feb 2010 23:29:00 GMT").has_value());
}

namespace {

// Carol, whose calls are rejected, calls Bob.
recording::Recording rejected_call(const std::string& redress,
                                   const std::string& call = "headers = [\"Feature-Caps: *;+sip.608\"]\n") {
    return simulator::run(exchange_from(R"(
[[party]]
id = "carol"
kind = "caller"
name = "Carol"
address = "192.0.2.1"
uri = "sip:+12125550142@example.net;user=phone"
[[party]]
id = "analytics"
kind = "analytics"
name = "analytics"
address = "192.0.2.2"
domains = ["example.com"]
rejects = [{ from = "*", status = 608, phrase = "Rejected" }]
)" + redress + R"(
[[action]]
at = "10s"
party = "carol"
does = "call"
to = "sip:bob@example.com"
)" + call + R"(
[names]
"example.com" = ["analytics"]
)"));
}

std::string redress(const std::string& more = "") {
    return "redress = { at = \"https://block.example.com/jws\", certificate = \"https://certs.example.com/a.cer\", key "
           "= \"example.com\", "
           "name = \"Ratings\", email = \"redress@example.com\"" +
           more + " }\n";
}

const recording::Decision* decision(const recording::Recording& recording, const std::string& id) {
    for (const auto& each : recording.decisions)
        if (each.id == id) return &each;
    return nullptr;
}

}  // namespace

TEST_CASE("a 608 refers to a signed card with the time of the rejection, and the caller reads it") {
    const auto recording = rejected_call(redress());
    CHECK(recording.messages.at(1).message.header("Call-Info") == "<https://block.example.com/jws>;purpose=jwscard");
    const auto* const signing = decision(recording, "signs-redress-card");
    REQUIRE(signing);
    const std::string token = sip::base64url(signing->details.at(1)) + "." + sip::base64url(signing->details.at(2)) +
                              "." + signing->details.at(3);
    CHECK(sip::token_holds(token, "example.com"));
    CHECK_FALSE(sip::token_holds(token, "example.net"));
    CHECK(sip::read_card(token) == sip::RedressCard{"https://certs.example.com/a.cer",
                                                    simulator::unix_time(signing->at), "Ratings", "redress@example.com",
                                                    "", ""});
    REQUIRE(decision(recording, "reads-redress-card"));
    CHECK(decision(recording, "reads-redress-card")->details ==
          std::vector<std::string>{"Ratings", "redress@example.com"});
}

TEST_CASE("a caller trusts no card that is older than a minute, and one that does not know 608 reads none") {
    CHECK(decision(rejected_call(redress(", clock_behind = \"50s\"")), "reads-redress-card"));
    CHECK(decision(rejected_call(redress(", clock_behind = \"2m\"")), "redress-card-expired"));
    CHECK_FALSE(decision(rejected_call(redress(), ""), "reads-redress-card"));
    CHECK_FALSE(rejected_call("").messages.at(1).message.header("Call-Info"));
}
