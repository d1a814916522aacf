#include "redact/wire.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "capture/redacted.h"

namespace sipdex::redact {

namespace {

using recording::put16;
using recording::put32;
using recording::put8;

constexpr std::uint32_t icmp = 1, icmp6 = 58, sctp = 132;
constexpr std::size_t most_in_ip = 65535 - 60;  // octets that one packet carries, headers of IP and UDP or TCP aside

bool comes_first(const capture::Address& one, const capture::Address& other) {
    return std::tie(one.length, one.octets, one.port) <= std::tie(other.length, other.octets, other.port);
}

capture::Path key_of(const Wire::Way& way) {
    return comes_first(way.from, way.to) ? capture::Path{way.from, way.to} : capture::Path{way.to, way.from};
}

Wire::Way back(const Wire::Way& way) { return {way.time, way.to, way.from, way.interface, way.hops, 0}; }

// RFC 9260 appendix A.
std::uint32_t crc32c(std::string_view octets) {
    static const auto table = [] {
        std::array<std::uint32_t, 256> all{};
        for (std::uint32_t i = 0; i < all.size(); ++i) {
            std::uint32_t value = i;
            for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ ((value & 1) != 0 ? 0x82f63b78u : 0u);
            all[i] = value;
        }
        return all;
    }();
    std::uint32_t sum = 0xffffffff;
    for (const char c : octets) sum = sum >> 8 ^ table[(sum ^ static_cast<unsigned char>(c)) & 0xff];
    return ~sum;
}

std::string record(std::uint32_t type, const std::string& content) {
    std::string out;
    put8(out, type), put16(out, 0x0303), put16(out, static_cast<std::uint32_t>(content.size()));
    return out + content;
}

std::string handshake(std::uint32_t type, const std::string& content) {
    constexpr std::uint32_t handshake_record = 22;
    std::string out;
    put8(out, type), put8(out, 0), put16(out, static_cast<std::uint32_t>(content.size()));
    return record(handshake_record, out + content);
}

void extension(std::string& out, std::uint32_t type, const std::string& content) {
    put16(out, type), put16(out, static_cast<std::uint32_t>(content.size()));
    out += content;
}

// With the extensions that are told of: who is asked for, versions, the protocol within (RFC 8446 4.1.2, 4.2).
std::string client_hello(const capture::TlsConnection& connection, const std::string& server_name) {
    std::string hello, extensions;
    put16(hello, connection.offered.empty() ? 0x0303u : std::min<std::uint32_t>(connection.offered.front(), 0x0303u));
    hello.append(32, '\0');
    put8(hello, 0);                                                         // no session
    put16(hello, 2), put16(hello, 0x00ff), put8(hello, 1), put8(hello, 0);  // no real cipher, no compression
    if (!server_name.empty()) {
        const auto size = static_cast<std::uint32_t>(server_name.size());
        std::string name;
        put16(name, size + 3), put8(name, 0), put16(name, size);
        extension(extensions, 0, name + server_name);
    }
    if (!connection.protocol.empty()) {
        const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(connection.protocol.size(), 255));
        std::string protocols;
        put16(protocols, size + 1), put8(protocols, size);
        extension(extensions, 16, protocols + connection.protocol.substr(0, size));
    }
    std::string versions;
    for (const std::uint16_t version : connection.offered) put16(versions, version);
    if (!versions.empty()) {
        std::string list;
        put8(list, static_cast<std::uint32_t>(versions.size()));
        extension(extensions, 43, list + versions);
    }
    put16(hello, static_cast<std::uint32_t>(extensions.size()));
    return handshake(1, hello + extensions);
}

std::string server_hello(const capture::TlsConnection& connection) {
    constexpr std::uint32_t tls_1_2 = 0x0303;
    std::string hello;
    put16(hello, std::min<std::uint32_t>(connection.version, tls_1_2));
    hello.append(32, '\0');
    put8(hello, 0), put16(hello, connection.cipher), put8(hello, 0);
    if (connection.version > tls_1_2) {
        std::string version, extensions;
        put16(version, connection.version);
        extension(extensions, 43, version);
        put16(hello, static_cast<std::uint32_t>(extensions.size()));
        hello += extensions;
    }
    return handshake(2, hello);
}

}  // namespace

recording::Endpoint Wire::end_of(const capture::Address& address, std::uint8_t hops) {
    capture::Address host = address;
    host.port = 0;
    const auto station = stations_.try_emplace(host, static_cast<std::uint32_t>(stations_.size() + 1)).first;
    recording::Endpoint end;
    end.octets.assign(reinterpret_cast<const char*>(address.octets.data()), address.length);
    end.port = address.port;
    end.station = station->second;
    if (hops != 0) end.hops = hops;
    return end;
}

// Never 0, which many senders put where it does not count (RFC 6864 4.1).
std::uint32_t Wire::next_number() {
    number_ = number_ % 0xffff + 1;
    return number_;
}

