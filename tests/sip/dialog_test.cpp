#include <doctest/doctest.h>

#include "sip/dialog.h"
#include "support/text.h"

using namespace sipdex::sip;
using sipdex::test::picture;

namespace {

Message message_of(const char* raw) {
    const Parsed parsed = parse(sipdex::test::on_the_wire(raw) + "\r\n");
    REQUIRE(parsed.message);
    return *parsed.message;
}

// As on the wire, with plain line ends and without Content-Length.
std::string text_of(const Message& message) {
    std::string text = octets_of(message);
    text.resize(text.find("Content-Length"));
    std::erase(text, '\r');
    return text;
}

Via via_with(const char* branch) { return *parse_via("SIP/2.0/UDP pc33.atlanta.com;branch=" + std::string(branch)); }

const char* const invite_text = R"(
    INVITE sip:bob@biloxi.com SIP/2.0
    Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
    Max-Forwards: 70
    Route: <sip:p0.atlanta.com;lr>
    From: Alice <sip:alice@atlanta.com>;tag=88sja8x
    To: Bob <sip:bob@biloxi.com>
    Call-ID: 987asjd97y7atg
    CSeq: 986759 INVITE
    Contact: <sip:alice@pc33.atlanta.com>
    Require: 100rel
    Proxy-Authorization: Digest username="alice"
    Timestamp: 54
)";

// What Bob received: two proxies wished to stay in the path.
Message received_invite() {
    Message invite = message_of(invite_text);
    invite.remove_first("Route");
    invite.put_first("Via", "SIP/2.0/UDP p2.biloxi.com;branch=z9hG4bKp2");
    invite.put_first("Record-Route", "<sip:p1.atlanta.com;lr>");
    invite.put_first("Record-Route", "<sip:p2.biloxi.com;lr>");
    return invite;
}

Message ok_from_bob() {
    Message ok = response_to(received_invite(), 200, "OK", "99sa0xk");
    ok.add("Contact", "<sip:bob@192.0.2.4;transport=udp>");
    return ok;
}

}  // namespace

