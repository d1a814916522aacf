// Transactions, dialogs and stories of messages that are written out here.
#include "calls/calls.h"

#include <doctest/doctest.h>

#include "calls/flow.h"
#include "calls/outline.h"
#include "capture/packets.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

std::string story_told(const Flow& all, std::size_t story = 0) {
    const calls::Story& one = all.calls.stories.at(story);
    std::string text = std::string(name_of(one.kind)) + ' ' + std::string(name_of(one.outcome));
    if (one.status != 0) text += ' ' + std::to_string(one.status);
    if (one.answered_by != calls::none) text += " by " + host_of(all.calls.parties[one.answered_by].address);
    return text;
}

// "INVITE 1 486 ack", with the parent's place behind "under", each transaction a line.
std::string transactions_told(const Flow& all) {
    std::string text;
    for (const calls::Transaction& one : all.calls.transactions) {
        text += std::string(one.method) + ' ' + std::to_string(one.cseq) + ' ' + std::to_string(one.status) + " of " +
                std::to_string(one.messages.size());
        if (one.ack != calls::none) text += " ack";
        if (one.cancelled_by != calls::none) text += " cancelled";
        if (one.parent != calls::none) text += " under " + std::to_string(one.parent);
        if (one.after_challenge != calls::none) text += " after " + std::to_string(one.after_challenge);
        text += '\n';
    }
    return text;
}

std::string repeats_told(const Flow& all) {
    std::string text;
    for (const calls::Placed& one : all.calls.placed)
        text += one.repeat == calls::Repeat::original         ? "."
                : one.repeat == calls::Repeat::retransmission ? "r"
                : one.repeat == calls::Repeat::copy           ? "c"
                                                              : "n";
    return text;
}

}  // namespace

TEST_CASE("a busy callee: one transaction with its ACK, refused by the callee") {
    const Flow all = flow(R"(
        1 > 2 INVITE
        2 > 1 100
        2 > 1 180 to=y
        2 > 1 486 to=y
        1 > 2 ACK to=y
    )");
    CHECK(story_told(all) == "call refused 486 by 192.0.2.2");
    CHECK(transactions_told(all) == "INVITE 1 486 of 5 ack\n");
    REQUIRE(all.calls.dialogs.size() == 1);
    CHECK(all.calls.dialogs[0].state == calls::Dialog::State::failed);
    CHECK(all.calls.stories[0].caller == "<sip:alice@192.0.2.1>;tag=x");
}

TEST_CASE("an answered call: its dialog is confirmed by the 2xx and ended by BYE, whoever sends it") {
    const Flow all = flow(R"(
        1 > 2 INVITE
        2 > 1 180 to=y
        2 > 1 200 to=y
        1 > 2 ACK branch=b to=y
        2 > 1 BYE branch=c cseq=1 from=y to=x
        1 > 2 200 of=BYE branch=c cseq=1 from=y to=x
    )");
    CHECK(story_told(all) == "call ended 200 by 192.0.2.2");
    CHECK(transactions_told(all) == "INVITE 1 200 of 3 ack\nACK 1 0 of 1\nBYE 1 200 of 2\n");
    REQUIRE(all.calls.dialogs.size() == 1);
    CHECK(all.calls.dialogs[0].state == calls::Dialog::State::ended);
    CHECK(all.calls.dialogs[0].made_by == 1);
    CHECK(all.calls.dialogs[0].confirmed_by == 2);
    CHECK(all.calls.dialogs[0].ended_by == 4);
    for (const std::size_t message : {1, 2, 3, 4, 5}) CHECK(all.calls.placed[message].dialog == 0);
}

TEST_CASE("a transfer that is over does not end the call in which it was asked for") {
    const std::string call =
        "1 > 2 INVITE\n2 > 1 200 to=y\n1 > 2 ACK to=y branch=k\n1 > 2 REFER cseq=2 branch=r to=y\n"
        "2 > 1 202 of=REFER cseq=2 branch=r to=y\n2 > 1 NOTIFY branch=n from=y to=x | Subscription-State: "
        "terminated;reason=noresource\n1 > 2 200 of=NOTIFY branch=n from=y to=x\n";
    CHECK(story_told(flow(call)) == "call answered 200 by 192.0.2.2");
    CHECK(story_told(flow(call + "1 > 2 BYE cseq=3 branch=b to=y\n")) == "call ended 200 by 192.0.2.2");
}

