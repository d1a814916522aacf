// Who calls: signed, told, withheld, blocked.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "sip/passport.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

// A call from +12125550142 to +12125550199, signed when a flow begins.
std::string signed_call(const std::string& attestation, const std::string& signed_number = "12125550142") {
    sip::Passport passport;
    passport.credential = "https://cert.example.net/1.crt";
    passport.attestation = attestation;
    passport.origin = signed_number;
    passport.issued_at = 1700000000;  // when a flow begins
    passport.destination = "12125550199";
    passport.origin_id = "123e4567-e89b-12d3-a456-426655440000";
    const std::string token = sip::signed_token(passport, "carrier");
    return "1 > 2 INVITE caller=+12125550142 | P-Asserted-Identity: <tel:+12125550142> | Identity: " + token +
           ";info=<https://cert.example.net/1.crt>;alg=ES256;ppt=shaken";
}

std::string refused(const std::string& response) { return "\n2 > 1 " + response + "\n1 > 2 ACK to=y\n"; }

}  // namespace

TEST_CASE("the attestation level is told as a note") {
    CHECK(judged_flow(signed_call("A")).find("note attested-full 1 {number: 12125550142}") != std::string::npos);
    CHECK(judged_flow(signed_call("B")).find("note attested-partial 1 {number: 12125550142}") != std::string::npos);
    CHECK(judged_flow(signed_call("C")).find("note attested-gateway 1 {number: 12125550142}") != std::string::npos);
    CHECK(worse_than_notes(judged_flow(signed_call("A"))) == "");
}

TEST_CASE("a number that was changed after it was signed") {
    CHECK(worse_than_notes(judged_flow(signed_call("A", "12125550100"))) == "warning identity-number-differs\n");
    CHECK(worse_than_notes(judged_flow(signed_call("A", "12125550100") + refused("438 to=y"))) ==
          "fault identity-number-refused\n");
    CHECK(worse_than_notes(judged_flow(signed_call("A") + refused("438 to=y"))) == "fault identity-invalid\n");
}

TEST_CASE("a signature that cannot be read, and an old one that is none of this kind") {
    CHECK(judged_flow("1 > 2 INVITE | Identity: abc.def;info=<https://cert.example.net/1.crt>") ==
          "warning identity-unreadable 1 {from: 192.0.2.1:5060}\n");
    CHECK(judged_flow("1 > 2 INVITE | Identity: \"CyI4+nAkHrH3ntmaxgr01TMxTmtjP7MASwliNRdupRI1vpkXRvZXx1ja9k0nB2s\"") ==
          "");
}

TEST_CASE("a date that is far from the clock of the capture") {
    const std::string dated = "1 > 2 INVITE | Date: Tue, 14 Nov 2023 22:";
    const std::string compact = " GMT | Identity: ..c2ln;info=<https://cert.example.net/1.crt>;alg=ES256";
    CHECK(judged_flow(dated + "13:50" + compact) == "");
    CHECK(judged_flow(dated + "15:20" + compact) == "warning identity-stale 1 {seconds: -120, limit: 60}\n");
    CHECK(judged_flow(dated + "15:20" + compact, {{"identity-stale.seconds", 300}}) == "");
    CHECK(worse_than_notes(judged_flow(dated + "15:20" + compact + refused("403 to=y phrase=Stale_Date"))) ==
          "fault identity-stale-refused\n");
}

TEST_CASE("a missing signature where one is demanded") {
    CHECK(judged_flow("1 > 2 INVITE" + refused("428 to=y")) ==
          "fault identity-missing 1 2 {from: 192.0.2.2:5060, method: INVITE}\n");
    CHECK(worse_than_notes(judged_flow(signed_call("A") + refused("428 to=y"))) == "fault identity-form\n");
}

TEST_CASE("who blocked the call, and where to complain") {
    CHECK(judged_flow("1 > 2 INVITE" +
                      refused("608 to=y | Call-Info: <https://block.example.com/card>;purpose=jwscard")) ==
          "fault blocked-by-analytics 1 2 {from: 192.0.2.2:5060, card: https://block.example.com/card}\n");
    CHECK(judged_flow("1 > 2 INVITE" + refused("608 to=y")) ==
          "fault blocked-by-analytics 1 2 {from: 192.0.2.2:5060, card: none}\n");
    CHECK(judged_flow("1 > 2 INVITE" + refused("603 to=y phrase=Network_Blocked | Reason: "
                                               "Q.850;cause=21;text=\"v=analytics1;tel=+12125550111\"")) ==
          "fault network-blocked 1 2 {from: 192.0.2.2:5060, redress: +12125550111}\n");
    CHECK(judged_flow("1 > 2 INVITE" + refused("603 to=y phrase=Decline")) == "");
    CHECK(judged_flow("1 > 2 INVITE" + refused("603 to=y phrase=Decline | Reason: "
                                               "Q.850;cause=21;text=\"v=analytics1;url=https://block.example\"")) ==
          "fault network-blocked 1 2 {from: 192.0.2.2:5060, redress: https://block.example}\n");
    CHECK(worse_than_notes(judged_flow("1 > 2 INVITE" + refused("607 to=y"))) == "warning call-unwanted\n");
}

