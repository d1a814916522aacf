// TCP connections, and what runs within them.
#include <doctest/doctest.h>

#include <zlib.h>

#include <algorithm>
#include <random>

#include "capture/packets.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;
using namespace std::string_literals;

namespace {

const std::string alice = "192.0.2.1:40000", bob = "192.0.2.2:5060";
const std::string invite =
    message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE", {}, "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n");
const std::string ringing = message("SIP/2.0 180 Ringing", "1 INVITE");
const std::string ack = message("ACK sip:bob@192.0.2.2 SIP/2.0", "1 ACK");

capture::Captured captured(const std::vector<std::string>& frames, const capture::Limits& limits = {}) {
    return captured_of(pcap(at_intervals(frames)), limits);
}

std::string segment(std::uint32_t at, const std::string& octets) { return tcp(alice, bob, 1000 + at, octets); }

// The flags of a segment made by tcp(): 1 is FIN, 4 RST.
std::string flagged(std::string frame, char flags) {
    frame[14 + 20 + 13] = static_cast<char>(frame[14 + 20 + 13] | flags);
    return frame;
}

std::string labels(const capture::Captured& all) {
    std::string text;
    for (const auto& one : all.messages)
        text += one.octets.substr(0, one.octets.find(one.octets.starts_with("SIP") ? '\r' : ' '));
    return text;
}

}  // namespace

TEST_CASE("several messages in a segment, and one over many") {
    CHECK(told(captured({segment(0, invite + ack)})) ==
          "192.0.2.1:40000 > 192.0.2.2:5060 TCP 1 INVITE\n192.0.2.1:40000 > 192.0.2.2:5060 TCP 1 ACK\n");
    for (const std::size_t size : {1, 7, 100}) {
        std::vector<std::string> frames = {tcp(alice, bob, 999, {}, true)};
        const std::string both = invite + "\r\n\r\n" + ack;
        for (std::size_t at = 0; at < both.size(); at += size)
            frames.push_back(segment(static_cast<std::uint32_t>(at), both.substr(at, size)));
        const auto all = captured(frames);
        REQUIRE(all.messages.size() == 2);
        CHECK(all.messages[0].octets == invite);
        CHECK(all.messages[0].frames.size() == (invite.size() + size - 1) / size);
        CHECK(all.messages[1].octets == ack);
        CHECK(all.messages[1].frames.back() == frames.size());
        CHECK(problems_of(all) == "");
    }
}

TEST_CASE("segments out of order, repeated and overlapping give each message once, whatever the order") {
    const std::string all_octets = invite + ringing + ack + invite + ack;
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::string> frames;
        for (std::size_t at = 0; at < all_octets.size();) {
            const std::size_t size = 40 + random() % 200, before = std::min<std::size_t>(at, random() % 30);
            frames.push_back(
                segment(static_cast<std::uint32_t>(at - before), all_octets.substr(at - before, size + before)));
            if (random() % 4 == 0) frames.push_back(frames.back());
            at += size;
        }
        // Neighbours change places; the first, which tells where the numbers begin, stays.
        for (std::size_t i = 1; i + 1 < frames.size(); ++i)
            if (random() % 3 == 0) std::swap(frames[i], frames[i + 1]);
        const auto read = captured(frames);
        CAPTURE(round);
        REQUIRE(read.messages.size() == 5);
        CHECK(labels(read) == "INVITESIP/2.0 180 RingingACKINVITEACK");
        CHECK(read.messages[3].octets == invite);
        CHECK(problems_of(read) == "");
    }
}

TEST_CASE("numbers that pass 2^32 go on at 0") {
    const std::string both = invite + ack;
    const std::uint32_t begin = 0xffffffffu - 50;
    CHECK(captured({tcp(alice, bob, begin, both.substr(0, 100)), tcp(alice, bob, begin + 100, both.substr(100))})
              .messages.size() == 2);
}