TEST_CASE("the other ends of a call") {
    CHECK(story_told(flow("1 > 2 INVITE")) == "call unanswered");
    CHECK(story_told(flow("1 > 2 INVITE\n2 > 1 100")) == "call trying 100");
    CHECK(story_told(flow("1 > 2 INVITE\n2 > 1 180 to=y")) == "call ringing 180");
    CHECK(story_told(flow("1 > 2 INVITE\n2 > 1 200 to=y")) == "call answered 200 by 192.0.2.2");
    CHECK(story_told(flow("1 > 2 INVITE\n2 > 1 302 to=y")) == "call redirected 302 by 192.0.2.2");
    CHECK(story_told(flow("1 > 2 INVITE\n2 > 1 407 to=y")) == "call challenged 407 by 192.0.2.2");
    // Challenged to credentials, it was refused; unless only the nonce had grown stale.
    const auto again = [](const std::string& stale) {
        return story_told(flow(
            "1 > 2 INVITE\n2 > 1 407 to=y | Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"\n1 > 2 ACK to=y\n"
            "1 > 2 INVITE cseq=2 branch=b | Proxy-Authorization: Digest username=\"u\", realm=\"r\", nonce=\"n\", "
            "uri=\"sip:b\", response=\"0\"\n2 > 1 407 cseq=2 branch=b to=z | Proxy-Authenticate: Digest realm=\"r\", "
            "nonce=\"m\"" +
            stale + "\n"));
    };
    CHECK(again("") == "call refused 407 by 192.0.2.2");
    CHECK(again(", stale=true") == "call challenged 407 by 192.0.2.2");
    const Flow cancelled = flow(R"(
        1 > 2 INVITE
        2 > 1 180 to=y
        1 > 2 CANCEL
        2 > 1 200 of=CANCEL to=y
        2 > 1 487 to=y
        1 > 2 ACK to=y
    )");
    CHECK(story_told(cancelled) == "call cancelled 487 by 192.0.2.2");
    CHECK(transactions_told(cancelled) == "INVITE 1 487 of 4 ack cancelled\nCANCEL 1 200 of 2\n");
    // A CANCEL that came too late changes nothing.
    CHECK(story_told(flow("1 > 2 INVITE\n1 > 2 CANCEL\n2 > 1 200 to=y")) == "call answered 200 by 192.0.2.2");
    CHECK(story_told(flow("1 > 2 INVITE\n1 > 2 CANCEL\n2 > 1 486 to=y")) == "call refused 486 by 192.0.2.2");
}

TEST_CASE("a challenge is answered by another transaction of the same story, and the last attempt counts") {
    const Flow all = flow(R"(
        1 > 2 REGISTER
        2 > 1 401 of=REGISTER to=y
        1 > 2 REGISTER cseq=2 branch=b | Contact: <sip:a@192.0.2.1>
        2 > 1 200 of=REGISTER cseq=2 branch=b to=z
    )");
    CHECK(story_told(all) == "registration registered 200 by 192.0.2.2");
    CHECK(transactions_told(all) == "REGISTER 1 401 of 2\nREGISTER 2 200 of 2 after 0\n");
    CHECK(story_told(flow("1 > 2 REGISTER | Contact: *\n2 > 1 200 of=REGISTER to=y")) ==
          "registration registered 200 by 192.0.2.2");
    CHECK(story_told(flow("1 > 2 REGISTER | Contact: <sip:a@192.0.2.1>;expires=0\n2 > 1 200 of=REGISTER to=y")) ==
          "registration removed 200 by 192.0.2.2");
}

