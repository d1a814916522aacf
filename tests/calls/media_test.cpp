// Media of calls that are written out here, against the session that holds at that moment.
#include "calls/media.h"

#include <doctest/doctest.h>

#include <iostream>
#include <regex>
#include <set>
#include <sstream>

#include "calls/media_script.h"
#include "capture/packets.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

struct Read {
    capture::Captured captured;
    calls::Calls calls;
    calls::Media media;
};

Read read(capture::Captured captured) {
    Read all;
    all.captured = std::move(captured);
    all.calls = calls::group(all.captured);
    all.media = media_of(all.captured, all.calls);
    return all;
}
Read read(std::string_view script) { return read(scripted(script)); }

std::string ms(capture::Time time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) + " ms";
}

std::string number(std::size_t message) { return message == calls::none ? "?" : "#" + std::to_string(message + 1); }

// "#1 > #3 answered, #5 < refused 488 by #6; holds #3-#9 of #1"
std::string told(const calls::Negotiation& one) {
    std::string text;
    for (const calls::Exchange& exchange : one.exchanges) {
        text += (text.empty() ? "" : ", ") + number(exchange.offer) +
                (exchange.offered_by == calls::End::caller ? " > " : " < ");
        switch (exchange.state) {
            case calls::Exchange::State::open: text += "open"; break;
            case calls::Exchange::State::answered: text += number(exchange.answer); break;
            case calls::Exchange::State::refused:
                text += "refused " + std::to_string(exchange.status) + " by " + number(exchange.settled_by);
                break;
            case calls::Exchange::State::unanswered: text += "unanswered in " + number(exchange.settled_by); break;
        }
        if (exchange.again) text += " again";
        if (exchange.undone_by != calls::none) text += " undone by " + number(exchange.undone_by);
    }
    for (const calls::Period& period : one.periods)
        text += "; " + number(one.exchanges[period.exchange].offer) + " holds " + number(period.begun_by) + "-" +
                number(period.ended_by);
    return text;
}

std::string negotiated(std::string_view script) {
    const capture::Captured captured = scripted(script);
    const calls::Calls calls = calls::group(captured);
    std::string text;
    for (std::size_t story = 0; story < calls.stories.size(); ++story)
        for (const calls::Negotiation& one : negotiations_of(captured, calls, story)) text += told(one) + "\n";
    return text;
}

std::string name_of(calls::Match match) {
    switch (match) {
        case calls::Match::announced: return "announced";
        case calls::Match::candidate: return "candidate";
        case calls::Match::other_port: return "other port";
        case calls::Match::signalling: return "signalling";
        case calls::Match::elsewhere: return "elsewhere";
    }
    return {};
}

// "audio > may 50 from announced to announced"
std::string told(const calls::MediaSession& session) {
    std::string text;
    for (const calls::Stream& stream : session.streams)
        for (const calls::Direction* direction : {&stream.from_caller, &stream.from_callee}) {
            text += stream.media + (direction->from == calls::End::caller ? " > " : " < ") +
                    (direction->may_send ? "may " : "may not ") + std::to_string(direction->packets);
            for (const calls::FlowOf& flow : direction->flows)
                text += std::string(flow.control ? ", rtcp" : "") + " from " + name_of(flow.from) + " to " +
                        name_of(flow.to);
            text += '\n';
        }
    return text;
}

std::string told(const Read& all) {
    std::string text;
    for (const calls::MediaSession& session : all.media.sessions) text += told(session);
    return text;
}

const std::string call = R"(
    0         1 > 2 INVITE sdp=audio:192.0.2.1:6000:0.8
    500       2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0
    520       1 > 2 ACK to=y
    9000      1 > 2 BYE cseq=2 to=y
    9010      2 > 1 200 of=BYE branch=BYE cseq=2 to=y
)";

}  // namespace

