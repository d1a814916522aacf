// Captures, looked at with the tools that engineers look at captures with.
#include <doctest/doctest.h>

#include <regex>
#include <sstream>

#include "recording/pcap.h"
#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

recording::Recording recorded(simulator::Exchange exchange, const std::string& transport) {
    exchange.network.transport = transport;
    for (auto& link : exchange.network.links) link.transport = transport;
    return simulator::run(exchange);
}

// "192.0.2.1 192.0.2.10 INVITE", one line for each message as sent.
std::string ladder_of(const recording::Recording& recording) {
    std::string lines;
    for (const auto& sent : recording.messages) {
        const auto host = [&](std::size_t actor) {
            const std::string& address = recording.actors[actor].address;
            const std::string all = address.substr(0, address.rfind(':'));
            return all.front() == '[' ? all.substr(1, all.size() - 2) : all;
        };
        lines += host(sent.from) + " " + host(sent.to) + " " +
                 (sent.message.is_request() ? sent.message.method : std::to_string(sent.message.status)) + "\n";
    }
    return lines;
}

// The same as tshark finds it in a capture. A frame may end several messages.
std::string ladder_in(const std::filesystem::path& capture) {
    const Ran ran = run("tshark -r " + capture.string() +
                        " -Y sip -T fields -E separator='|' -e ip.src -e ipv6.src -e ip.dst -e ipv6.dst -e sip.Method "
                        "-e sip.Status-Code");
    CHECK(ran.code == 0);
    std::string lines;
    std::istringstream out(ran.out);
    for (std::string line; std::getline(out, line);) {
        std::string fields[6];
        std::istringstream in(line);
        for (std::string& field : fields) std::getline(in, field, '|');
        lines += fields[0] + fields[1] + " " + fields[2] + fields[3] + " " + fields[4] + fields[5] + "\n";
    }
    return lines;
}

// The same as tshark draws it, in columns as wide as each other, with two lines for each message:
//
//     |Time     | 192.0.2.1                             | 198.51.100.20                         |
//     |         |                   | 192.0.2.10        |                   |
//     |0.000000 |         Request: INVITE sip:          |                   |SIP: Request: INVITE sip:bob@example.com |
//     |         |(5060)   ------------------>  (5060)   |                   |
std::string ladder_drawn_of(const std::filesystem::path& capture) {
    constexpr std::size_t margin = 10, width = 20;
    const Ran ran = run("tshark -q -r " + capture.string() + " -z flow,any,network,sip");
    CHECK(ran.code == 0);
    std::istringstream out(ran.out);
    std::string odd, even, label, arrow, lines;
    std::getline(out, odd), std::getline(out, even);
    const auto host = [&](std::size_t column) {
        const std::string name = (column % 2 == 0 ? odd : even).substr(margin + column * width + 2);
        return name.substr(0, name.find(' '));
    };
    static const std::regex what("(?:Request|Status): (\\w+)");
    while (std::getline(out, label) && std::getline(out, arrow)) {
        const std::size_t left = (arrow.find('(') - margin) / width,
                          right = (arrow.find('|', arrow.rfind(')')) - margin) / width - 1;
        const bool to_the_right = arrow.find('>') != std::string::npos;
        const std::string told = label.substr(label.find("SIP"));
        std::smatch found;
        CHECK_MESSAGE(std::regex_search(told, found, what), label);
        lines +=
            host(to_the_right ? left : right) + " " + host(to_the_right ? right : left) + " " + found.str(1) + "\n";
    }
    return lines;
}

// What tshark takes for wrong: nothing, when all is well. Notes are no complaints: a repeated segment is worth one.
std::string complaints_about(const std::filesystem::path& capture) {
    constexpr int warning = 0x600000;
    return run("tshark -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -o tcp.check_checksum:TRUE -r " +
               capture.string() + " -Y '_ws.malformed || _ws.expert.severity >= " + std::to_string(warning) +
               "' -T fields -e frame.number -e _ws.expert.message")
        .out;
}

// One capture behind another; for one run of a program instead of many.
void append(std::string& captures, const std::string& capture) {
    constexpr std::size_t file_header = 24;
    captures += captures.empty() ? capture : capture.substr(file_header);
}

// Exchanges about messages that tshark cannot take for SIP: another version of it, and a body that is no text.
bool is_flawed(const std::string& id) { return id == "505-version" || id == "493-undecipherable"; }

bool missing(const char* program) {
    if (has_program(program)) return false;
    MESSAGE("skipped: ", program, " is not installed");
    return true;
}

}  // namespace

TEST_CASE("over TCP as over UDP, tshark finds the ladder of every exchange and nothing to complain of") {
    if (missing("tshark")) return;
    const TemporaryFolder folder;
    for (const char* const transport : {"UDP", "TCP"}) {
        CAPTURE(transport);
        std::string together, expected;
        for (const std::string& id : exchange_ids()) {
            if (is_flawed(id)) continue;
            const recording::Recording recording = recorded(exchange_named(id), transport);
            append(together, recording::pcap_of(recording));
            expected += ladder_of(recording);
        }
        const auto file = folder.write("all.pcap", together);
        CHECK(ladder_in(file) == expected);
        CHECK(complaints_about(file) == "");
    }
}