std::uint32_t Wire::message(const Way& way, capture::Transport transport, std::string_view octets,
                            std::uint32_t missing, std::uint32_t identification) {
    using capture::Transport;
    if (transport == Transport::tcp || transport == Transport::tls) {
        segments(way, connection_of(way), octets, missing);
        return 0;
    }
    if (transport == Transport::ws || transport == Transport::wss) {
        Connection& connection = connection_of(way);
        if (!connection.web_socket) begin_web_socket(way, connection);
        // RFC 6455 5.2: one text frame. Who asks masks what it sends; with 0 it stays legible.
        const bool client = connection.first == way.from;
        const std::uint32_t masked = client ? 0x80 : 0;
        std::string frame;
        put8(frame, 0x81);
        if (octets.size() < 126) put8(frame, masked | static_cast<std::uint32_t>(octets.size()));
        else if (octets.size() <= 0xffff)
            put8(frame, masked | 126), put16(frame, static_cast<std::uint32_t>(octets.size()));
        else put8(frame, masked | 127), put32(frame, 0), put32(frame, static_cast<std::uint32_t>(octets.size()));
        if (client) frame.append(4, '\0');
        segments(way, connection, frame + std::string(octets), 0);
        return 0;
    }
    if (transport == Transport::sctp) {
        associate(way, octets, missing);
        return 0;
    }
    const std::uint32_t number = identification != 0 ? identification : next_number();
    const std::size_t size = std::min(octets.size(), most_in_ip);
    const std::size_t lacking = std::min<std::size_t>(missing + (octets.size() - size), most_in_ip - size);
    std::string payload(octets.substr(0, size));
    payload.append(lacking, '\0');
    file_.packet(way.time, way.interface,
                 recording::udp_frame(end_of(way.from, way.hops), end_of(way.to), payload, number), lacking,
                 way.before != 0 ? capture::comment_of_size(way.before) : std::string());
    return number;
}

void Wire::datagram(const Way& way, std::string_view octets, std::size_t missing) {
    const std::size_t size = std::min(octets.size(), most_in_ip);
    file_.packet(
        way.time, way.interface,
        recording::udp_frame(end_of(way.from, way.hops), end_of(way.to), octets.substr(0, size), next_number()),
        std::min(missing, size));
}

Wire::Connection& Wire::connection_of(const Way& way) {
    const auto known = connections_.find(key_of(way));
    return known == connections_.end() || known->second.closed ? open(way) : known->second;
}

// RFC 9293 3.5: the three segments that open it. Opened again, it begins with other numbers.
Wire::Connection& Wire::open(const Way& way) {
    Connection& connection = connections_[key_of(way)];
    constexpr std::uint32_t apart = 0x01000000;
    connection.first = way.from;
    connection.web_socket = connection.closed = false;
    for (Half& half : connection.halves) half.sent += 2 * apart;
    segment(way, connection, {.syn = true});
    segment(back(way), connection, {.syn = true, .ack = true});
    segment(way, connection, {.ack = true});
    return connection;
}

void Wire::segment(const Way& way, Connection& connection, recording::Segment segment, std::size_t missing) {
    const bool first = connection.first == way.from;
    Half &here = connection.halves[first ? 0 : 1], &there = connection.halves[first ? 1 : 0];
    segment.sequence = here.sent;
    segment.acknowledged = segment.ack ? there.sent : 0;
    here.sent += static_cast<std::uint32_t>(segment.payload.size()) + (segment.syn ? 1u : 0u);
    file_.packet(way.time, way.interface,
                 recording::tcp_frame(end_of(way.from, way.hops), end_of(way.to), segment, next_number()), missing);
}

void Wire::segments(const Way& way, Connection& connection, std::string_view octets, std::size_t missing) {
    const std::size_t most = recording::most_in_segment(end_of(way.from));
    while (octets.size() > most) {
        segment(way, connection, {.ack = true, .payload = octets.substr(0, most)});
        octets.remove_prefix(most);
    }
    std::string last(octets);
    const std::size_t lacking = std::min(missing, most_in_ip - last.size());
    last.append(lacking, '\0');
    segment(way, connection, {.ack = true, .push = true, .payload = last}, lacking);
}

// RFC 6455 4.1, RFC 7118 4.
void Wire::begin_web_socket(const Way& way, Connection& connection) {
    connection.web_socket = true;
    segments(way, connection,
             "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: sip\r\n\r\n",
             0);
    segments(back(way), connection,
             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\nSec-WebSocket-Protocol: sip\r\n\r\n",
             0);
}

