// Logs as the same values as captures: messages with time and addresses, where the log has them.
#include <doctest/doctest.h>

#include <iostream>

#include "capture/answer_key.h"
#include "capture/log.h"
#include "capture/packets.h"
#include "sip/message.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

std::string time_told(std::string_view line) {
    const capture::TimeTold told = capture::time_in(line);
    if (told.clock == capture::Clock::none) return "none";
    const auto micro = std::chrono::duration_cast<std::chrono::microseconds>(told.time).count();
    return (told.clock == capture::Clock::date ? "date " : "day ") + std::to_string(micro);
}

std::string way_told(std::string_view line, capture::Side side = capture::Side::unknown) {
    const capture::WayTold way = capture::way_in(line, side);
    return to_text(way.from) + " > " + to_text(way.to);
}

}  // namespace

TEST_CASE("the time of a line is found as logs write it") {
    CHECK(time_told("2022/03/01 20:52:38.761521 192.168.1.210:42459 -> 192.168.1.131:5060") == "date 1646167958761521");
    CHECK(time_told("U 2022-03-01T20:52:38.5Z") == "date 1646167958500000");
    CHECK(time_told("[2020-12-20 07:06:22] NOTICE[1]: x") == "date 1608447982000000");
    CHECK(time_told("2026-11-22\t14:34:10.844547\t1795358050.844547: Aborting") == "date 1795358050844547");
    CHECK(time_told("1795358050.844547 sent") == "date 1795358050844547");
    CHECK(time_told("9975417133.000000 sent") == "none");  // no clock of nanoseconds goes so far
    CHECK(time_told("time=\"9975417133000\" sent") == "none");
    CHECK(time_told("recv 980 bytes from udp/[192.0.2.7]:5060 at 20:52:38.761521:") == "day 75158761521");
    CHECK(time_told("Mar  1 20:52:38 host asterisk[4]:") == "day 75158000000");
    CHECK(time_told("10:51:24,250 DEBUG") == "day 39084250000");
    CHECK(time_told("00:1b:44:11:3a:b7 and 2001:db8::10:20:30") == "none");
    CHECK(time_told("Sent to udp:192.0.2.7:5060 at 30/11/2026 10:12:13:456 (987 bytes):") == "day 36733456000");
    CHECK(time_told("2026.11.30 10:12:13:456 CET | Info") == "date 1796033533456000");
    CHECK(time_told("242 11302026 101213.020000:1.01.00.38939.Info") == "date 1796033533020000");
    CHECK(time_told("1130101213.020|sip  |0|00|>>> Data Send") == "day 36733020000");
    CHECK(time_told("\"micro_ts\": 1796033533.020000") == "date 1796033533020000");
    // A month with a name leaves no doubt which of the numbers is the day.
    for (const char* line : {"Mon Nov 30 10:12:13 2026", "Nov 30 10:12:13 CET 2026:", "30 Nov 2026 10:12:13 GMT",
                             "[30/Nov/2026:10:12:13 +0000]", "2026-Nov-30 10:12:13", "Nov 30, 2026 10:12:13",
                             "Mon Nov 30 2026 10:12:13 GMT+0100"})
        CHECK(time_told(line) == "date 1796033533000000");
    CHECK(time_told("Nov 30 10:12:13 host app[2026]:") == "day 36733000000");
    CHECK(time_told("DEBUG | 20261130-101213.020 | x") == "date 1796033533020000");
    CHECK(time_told("20261130T101213Z") == "date 1796033533000000");
    CHECK(time_told("[11-30-2026:10.12.13.020000]") == "day 36733020000");
    CHECK(time_told("Recv from udp: 192.0.2.7:5060 00:10:12:13:020 (937 bytes)") == "day 36733020000");
    CHECK(time_told("11/30/2026 12:12:13 AM") == "day 733000000");
    CHECK(time_told("11/30/2026 10:12:13.020 PM x") == "day 79933020000");
    CHECK(time_told("time=\"1796033533020\"") == "date 1796033533020000");
    CHECK(time_told("number 1796033533020") == "none");
    CHECK(time_told("00:10:12: //-1/xxxxxxxxxxxx/SIP/Msg") == "day 612000000");
    CHECK(time_told("25:00:00 12:61:00 port 5060") == "none");
}

