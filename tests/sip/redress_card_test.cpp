// The signed card of a 608 (RFC 8688, RFC 7095, RFC 7515).
#include <doctest/doctest.h>

#include <string>

#include "sip/jws.h"
#include "sip/redress_card.h"
#include "sip/signing_key.h"

using namespace sipdex;

namespace {

// The card of RFC 8688 4.1.
sip::RedressCard example() {
    return {"https://certs.example.net/reject_key.cer", 1546008698, "Robocall Adjudication",
            "remediation@blocker.example.net",          "",         ""};
}

std::string signed_card(const sip::RedressCard& card) {
    return sip::signed_token(sip::header_of(card), sip::payload_of(card), "example.net");
}

std::string signed_payload(const std::string& payload) {
    return sip::signed_token(sip::header_of(example()), payload, "example.net");
}

}  // namespace

TEST_CASE("what is signed of the card of RFC 8688 4.1 is, octet for octet, what stands there") {
    const std::string token = signed_card(example());
    CHECK(token.substr(0, token.rfind('.')) ==
          "eyJhbGciOiJFUzI1NiIsInR5cCI6InZjYXJkK2pzb24iLCJ4NXUiOiJodHRwczovL2NlcnRzLmV4YW1wbGUubmV0L3JlamVjdF9rZXkuY2Vy"
          "In0."
          "eyJpYXQiOjE1NDYwMDg2OTgsImpjYXJkIjpbInZjYXJkIixbWyJ2ZXJzaW9uIix7fSwidGV4dCIsIjQuMCJdLFsiZm4iLHt9LCJ0ZXh0Iiwi"
          "Um9ib2Nh"
          "bGwgQWRqdWRpY2F0aW9uIl0sWyJlbWFpbCIseyJ0eXBlIjoid29yayJ9LCJ0ZXh0IiwicmVtZWRpYXRpb25AYmxvY2tlci5leGFtcGxlLm5l"
          "dCJdXV19");
    CHECK(sip::token_holds(token, "example.net"));
    CHECK_FALSE(sip::token_holds(token, "example.org"));
    CHECK(sip::read_card(token) == example());
    // Another address under the same signature.
    sip::RedressCard other = example();
    other.email = "someone@example.org";
    CHECK_FALSE(sip::token_holds(
        signed_card(other).substr(0, signed_card(other).rfind('.')) + token.substr(token.rfind('.')), "example.net"));
}

TEST_CASE("a card gives every way to get in touch, each as a property of its type") {
    sip::RedressCard card = example();
    card.page = "https://blocker.example.net/adjudication-form";
    card.telephone = "tel:+1-555-555-0112";
    CHECK(sip::payload_of(card) ==
          R"({"iat":1546008698,"jcard":["vcard",[["version",{},"text","4.0"],["fn",{},"text","Robocall Adjudication"],)"
          R"(["email",{"type":"work"},"text","remediation@blocker.example.net"],)"
          R"(["url",{"type":"work"},"uri","https://blocker.example.net/adjudication-form"],)"
          R"(["tel",{"type":"work"},"uri","tel:+1-555-555-0112"]]]})");
    CHECK(sip::read_card(signed_card(card)) == card);
}

TEST_CASE("a card is read however its JSON is formatted, and not without what RFC 8688 3.2 demands") {
    const auto card =
        sip::read_card(signed_payload("{ \"jcard\" : [\"vcard\",\n [ [\"version\",{},\"text\",\"4.0\"], [\"tel\", {}, "
                                      "\"uri\", \"tel:+1\"] ] ],\n \"iat\" : 5 }"));
    REQUIRE(card);
    CHECK(card->telephone == "tel:+1");
    CHECK(card->issued_at == 5);
    for (const char* const payload :
         {"", "{}", "[]", "{\"iat\":5}", "{\"jcard\":[\"vcard\",[[\"tel\",{},\"uri\",\"tel:+1\"]]]}",
          "{\"iat\":5,\"jcard\":[\"vcard\",[[\"fn\",{},\"text\",\"Nobody to be reached\"]]]}",
          "{\"iat\":5,\"jcard\":[\"vcard\"]}",
          "{\"iat\":5,\"jcard\":[\"vcard\",[[],[1,2,3,4],[\"tel\",{},\"uri\"]]]}"}) {
        CAPTURE(payload);
        CHECK_FALSE(sip::read_card(signed_payload(payload)));
    }
    CHECK_FALSE(sip::read_card(sip::signed_token(R"({"alg":"ES256","typ":"passport","x5u":"https://a.example"})",
                                                 sip::payload_of(example()), "example.net")));
    CHECK_FALSE(sip::read_card("no token"));
}

TEST_CASE("Call-Info refers to a card only with purpose=jwscard") {
    CHECK(sip::card_location("<https://block.example.net/complaint-jws>;purpose=jwscard") ==
          "https://block.example.net/complaint-jws");
    CHECK_FALSE(sip::card_location("<https://block.example.net/card>;purpose=card"));
    CHECK_FALSE(sip::card_location("https://block.example.net;purpose=jwscard"));
    CHECK_FALSE(sip::card_location(""));
}