TEST_CASE("a caller whom the network could not verify, and one who is withheld") {
    CHECK(judged_flow("1 > 2 INVITE | P-Asserted-Identity: <tel:+12125550142;verstat=TN-Validation-Failed>") ==
          "warning verification-failed 1 {field: P-Asserted-Identity, from: 192.0.2.1:5060}\n");
    CHECK(judged_flow("1 > 2 INVITE | P-Asserted-Identity: <tel:+12125550142;verstat=TN-Validation-Passed>") == "");
    CHECK(judged_flow("1 > 2 INVITE caller=anonymous" + refused("433 to=y")) ==
          "fault anonymity-refused 1 2 {from: 192.0.2.2:5060, caller: <sip:anonymous@192.0.2.1>}\n");
}

TEST_CASE("a number with and without its country's code is the same") {
    CHECK(worse_than_notes(judged_flow(signed_call("A", "2125550142"))) == "");
}

namespace {

// What follows "Identity: " in a signed call.
std::string signature(const std::string& attestation, const std::string& signed_number) {
    const std::string call = signed_call(attestation, signed_number);
    return call.substr(call.find("| Identity: ") + 12);
}

}  // namespace

TEST_CASE("of several signatures one that holds is enough, and a number may have parameters of its own") {
    CHECK(worse_than_notes(judged_flow(signed_call("A", "12125550100") + ", " + signature("A", "12125550142"))) == "");
    CHECK(worse_than_notes(judged_flow(signed_call("A", "12125550100") + ", " + signature("A", "12125550111"))) ==
          "warning identity-number-differs\n");
    const std::string verified =
        "1 > 2 INVITE | P-Asserted-Identity: <sip:+12125550142;verstat=TN-Validation-Passed@h>"
        " | Identity: ";
    CHECK(worse_than_notes(judged_flow(verified + signature("A", "12125550142"))) == "");
    CHECK(worse_than_notes(judged_flow(verified + signature("A", "12125550100"))) == "");  // From holds no number
    const std::string from_number = "1 > 2 INVITE caller=+12125550142;verstat=TN-Validation-Passed | Identity: ";
    CHECK(worse_than_notes(judged_flow(from_number + signature("A", "12125550142"))) == "");
    CHECK(worse_than_notes(judged_flow(from_number + signature("A", "12125550100"))) ==
          "warning identity-number-differs\n");
    CHECK(worse_than_notes(judged_flow("1 > 2 INVITE caller=142 | Identity: " + signature("A", "12125550142"))) == "");
}

TEST_CASE("a call that is signed anew after 438 has not failed") {
    const std::string compact = "1 > 2 INVITE | Identity: ..c2ln;info=<https://cert.example.net/1.crt>;alg=ES256";
    const std::string again =
        "1 > 2 INVITE cseq=2 branch=b caller=+12125550142 | Identity: " + signature("A", "12125550142") + "\n2 > 1 ";
    CHECK(worse_than_notes(judged_flow(compact + refused("438 to=y"))) == "fault identity-invalid\n");
    CHECK(worse_than_notes(judged_flow(compact + refused("438 to=y") + again + "180 cseq=2 branch=b to=y\n")) == "");
    CHECK(worse_than_notes(judged_flow(compact + refused("438 to=y") + again + "438 cseq=2 branch=b to=y\n")) ==
          "fault identity-invalid\nfault identity-invalid\n");
}

TEST_CASE("what a proxy carries on is told once, and what a second attempt says is told too") {
    const std::string dated =
        " | Date: Tue, 14 Nov 2023 22:11:00 GMT | Identity: "
        "..c2ln;info=<https://cert.example.net/1.crt>;alg=ES256\n";
    CHECK(judged_flow("1 > 2 INVITE" + dated + "2 > 3 INVITE branch=b,a" + dated) ==
          "warning identity-stale 1 {seconds: 140, limit: 60}\n");
    CHECK(judged_flow("1 > 2 INVITE" + dated + "2 > 3 INVITE branch=b,a" + dated +
                      "3 > 2 403 branch=b,a to=y phrase=Stale_Date\n2 > 1 403 to=y phrase=Stale_Date\n") ==
          "fault identity-stale-refused 2 3 {from: 192.0.2.3:5060, seconds: 140}\n");
    CHECK(judged_flow("1 > 2 INVITE" + refused("407 to=y") +
                      "1 > 2 INVITE cseq=2 branch=b\n2 > 1 183 cseq=2 branch=b to=y | Reason: STIR;cause=436\n") ==
          "warning identity-problem-reported 4 5 {code: 436, from: 192.0.2.2:5060}\n");
}