TEST_CASE("a response copies Via, From, To, Call-ID and CSeq, and tags To") {
    CHECK(text_of(response_to(received_invite(), 486, "Busy Here", "99sa0xk")) == picture(R"(
        SIP/2.0 486 Busy Here
        Via: SIP/2.0/UDP p2.biloxi.com;branch=z9hG4bKp2
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        To: Bob <sip:bob@biloxi.com>;tag=99sa0xk
        Call-ID: 987asjd97y7atg
        CSeq: 986759 INVITE
    )"));
}

TEST_CASE("a 100 has the Timestamp and no tag") {
    CHECK(text_of(response_to(message_of(invite_text), 100, "Trying", "")) == picture(R"(
        SIP/2.0 100 Trying
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        To: Bob <sip:bob@biloxi.com>
        Call-ID: 987asjd97y7atg
        CSeq: 986759 INVITE
        Timestamp: 54
    )"));
}

TEST_CASE("a 200 to an INVITE keeps Record-Route, and a To tag stays as it is") {
    CHECK(ok_from_bob().headers("Record-Route") ==
          std::vector<std::string_view>{"<sip:p2.biloxi.com;lr>", "<sip:p1.atlanta.com;lr>"});
    Message bye = message_of(invite_text);
    bye.method = "BYE";
    bye.set("To", "<sip:bob@biloxi.com>;tag=old");
    CHECK(response_to(bye, 200, "OK", "new").header("To") == "<sip:bob@biloxi.com>;tag=old");
}

TEST_CASE("the ACK for a failure goes the way of the INVITE and has its credentials") {
    const Message invite = message_of(invite_text);
    CHECK(text_of(ack_for_failure(invite, response_to(invite, 486, "Busy Here", "99sa0xk"))) == picture(R"(
        ACK sip:bob@biloxi.com SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
        Max-Forwards: 70
        Route: <sip:p0.atlanta.com;lr>
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        To: Bob <sip:bob@biloxi.com>;tag=99sa0xk
        Call-ID: 987asjd97y7atg
        CSeq: 986759 ACK
        Proxy-Authorization: Digest username="alice"
    )"));
}

TEST_CASE("a CANCEL repeats the INVITE's identity, with its top Via only and without Require") {
    Message invite = message_of(invite_text);
    invite.set("Via",
               "SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff, SIP/2.0/UDP below.atlanta.com;branch=z9hG4bK0");
    CHECK(text_of(cancel_of(invite)) == picture(R"(
        CANCEL sip:bob@biloxi.com SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKkjshdyff
        Max-Forwards: 70
        Route: <sip:p0.atlanta.com;lr>
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        To: Bob <sip:bob@biloxi.com>
        Call-ID: 987asjd97y7atg
        CSeq: 986759 CANCEL
    )"));
}

TEST_CASE("both sides of a call know the same dialog") {
    const auto alice = dialog_at_uac(message_of(invite_text), ok_from_bob());
    const auto bob = dialog_at_uas(received_invite(), ok_from_bob());
    REQUIRE(alice);
    REQUIRE(bob);
    CHECK(alice->id == DialogId{"987asjd97y7atg", "88sja8x", "99sa0xk"});
    CHECK(bob->id == DialogId{"987asjd97y7atg", "99sa0xk", "88sja8x"});
    CHECK(dialog_id_at_uac(ok_from_bob()) == alice->id);
    CHECK(to_text(alice->remote_target) == "sip:bob@192.0.2.4;transport=udp");
    CHECK(to_text(bob->remote_target) == "sip:alice@pc33.atlanta.com");
    CHECK(alice->local_cseq == 986759u);
    CHECK_FALSE(alice->remote_cseq);
    CHECK(bob->remote_cseq == 986759u);
    CHECK_FALSE(bob->local_cseq);
    CHECK_FALSE(alice->early);
}

TEST_CASE("the ACK for a 200 goes through the route set with the INVITE's number and credentials") {
    const Message invite = message_of(invite_text);
    const auto alice = dialog_at_uac(invite, ok_from_bob());
    REQUIRE(alice);
    CHECK(text_of(ack_for_success(*alice, invite, via_with("z9hG4bKack"))) == picture(R"(
        ACK sip:bob@192.0.2.4;transport=udp SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bKack
        Max-Forwards: 70
        Route: <sip:p1.atlanta.com;lr>
        Route: <sip:p2.biloxi.com;lr>
        From: Alice <sip:alice@atlanta.com>;tag=88sja8x
        To: Bob <sip:bob@biloxi.com>;tag=99sa0xk
        Call-ID: 987asjd97y7atg
        CSeq: 986759 ACK
        Proxy-Authorization: Digest username="alice"
    )"));
}

TEST_CASE("a BYE is the next request of its side, in either direction") {
    auto alice = dialog_at_uac(message_of(invite_text), ok_from_bob());
    auto bob = dialog_at_uas(received_invite(), ok_from_bob());
    REQUIRE(alice);
    REQUIRE(bob);
    const Message bye = request_in(*alice, "BYE", via_with("z9hG4bKbye"));
    CHECK(bye.header("CSeq") == "986760 BYE");
    CHECK(to_text(*next_hop(bye)) == "sip:p1.atlanta.com;lr");
    CHECK(dialog_id_at_uas(bye) == bob->id);
    CHECK(take_note(*bob, bye));
    CHECK(bob->remote_cseq == 986760u);
    CHECK(text_of(request_in(*bob, "BYE", *parse_via("SIP/2.0/UDP 192.0.2.4;branch=z9hG4bKb"))) == picture(R"(
        BYE sip:alice@pc33.atlanta.com SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.4;branch=z9hG4bKb
        Max-Forwards: 70
        Route: <sip:p2.biloxi.com;lr>
        Route: <sip:p1.atlanta.com;lr>
        From: Bob <sip:bob@biloxi.com>;tag=99sa0xk
        To: Alice <sip:alice@atlanta.com>;tag=88sja8x
        Call-ID: 987asjd97y7atg
        CSeq: 1 BYE
    )"));
}

TEST_CASE("a strict router gets its own URI as Request-URI and the target last in the route") {
    Dialog dialog;
    dialog.remote_target = *parse_uri("sip:user@remoteua");
    for (const char* route : {"<sip:proxy1>", "<sip:proxy2>", "<sip:proxy3;lr>", "<sip:proxy4>"})
        dialog.route_set.push_back(*parse_name_addr(route));
    const Message request = request_in(dialog, "INFO", via_with("z9hG4bK1"));
    CHECK(request.request_uri == "sip:proxy1");
    CHECK(request.headers("Route") ==
          std::vector<std::string_view>{"<sip:proxy2>", "<sip:proxy3;lr>", "<sip:proxy4>", "<sip:user@remoteua>"});
}

TEST_CASE("a request with an older number is out of order, and a re-INVITE moves the target") {
    auto bob = dialog_at_uas(received_invite(), ok_from_bob());
    REQUIRE(bob);
    Message again = message_of(invite_text);
    again.set("CSeq", "986757 INFO");
    again.method = "INFO";
    CHECK_FALSE(take_note(*bob, again));
    CHECK(bob->remote_cseq == 986759u);
    again.method = "INVITE";
    again.set("CSeq", "986770 INVITE");
    again.set("Contact", "<sip:alice@192.0.2.77>");
    CHECK(take_note(*bob, again));
    CHECK(to_text(bob->remote_target) == "sip:alice@192.0.2.77");
}

TEST_CASE("a 180 with a tag makes an early dialog that the 200 confirms with its route") {
    const Message invite = message_of(invite_text);
    Message ringing = response_to(message_of(invite_text), 180, "Ringing", "99sa0xk");
    ringing.add("Contact", "<sip:bob@192.0.2.4>");
    auto dialog = dialog_at_uac(invite, ringing);
    REQUIRE(dialog);
    CHECK(dialog->early);
    CHECK(dialog->route_set.empty());
    confirm(*dialog, ok_from_bob());
    CHECK_FALSE(dialog->early);
    CHECK(dialog->route_set.size() == 2);
    CHECK(dialog->local_cseq == 986759u);
}

TEST_CASE("100, failures and an untagged 180 establish no dialog") {
    const Message invite = message_of(invite_text);
    for (const auto& [status, tag] :
         std::initializer_list<std::pair<int, const char*>>{{100, "x"}, {180, ""}, {302, "x"}, {486, "x"}}) {
        Message response = response_to(invite, status, "Any", tag);
        response.add("Contact", "<sip:bob@192.0.2.4>");
        CHECK_MESSAGE(!dialog_at_uac(invite, response), response.status);
    }
    CHECK_FALSE(dialog_at_uac(invite, response_to(invite, 200, "OK", "x")));
}
