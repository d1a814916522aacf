// What stands in a capture or a log, as values: SIP messages with time, place and octets, and beside them what matters
// to a call: media, errors of the network, refused and reset connections, encrypted ones.
//
//     frame 7   12:00:00.104   192.0.2.1:5060 → 192.0.2.2:5060   UDP   SIP/2.0 180 Ringing …
//
// Nothing here judges. What could not be read is told as a problem with its place and numbers, for others to word.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capture/address.h"

namespace sipdex::capture {

// Since 1970-01-01 UTC by the clock of whoever captured; see Clock for logs.
using Time = std::chrono::nanoseconds;

enum class Clock : std::uint8_t {
    none,  // the log tells no time
    day,   // since midnight, of whatever day
    date,
};

enum class Transport : std::uint8_t { unknown, udp, tcp, tls, sctp, ws, wss };
std::string_view name_of(Transport transport);  // "UDP", as a Via writes it; "" for unknown

// Why a datagram is the same packet as one before, seen a second time, and no repetition by its sender.
enum class Copy : std::uint8_t {
    none,
    interface,  // at the same time on another interface of the capture
    hop,        // the same identification (RFC 791 3.1) with another time to live: before and behind a router
    packet,     // the same identification at the same time
    file,       // the same octets on the same way in another file, the first of them with the first, and so on
};

// What a log says of a message without naming addresses: whether whoever wrote it sent or received it.
enum class Side : std::uint8_t { unknown, sent, received };

struct Message {
    std::size_t number = 0;  // from 1, in the order in which messages were complete
    Time time{};             // when it was complete
    Clock clock = Clock::date;
    Address from, to;
    Transport transport = Transport::unknown;
    std::string_view octets;                // exactly as on the wire, without keep-alives before it
    std::span<const std::uint32_t> frames;  // that it came from, from 1; of a log the first and the last line
    std::uint32_t complete = 0;             // the frame at which its receiver had all of it, and all before it
    std::uint32_t file = 0;                 // of several that are read together
    std::uint32_t interface = 0;            // of the file
    std::uint32_t missing = 0;              // octets that were not captured; 1 where it is not known how many
    std::uint32_t before = 0;               // how many it had before it was redacted (redacted.h); 0: not told
    std::uint32_t agent = 0;                // that sent a copy to a capture server by HEP; 0: none
    std::uint8_t hops = 0;                  // time to live or hop limit; 0 where there is none
    bool tunnelled = false;                 // within GRE, VXLAN, IP in IP and the like
    bool rebuilt = false;                   // of a log, which does not keep the octets: they were put together again
    Side side = Side::unknown;
    Copy copy = Copy::none;
    std::size_t copy_of = 0;  // the number of the message that it is a copy of; 0: none
    // Of a log that names the parties: "F1 INVITE Alice -> Proxy 1".
    std::string_view from_name{}, to_name{};
};

// An RTP or RTCP packet (RFC 3550 5.1, 6.4), as far as it can be told without knowing the offer.
struct MediaPacket {
    Time time{};
    std::uint32_t frame = 0;
    Address from, to;
    bool control = false;           // RTCP
    std::uint8_t payload_type = 0;  // of RTCP the type of its first part: 200 is a sender report
    bool marker = false;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0;
    std::uint32_t octets = 0;     // of the payload
    std::string_view datagram{};  // all of it, during the call
};

// What a router or host said of a datagram that did not arrive (RFC 792, RFC 4443).
struct IcmpError {
    Time time{};
    std::uint32_t frame = 0;
    Address reporter, told;  // who says so, to whom; without ports
    bool six = false;        // ICMPv6
    std::uint8_t type = 0, code = 0;
    std::uint32_t mtu = 0;  // of "packet too big"; 0 where it is not told
    Address from, to;       // of the datagram
    Transport transport = Transport::unknown;
    std::string_view quoted;  // its payload as far as it is quoted: the beginning of the message that was lost
};

// A connection that one side broke off or refused (RFC 9293 3.5.2).
struct TcpReset {
    Time time{};
    std::uint32_t frame = 0;
    Address from, to;
    bool refused = false;  // it answers the very first segment of the other side
};

// What a connection tells before it is encrypted (RFC 8446 4, RFC 5246 7.4).
struct TlsConnection {
    Time time{};  // of the first record seen
    std::uint32_t frame = 0;
    Address client, server;
    bool client_seen = false;            // a ClientHello was; otherwise who is the client is a guess by the ports
    std::string server_name;             // SNI
    std::vector<std::uint16_t> offered;  // versions, 0x0304 is TLS 1.3
    std::uint16_t version = 0;           // chosen; 0: no ServerHello was seen
    std::uint16_t cipher = 0;            // chosen
    std::string protocol;                // ALPN: the first that was offered
    bool client_certificate_wanted = false;
    struct Alert {
        Time time{};
        bool from_server = false;
        std::uint8_t level = 0, description = 0;  // 2 is fatal; 42 is bad_certificate
    };
    std::vector<Alert> alerts;                           // that were not encrypted
    std::uint64_t client_octets = 0, server_octets = 0;  // of application data, encrypted
};

struct Problem {
    enum class Kind : std::uint8_t {
        not_opened,           // number: errno
        unknown_format,       // begins like no capture file
        unsupported_format,   // subject: its name, "Network Monitor"
        no_packets,           // a capture file without any
        head_missing,         // packets were found all the same; offset: of the first
        tail_missing,         // the file ends within a packet; number: octets that lack
        damaged_record,       // skipped; number: octets passed over to the next that could be read
        compression_cut,      // the gzip file ends early or is damaged
        unknown_link_type,    // number: the link type
        unknown_interface,    // a packet of an interface that the file does not describe; number: which
        time_goes_back,       // number: by how many milliseconds at most
        time_missing,         // packets from the first day of 1970
        octets_not_captured,  // packets with a snap length; number: octets that lack of the first
        damaged_packet,       // contradicts itself: lengths, versions
        fragments_missing,    // a datagram of which not every fragment was captured
        stream_gap,           // a connection of which not every segment was captured; number: octets that lack
        stream_out_of_step,   // passed over up to the next message; number: octets
        encrypted,            // a connection that cannot be read without its keys
        limit_depth,          // more tunnels within one another than are opened; number: the limit
        limit_fragments,      // more datagrams in pieces at a time; number: the limit
        limit_streams,        // more connections at a time; number: the limit
        limit_stream_octets,  // a connection that would have to be kept whole; number: the limit
        limit_kept_octets,    // messages are counted, but no longer kept; number: the limit
        limit_flows,          // more media streams than are kept apart; number: the limit
        limit_events,         // more errors, resets or encrypted connections than are kept; number: the limit
        limit_log,            // a log was read only so far; number: the limit
        cancelled,            // by whoever listens
    };
    Kind kind{};
    std::uint64_t count = 1;  // how often; place and number are those of the first
    std::uint32_t file = 0;
    std::uint64_t frame = 0;   // from 1; 0: none
    std::uint64_t offset = 0;  // in the file, unpacked where it is compressed
    std::uint64_t number = 0;
    std::string subject{};
};
std::string_view name_of(Problem::Kind kind);  // "tail_missing"

// Each is told as a problem when it is reached.
struct Limits {
    std::size_t depth = 12;                  // headers within one another
    std::size_t fragmented = 4096;           // datagrams in pieces at a time
    std::size_t streams = 65536;             // connections at a time
    std::size_t stream_octets = 4 << 20;     // of one direction of a connection, waiting for what lacks
    std::size_t waiting_octets = 128 << 20;  // of all connections and fragments together
    std::size_t kept_octets = 1 << 30;       // of messages, in Captured: about 1.7 million
    std::size_t flows = 16384;               // media streams, in Captured
    std::size_t events = 65536;              // of each kind, in Captured
    std::size_t log_octets = 256 << 20;
};

// How a file was made, and how much of it was read.
struct Summary {
    enum class Format : std::uint8_t { none, pcap, pcapng, log } format = Format::none;
    bool compressed = false;
    std::vector<std::uint32_t> link_types;  // of packets seen, each once
    std::uint64_t frames = 0;
    std::uint64_t octets = 0;  // of the file, unpacked
    std::uint64_t messages = 0;
    Time first{}, last{};  // the earliest and the latest packet; both 0 without packets
    bool cancelled = false;
    std::vector<Problem> problems;  // each kind once, and each subject
};

// Takes what is read, in the order of the packets that complete it. Views last during the call.
class Listener {
public:
    virtual ~Listener() = default;
    virtual void message(const Message&) = 0;
    virtual void media(const MediaPacket&) {}
    virtual void icmp(const IcmpError&) {}
    virtual void reset(const TcpReset&) {}
    virtual void tls(const TlsConnection&) {}  // once, when it is over or the file is

    // Asked now and then, with the octets of the file read so far; false ends the reading.
    virtual bool goes_on(std::uint64_t) { return true; }
};

// Reads a capture: pcap or pcapng, also compressed by gzip, from a file ("-": standard input), or from octets in memory.
// A file is read piece by piece; what is kept at a time is bounded by the limits, whatever its size.
Summary read_file(const std::string& path, Listener& listener, const Limits& limits = {});
Summary read_octets(std::string_view octets, Listener& listener, const Limits& limits = {});

// Whether octets begin like a capture that is read here, or like one that is at least known by name.
bool looks_like_capture(std::string_view beginning);

}  // namespace sipdex::capture