TEST_CASE("between whom a message went is found as logs write it") {
    using capture::Side;
    CHECK(way_told("U 192.0.2.1:42459 -> 192.0.2.2:5060 #1") == "192.0.2.1:42459 > 192.0.2.2:5060");
    CHECK(way_told("IP 192.0.2.1.42459 > 192.0.2.2.5060: SIP") == "192.0.2.1:42459 > 192.0.2.2:5060");
    CHECK(way_told("IP6 2001:db8::1.5060 > 2001:db8::2.5061: SIP") == "[2001:db8::1]:5060 > [2001:db8::2]:5061");
    CHECK(way_told("[2001:db8::1]:5060 --> [2001:db8::2]:5061") == "[2001:db8::1]:5060 > [2001:db8::2]:5061");
    CHECK(way_told("192.0.2.1:5060 <- 192.0.2.2:5060") == "192.0.2.2:5060 > 192.0.2.1:5060");
    CHECK(way_told("recv 980 bytes from udp/[192.0.2.7]:5060 at 20:52:38.761521:") == "192.0.2.7:5060 > ");
    CHECK(way_told("send 980 bytes to udp/[192.0.2.7]:5060 at 20:52:38.761521:") == " > 192.0.2.7:5060");
    CHECK(way_told("<--- Transmitting (NAT) to 192.0.2.7:5060 --->") == " > 192.0.2.7:5060");
    CHECK(way_told("Internet Protocol Version 4, Src: 192.0.2.1, Dst: 192.0.2.2") == "192.0.2.1:0 > 192.0.2.2:0");
    CHECK(way_told("received from IP/port:192.0.2.7/5060, Local IP/port:192.0.2.1/5061", Side::received) ==
          "192.0.2.7:5060 > ");
    CHECK(way_told("Incoming SIP TCP message from 192.0.2.7 on port 5060 index 12") == "192.0.2.7:5060 > ");
    CHECK(way_told("Outgoing SIP UDP message to 192.0.2.7:[5060]:") == " > 192.0.2.7:5060");
    CHECK(way_told("DEBUG -> udp:192.0.2.7:5060") == " > 192.0.2.7:5060");
    CHECK(way_told("DEBUG <<< 192.0.2.7:5060") == "192.0.2.7:5060 > ");
    CHECK(way_told("\"10:12:13\",\"192.0.2.1:5060\",\"192.0.2.2:5061\",") == "192.0.2.1:5060 > 192.0.2.2:5061");
    // The host that syslog names neither sent nor received.
    CHECK(way_told("Nov 30 10:12:13 192.0.2.9 SIPMESSAGE: Outbound SIP message to 192.0.2.7:5060") ==
          " > 192.0.2.7:5060");
    CHECK(way_told("2026-11-30 10:12:13\tLocal4.Info\t192.0.2.9\tNov 30 10:12:13 192.0.2.9 X: Inbound SIP message from "
                   "192.0.2.7:5060",
                   Side::received) == "192.0.2.7:5060 > ");
    CHECK(way_told("<166>Nov 30 10:12:13 192.0.2.9 GS_LOG: Send SIP message:", Side::sent) == " > ");
    CHECK(way_told("Nov 30 10:12:13 192.0.2.1 -> 192.0.2.2") == "192.0.2.1:0 > 192.0.2.2:0");
    const capture::WayTold resolved =
        capture::way_in("12:13:58 IP pbx.example.com.39184 > 192.0.2.2.5060: UDP", Side::unknown);
    CHECK(resolved.from_name == "pbx.example.com.39184");
    CHECK(to_text(resolved.to) == "192.0.2.2:5060");
    const capture::WayTold blotted =
        capture::way_in("U 2009/05/08 66.227.1xx.2xx:5060 -> 24.33.2xx.3xx:5060", Side::unknown);
    CHECK(blotted.from_name == "66.227.1xx.2xx:5060");
    CHECK(blotted.to_name == "24.33.2xx.3xx:5060");
    CHECK(way_told("a > b") == " > ");
    // Which end is which, whoever sends.
    CHECK(way_told("- IN: my=192.0.2.1%12:5060 peer=192.0.2.7 port=5062 UDP", Side::received) ==
          "192.0.2.7:5062 > 192.0.2.1:0");
    CHECK(way_told("egress: { L192.0.2.1:5060/R192.0.2.7:5061/TLS/0x8ef }", Side::sent) ==
          "192.0.2.1:5060 > 192.0.2.7:5061");
    CHECK(way_told("msg=write to=192.0.2.7:5060", Side::sent) == " > 192.0.2.7:5060");
    CHECK(way_told("Received from ('192.0.2.7', 5060)", Side::received) == "192.0.2.7:5060 > ");
    CHECK(way_told("7,c1@192.0.2.9,INVITE,,udp:192.0.2.1:5060,udp:192.0.2.7:5061,in") ==
          "192.0.2.1:5060 > 192.0.2.7:5061");
    CHECK(way_told("[00:0b:82:aa:bb:cc] [1.0.11.2] Received SIP message", Side::received) == " > ");
    CHECK(way_told("Message 192.0.2.7:5060", Side::received) == "192.0.2.7:5060 > ");
    CHECK(way_told("agent 4.6.1 of alice@192.0.2.1") == " > ");
}

