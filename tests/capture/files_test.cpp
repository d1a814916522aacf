// Files of captures: their forms, and what is read of those that are not whole.
#include <doctest/doctest.h>

#include <fstream>

#include "capture/file_kinds.h"
#include "capture/packets.h"
#include "sip/message.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;
using namespace std::string_literals;

namespace {

const std::string alice = "192.0.2.1:5060", bob = "192.0.2.2:5060";

std::vector<MadeFrame> call() {
    return at_intervals({udp(alice, bob, message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE"), 1),
                         udp(bob, alice, message("SIP/2.0 180 Ringing", "1 INVITE"), 2),
                         udp(bob, alice, message("SIP/2.0 486 Busy Here", "1 INVITE"), 3),
                         udp(alice, bob, message("ACK sip:bob@192.0.2.2 SIP/2.0", "1 ACK"), 4)});
}

const char* const call_told =
    "192.0.2.1:5060 > 192.0.2.2:5060 UDP 1 INVITE\n"
    "192.0.2.2:5060 > 192.0.2.1:5060 UDP 2 180 Ringing\n"
    "192.0.2.2:5060 > 192.0.2.1:5060 UDP 3 486 Busy Here\n"
    "192.0.2.1:5060 > 192.0.2.2:5060 UDP 4 ACK\n";

}  // namespace

TEST_CASE("pcap and pcapng are read in either order of octets and any resolution of time, gzipped too") {
    for (const bool big_endian : {false, true}) {
        CAPTURE(big_endian);
        for (const bool nanoseconds : {false, true}) {
            const auto captured = captured_of(pcap(call(), 1, big_endian, nanoseconds));
            CHECK(told(captured) == call_told);
            CHECK(captured.messages.at(3).time == std::chrono::seconds(1'700'000'000) + std::chrono::milliseconds(3));
            CHECK(problems_of(captured) == "");
        }
        for (const std::uint8_t resolution : {3, 6, 9}) {
            const auto captured = captured_of(pcapng(call(), {{1, resolution}}, big_endian));
            CHECK(told(captured) == call_told);
            CHECK(captured.messages.at(3).time == std::chrono::seconds(1'700'000'000) + std::chrono::milliseconds(3));
        }
    }
    CHECK(told(captured_of(gzip(pcap(call())))) == call_told);
    CHECK(told(captured_of(gzip(pcapng(call())))) == call_told);
}

TEST_CASE("the octets of a message are those of the wire, and stay when the file is gone") {
    capture::Captured captured;
    {
        const std::string file = pcap(call());
        captured.read_octets(file);
    }
    captured.arrange();
    CHECK(captured.messages.at(1).octets == message("SIP/2.0 180 Ringing", "1 INVITE"));
    const capture::Captured moved = std::move(captured);
    CHECK(moved.messages.at(1).octets == message("SIP/2.0 180 Ringing", "1 INVITE"));
}

TEST_CASE("a file on disk gives the same as its octets, also through a pipe of pieces, and a missing one says why") {
    const TemporaryFolder folder;
    // Longer than what is read at a time.
    std::vector<MadeFrame> many;
    for (int i = 0; i < 3000; ++i)
        for (MadeFrame one : call()) {
            one.microseconds += i * 10'000'000LL;
            many.push_back(one);
        }
    for (const std::string& octets : {pcap(many), gzip(pcap(many)), pcapng(many)}) {
        capture::Captured captured;
        captured.read_file(folder.write("many.pcap", octets).string());
        captured.arrange();
        CHECK(captured.messages.size() == 12000);
        CHECK(told(captured) == told(captured_of(octets)));
    }
    capture::Captured none;
    const auto& summary = none.read_file((folder.path() / "none.pcap").string());
    REQUIRE(summary.problems.size() == 1);
    CHECK(summary.problems[0].kind == capture::Problem::Kind::not_opened);
    CHECK(summary.problems[0].number == ENOENT);
}

TEST_CASE("a file that ends within a packet gives all packets before it") {
    const std::string whole = pcap(call());
    const auto captured = captured_of(std::string_view(whole).substr(0, whole.size() - 10));
    CHECK(captured.messages.size() == 3);
    REQUIRE(problems_of(captured) == "tail_missing");
    CHECK(captured.files[0].summary.problems[0].number == 10);
    CHECK(captured.files[0].summary.problems[0].frame == 4);
    const std::string next = pcapng(call());
    CHECK(captured_of(std::string_view(next).substr(0, next.size() - 5)).messages.size() == 3);
    const std::string packed = gzip(pcap(call()));
    const auto cut = captured_of(std::string_view(packed).substr(0, packed.size() * 2 / 3));
    CHECK(problems_of(cut).find("compression_cut") != std::string::npos);
}

TEST_CASE("a file without its head gives its packets") {
    const std::string whole = pcap(call());
    for (const std::size_t lacking : {24, 40}) {
        const auto captured = captured_of(std::string_view(whole).substr(lacking));
        CHECK(captured.messages.size() == (lacking == 24 ? 4 : 3));
        CHECK(problems_of(captured) == "head_missing");
    }
    const std::string next = pcapng(call());
    CHECK(captured_of(std::string_view(next).substr(28)).messages.size() == 4);
}

TEST_CASE("damage in the middle of a file costs what is damaged and no more") {
    std::vector<MadeFrame> frames;
    for (int i = 0; i < 3; ++i)
        for (const MadeFrame& one : call()) frames.push_back(one);
    std::string file = pcap(frames);
    const std::size_t second = 24 + 16 + frames[0].octets.size();
    file.replace(second + 8, 4, "\xff\xff\xff\xff");
    const auto captured = captured_of(file);
    CHECK(captured.messages.size() == 11);
    CHECK(problems_of(captured) == "damaged_record");
    CHECK(captured.files[0].summary.problems[0].offset == second);
    std::string next = pcapng(frames);
    const std::size_t block = next.find("\x06\0\0\0"s, 60);
    REQUIRE(block != std::string::npos);
    next.replace(block + 4, 4, "\xfd\xff\xff\xff");
    CHECK(captured_of(next).messages.size() == 11);
}

TEST_CASE("interfaces of one file may differ in link type and clock") {
    std::vector<MadeFrame> frames = call();
    for (std::size_t i = 0; i < frames.size(); i += 2) {
        frames[i].octets = packet_of(frames[i].octets);
        frames[i].interface = 1;
    }
    const auto captured = captured_of(pcapng(frames, {{1, 6}, {101, 9}}));
    CHECK(told(captured) == call_told);
    CHECK(captured.messages[0].interface == 1);
    CHECK(captured.files[0].summary.link_types == std::vector<std::uint32_t>{101, 1});
}

TEST_CASE("clocks that go back or never ran are told") {
    std::vector<MadeFrame> frames = call();
    frames[2].microseconds = -5'000'000;
    const auto captured = captured_of(pcap(frames));
    CHECK(problems_of(captured) == "time_goes_back");
    CHECK(captured.files[0].summary.problems[0].number == 5001);
    CHECK(captured.messages.size() == 4);  // in the order of the file all the same
    frames = call();
    for (MadeFrame& one : frames) one.microseconds -= 1'700'000'000'000'000;
    CHECK(problems_of(captured_of(pcap(frames))) == "time_missing");
}

TEST_CASE("what is no capture is told as such, and an unknown link type with its number") {
    CHECK(problems_of(captured_of("")) == "unknown_format");
    CHECK(problems_of(captured_of("INVITE sip:bob@example.com SIP/2.0\r\n\r\n")) == "unknown_format");
    CHECK(problems_of(captured_of("GMBU\0\x02"s)) == "unsupported_format");
    CHECK(problems_of(captured_of(pcap({}))) == "no_packets");
    const auto captured = captured_of(pcap(call(), 147));
    CHECK(problems_of(captured) == "unknown_link_type");
    CHECK(captured.files[0].summary.problems[0].number == 147);
    CHECK(captured.files[0].summary.problems[0].count == 4);
    CHECK(capture::looks_like_capture(pcap({})));
    CHECK_FALSE(capture::looks_like_capture("INVITE sip:"));
}

TEST_CASE("a file of another kind is told by its name: captures of others, packed files, pictures") {
    const auto subject_of = [](const std::string& octets) {
        const auto captured = captured_of(octets + std::string(600, '\x01'));
        const auto& problems = captured.files[0].summary.problems;
        CHECK(capture::looks_like_capture(octets + std::string(600, '\x01')));
        return problems.empty() ? std::string() : std::string(name_of(problems[0].kind)) + ' ' + problems[0].subject;
    };
    CHECK(subject_of("snoop\0\0\0\0\0\0\2"s) == "unsupported_format snoop");
    CHECK(subject_of("EyeSDN") == "unsupported_format EyeSDN");
    CHECK(subject_of("ObserverPktBufferVersion=15.00") == "unsupported_format Observer");
    CHECK(subject_of("\xfd\x37zXZ\0"s) == "unsupported_format xz");
    CHECK(subject_of("\x28\xb5\x2f\xfd") == "unsupported_format zstd");
    CHECK(subject_of("BZh91AY&SY") == "unsupported_format bzip2");
    CHECK(subject_of("PK\3\4") == "unsupported_format ZIP");
    CHECK(subject_of(std::string(257, 'a') + "ustar") == "unsupported_format tar");
    CHECK(subject_of("\xff\xd8\xff\xe0") == "unsupported_format JPEG");
    CHECK(subject_of("%PDF-1.7") == "unsupported_format PDF");
    // Endace's records have no head of a file: time, type, flags, length, losses, length on the wire.
    const auto record = [](std::uint32_t seconds) {
        std::string time;
        for (int shift = 0; shift < 32; shift += 8) time += static_cast<char>(seconds >> shift & 0xff);
        return std::string(4, '\0') + time + "\2\4"s + big16(80) + big16(0) + big16(62) + std::string(64, 'x');
    };
    const std::string erf = record(1'700'000'000) + record(1'700'000'001) + record(1'700'000'001);
    CHECK(problems_of(captured_of(erf)) == "unsupported_format");
    CHECK_FALSE(capture::looks_like_capture("2023-11-14 22:13:20 INVITE sip:bob@example.com SIP/2.0\n"));
    CHECK_FALSE(capture::looks_like_capture("+---------+------+\n| time    | text |\n"));
    CHECK(capture::file_kind_called("xz")->command == "xz -dk FILE");
    CHECK(capture::file_kind_called("ERF")->command == "editcap -F pcapng FILE FILE.pcapng");
    CHECK(capture::file_kind_called("JPEG")->command == "");
    CHECK(capture::file_kind_called("JPEG")->family == capture::FileKind::Family::other);
    CHECK(capture::file_kind_called("pcap") == nullptr);
}

TEST_CASE("files of patched tcpdumps have more before each packet, though they begin like others") {
    const std::string usual = pcap(call());
    for (const std::size_t more : {4, 8, 12}) {
        std::string file = usual.substr(0, 24);
        for (std::size_t at = 24; at < usual.size();) {
            const auto length = static_cast<std::size_t>(static_cast<unsigned char>(usual[at + 8])) |
                                static_cast<std::size_t>(static_cast<unsigned char>(usual[at + 9])) << 8;
            file += usual.substr(at, 16) + std::string(more, '\x03') + usual.substr(at + 16, length);
            at += 16 + length;
        }
        CAPTURE(more);
        CHECK(told(captured_of(file)) == told(captured_of(usual)));
        CHECK(problems_of(captured_of(file)) == "");
    }
}

TEST_CASE("keys of TLS in a capture, and in a file of their own, are told") {
    std::string file = pcapng(call());
    const auto little = [](std::uint32_t value) {
        std::string octets;
        for (int shift = 0; shift < 32; shift += 8) octets += static_cast<char>(value >> shift & 0xff);
        return octets;
    };
    const std::string block = little(10) + little(32) + little(0x544c534b) + little(12) + "CLIENT_RANDO" + little(32);
    CHECK(problems_of(captured_of(file)) == "");
    CHECK(problems_of(captured_of(file + block)) == "unsupported_format");
    CHECK(captured_of(file + block).files[0].summary.problems[0].subject == capture::tls_keys);
    CHECK(told(captured_of(file + block)) == told(captured_of(file)));
    CHECK(capture::looks_like_tls_keys("# written by OpenSSL\n\nCLIENT_RANDOM 52f1a0b3c4d5e6f708 8d0a\n"));
    CHECK(capture::looks_like_tls_keys("SERVER_HANDSHAKE_TRAFFIC_SECRET 0123456789abcdef01 8d0a\r\n"));
    CHECK_FALSE(capture::looks_like_tls_keys("# a comment\nINVITE sip:bob@example.com SIP/2.0\n"));
    CHECK_FALSE(capture::looks_like_tls_keys("RSA keys were made\n"));
    CHECK_FALSE(capture::looks_like_tls_keys(""));
}

TEST_CASE("what gzip packed is unpacked, as far as is wanted") {
    CHECK(capture::unpacked(gzip("INVITE"), 100) == "INVITE");
    CHECK(capture::unpacked(gzip("INVITE"), 3) == "INV");
    CHECK(capture::unpacked(gzip(std::string(10000, 'x')).substr(0, 30), 5).size() <= 5);
}

TEST_CASE("a snap length is told by what lacks") {
    std::vector<MadeFrame> frames = call();
    frames[0].length = static_cast<std::uint32_t>(frames[0].octets.size());
    frames[0].octets.resize(100);
    const auto captured = captured_of(pcap(frames));
    CHECK(problems_of(captured) == "octets_not_captured");
    CHECK(captured.messages[0].missing == frames[0].length - 100);
    CHECK(captured.messages[0].octets.size() == 100 - 42);
    CHECK(captured.messages[1].missing == 0);
}

TEST_CASE("where messages are more than may be kept, they are counted, and the limit is told") {
    std::vector<MadeFrame> frames;
    for (int i = 0; i < 100; ++i)
        for (const MadeFrame& one : call()) frames.push_back(one);
    capture::Limits limits;
    limits.kept_octets = 20'000;
    const auto captured = captured_of(pcap(frames), limits);
    CHECK(captured.messages_seen == 400);
    CHECK(captured.methods.at("INVITE") == 100);
    CHECK(captured.codes.at(486) == 100);
    CHECK(captured.messages.size() < 100);
    CHECK(captured.messages.size() > 10);
    CHECK(problems_of(captured) == "limit_kept_octets");
}

TEST_CASE("who listens can stop the reading") {
    const TemporaryFolder folder;
    std::vector<MadeFrame> frames;
    for (int i = 0; i < 1000; ++i)
        for (const MadeFrame& one : call()) frames.push_back(one);
    capture::Captured captured;
    int asked = 0;
    const auto& summary = captured.read_file(folder.write("long.pcap", pcap(frames)).string(),
                                             [&](std::uint64_t) { return ++asked < 2; });
    CHECK(summary.cancelled);
    CHECK(summary.frames == 2048);
    CHECK(captured.messages.size() == 2047);
}

TEST_CASE("two captures of the same call tell which messages are the same, and how far their clocks are apart") {
    std::vector<MadeFrame> late = call();
    for (MadeFrame& one : late) one.microseconds += 2'000'000;
    late.push_back(
        {udp(bob, "192.0.2.3:5060", message("INVITE sip:carol@192.0.2.3 SIP/2.0", "1 INVITE"), 9), 2'000'500});
    capture::Captured captured;
    captured.read_octets(pcap(call()));
    captured.read_octets(pcap(late));
    captured.arrange();
    CHECK(told(captured) ==
          "192.0.2.1:5060 > 192.0.2.2:5060 UDP 1 INVITE\n"
          "192.0.2.1:5060 > 192.0.2.2:5060 UDP 1 INVITE copy of 1\n"
          "192.0.2.2:5060 > 192.0.2.1:5060 UDP 2 180 Ringing\n"
          "192.0.2.2:5060 > 192.0.2.1:5060 UDP 2 180 Ringing copy of 3\n"
          "192.0.2.2:5060 > 192.0.2.1:5060 UDP 3 486 Busy Here\n"
          "192.0.2.2:5060 > 192.0.2.1:5060 UDP 3 486 Busy Here copy of 5\n"
          "192.0.2.1:5060 > 192.0.2.2:5060 UDP 4 ACK\n"
          "192.0.2.1:5060 > 192.0.2.2:5060 UDP 4 ACK copy of 7\n"
          "192.0.2.2:5060 > 192.0.2.3:5060 UDP 5 INVITE\n");
    CHECK(captured.messages[1].copy == capture::Copy::file);
    CHECK(captured.files[1].clock_ahead == std::chrono::seconds(2));
    CHECK_FALSE(captured.files[0].clock_ahead);
}