TEST_CASE("who offers and who answers, in which messages") {
    CHECK(negotiated(call) == "#1 > #2; #1 holds #2-#4\n");
    // RFC 3261 13.2.1: the offer may be in the 2xx, its answer is in the ACK then.
    CHECK(negotiated(R"(
        0    1 > 2 INVITE
        500  2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0
        520  1 > 2 ACK to=y sdp=audio:192.0.2.1:6000:0
    )") == "#2 < #3; #2 holds #3-?\n");
    CHECK(negotiated(R"(
        0    1 > 2 INVITE
        500  2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0
        520  1 > 2 ACK to=y
    )") == "#2 < unanswered in #3\n");
    CHECK(negotiated(R"(
        0    1 > 2 INVITE sdp=audio:192.0.2.1:6000:0
        500  2 > 1 200 to=y
        520  1 > 2 ACK to=y
    )") == "#1 > unanswered in #2\n");
    CHECK(negotiated("0 1 > 2 INVITE sdp=audio:192.0.2.1:6000:0\n") == "#1 > open\n");
    CHECK(negotiated("0 1 > 2 INVITE\n9 2 > 1 486 to=y\n").empty());
    CHECK(negotiated(R"(
        0    1 > 2 INVITE sdp=audio:192.0.2.1:6000:0
        500  2 > 1 488 to=y
        510  1 > 2 ACK branch=INVITE to=y
    )") == "#1 > refused 488 by #2\n");
}

TEST_CASE("early media: the answer in 183 holds, the same in 200 says nothing new, another one does") {
    const std::string begin = R"(
        0    1 > 2 INVITE sdp=audio:192.0.2.1:6000:0.8
        100  2 > 1 183 to=y sdp=audio:192.0.2.2:7000:0
    )";
    CHECK(negotiated(begin + "500  2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0\n520 1 > 2 ACK to=y\n") ==
          "#1 > #2; #1 holds #2-?\n");
    CHECK(negotiated(begin + "500  2 > 1 200 to=y sdp=audio:192.0.2.9:7000:0\n520 1 > 2 ACK to=y\n") ==
          "#1 > #2, #1 > #3 again; #1 holds #2-#3; #1 holds #3-?\n");
    CHECK(negotiated(begin + "500  2 > 1 486 to=y\n") == "#1 > #2 undone by #3; #1 holds #2-#3\n");
}

TEST_CASE("PRACK and UPDATE offer and answer too") {
    CHECK(negotiated(R"(
        0    1 > 2 INVITE
        100  2 > 1 183 to=y sdp=audio:192.0.2.2:7000:0
        110  1 > 2 PRACK cseq=2 to=y sdp=audio:192.0.2.1:6000:0
        120  2 > 1 200 of=PRACK cseq=2 to=y
        500  2 > 1 200 to=y
        520  1 > 2 ACK to=y
        900  2 > 1 UPDATE cseq=1 from=y to=x sdp=audio:192.0.2.2:7002:0
        910  1 > 2 200 of=UPDATE cseq=1 from=y to=x sdp=audio:192.0.2.1:6000:0
        950  2 > 1 UPDATE cseq=2 branch=v from=y to=x sdp=audio:192.0.2.2:7004:0
        960  1 > 2 491 of=UPDATE branch=v cseq=2 from=y to=x
    )") == "#2 < #3, #7 < #8, #9 < refused 491 by #10; #2 holds #3-#8; #7 holds #8-?\n");
}

TEST_CASE("a refused re-INVITE leaves the session as it was") {
    const std::string begin = R"(
        0     1 > 2 INVITE sdp=audio:192.0.2.1:6000:0
        500   2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0
        520   1 > 2 ACK to=y
        2000  2 > 1 INVITE branch=r cseq=1 from=y to=x sdp=audio:192.0.2.2:7000:0:sendonly
    )";
    CHECK(negotiated(begin + "2100 1 > 2 488 branch=r cseq=1 from=y to=x\n") ==
          "#1 > #2, #4 < refused 488 by #5; #1 holds #2-?\n");
    CHECK(negotiated(begin + R"(
        2100 1 > 2 183 branch=r cseq=1 from=y to=x sdp=audio:192.0.2.1:6000:0:recvonly
        2200 1 > 2 500 branch=r cseq=1 from=y to=x
    )") == "#1 > #2, #4 < #5 undone by #6; #1 holds #2-#5; #4 holds #5-#6; #1 holds #6-?\n");
    const Read held = read(begin + R"(
        2100      1 > 2 200 branch=r cseq=1 from=y to=x sdp=audio:192.0.2.1:6000:0:recvonly
        520-1980  192.0.2.1:6000 > 192.0.2.2:7000
        520-5000  192.0.2.2:7000 > 192.0.2.1:6000
    )");
    REQUIRE(held.media.sessions.size() == 1);
    const calls::Stream& stream = held.media.sessions[0].streams.at(0);
    REQUIRE(stream.from_caller.activity.size() == 2);
    CHECK(stream.from_caller.activity[0].may_send);
    CHECK(!stream.from_caller.activity[1].may_send);
    CHECK(ms(stream.from_caller.activity[1].active) == "0 ms");
    CHECK(stream.from_callee.activity[1].may_send);
    CHECK(ms(stream.from_callee.activity[1].active) == "2900 ms");
    CHECK(stream.from_callee.activity[1].packets == doctest::Approx(145).epsilon(0.01));
}

TEST_CASE("media goes as announced, and each direction has its account") {
    const Read all = read(call + R"(
        540-8980  192.0.2.1:6000 > 192.0.2.2:7000 lose=5.6.7
        560-6000  192.0.2.2:7000 > 192.0.2.1:6000 pt=8 ssrc=9
        600-8600  192.0.2.1:6001 > 192.0.2.2:7001 rtcp every=4000
    )");
    CHECK(all.media.captured);
    CHECK(told(all) ==
          "audio > may 420 from announced to announced, rtcp from announced to announced\n"
          "audio < may 273 from announced to announced\n");
    const calls::Direction &there = all.media.sessions[0].streams[0].from_caller,
                           &back = all.media.sessions[0].streams[0].from_callee;
    CHECK(there.lost == 3);
    CHECK(there.loss() == doctest::Approx(3.0 / 423));
    CHECK(ms(there.longest_gap) == "80 ms");
    CHECK(ms(*there.after_answer) == "40 ms");
    CHECK(ms(*there.before_end) == "20 ms");
    CHECK(there.control_packets == 3);
    CHECK(there.jitter_known);
    CHECK(there.jitter < 1);
    REQUIRE(there.types.size() == 1);
    CHECK(there.types[0].agreed);
    CHECK(there.types[0].name == "PCMU");
    CHECK(ms(*back.before_end) == "3000 ms");
    // Offered, yet the answer left it out (RFC 3264 6.1).
    REQUIRE(back.types.size() == 1);
    CHECK(back.types[0].listed);
    CHECK(!back.types[0].agreed);
    CHECK(back.types[0].name == "PCMA");
}

TEST_CASE("a capture of signalling alone says nothing about media, one with media of others does") {
    const Read alone = read(call);
    CHECK(!alone.media.captured);
    CHECK(!alone.media.sessions[0].captured);
    const Read beside = read(call + "540-8980  203.0.113.1:6000 > 203.0.113.2:7000\n");
    CHECK(beside.media.captured);
    CHECK(!beside.media.sessions[0].captured);
    CHECK(told(beside) == "audio > may 0\naudio < may 0\n");
    CHECK(beside.media.sessions[0].stray.empty());
}

TEST_CASE("media from elsewhere and to elsewhere than announced") {
    // Bob announces his private address; his packets come through a NAT, and Alice sends back there.
    const Read nat = read(R"(
        0         1 > 2 INVITE sdp=audio:192.0.2.1:6000:0
        500       2 > 1 200 to=y sdp=audio:10.0.0.5:7000:0
        520       1 > 2 ACK to=y
        540-3000  198.51.100.7:40000 > 192.0.2.1:6000 ssrc=9
        600-3000  192.0.2.1:6000 > 198.51.100.7:40000
        540-590   192.0.2.1:6000 > 10.0.0.5:7000
    )");
    CHECK(told(nat) ==
          "audio > may 124 from announced to announced from announced to elsewhere\n"
          "audio < may 124 from elsewhere to announced\n");
    const calls::Announcement& bob = nat.media.sessions[0].streams[0].callee.at(0);
    CHECK(bob.private_from_public());
    CHECK(bob.reach == capture::Reach::private_use);
    CHECK(!nat.media.sessions[0].streams[0].caller[0].private_from_public());

    const Read port = read(call + "540-3000  192.0.2.2:7010 > 192.0.2.1:6000\n");
    CHECK(told(port) == "audio > may 0\naudio < may 124 from other port to announced\n");
    const Read stray = read(call + "540-3000  192.0.2.2:7010 > 192.0.2.1:6010\n");
    CHECK(told(stray) == "audio > may 0\naudio < may 0\n");
    CHECK(stray.media.sessions[0].stray == std::vector<std::size_t>{0});
}

TEST_CASE("a private address whose message came from a private one is a network of its own") {
    const Read inside = read(R"(
        0    10.0.0.1:5060 > 10.0.0.2:5060 INVITE sdp=audio:10.0.0.1:6000:0
        500  10.0.0.2:5060 > 10.0.0.1:5060 200 to=y sdp=audio:10.0.0.2:7000:0
    )");
    CHECK(!inside.media.sessions[0].streams[0].caller[0].private_from_public());
}

TEST_CASE("each fork has its own media, told apart by whence it comes") {
    const Read forked = read(R"(
        0         1 > 2 INVITE sdp=audio:192.0.2.1:6000:0
        100       2 > 1 183 to=y sdp=audio:192.0.2.3:7000:0
        200       2 > 1 183 to=z sdp=audio:192.0.2.4:7000:0
        500       2 > 1 200 to=z sdp=audio:192.0.2.4:7000:0
        520       1 > 2 ACK to=z
        110-490   192.0.2.3:7000 > 192.0.2.1:6000 ssrc=3
        210-2000  192.0.2.4:7000 > 192.0.2.1:6000 ssrc=4
        540-2000  192.0.2.1:6000 > 192.0.2.4:7000 ssrc=1
    )");
    REQUIRE(forked.media.sessions.size() == 2);
    CHECK(told(forked) ==
          "audio > may 0\n"
          "audio < may 20 from announced to announced\n"
          "audio > may 74 from announced to announced\n"
          "audio < may 90 from announced to announced\n");
    CHECK(!forked.media.sessions[0].negotiation.confirmed());
    CHECK(forked.media.sessions[1].negotiation.accepted == 3);
    CHECK(ms(*forked.media.sessions[1].streams[0].from_callee.after_acceptance) == "-290 ms");
    CHECK(ms(*forked.media.sessions[1].streams[0].from_callee.after_answer) == "10 ms");
}

TEST_CASE("a relay on the way makes two sessions of one call, a proxy that changes nothing does not") {
    const std::string relayed = R"(
        0     1 > 9 INVITE branch=a sdp=audio:192.0.2.1:6000:0
        10    9 > 2 INVITE branch=b,a sdp=audio:MIDDLE:0
        500   2 > 9 200 branch=b,a to=y sdp=audio:192.0.2.2:7000:0
        510   9 > 1 200 branch=a to=y sdp=audio:OTHER:0
        520   1 > 9 ACK to=y
        530   9 > 2 ACK branch=l,k to=y
        540-2000  192.0.2.1:6000 > OTHER ssrc=1
        541-2001  MIDDLE > 192.0.2.2:7000 ssrc=1
    )";
    const auto with = [&](std::string script, const std::string& middle, const std::string& other) {
        for (const auto& [name, address] : {std::pair("MIDDLE", middle), std::pair("OTHER", other)})
            for (std::size_t at = 0; (at = script.find(name)) != std::string::npos;)
                script.replace(at, std::string(name).size(), address);
        return read(script);
    };
    CHECK(told(with(relayed, "192.0.2.9:8000", "192.0.2.9:8002")) ==
          "audio > may 74 from announced to announced\naudio < may 0\n"
          "audio > may 74 from announced to announced\naudio < may 0\n");
    const Read passed = with(relayed, "192.0.2.1:6000", "192.0.2.2:7000");
    REQUIRE(passed.media.sessions.size() == 1);
    CHECK(passed.media.sessions[0].negotiation.between.size() == 2);
    CHECK(told(passed.media.sessions[0].negotiation) == "#1 > #4; #1 holds #4-?");
}

TEST_CASE("streams on the same ports at other times belong to other calls") {
    const Read two = read(R"(
        0            1 > 2 INVITE call=one sdp=audio:192.0.2.1:6000:0
        100          2 > 1 200 call=one to=y sdp=audio:192.0.2.2:7000:0
        120          1 > 2 ACK call=one to=y
        140-2000     192.0.2.1:6000 > 192.0.2.2:7000 ssrc=1
        2010         1 > 2 BYE call=one cseq=2 to=y
        10000        1 > 2 INVITE call=two branch=t from=q sdp=audio:192.0.2.1:6000:0
        10100        2 > 1 200 call=two branch=t from=q to=r sdp=audio:192.0.2.2:7000:0
        10120        1 > 2 ACK call=two from=q to=r
        10140-11000  192.0.2.1:6000 > 192.0.2.2:7000 ssrc=2
    )");
    REQUIRE(two.media.sessions.size() == 2);
    CHECK(two.media.sessions[0].streams[0].from_caller.packets == 94);
    CHECK(two.media.sessions[1].streams[0].from_caller.packets == 44);
}

TEST_CASE("media that goes on after BYE, and streams that bundle or fax") {
    const Read late = read(call + "540-12000  192.0.2.2:7000 > 192.0.2.1:6000\n");
    CHECK(ms(*late.media.sessions[0].streams[0].from_callee.before_end) == "-3000 ms");
    const Read fax = read(R"(
        0    1 > 2 INVITE sdp=audio:192.0.2.1:6000:0+image:192.0.2.1:6002:t38
        500  2 > 1 200 to=y sdp=audio:192.0.2.2:0:0+image:192.0.2.2:7002:t38
    )");
    REQUIRE(fax.media.sessions[0].streams.size() == 2);
    CHECK(fax.media.sessions[0].holding(0, 0) == nullptr);
    CHECK(fax.media.sessions[0].holding(0, 1) != nullptr);
    CHECK(fax.media.sessions[0].streams[0].callee[0].refused);
}

TEST_CASE("a second file with the same packets counts them once") {
    const std::string one = scripted_octets(call + "540-3000  192.0.2.1:6000 > 192.0.2.2:7000 lose=3\n");
    capture::Captured captured;
    captured.read_octets(one);
    captured.read_octets(one);
    captured.arrange();
    const Read all = read(std::move(captured));
    CHECK(all.captured.flows.size() == 2);
    CHECK(all.media.sessions.at(0).streams[0].from_caller.packets == 123);
    CHECK(all.media.sessions[0].streams[0].from_caller.lost == 1);
}

TEST_CASE("streams of captures made by others are found as tshark finds them, with as many packets and losses") {
    if (shared_folder().empty() || !has_program("tshark")) {
        std::cout << "skipped: there are no captures beside the repository, or no tshark\n";
        return;
    }
    // Of a relay whose other leg has no SIP, and of a call whose description was not captured.
    const std::set<std::string> nobodys = {"200.57.7.199:4800 > 200.57.7.196:40378 58f33dea",
                                           "200.57.7.196:40378 > 200.57.7.199:4800 d2bd4e3e",
                                           "200.57.7.202:30000 > 200.57.7.196:40362 2e3d"};
    const std::regex line(
        R"(\s*[\d.]+\s+[\d.]+\s+(\S+)\s+(\d+)\s+(\S+)\s+(\d+)\s+0x([0-9A-F]+)\s+.+?\s+(\d+)\s+(-?\d+) \(.*)");
    int streams = 0;
    for (const std::string name :
         {"goffinet__RTP-Protocol.pcap", "goffinet__SIP-Call-Flow-Over-TCP.pcap", "goffinet__private-test-sip.pcapng",
          "goffinet__sip-flow-private-3.pcapng", "goffinet__sip-flow-private.pcapng", "goffinet__sip.pcapng",
          "goffinet__test_voip.pcapng", "goffinet__voip-extension.pcap", "heplify__rtp_rtcp_sip_ipv4_udp.pcap",
          "sipnab__SIP_DTMF2.cap", "sipnab__h263-over-rtp.pcap", "sipnab__register-invite-reinvite-bye.pcap",
          "sipnab__sip-rtp-g711.pcap", "sipnab__sip-rtp-g729a.pcap"}) {
        const std::string file = (shared_folder() / "corpus/captures" / name).string();
        capture::Captured captured;
        captured.read_file(file);
        captured.arrange();
        const Read all = read(std::move(captured));
        std::set<std::string> ours;
        for (const calls::MediaSession& session : all.media.sessions)
            for (const calls::Stream& stream : session.streams)
                for (const calls::Direction* direction : {&stream.from_caller, &stream.from_callee})
                    for (const calls::FlowOf& one : direction->flows) {
                        const capture::MediaFlow& flow = all.captured.flows[one.flow];
                        std::ostringstream text;
                        text << to_text(flow.from) << " > " << to_text(flow.to) << std::hex << ' ' << flow.ssrc
                             << std::dec << ' ' << flow.packets << ' ' << flow.lost();
                        ours.insert(text.str());
                    }
        std::istringstream table(
            run("tshark -q --enable-heuristic rtp_udp -z rtp,streams -r '" + file + "' 2>/dev/null").out);
        for (std::string text; std::getline(table, text);) {
            std::smatch found;
            if (!std::regex_match(text, found, line)) continue;
            std::ostringstream stream;
            stream << found[1] << ':' << found[2] << " > " << found[3] << ':' << found[4] << ' ' << std::hex
                   << std::stoul(found[5].str(), nullptr, 16);
            if (nobodys.contains(stream.str())) continue;
            ++streams;
            const std::string theirs = stream.str() + ' ' + found[6].str() + ' ' +
                                       std::to_string(std::max(0, std::stoi(found[7].str())));  // less than 0: repeated
            CHECK_MESSAGE(ours.contains(theirs), name, ": ", theirs);
        }
    }
    CHECK(streams == 29);
}