TEST_CASE("where a segment was not captured, what follows is read, and the gap is told") {
    const std::string both = invite + ringing + ack;
    const auto gap_at = static_cast<std::uint32_t>(invite.size() + 20);
    std::vector<MadeFrame> frames =
        at_intervals({segment(0, both.substr(0, gap_at)), segment(gap_at + 50, both.substr(gap_at + 50))});
    const auto at_end = captured_of(pcap(frames));
    CHECK(told(at_end) ==
          "192.0.2.1:40000 > 192.0.2.2:5060 TCP 1 INVITE\n"
          "192.0.2.1:40000 > 192.0.2.2:5060 TCP 1 180 Ringing -50\n"
          "192.0.2.1:40000 > 192.0.2.2:5060 TCP 2 ACK\n");
    CHECK(problems_of(at_end) == "stream_gap stream_out_of_step");
    // Not only at the end: two seconds later nobody waits any more.
    frames.push_back({segment(static_cast<std::uint32_t>(both.size()), invite), 5'000'000, 0, 0});
    CHECK(captured_of(pcap(frames)).messages.size() == 4);
}

TEST_CASE(
    "a segment that lacks at a border of messages is told: between two, the first, the last, and one of each side") {
    const auto at = [](const std::string& before) { return static_cast<std::uint32_t>(before.size()); };
    const std::string open = tcp(alice, bob, 999, {}, true);
    const std::string first = segment(0, invite), second = segment(at(invite), ringing),
                      third = segment(at(invite + ringing), ack);
    CHECK(problems_of(captured({open, first, second, third})) == "");
    CHECK(problems_of(captured({open, first, third})) == "stream_gap");
    CHECK(problems_of(captured({open, second, third})) == "stream_gap");
    // Nothing comes behind it; that the other side had it is told by what that side acknowledges.
    const auto answer = [&](std::uint32_t acknowledged) {
        std::string frame = tcp(bob, alice, 7000, ringing);
        frame.replace(14 + 20 + 8, 4, big32(1000 + acknowledged));
        frame[14 + 20 + 13] = static_cast<char>(frame[14 + 20 + 13] | 16);
        return frame;
    };
    CHECK(problems_of(captured({open, first, answer(at(invite))})) == "");
    CHECK(problems_of(captured({open, first, answer(at(invite) + 1)})) == "");  // a FIN
    CHECK(problems_of(captured({open, first, answer(at(invite + ack))})) == "stream_gap");
    // Where nobody speaks SIP it says nothing of calls.
    const std::string rubbish(300, '\x07');
    CHECK(problems_of(captured({segment(0, rubbish), segment(900, rubbish)})) == "");
}

TEST_CASE("a gap within a body costs that body's octets and no other message") {
    const std::string body(500, 'x');
    const std::string large = message("MESSAGE sip:bob@192.0.2.2 SIP/2.0", "1 MESSAGE", {}, body);
    const std::string both = large + ack;
    const auto cut = static_cast<std::uint32_t>(large.size() - 400);
    const auto all = captured({segment(0, both.substr(0, cut)), segment(cut + 100, both.substr(cut + 100))});
    CHECK(told(all) ==
          "192.0.2.1:40000 > 192.0.2.2:5060 TCP 1 MESSAGE -400\n192.0.2.1:40000 > 192.0.2.2:5060 TCP 2 ACK\n");
}

TEST_CASE("a capture that begins or ends within a message gives the others, and what is there of the last") {
    CHECK(labels(captured({segment(0, invite.substr(30) + ack)})) == "ACK");
    const auto cut = captured({segment(0, ack + invite.substr(0, invite.size() - 10))});
    CHECK(labels(cut) == "ACKINVITE");
    CHECK(cut.messages[1].missing == 10);
    CHECK(cut.messages[0].missing == 0);
}

TEST_CASE("a new connection between the same ports begins anew") {
    const std::string open = tcp(alice, bob, 5000, {}, true), again = tcp(alice, bob, 90000, {}, true);
    CHECK(labels(captured({open, tcp(alice, bob, 5001, invite), again, tcp(alice, bob, 90001, ack)})) == "INVITEACK");
    // What is repeated of the old one later is not read twice.
    CHECK(labels(captured({open, tcp(alice, bob, 5001, invite),
                           flagged(tcp(alice, bob, 5001 + static_cast<std::uint32_t>(invite.size()), {}), 1),
                           tcp(alice, bob, 5001, invite)})) == "INVITE");
}