TEST_CASE("values with names say between whom a message went") {
    const auto told = [](std::string_view line) {
        const auto fact = capture::fact_in(line);
        if (!fact) return std::string("no value");
        return (fact->from ? to_text(*fact->from) : "-") + " " + (fact->to ? to_text(*fact->to) : "-") + " " +
               std::to_string(fact->from_port) + " " + std::to_string(fact->to_port);
    };
    CHECK(told("srcip: 192.0.2.1") == "192.0.2.1:0 - 0 0");
    CHECK(told("  \"dstIp\": \"192.0.2.2\",") == "- 192.0.2.2:0 0 0");
    CHECK(told("\"source_port\": 5060") == "- - 5060 0");
    CHECK(told("destination.address: 2001:db8::2") == "- [2001:db8::2]:0 0 0");
    CHECK(told("toip: udp:192.0.2.2:5060") == "- 192.0.2.2:5060 0 0");
    CHECK(told("from=\"192.0.2.1:5060\" ") == "192.0.2.1:5060 - 0 0");
    CHECK(told("topic: 192.0.2.2") == "- - 0 0");
    CHECK(told("from: alice@192.0.2.2") == "- - 0 0");
    CHECK(told("Received from udp:192.0.2.2") == "no value");
    CHECK(told("10:12:13") == "no value");
}

TEST_CASE("an export tells times and addresses of its messages, whatever their order in it") {
    evidence::Vocabulary words;
    for (const char* name : {"Via", "CSeq", "Call-ID"}) words.add_field(name);
    capture::Captured captured;
    captured.read_log(
        R"({"data":[{"srcIp":"192.0.2.1","raw":"OPTIONS sip:h SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n","dstIp":"192.0.2.2",)"
        R"("srcPort":5060,"dstPort":5061,"timestamp":1796033533020},{"raw":"SIP/2.0 200 OK\r\nCSeq: 1 OPTIONS\r\n",)"
        R"("source":{"ip":"192.0.2.2"},"srcIp":"192.0.2.2","dstIp":"192.0.2.1","dstPort":5060,"timestamp":1796033534020}]})",
        words);
    captured.read_log(picture(R"(
        time: 1796033535.020000
        proto: udp ipv4
        srcip: 192.0.2.1
        srcport: 5060
        dstip: 192.0.2.2
        dstport: 5061
        ~~~~~~~~~~~~~~~~~~~~
        BYE sip:h SIP/2.0
        CSeq: 2 BYE
    )"),
                      words);
    REQUIRE(captured.messages.size() == 3);
    const auto told = [&](std::size_t at) {
        const capture::Message& one = captured.messages[at];
        return to_text(one.from) + " > " + to_text(one.to) + " at " +
               std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(one.time).count());
    };
    CHECK(told(0) == "192.0.2.1:5060 > 192.0.2.2:5061 at 1796033533020");
    CHECK(told(1) == "192.0.2.2:0 > 192.0.2.1:5060 at 1796033534020");
    CHECK(told(2) == "192.0.2.1:5060 > 192.0.2.2:5061 at 1796033535020");
}