TEST_CASE("what is sent again is a repetition; what says something new is not") {
    const Flow all = flow(R"(
        1 > 2 INVITE
        1 > 2 INVITE after=500
        2 > 1 180 to=y
        2 > 1 180 to=y after=500
        2 > 1 183 to=y
        2 > 1 183 to=y | RSeq: 2
        2 > 1 180 to=z
        2 > 1 200 to=y
        2 > 1 200 to=y after=500
        1 > 2 ACK branch=b to=y
        1 > 2 ACK branch=b to=y after=500
    )");
    CHECK(repeats_told(all) == ".r.r....r.r");
    CHECK(all.calls.stories[0].repeated == 4);
    // The same request before and behind a NAT is neither sent again nor another transaction.
    const Flow nat =
        flow("1 > 2 OPTIONS\n9 > 2 OPTIONS branch=a\n2 > 9 200 of=OPTIONS to=y\n2 > 1 200 of=OPTIONS to=y");
    CHECK(repeats_told(nat) == ".n.n");
    CHECK(nat.calls.transactions.size() == 1);
}

TEST_CASE("hop by hop: a proxy's request is under the one that it received, and who answered is found behind it") {
    const Flow all = flow(R"(
        1 > 2 INVITE branch=a
        2 > 1 100 branch=a
        2 > 3 INVITE branch=p,a
        3 > 2 180 branch=p,a to=y
        2 > 1 180 branch=a to=y
        3 > 2 486 branch=p,a to=y
        2 > 3 ACK branch=p,a to=y
        2 > 1 486 branch=a to=y
        1 > 2 ACK branch=a to=y
    )");
    CHECK(transactions_told(all) == "INVITE 1 486 of 5 ack\nINVITE 1 486 of 4 ack under 0\n");
    CHECK(story_told(all) == "call refused 486 by 192.0.2.3");
    CHECK(all.calls.stories[0].path == std::vector<std::size_t>{0, 1});
    CHECK(all.calls.stories[0].decided_by == 5);
    // A proxy that says something else than it was told decided itself.
    const Flow other = flow(R"(
        1 > 2 INVITE branch=a
        2 > 3 INVITE branch=p,a
        3 > 2 503 branch=p,a to=y
        2 > 1 500 branch=a to=z
    )");
    CHECK(story_told(other) == "call refused 500 by 192.0.2.2");
}

TEST_CASE("a forked call: branches, dialogs, and which was answered") {
    const Flow all = flow(R"(
        1 > 2 INVITE branch=a
        2 > 3 INVITE branch=p,a
        2 > 4 INVITE branch=q,a
        3 > 2 180 branch=p,a to=y
        4 > 2 180 branch=q,a to=z
        2 > 1 180 branch=a to=y
        2 > 1 180 branch=a to=z
        4 > 2 200 branch=q,a to=z
        2 > 1 200 branch=a to=z
        2 > 3 CANCEL branch=p
        3 > 2 200 of=CANCEL branch=p to=y
        3 > 2 487 branch=p,a to=y
        1 > 4 ACK branch=k to=z
    )");
    CHECK(story_told(all) == "call answered 200 by 192.0.2.4");
    REQUIRE(all.calls.stories[0].forks.size() == 1);
    const calls::Fork& fork = all.calls.stories[0].forks[0];
    CHECK(fork.transaction == 0);
    CHECK(fork.branches == std::vector<std::size_t>{1, 2});
    CHECK(fork.parallel);
    REQUIRE(fork.winner != calls::none);
    CHECK(all.calls.dialogs[fork.winner].callee_tag == "z");
    REQUIRE(fork.dialogs.size() == 2);
    CHECK(all.calls.dialogs[fork.dialogs[0]].state == calls::Dialog::State::failed);
    CHECK(all.calls.transactions[1].cancelled_by != calls::none);
    // One after the other is no parallel search; answers alone tell a fork behind what was captured.
    const Flow serial = flow(R"(
        1 > 2 INVITE branch=a
        2 > 3 INVITE branch=p,a
        3 > 2 486 branch=p,a to=y
        2 > 4 INVITE branch=q,a
        4 > 2 200 branch=q,a to=z
        2 > 1 200 branch=a to=z
    )");
    REQUIRE(serial.calls.stories[0].forks.size() == 1);
    CHECK_FALSE(serial.calls.stories[0].forks[0].parallel);
    const Flow beyond = flow("1 > 2 INVITE\n2 > 1 180 to=y\n2 > 1 180 to=z\n2 > 1 200 to=z");
    REQUIRE(beyond.calls.stories[0].forks.size() == 1);
    CHECK(beyond.calls.stories[0].forks[0].branches.empty());
    CHECK(beyond.calls.stories[0].forks[0].dialogs.size() == 2);
}