TEST_CASE("a connection that is reset or refused says so") {
    const auto refused = captured({tcp(alice, bob, 5000, {}, true), flagged(tcp(bob, alice, 0, {}), 4)});
    REQUIRE(refused.resets.size() == 1);
    CHECK(refused.resets[0].reset.refused);
    CHECK(to_text(refused.resets[0].reset.from) == bob);
    const auto broken = captured({segment(0, invite), flagged(tcp(bob, alice, 7, {}), 4)});
    REQUIRE(broken.resets.size() == 1);
    CHECK_FALSE(broken.resets[0].reset.refused);
}

TEST_CASE("other protocols on the same port give no message; SIP that comes later does") {
    CHECK(captured({segment(0, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")}).messages.empty());
    CHECK(captured({segment(0, std::string(2000, '\x01'))}).messages.empty());
    CHECK(labels(captured({segment(0, "\x01\x02\x03\x04 something else\r\n"s), segment(22, invite)})) == "INVITE");
    CHECK(labels(captured({segment(0, invite + "nonsense without end\r\nand more\r\n" + ack)})) == "INVITEACK");
}

TEST_CASE("what would have to be kept without end is given up at a limit, which is told") {
    capture::Limits limits;
    limits.stream_octets = 2000;
    const std::string endless = "MESSAGE sip:bob@192.0.2.2 SIP/2.0\r\nContent-Length: 4000000000\r\n\r\nhello";
    const auto all = captured({segment(0, endless)}, limits);
    CHECK(told(all) == "192.0.2.1:40000 > 192.0.2.2:5060 TCP 1 MESSAGE -3999999995\n");
    CHECK(problems_of(all) == "limit_stream_octets");
    std::vector<std::string> frames = {segment(0, "MESSAGE sip:bob@192.0.2.2 SIP/2.0\r\n")};
    for (std::uint32_t i = 0; i < 40; ++i)
        frames.push_back(segment(35 + i * 100, "X: " + std::string(95, 'x') + "\r\n"));
    CHECK(problems_of(captured(frames, limits)).find("limit_stream_octets") == 0);
    limits.streams = 8;
    frames.clear();
    for (int i = 0; i < 20; ++i) frames.push_back(tcp("192.0.2.1:" + std::to_string(40000 + i), bob, 1, ack));
    const auto many = captured(frames, limits);
    CHECK(many.messages.size() == 20);
    CHECK(problems_of(many) == "limit_streams");
}

TEST_CASE("SIP in WebSocket frames: masked, in pieces, between control frames, also where its opening is missing") {
    const auto frame = [](unsigned char first, const std::string& payload, bool masked) {
        std::string octets(1, static_cast<char>(first));
        const char mark = masked ? '\x80' : '\0';
        if (payload.size() < 126) octets += static_cast<char>(payload.size() | static_cast<unsigned char>(mark));
        else
            octets += static_cast<char>(126 | static_cast<unsigned char>(mark)),
                octets += big16(static_cast<std::uint32_t>(payload.size()));
        if (!masked) return octets + payload;
        const std::string mask = "\x12\x34\x56\x78";
        octets += mask;
        for (std::size_t i = 0; i < payload.size(); ++i) octets += static_cast<char>(payload[i] ^ mask[i % 4]);
        return octets;
    };
    const std::string asks =
        "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: "
        "sip\r\n\r\n";
    const std::string agrees = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
    const auto size = [](const std::string& text) { return static_cast<std::uint32_t>(text.size()); };
    const auto all =
        captured({segment(0, asks), tcp(bob, alice, 1, agrees + frame(0x81, ringing, false)),
                  segment(size(asks), frame(0x81, invite, true) + frame(0x8a, {}, true) + frame(0x81, ack, true))});
    CHECK(told(all) ==
          "192.0.2.2:5060 > 192.0.2.1:40000 WS 2 180 Ringing\n"
          "192.0.2.1:40000 > 192.0.2.2:5060 WS 3 INVITE\n"
          "192.0.2.1:40000 > 192.0.2.2:5060 WS 3 ACK\n");
    CHECK(all.messages[1].octets == invite);
    CHECK(labels(captured({segment(0, frame(0x82, invite, true))})) == "INVITE");
    const std::string pieces =
        frame(0x01, invite.substr(0, 100), true) + frame(0x89, "ping", true) + frame(0x80, invite.substr(100), true);
    const auto in_pieces =
        captured({segment(0, asks + pieces.substr(0, 60)), segment(size(asks) + 60, pieces.substr(60))});
    REQUIRE(in_pieces.messages.size() == 1);
    CHECK(in_pieces.messages[0].octets == invite);
    CHECK(in_pieces.messages[0].frames.size() == 2);
}

TEST_CASE("SIP in WebSocket frames that are compressed, each by what was sent before") {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    const auto compressed = [&](const std::string& text) {
        std::string packed(1000, '\0');
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream.avail_in = static_cast<uInt>(text.size());
        stream.next_out = reinterpret_cast<Bytef*>(packed.data());
        stream.avail_out = static_cast<uInt>(packed.size());
        deflate(&stream, Z_SYNC_FLUSH);
        packed.resize(1000 - stream.avail_out - 4);  // without the empty block at its end
        return "\xc1\x7e"s + big16(static_cast<std::uint32_t>(packed.size())) + packed;
    };
    const std::string opening = "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n", first = compressed(invite),
                      second = compressed(invite);
    deflateEnd(&stream);
    CHECK(second.size() < first.size() / 2);
    const auto all = captured({segment(0, opening + first + second)});
    REQUIRE(all.messages.size() == 2);
    CHECK(all.messages[1].octets == invite);
    const auto late = captured({segment(0, opening + second)});
    CHECK(late.messages.empty());
    CHECK(problems_of(late) == "stream_out_of_step");
}

TEST_CASE("a TLS connection is named, with what its handshake tells") {
    const auto record = [](unsigned char type, const std::string& content) {
        return std::string(1, static_cast<char>(type)) + "\x03\x03" +
               big16(static_cast<std::uint32_t>(content.size())) + content;
    };
    const auto handshake = [](unsigned char type, const std::string& content) {
        return std::string(1, static_cast<char>(type)) + "\0"s + big16(static_cast<std::uint32_t>(content.size())) +
               content;
    };
    const auto extension = [](std::uint32_t type, const std::string& content) {
        return big16(type) + big16(static_cast<std::uint32_t>(content.size())) + content;
    };
    const auto with_length = [](const std::string& content) {
        return big16(static_cast<std::uint32_t>(content.size())) + content;
    };
    const std::string name = "sip.example.com";
    const std::string hello =
        "\x03\x03" + std::string(32, 'r') + "\0"s + with_length("\x13\x01") + "\x01\0"s +
        with_length(extension(0, with_length("\0"s + with_length(name))) + extension(16, with_length("\x03sip")) +
                    extension(43, "\x04\x03\x04\x03\x03"));
    const std::string answer =
        "\x03\x03" + std::string(32, 'r') + "\0"s + "\x13\x01" + "\0"s + with_length(extension(43, "\x03\x04"));
    const std::string first = record(22, handshake(1, hello));
    const auto all =
        captured({tcp(bob, alice, 1, {}, true), segment(0, first.substr(0, 40)), segment(40, first.substr(40)),
                  tcp(bob, alice, 2, record(22, handshake(2, answer)) + record(21, "\x02\x30")),
                  segment(static_cast<std::uint32_t>(first.size()), record(23, std::string(100, 'x')))});
    CHECK(all.messages.empty());
    REQUIRE(all.tls.size() == 1);
    const capture::TlsConnection& told_tls = all.tls[0].connection;
    CHECK(to_text(told_tls.client) == alice);
    CHECK(to_text(told_tls.server) == bob);
    CHECK(told_tls.server_name == name);
    CHECK(told_tls.protocol == "sip");
    CHECK(told_tls.offered == std::vector<std::uint16_t>{0x0304, 0x0303});
    CHECK(told_tls.version == 0x0304);
    CHECK(told_tls.cipher == 0x1301);
    REQUIRE(told_tls.alerts.size() == 1);
    CHECK(told_tls.alerts[0].from_server);
    CHECK(told_tls.alerts[0].description == 48);
    CHECK(told_tls.client_octets == 100);
    CHECK(problems_of(all) == "encrypted");
}