// One DATA chunk that holds the whole message (RFC 9260 3.3.1).
void Wire::associate(const Way& way, std::string_view octets, std::uint32_t missing) {
    constexpr std::uint32_t begins_and_ends = 3, chunk_header = 16, packet_headers = 64;
    const std::size_t size = std::min(octets.size(), most_in_ip - packet_headers);
    const std::size_t lacking = std::min<std::size_t>(missing, most_in_ip - packet_headers - size);
    const auto length = static_cast<std::uint32_t>(size + lacking + chunk_header);
    const std::uint32_t number = ++associations_[{way.from, way.to}];
    std::string head, chunk;
    put16(head, way.from.port), put16(head, way.to.port), put32(head, 1);
    put8(chunk, 0), put8(chunk, begins_and_ends), put16(chunk, length);
    put32(chunk, number), put16(chunk, 0), put16(chunk, number - 1), put32(chunk, 0);
    chunk += octets.substr(0, size);
    chunk.append(lacking + (4 - length % 4) % 4, '\0');
    const std::uint32_t sum = crc32c(head + std::string(4, '\0') + chunk);
    for (int shift = 0; shift < 32; shift += 8) put8(head, sum >> shift);
    file_.packet(way.time, way.interface,
                 recording::ip_frame(end_of(way.from, way.hops), end_of(way.to), sctp, head + chunk, next_number()),
                 lacking);
}

// RFC 792, RFC 4443 3: with the beginning of what did not arrive.
void Wire::error(const capture::IcmpError& error, std::string_view quoted, std::uint32_t interface) {
    const recording::Endpoint from = end_of(error.reporter), to = end_of(error.told), sender = end_of(error.from),
                              receiver = end_of(error.to);
    if (from.six() != to.six() || sender.six() != receiver.six() || from.six() != sender.six()) return;
    std::string frame;
    constexpr std::size_t ethernet = 14;
    if (error.transport == capture::Transport::tcp) {
        frame = recording::tcp_frame(sender, receiver, {.ack = true, .payload = quoted}, 1);
    } else if (error.transport == capture::Transport::udp) {
        frame = recording::udp_frame(sender, receiver, quoted, 1);
    } else {
        const std::uint32_t protocol = error.transport == capture::Transport::sctp ? sctp : 253;  // RFC 3692 2.1
        std::string head;
        if (protocol == sctp) {
            put16(head, sender.port), put16(head, receiver.port), put32(head, 0), put32(head, 0);
            head.append(16, '\0');
        }
        frame = recording::ip_frame(sender, receiver, protocol, head + std::string(quoted), 1);
    }
    std::string told;
    put8(told, error.type), put8(told, error.code);
    std::string rest;
    put32(rest, error.mtu);
    rest += frame.substr(ethernet);
    const std::string counted = told + std::string(2, '\0') + rest;
    put16(told, recording::checksum(error.six ? recording::pseudo_header(from, to, icmp6, counted.size()) + counted
                                              : counted));
    file_.packet(error.time, interface,
                 recording::ip_frame(from, to, error.six ? icmp6 : icmp, told + rest, next_number()));
}

void Wire::reset(const capture::TcpReset& reset, std::uint32_t interface) {
    const Way way{reset.time, reset.from, reset.to, interface, 0, 0};
    if (reset.refused) {
        Connection& connection = connections_[key_of(way)];
        constexpr std::uint32_t apart = 0x01000000;
        connection.first = reset.to;
        connection.web_socket = connection.closed = false;
        for (Half& half : connection.halves) half.sent += 2 * apart;
        segment(back(way), connection, {.syn = true});
        segment(way, connection, {.ack = true, .reset = true});
    } else {
        segment(way, connection_of(way), {.ack = true, .reset = true});
    }
    connections_[key_of(way)].closed = true;  // what comes next between the two is another connection
}

void Wire::encrypted(const capture::TlsConnection& connection, const std::string& server_name,
                     std::uint32_t interface) {
    const Way to_server{connection.time, connection.client, connection.server, interface, 0, 0};
    const Way to_client = back(to_server);
    Connection& stream = open(to_server);
    if (connection.client_seen) segments(to_server, stream, client_hello(connection, server_name), 0);
    if (connection.version != 0) segments(to_client, stream, server_hello(connection), 0);
    if (connection.client_certificate_wanted) segments(to_client, stream, handshake(13, std::string(4, '\0')), 0);
    for (const auto& alert : connection.alerts) {
        std::string content;
        put8(content, alert.level), put8(content, alert.description);
        Way way = alert.from_server ? to_client : to_server;
        way.time = alert.time;
        segments(way, stream, record(21, content), 0);
    }
    // How much went to and fro, as records of which only the head was captured.
    for (const bool by_server : {false, true}) {
        constexpr std::uint64_t most_in_record = 1 << 14, most = 64 << 20;
        std::uint64_t left = std::min(by_server ? connection.server_octets : connection.client_octets, most);
        for (; left > 0; left -= std::min(left, most_in_record)) {
            const auto length = static_cast<std::uint32_t>(std::min(left, most_in_record));
            std::string head;
            put8(head, 23), put16(head, 0x0303), put16(head, length);
            segments(by_server ? to_client : to_server, stream, head, length);
        }
    }
}

}  // namespace sipdex::redact
