// Exchanges of the simulator, written as captures: a call is still that call, over UDP and over TCP.
#include <doctest/doctest.h>

#include <iostream>

#include "capture/packets.h"
#include "recording/pcap.h"
#include "redact/told.h"
#include "redact/traces.h"
#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

std::string captured_exchange(const std::string& id, const std::string& transport) {
    simulator::Exchange exchange = exchange_named(id);
    exchange.network.transport = transport;
    for (auto& link : exchange.network.links) link.transport = transport;
    return recording::pcap_of(simulator::run(exchange));
}

std::string listed(const std::vector<std::string>& lines) {
    std::string text;
    for (std::size_t i = 0; i < lines.size() && i < 12; ++i) text += lines[i] + '\n';
    return text;
}

// As tshark reads it: a line for each packet.
std::string columns(const std::string& file, const std::string& fields, const std::string& options = {}) {
    return run("tshark -r " + file + " " + options + " -T fields" + fields + " 2>/dev/null").out;
}

}  // namespace

TEST_CASE("exchanges keep their ladder and calls, and lose whoever took part in them") {
    for (const std::string& id : exchange_ids()) {
        for (const char* const transport : {"UDP", "TCP"}) {
            CAPTURE(id);
            CAPTURE(transport);
            const std::string octets = captured_exchange(id, transport), shared = redacted({octets});
            CHECK(ladder_of(captured_of(octets)) == ladder_of(captured_of(shared)));
            CHECK(findings_of(captured_of(octets)) == findings_of(captured_of(shared)));
            CHECK(listed(traces_of(originals_of(captured_of(octets)), shared)) == "");
            CHECK(problems_of(captured_of(shared)) == problems_of(captured_of(octets)));
        }
    }
}

TEST_CASE("tshark reads the same methods and codes before and after, and finds every checksum right") {
    if (!has_program("tshark")) {
        std::cout << "skipped: there is no tshark\n";
        return;
    }
    const TemporaryFolder folder;
    std::vector<std::pair<std::string, std::string>> files;
    for (const char* const id : {"200-basic-call", "401-register", "486-busy", "487-caller-gives-up"})
        for (const char* const transport : {"UDP", "TCP"}) files.emplace_back(id, captured_exchange(id, transport));
    if (!shared_folder().empty())
        for (const char* const name :
             {"sipnab__sip_call.pcap", "goffinet__SIP-Call-Flow-Over-TCP.pcap", "heplify__sip_tcp_websocket.pcap",
              "goffinet__voip1b.pcapng", "sngrep__ipv6frag.pcap", "derived__rfc3665-3.1__sctp.pcap",
              "sipnab__sip-rtp-g711.pcap"})
            files.emplace_back(name, content_of(shared_folder() / "corpus/captures" / name));
    const std::string checks =
        "-o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -o tcp.check_checksum:TRUE -o sctp.checksum:TRUE "
        "-Y \"ip.checksum.status == 0 or udp.checksum.status == 0 or tcp.checksum.status == 0 or sctp.checksum.status "
        "== 0 "
        "or icmp.checksum.status == 0 or icmpv6.checksum.status == 0\"";
    for (const auto& file : files) {
        const std::string &name = file.first, &octets = file.second;
        CAPTURE(name);
        const std::string before = folder.write("before", octets).string(),
                          after = folder.write("after", redacted({octets})).string();
        const std::string fields = " -e sip.Method -e sip.Status-Code -e sip.CSeq.seq -e sip.CSeq.method";
        const std::string told = columns(after, fields, "-Y sip");
        CHECK(told == columns(before, fields, "-Y sip"));
        CHECK(told != "");
        CHECK(columns(after, " -e frame.number", checks) == "");
    }
}
