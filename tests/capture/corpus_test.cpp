// Captures that others made, read in place beside the repository, against what tshark 4.0 counts in them.
#include <doctest/doctest.h>

#include <iostream>
#include <set>
#include <sstream>

#include "capture/answer_key.h"
#include "capture/packets.h"
#include "sip/message.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

struct Counts {
    std::string messages, methods, codes, transports;
    bool operator==(const Counts&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Counts& counts) {
    return out << counts.messages << " | " << counts.methods << " | " << counts.codes << " | " << counts.transports;
}

Counts counts_of(const capture::Captured& captured) {
    std::map<std::string, std::uint64_t> transports;
    for (const capture::Message& one : captured.messages) ++transports[std::string(name_of(one.transport))];
    std::map<std::string, std::uint64_t> codes;
    for (const auto& [code, many] : captured.codes) codes[std::to_string(code)] = many;
    return {std::to_string(captured.messages_seen), counted(captured.methods), counted(codes), counted(transports)};
}

// Where ours is right and the table is not, or not about the same.
const std::map<std::string, Counts> ours = {
    // A Network Monitor file is named as such and not read.
    {"derived__matustakacs__ring_decline__netmon2.cap", {"0", "", "", ""}},
    // tshark counts three beginnings of messages that routers quote in ICMP errors. Nobody sent these; they are told as
    // errors of the network, with the message that was lost.
    {"goffinet__private-test-sip.pcapng",
     {"276", "ACK:5 BYE:2 INVITE:5 OPTIONS:16 PUBLISH:4 REGISTER:112 SUBSCRIBE:8",
      "100:36 200:27 403:2 404:2 407:22 480:3 483:20 501:12", "UDP:276"}},
    // Damaged bit by bit. Beyond the 52 that tshark takes for SIP there are seven whose start line it does not know for a
    // damaged bit in IP, UDP or the message; what is left of them reads well, so they are shown. See the next case.
    {"ndpi__fuzz-2006-06-26-2594.pcap",
     {"59", "ACK:4 CANCEL:8 INVITE:8 REGISTER:11 REGIStER:1", "100:4 183:1 200:3 401:11 403:3 407:3 408:1 480:1",
      "UDP:59"}},
    // Its table has a transport without a message.
    {"ndpi__http_on_sip_port.pcap", {"0", "", "", ""}},
};

}  // namespace

TEST_CASE("every capture of others gives the messages, methods, codes and transports that tshark finds") {
    if (shared_folder().empty()) {
        std::cout << "skipped: there are no captures beside the repository\n";
        return;
    }
    const auto corpus = shared_folder() / "corpus";
    int files = 0;
    for (const Row& row : rows_of(content_of(corpus / "captures/CAPTURES.csv"))) {
        const std::string& file = row.at("file");
        CAPTURE(file);
        capture::Captured captured;
        const capture::Summary summary = captured.read_file((corpus / file).string());
        captured.arrange();
        ++files;
        const auto known = ours.find(file.substr(file.find('/') + 1));
        const Counts expected = known != ours.end() ? known->second
                                                    : Counts{row.at("sip_messages"), row.at("methods"),
                                                             row.at("status_codes"), row.at("transport")};
        CHECK(counts_of(captured) == expected);
        if (row.at("file_type") != "netmon2") CHECK(std::to_string(summary.frames) == row.at("packets"));
    }
    std::cout << "captures: " << files << " read\n";
    CHECK(files >= 75);
}

TEST_CASE("a capture that was damaged bit by bit gives what tshark finds in it, and what it passes over") {
    if (shared_folder().empty() || !has_program("tshark")) {
        std::cout << "skipped: no captures beside the repository, or no tshark\n";
        return;
    }
    const auto file = shared_folder() / "corpus/captures/ndpi__fuzz-2006-06-26-2594.pcap";
    capture::Captured captured;
    captured.read_file(file.string());
    captured.arrange();
    std::set<std::uint32_t> frames;
    for (const capture::Message& one : captured.messages) frames.insert(one.frames.back());
    std::istringstream theirs(run("tshark -r " + file.string() + " -Y sip -T fields -e frame.number").out);
    std::size_t many = 0;
    for (std::uint32_t frame = 0; theirs >> frame; ++many) CHECK_MESSAGE(frames.contains(frame), frame);
    CHECK(many == 52);
}

TEST_CASE("what a capture says of itself is told: format, links, clocks, and what lacks") {
    if (shared_folder().empty()) {
        std::cout << "skipped: there are no captures beside the repository\n";
        return;
    }
    const auto read = [](const std::string& name) {
        capture::Captured captured;
        captured.read_file((shared_folder() / "corpus/captures" / name).string());
        captured.arrange();
        return captured;
    };
    CHECK(problems_of(read("derived__matustakacs__ring_decline__cut-tail.pcap")) == "tail_missing");
    CHECK(problems_of(read("derived__matustakacs__ring_decline__netmon2.cap")) == "unsupported_format");
    CHECK(problems_of(read("derived__matustakacs__ring_decline__snap300.pcap")) == "octets_not_captured");
    CHECK(problems_of(read("wireshark__empty.pcap")) == "no_packets");
    const auto encrypted = read("sngrep__tlssaved.pcap");
    CHECK(problems_of(encrypted) == "encrypted");
    REQUIRE(encrypted.tls.size() == 2);
    CHECK(to_text(encrypted.tls[0].connection.server) == "10.10.9.40:5061");
    CHECK(encrypted.tls[0].connection.client_octets > 0);
    const auto resumed = read("wireshark__tls13-rfc8446.pcap");
    REQUIRE(resumed.tls.size() == 2);
    for (const auto& one : resumed.tls) CHECK(one.connection.version == 0x0304);
    CHECK(read("derived__matustakacs__ring_decline.pcap.gz").files[0].summary.compressed);
    CHECK(read("derived__two-linktypes-merged.pcapng").files[0].summary.link_types ==
          std::vector<std::uint32_t>{1, 113});
    CHECK(read("sipnab__h263-over-rtp.pcap").files[0].summary.link_types == std::vector<std::uint32_t>{0});
}