TEST_CASE("what a log says of a message behind it is said of that message") {
    evidence::Vocabulary words;
    for (const char* name : {"Via", "CSeq", "Call-ID"}) words.add_field(name);
    const auto told = [&](const std::string& text) {
        capture::Captured captured;
        captured.read_log(text, words);
        std::string all;
        for (const capture::Message& one : captured.messages)
            all += sip::label_of(*sip::parse(one.octets).message) + " " + to_text(one.from) + " > " + to_text(one.to) +
                   " " + std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(one.time).count()) + "\n";
        return all;
    };
    CHECK(told(picture(R"(
        (N 1) ---- Incoming SIP Message from 192.0.2.7:5060 to SIPInterface #1 ----
        OPTIONS sip:h SIP/2.0
        CSeq: 1 OPTIONS

         [Time:30-11@10:12:13.020]
        (N 2) ---- Outgoing SIP Message to 192.0.2.7:5060 from SIPInterface #1 ----
        SIP/2.0 200 OK
        CSeq: 1 OPTIONS

         [Time:30-11@10:12:14.020]
    )")) == "OPTIONS 192.0.2.7:5060 >  36733020\n200 OK  > 192.0.2.7:5060 36734020\n");
    CHECK(told(picture(R"(
        *************************** 1. row ***************************
        time_stamp: 2026-11-30 10:12:13
               msg: OPTIONS sip:h SIP/2.0
        CSeq: 1 OPTIONS

            method: OPTIONS
            fromip: udp:192.0.2.1:5060
              toip: udp:192.0.2.7:5061
        *************************** 2. row ***************************
        time_stamp: 2026-11-30 10:12:14
               msg: SIP/2.0 200 OK
        CSeq: 1 OPTIONS

            method: OPTIONS
            fromip: udp:192.0.2.7:5061
              toip: udp:192.0.2.1:5060
    )")) ==
          "OPTIONS 192.0.2.1:5060 > 192.0.2.7:5061 1796033533000\n"
          "200 OK 192.0.2.7:5061 > 192.0.2.1:5060 1796033534000\n");
    CHECK(told("1,2026-11-30 10:12:13,\"OPTIONS sip:h SIP/2.0\nCSeq: 1 "
               "OPTIONS\n\",udp:192.0.2.1:5060,udp:192.0.2.7:5061\n") ==
          "OPTIONS 192.0.2.1:5060 > 192.0.2.7:5061 1796033533000\n");
    // Of an export: the other end and which way, before it or behind.
    CHECK(
        told(
            R"({"ts":"2026-11-30T10:12:13Z","raw":"OPTIONS sip:h SIP/2.0\r\nCSeq: 1 OPTIONS\r\n","direction":"outbound",)"
            R"("remote_ip":"192.0.2.7","remote_port":5060})") == "OPTIONS  > 192.0.2.7:5060 1796033533000\n");
    // A packet of which the octets are printed alone.
    CHECK(told(picture(R"(
        0000   02 00 00 00 00 02 02 00 00 00 00 01 08 00 45 00
        0010   00 45 00 01 00 00 40 11 00 00 c0 00 02 01 c0 00
        0020   02 07 13 c4 13 c5 00 31 00 00 4f 50 54 49 4f 4e
        0030   53 20 73 69 70 3a 68 20 53 49 50 2f 32 2e 30 0d
        0040   0a 43 53 65 71 3a 20 31 20 4f 50 54 49 4f 4e 53
        0050   0d 0a 0d
    )")) == "OPTIONS 192.0.2.1:5060 > 192.0.2.7:5061 0\n");
}

TEST_CASE("a log gives its messages with what it says of them") {
    capture::Captured captured;
    evidence::Vocabulary words;
    for (const char* name : {"Via", "From", "To", "Call-ID", "CSeq"}) words.add_field(name);
    const auto& summary = captured.read_log(picture(R"(
        23:59:59.900000 recv 320 bytes from udp/[192.0.2.7]:5060:
        INVITE sip:bob@192.0.2.1 SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.7:5060;branch=z9hG4bK1
        CSeq: 1 INVITE

        00:00:00.100000 send 320 bytes to udp/[192.0.2.7]:5060:
        SIP/2.0 180 Ringing
        Via: SIP/2.0/TCP 192.0.2.7:5060;branch=z9hG4bK1
        CSeq: 1 INVITE

        F3 200 OK Bob -> Proxy 1
        SIP/2.0 200 OK
        CSeq: 1 INVITE
    )"),
                                            words);
    captured.arrange();
    CHECK(summary.format == capture::Summary::Format::log);
    REQUIRE(captured.messages.size() == 3);
    const auto& [first, second, third] = std::tie(captured.messages[0], captured.messages[1], captured.messages[2]);
    CHECK(to_text(first.from) == "192.0.2.7:5060");
    CHECK_FALSE(first.to.known());
    CHECK(first.side == capture::Side::received);
    CHECK(first.clock == capture::Clock::day);
    CHECK(second.side == capture::Side::sent);
    CHECK(second.time - first.time == std::chrono::milliseconds(200));  // past midnight
    CHECK(second.transport == capture::Transport::tcp);
    CHECK(second.frames.front() == 7);
    CHECK(second.frames.back() == 9);
    CHECK(third.from_name == "Bob");
    CHECK(third.to_name == "Proxy 1");
    CHECK(third.clock == capture::Clock::none);
    CHECK(third.rebuilt);
}

TEST_CASE("every log of others gives the messages that LOGS.csv counts") {
    if (shared_folder().empty()) {
        std::cout << "skipped: there are no logs beside the repository\n";
        return;
    }
    const evidence::Vocabulary words = corpus_vocabulary();
    const auto corpus = shared_folder() / "corpus";
    int files = 0, timed = 0, addressed = 0, messages = 0;
    for (const Row& row : rows_of(content_of(corpus / "logs/LOGS.csv"))) {
        const std::string& file = row.at("file");
        // A packet list has a line for each message and no message; a "see note" counts none.
        if (row.at("sip_messages").find_first_not_of("0123456789") != std::string::npos ||
            file == "logs/tools/tshark-summary.txt")
            continue;
        CAPTURE(file);
        capture::Captured captured;
        captured.read_log(content_of(corpus / file), words);
        captured.arrange();
        ++files;
        std::map<std::string, std::uint64_t> codes;
        for (const auto& [code, many] : captured.codes) codes[std::to_string(code)] = many;
        CHECK(std::to_string(captured.messages_seen) == row.at("sip_messages"));
        CHECK(counted(captured.methods) == row.at("methods"));
        CHECK(counted(codes) == row.at("status_codes"));
        for (const capture::Message& one : captured.messages) {
            ++messages;
            timed += one.clock != capture::Clock::none ? 1 : 0;
            addressed += one.from.known() || one.to.known() || !one.from_name.empty() ? 1 : 0;
        }
    }
    std::cout << "logs: " << files << " read, " << messages << " messages, " << timed << " with time, " << addressed
              << " with addresses or names\n";
    CHECK(files > 90);
}

TEST_CASE("logs of one capture by several tools tell its times and addresses") {
    if (shared_folder().empty()) {
        std::cout << "skipped: there are no logs beside the repository\n";
        return;
    }
    const auto corpus = shared_folder() / "corpus";
    capture::Captured packets;
    packets.read_file((corpus / "captures/matustakacs__ring_decline.pcap").string());
    packets.arrange();
    REQUIRE(packets.messages.size() == 12);
    const evidence::Vocabulary words = corpus_vocabulary();
    for (const char* const tool : {"ngrep-byline", "sngrep-export", "tcpdump-A", "tcpdump-tttt-v"}) {
        CAPTURE(tool);
        capture::Captured log;
        log.read_log(content_of(corpus / "logs/tools" / (std::string(tool) + ".txt")), words);
        log.arrange();
        REQUIRE(log.messages.size() == 12);
        const auto offset = packets.messages[0].time - log.messages[0].time;  // another zone, or no date
        for (std::size_t i = 0; i < 12; ++i) {
            CAPTURE(i);
            CHECK(log.messages[i].from == packets.messages[i].from);
            CHECK(log.messages[i].to == packets.messages[i].to);
            const auto apart = packets.messages[i].time - log.messages[i].time - offset;
            CHECK(apart < std::chrono::microseconds(2));
            CHECK(apart > std::chrono::microseconds(-2));
        }
    }
}