TEST_CASE("a message that is larger than a segment goes in several, and tshark puts it together again") {
    if (missing("tshark")) return;
    const recording::Recording recording = simulator::run(exchange_from(R"(
        shows = [486]
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        [[party]]
        id = "bob"
        kind = "phone"
        name = "Bob"
        address = "192.0.2.2"
        uri = "sip:bob@example.com"
        answers = [{ after = "10ms", status = 486, phrase = "Busy Here" }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@192.0.2.2"
        headers = ["Subject: )" + std::string(3000, 'x') + R"("]
    )"));
    const TemporaryFolder folder;
    const auto file = folder.write("large.pcap", recording::pcap_of(recording));
    CHECK(ladder_in(file) == ladder_of(recording));
    CHECK(complaints_about(file) == "");
    const auto field = [&](const std::string& filter, const std::string& name) {
        return run("tshark -r " + file.string() + " -Y '" + filter + "' -T fields -e " + name).out;
    };
    CHECK(field("sip.Method == INVITE", "tcp.segment.count") == "3\n");
    CHECK(field("tcp.flags.syn == 1", "tcp.options.mss_val") == "1460\n1460\n");
    CHECK(field("sip.Status-Code == 486", "tcp.analysis.acks_frame") == "\n");  // acknowledged before it was answered
}

TEST_CASE("what the network lost stands twice in a TCP stream, and counts once") {
    if (missing("tshark")) return;
    const recording::Recording recording = recorded(exchange_named("200-lost-answer"), "TCP");
    const TemporaryFolder folder;
    const auto file = folder.write("lost.pcap", recording::pcap_of(recording));
    CHECK(run("tshark -r " + file.string() + " -Y tcp.analysis.retransmission -T fields -e frame.number | wc -l").out ==
          "3\n");
    CHECK(ladder_in(file) == ladder_of(recording));
}

TEST_CASE("tshark's statistics count every message of every exchange once") {
    if (missing("tshark")) return;
    const TemporaryFolder folder;
    std::string together;
    std::size_t messages = 0;
    for (const std::string& id : exchange_ids()) {
        if (is_flawed(id)) continue;
        const recording::Recording recording = recorded(exchange_named(id), "TCP");
        append(together, recording::pcap_of(recording));
        messages += recording.messages.size();
    }
    const std::string counted = run("tshark -q -z sip,stat -r " + folder.write("all.pcap", together).string()).out;
    CAPTURE(counted);
    CHECK(counted.find("Number of SIP messages: " + std::to_string(messages) + "\n") != std::string::npos);
}

TEST_CASE("tshark draws the ladder that we draw, of a call that is lost on its way, forked, redirected or challenged") {
    if (missing("tshark")) return;
    const TemporaryFolder folder;
    for (const char* const id :
         {"200-lost-answer", "199-one-phone-busy", "300-several-addresses", "401-register", "487-caller-gives-up"})
        for (const char* const transport : {"UDP", "TCP"}) {
            CAPTURE(id);
            CAPTURE(transport);
            const recording::Recording recording = recorded(exchange_named(id), transport);
            CHECK(ladder_drawn_of(folder.write("drawn.pcap", recording::pcap_of(recording))) == ladder_of(recording));
        }
}

TEST_CASE("a phone that moves goes on from its new address, over TCP in a new connection") {
    if (missing("tshark")) return;
    const simulator::Exchange exchange = exchange_from(alice_and_bob(R"(
        answers = [{ after = "50ms", status = 200 }]
        [[action]]
        party = "alice"
        does = "call"
        to = "sip:bob@192.0.2.2"
        hang_up_after = "10s"
        [[action]]
        at = "5s"
        party = "bob"
        does = "move"
        address = "192.0.2.100"
    )"));
    const TemporaryFolder folder;
    for (const char* const transport : {"UDP", "TCP"}) {
        CAPTURE(transport);
        const auto file = folder.write("moved.pcap", recording::pcap_of(recorded(exchange, transport)));
        CHECK(ladder_in(file) ==
              "192.0.2.1 192.0.2.2 INVITE\n"
              "192.0.2.2 192.0.2.1 200\n"
              "192.0.2.1 192.0.2.2 ACK\n"
              "192.0.2.100 192.0.2.1 INVITE\n"
              "192.0.2.1 192.0.2.100 200\n"
              "192.0.2.100 192.0.2.1 ACK\n"
              "192.0.2.1 192.0.2.100 BYE\n"
              "192.0.2.100 192.0.2.1 200\n");
        CHECK(complaints_about(file) == "");
    }
}

TEST_CASE("sngrep reads the same ladder, over UDP and over TCP") {
    if (missing("sngrep") || missing("tshark")) return;
    const TemporaryFolder folder;
    for (const char* const id : {"200-lost-answer", "300-several-addresses", "401-register", "487-caller-gives-up"})
        for (const char* const transport : {"UDP", "TCP"}) {
            CAPTURE(id);
            CAPTURE(transport);
            const recording::Recording recording = recorded(exchange_named(id), transport);
            const auto in = folder.write("in.pcap", recording::pcap_of(recording)), out = folder.path() / "out.pcap";
            REQUIRE(run("env TERM=dumb sngrep -F -N -q -I " + in.string() + " -O " + out.string()).code == 0);
            CHECK(ladder_in(out) == ladder_of(recording));
        }
}