TEST_CASE(
    "a capture behind the proxy knows the fork by the Via that all branches share, and a second server as another "
    "try") {
    const Flow behind = flow(R"(
        2 > 3 INVITE branch=p,a
        2 > 4 INVITE branch=q,a
        4 > 2 200 branch=q,a to=z
        2 > 3 CANCEL branch=p
        3 > 2 487 branch=p,a to=y
    )");
    CHECK(story_told(behind) == "call answered 200 by 192.0.2.4");
    REQUIRE(behind.calls.stories[0].forks.size() == 1);
    CHECK(behind.calls.stories[0].forks[0].transaction == calls::none);
    CHECK(behind.calls.stories[0].forks[0].branches == std::vector<std::size_t>{0, 1});
    const Flow second =
        flow("1 > 2 INVITE\n2 > 1 503 to=y\n1 > 2 ACK to=y\n1 > 3 INVITE branch=b\n3 > 1 200 branch=b to=z");
    CHECK(story_told(second) == "call answered 200 by 192.0.2.3");
    CHECK(second.calls.stories[0].forks.empty());
}

TEST_CASE("without the cookie, requests are matched as RFC 2543 wants") {
    const Flow all = flow(R"(
        1 > 2 INVITE
        2 > 1 486 to=y
    )");
    CHECK(all.calls.transactions[0].by_cookie);
    const std::string invite =
        "INVITE sip:bob@192.0.2.2 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060\r\nFrom: <sip:a@b>;tag=x\r\nTo: "
        "<sip:bob@192.0.2.2>\r\nCall-ID: old\r\nCSeq: 7 INVITE\r\n\r\n";
    const std::string busy =
        "SIP/2.0 486 Busy\r\nVia: SIP/2.0/UDP 192.0.2.1:5060\r\nFrom: <sip:a@b>;tag=x\r\nTo: "
        "<sip:bob@192.0.2.2>;tag=y\r\nCall-ID: old\r\nCSeq: 7 INVITE\r\n\r\n";
    const auto captured = captured_of(pcap(at_intervals(
        {udp("192.0.2.1:5060", "192.0.2.2:5060", invite, 1), udp("192.0.2.2:5060", "192.0.2.1:5060", busy, 2)})));
    const calls::Calls calls = calls::group(captured);
    REQUIRE(calls.transactions.size() == 1);
    CHECK_FALSE(calls.transactions[0].by_cookie);
    CHECK(calls.transactions[0].status == 486);
}

