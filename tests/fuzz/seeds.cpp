// Writes the seeds of the fuzz targets: small captures of every form, made by the product's own writer of packets.
//
//     fuzz_seeds FOLDER
#include <filesystem>
#include <fstream>
#include <iostream>

#include "capture/packets.h"

using namespace sipdex::test;
using namespace std::string_literals;

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "fuzz_seeds: takes a folder\n";
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    std::filesystem::create_directories(folder / "capture");
    std::filesystem::create_directories(folder / "log");
    std::filesystem::create_directories(folder / "sdp");
    int number = 0;
    const auto write = [&](const std::string& kind, const std::string& octets) {
        std::ofstream(folder / kind / std::to_string(++number), std::ios::binary) << octets;
    };
    const std::string alice = "192.0.2.1:5060", bob = "192.0.2.2:5060", client = "192.0.2.1:40000";
    const std::string invite = message("INVITE sip:bob@192.0.2.2 SIP/2.0", "1 INVITE", {},
                                       "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 6000 RTP/AVP 0\r\n");
    const std::string ringing = message("SIP/2.0 180 Ringing", "1 INVITE"),
                      busy = message("SIP/2.0 486 Busy Here", "1 INVITE"),
                      ack = message("ACK sip:bob@192.0.2.2 SIP/2.0", "1 ACK");
    const std::vector<MadeFrame> call =
        at_intervals({udp(alice, bob, invite, 1), udp(bob, alice, ringing, 2), udp(bob, alice, ringing, 3),
                      udp(bob, alice, busy, 4), udp(alice, bob, ack, 5)});
    for (const bool big_endian : {false, true}) {
        write("capture", pcap(call, 1, big_endian));
        write("capture", pcapng(call, {{1, 9}}, big_endian));
    }
    write("capture", gzip(pcap(call)));
    write("capture", pcap(at_intervals({udp("[2001:db8::1]:5060", "[2001:db8::2]:5060", invite)})));
    const std::string frame = udp(alice, bob, ack, 1), packet = packet_of(frame);
    for (const std::uint32_t link_type : {0u, 6u, 9u, 51u, 101u, 104u, 105u, 107u, 113u, 119u, 127u, 163u, 252u, 276u})
        write("capture", pcap(at_intervals({std::string(4, '\0') + packet}), link_type));
    write("capture", pcap(at_intervals({in_ethernet(0x8100, big16(1) + big16(0x8847) + big32(0x00010140) + packet)})));
    write("capture", pcap(at_intervals({in_ethernet(
                         0x0800, in_ip("198.51.100.1", "198.51.100.2", 47,
                                       big16(0x1000) + big16(0x88be) + big32(1) + std::string(8, '\x10') + frame))})));
    for (const char* const port : {"4789", "6081", "2152", "37008", "9060"})
        write("capture", pcap(at_intervals({udp("198.51.100.1:4000", "198.51.100.2:"s + port,
                                                "\x08\0\x65\x58\0\0\x2a\0"s + frame)})));
    const std::string chunk = big16(0) + big16(15) + big16(static_cast<std::uint32_t>(6 + ack.size())) + ack;
    write("capture", pcap(at_intervals({udp("198.51.100.1:4000", "198.51.100.2:9060",
                                            "HEP3" + big16(static_cast<std::uint32_t>(6 + chunk.size())) + chunk)})));
    write("capture", pcap(at_intervals(fragments(udp(alice, bob, invite, 9), 120))));
    write("capture",
          pcap(at_intervals({in_ethernet(0x0800, in_ip("192.0.2.1", "192.0.2.2", 132,
                                                       big16(5060) + big16(5060) + big32(1) + big32(0) + "\0\x03"s +
                                                           big16(static_cast<std::uint32_t>(16 + ack.size())) +
                                                           big32(1) + big32(0) + big32(0) + ack))})));
    write("capture", pcap(at_intervals(
                         {in_ethernet(0x0800, in_ip("192.0.2.9", "192.0.2.1", 1, "\x03\x03\0\0\0\0\0\0"s + packet))})));
    const auto size = [](const std::string& text) { return static_cast<std::uint32_t>(text.size()); };
    write("capture", pcap(at_intervals({tcp(client, bob, 1, {}, true), tcp(client, bob, 2, invite.substr(0, 100)),
                                        tcp(client, bob, 200, invite.substr(198)),
                                        tcp(client, bob, 102, invite.substr(100, 98) + "\r\n\r\n"),
                                        tcp(bob, client, 1, ringing + busy)})));
    const std::string asks = "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n";
    write("capture",
          pcap(at_intervals(
              {tcp(client, bob, 1, asks),
               tcp(bob, client, 1, "HTTP/1.1 101 x\r\n\r\n\x81\x7e"s + big16(size(busy)) + busy),
               tcp(client, bob, 1 + size(asks), "\x81\xfe"s + big16(size(ack)) + std::string(4, '\0') + ack)})));
    write("capture", pcap(at_intervals({tcp(client, bob, 1,
                                            "\x16\x03\x01\0\x2f\x01\0\0\x2b\x03\x03"s + std::string(32, 'r') +
                                                "\0\0\x02\x13\x01\x01\0"s),
                                        tcp(bob, client, 1, "\x15\x03\x03\0\x02\x02\x28"s)})));
    std::vector<std::string> media;
    for (std::uint32_t i = 0; i < 4; ++i)
        media.push_back(udp(alice, bob, "\x80\0"s + big16(i) + big32(i * 160) + big32(7) + "speech"));
    media.push_back(udp(alice, bob, "\x81\xc9\0\x07"s + std::string(28, '\x01') + "\x81\xcb\0\x01"s + big32(7)));
    write("capture", pcap(at_intervals(media)));
    // A call that is answered, with its media.
    const auto with_tag = [](std::string text) { return text.insert(text.find("\r\nCall-ID"), ";tag=b"); };
    const std::string answer = "v=0\r\nc=IN IP4 192.0.2.2\r\nm=audio 7000 RTP/AVP 0\r\na=sendonly\r\n";
    std::vector<std::string> talk = {udp(alice, bob, invite, 1),
                                     udp(bob, alice, with_tag(message("SIP/2.0 200 OK", "1 INVITE", {}, answer)), 2)};
    for (std::uint32_t i = 0; i < 4; ++i)
        talk.push_back(
            udp("192.0.2.1:6000", "192.0.2.2:7000", "\x80\0"s + big16(i) + big32(i * 160) + big32(7) + "speech"));
    talk.push_back(udp(bob, alice, with_tag(message("INVITE sip:a@h SIP/2.0", "2 INVITE", {}, answer)), 3));
    talk.push_back(udp(alice, bob, with_tag(message("SIP/2.0 488 No", "2 INVITE")), 4));
    talk.push_back(udp(alice, bob, with_tag(message("BYE sip:b@h SIP/2.0", "3 BYE")), 5));
    write("capture", pcap(at_intervals(talk)));
    write("log", "2022/03/01 20:52:38.761521 192.0.2.1:42459 -> 192.0.2.2:5060\n" + invite +
                     "\n20:52:39.1 IP6 2001:db8::1.5060 > 2001:db8::2.5060\n" + busy);
    write("log", "F1 INVITE Alice -> Proxy 1\n\n" + invite +
                     "\nrecv 10 bytes from udp/[192.0.2.7]:5060 at 20:52:38.761521:\n" + ringing);
    // As they come from telephones, exports, mails and tables.
    write("log",
          "Nov 30 10:12:13 192.0.2.9 GS_LOG: SIP/2.0 486 Busy Here#015#012Via: SIP/2.0/UDP 192.0.2.1#015#012"
          "Reason: Q.850;cause=17#015#012");
    write("log",
          "<166>Nov 30 10:12:13 192.0.2.9 X: [Part 01 of 02]<010>SIP/2.0 480 Gone<013><010>Via: SIP/2.0/UD\n"
          "<166>Nov 30 10:12:13 192.0.2.9 X: [Part 02 of 02]P 192.0.2.1<013><010>");
    write("log",
          R"({"data":[{"timeSeconds":1795947133,"srcIp":"192.0.2.1","raw":"SIP/2.0 403 No\r\nVia: x\u003c\r\n"}]})");
    write("log", "\x1b[1;32m&gt; SIP/2.0 503 Out&nbsp;of\x1b[0m<br>\n&gt; Retry-After: 30<br>\n");
    write("log", "10:12:13,\"SIP/2.0 404 Not Found\nFrom: \"\"A\"\" <sip:a@h>\nCall-ID: 1\",x\n");
    write("log",
          "\xff\xfeS\0I\0P\0/\0"
          "2\0.\0"
          "0\0 \0"
          "6\0"
          "0\0"
          "3\0\n\0"s);
    write("log",
          "He says: got SIP response 486 \"Busy Here\" back, cause 17, NO_ROUTE_DESTINATION\nReason: SIP;cause=603\n");
    const std::string head = "v=0\no=a 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n";
    const std::string audio = head +
                              "m=audio 6000/2 RTP/AVP 0 96\na=rtpmap:96 opus/48000/2\na=fmtp:96 x=1\na=sendonly\n"
                              "a=rtcp:6005 IN IP4 192.0.2.2\na=ptime:20\n";
    const std::string browser =
        head +
        "a=group:BUNDLE a b\na=ice-lite\na=setup:actpass\na=fingerprint:sha-256 AA:BB\n"
        "m=audio 9 UDP/TLS/RTP/SAVPF 0\na=mid:a\na=rtcp-mux\na=ice-ufrag:x\n"
        "a=candidate:1 1 udp 1 192.0.2.1 8998 typ host\nm=video 0 RTP/SAVP 97\na=mid:b\na=bundle-only\n"
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:key\nm=image 6002 udptl t38\nc=IN IP6 ::\n";
    write("sdp", audio + "\n\n" + browser);
    write("sdp", browser + "\n\n" + audio);
    write("sdp", "--b\nContent-Type: application/sdp\n\n" + audio + "\n--b--\n");
    write("sdp", message("INVITE sip:b@h SIP/2.0", "1 INVITE", "Content-Type: application/sdp\r\n", audio));
    std::cout << number << " seeds\n";
}