TEST_CASE("a subscription with its notifications is a story of its own") {
    const Flow active = flow(R"(
        1 > 2 SUBSCRIBE | Expires: 600
        2 > 1 200 of=SUBSCRIBE to=y
        2 > 1 NOTIFY branch=n from=y to=x | Subscription-State: active;expires=600
        1 > 2 200 of=NOTIFY branch=n from=y to=x
    )");
    CHECK(story_told(active) == "subscription active 200 by 192.0.2.2");
    CHECK(active.calls.dialogs.size() == 1);
    CHECK(story_told(flow(R"(
        1 > 2 SUBSCRIBE | Expires: 600
        2 > 1 NOTIFY branch=n from=y to=x | Subscription-State: active
        2 > 1 200 of=SUBSCRIBE to=y
        2 > 1 NOTIFY branch=m cseq=2 from=y to=x | Subscription-State: terminated;reason=noresource
    )")) == "subscription terminated 200 by 192.0.2.2");
    CHECK(story_told(flow("1 > 2 SUBSCRIBE\n2 > 1 489 of=SUBSCRIBE to=y")) == "subscription refused 489 by 192.0.2.2");
    CHECK(story_told(flow("1 > 2 MESSAGE\n2 > 1 200 of=MESSAGE to=y")) == "message accepted 200 by 192.0.2.2");
    CHECK(story_told(flow("1 > 2 OPTIONS\n1 > 2 OPTIONS after=500")) == "options unanswered");
}

TEST_CASE("a call whose beginning was not captured is known as such") {
    const Flow all = flow("1 > 2 INFO branch=b cseq=3 from=x to=y\n2 > 1 200 of=INFO branch=b cseq=3 from=x to=y");
    CHECK(story_told(all) == "call begun_before");
    REQUIRE(all.calls.dialogs.size() == 1);
    CHECK(all.calls.dialogs[0].begun_before);
    CHECK(story_told(flow("2 > 1 BYE branch=b from=y to=x\n1 > 2 200 of=BYE branch=b from=y to=x")) == "call ended");
    CHECK(story_told(flow("2 > 1 486 to=y\n1 > 2 ACK to=y")) == "call refused 486 by 192.0.2.2");
}

TEST_CASE("legs of a back-to-back user agent are linked, with what tells it and how sure that is") {
    const auto linked = [](const std::string& first, const std::string& second, const std::string& between = {}) {
        const Flow all = flow("1 > 2 INVITE call=one from=x " + first + "\n" + between +
                              "2 > 3 INVITE call=two branch=b from=z " + second + "\n");
        if (all.calls.links.empty()) return std::string("none");
        const calls::Link& link = all.calls.links.front();
        CHECK(link.first == 0);
        CHECK(link.second == 1);
        CHECK(!link.evidence.empty());
        return std::string(link.certainty == calls::Certainty::certain  ? "certain"
                           : link.certainty == calls::Certainty::likely ? "likely"
                                                                        : "possible");
    };
    CHECK(linked("", "") == "likely");  // the same numbers, through the same party
    CHECK(linked("user=+33123456789", "user=0123456789 caller=other") == "possible");
    CHECK(linked("user=carol", "user=dave caller=other") == "none");
    CHECK(linked("", "after=20000") == "none");                    // much later
    CHECK(linked("", "", "2 > 1 486 to=y call=one\n") == "none");  // the first was over
    const std::string id = "| Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000";
    CHECK(linked("user=carol " + id, "user=dave caller=other " + id) == "certain");
    CHECK(linked("user=carol", "user=dave caller=other | X-Original-Call-ID: one") == "certain");
    CHECK(linked("user=carol | P-Charging-Vector: icid-value=abc",
                 "user=dave caller=other | P-Charging-Vector: icid-value=abc") == "certain");
    // Two calls of the same people at different hosts are two calls.
    CHECK(flow("1 > 2 INVITE call=one\n1 > 3 INVITE call=two branch=b").calls.links.empty());
}

TEST_CASE("a call that replaces another, and one that a REFER asked for, name their link") {
    const Flow replaced = flow(
        "1 > 2 INVITE call=one\n2 > 1 200 to=y call=one\n3 > 2 INVITE call=two branch=b | Replaces: "
        "one;to-tag=y;from-tag=x");
    REQUIRE(replaced.calls.links.size() == 1);
    CHECK(replaced.calls.links[0].why == calls::Link::Why::replacement);
    const Flow referred = flow(R"(
        1 > 2 INVITE call=one
        2 > 1 200 to=y call=one
        1 > 2 REFER branch=r cseq=2 to=y call=one | Refer-To: <sip:carol@192.0.2.3>
        2 > 3 INVITE call=two branch=b user=carol caller=bob
    )");
    REQUIRE(!referred.calls.links.empty());
    CHECK(referred.calls.links[0].why == calls::Link::Why::transfer);
    CHECK(referred.calls.links[0].through == referred.calls.placed[3].from);
}

TEST_CASE("an outline tells which header fields a message may have, so that the others need not be read") {
    const auto outline = [](std::string_view text) { return calls::outline_of(text); };
    const calls::Outline compact =
        outline("BYE sip:bob@example.com SIP/2.0\r\nM: <sip:a@x>\r\nroute : <sip:p;lr>\r\n\r\n");
    const auto has = [](const calls::Outline& one, std::string_view field) {
        return (one.fields & calls::field_bit(field)) != 0;
    };
    CHECK(has(compact, "Contact"));
    CHECK(has(compact, "CONTACT"));
    CHECK(has(compact, "Route"));
    CHECK_FALSE(has(compact, "Reason"));
    CHECK(compact.has_route);
    CHECK_FALSE(compact.has_record_route);

    CHECK(outline("BYE sip:a@x SIP/2.0\r\nl: 2\r\n\r\nab").length_fits);
    CHECK(outline("BYE sip:a@x SIP/2.0\r\nl: 2\r\n\r\nab").has_body);
    CHECK_FALSE(outline("BYE sip:a@x SIP/2.0\r\nl: 1\r\nl: 2\r\n\r\nab").length_fits);
    CHECK_FALSE(outline("BYE sip:a@x SIP/2.0\nl: 2\n\nab").length_fits);
    CHECK_FALSE(outline("BYE sip:a@x SIP/2.0\r\nl: 0\r\n").length_fits);
}

TEST_CASE("an outline tells whether the top Via may name another host as received") {
    const auto told = [](const std::string& via) {
        return calls::outline_of(std::string_view("SIP/2.0 200 OK\r\n" + via + "\r\nCSeq: 1 BYE\r\n\r\n")).may_tell_nat;
    };
    CHECK_FALSE(told("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa"));
    CHECK_FALSE(told("Via: SIP/2.0/UDP 192.0.2.1:5060;received=192.0.2.1;branch=z9hG4bKa"));
    CHECK(told("Via: SIP/2.0/UDP 10.0.0.1:5060;rport=9;received=192.0.2.1"));
    CHECK(told("v: SIP/2.0/UDP 10.0.0.1:5060; Received = 192.0.2.1"));
    CHECK(told("Via: SIP/2.0/UDP 10.0.0.1;\r\n received=192.0.2.1;branch=z9hG4bKa"));
    CHECK(told("Via: ,\r\nVia: SIP/2.0/UDP 10.0.0.1;received=192.0.2.1"));
    CHECK_FALSE(told("Via: SIP/2.0/UDP 192.0.2.1\r\nVia: SIP/2.0/UDP 10.0.0.1;received=192.0.2.1"));
}

TEST_CASE("an outline finds what stands in folded, compact and repeated header fields") {
    const calls::Outline one = calls::outline_of(
        std::string_view("INVITE sip:bob@example.com SIP/2.0\r\nv: SIP / 2.0 / UDP first.example.com: "
                         "4000;ttl=16;branch=z9hG4bKa , SIP/2.0/UDP b;branch=z9hG4bKb\r\n"
                         "f: \"Alice;tag=no\" <sip:alice@example.com;tag=no>\r\n ;tag=yes\r\nt: "
                         "sip:bob@example.com;tag=bare\r\ni: abc\r\nCSeq:  9\r\n INVITE\r\n\r\n"));
    CHECK(one.method == "INVITE");
    CHECK(one.branch == "z9hG4bKa");
    CHECK(one.branch_below == "z9hG4bKb");
    CHECK(one.from_tag == "yes");
    CHECK(one.to_tag == "bare");
    CHECK(one.call_id == "abc");
    CHECK(one.cseq == 9);
    CHECK(one.cseq_method == "INVITE");
    CHECK(calls::user_in("\"A <b>\" <sip:+33123;x=1@example.com>") == "+33123;x=1");
    CHECK(calls::user_in("<tel:+33123;phone-context=x>") == "+33123");
    CHECK(calls::user_in("sip:example.com") == "");
    CHECK(calls::whole_lines("SIP/2.0 200 OK\r\nCall-ID: cut of") == "SIP/2.0 200 OK\r\n");
}
