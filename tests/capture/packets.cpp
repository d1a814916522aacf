#include "capture/packets.h"

#include <zlib.h>

#include <algorithm>

#include "recording/packets.h"
#include "sip/message.h"

namespace sipdex::test {

namespace {

std::uint32_t checksum(const std::string& octets) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i + 1 < octets.size(); i += 2)
        sum += static_cast<std::uint32_t>(static_cast<std::uint8_t>(octets[i]) << 8 |
                                          static_cast<std::uint8_t>(octets[i + 1]));
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
    return ~sum & 0xffff;
}

std::string number(std::uint32_t value, std::size_t octets, bool big_endian) {
    std::string text;
    for (std::size_t i = 0; i < octets; ++i)
        text += static_cast<char>(value >> 8 * (big_endian ? octets - 1 - i : i) & 0xff);
    return text;
}

}  // namespace

std::string big16(std::uint32_t value) { return number(value, 2, true); }
std::string big32(std::uint32_t value) { return number(value, 4, true); }

std::string udp(const std::string& from, const std::string& to, std::string_view payload, std::uint32_t number) {
    return recording::udp_frame(recording::endpoint_of(from, 0), recording::endpoint_of(to, 1), payload, number);
}

std::string tcp(const std::string& from, const std::string& to, std::uint32_t sequence, std::string_view payload,
                bool syn, std::uint32_t number) {
    recording::Segment segment;
    segment.sequence = sequence;
    segment.syn = syn;
    segment.ack = !syn;
    segment.payload = payload;
    return recording::tcp_frame(recording::endpoint_of(from, 0), recording::endpoint_of(to, 1), segment, number);
}

std::string packet_of(const std::string& frame) { return frame.substr(14); }

std::string in_ethernet(std::uint32_t type, const std::string& packet) {
    return std::string("\x02\0\0\0\0\x02\x02\0\0\0\0\x01", 12) + big16(type) + packet;
}

std::string in_ip(const std::string& from, const std::string& to, std::uint32_t protocol, const std::string& payload) {
    std::string head = big16(0x4500) + big16(static_cast<std::uint32_t>(payload.size() + 20)) + big16(77) + big16(0) +
                       number(64, 1, true) + number(protocol, 1, true) + big16(0) +
                       recording::endpoint_of(from + ":0", 0).octets + recording::endpoint_of(to + ":0", 0).octets;
    head.replace(10, 2, big16(checksum(head)));
    return head + payload;
}

std::string in_ip6(std::uint32_t next_header, const std::string& payload) {
    return big32(0x60000000) + big16(static_cast<std::uint32_t>(payload.size())) + number(next_header, 1, true) +
           number(64, 1, true) + recording::endpoint_of("[2001:db8::1]:0", 0).octets +
           recording::endpoint_of("[2001:db8::2]:0", 0).octets + payload;
}

std::vector<std::string> fragments(const std::string& frame, std::size_t octets) {
    const std::string ethernet = frame.substr(0, 14), head = frame.substr(14, 20), payload = frame.substr(34);
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < payload.size(); at += octets) {
        const std::string piece = payload.substr(at, octets);
        const bool more = at + piece.size() < payload.size();
        std::string own = head;
        own.replace(2, 2, big16(static_cast<std::uint32_t>(piece.size() + 20)));
        own.replace(6, 2, big16((more ? 0x2000u : 0u) | static_cast<std::uint32_t>(at / 8)));
        pieces.push_back(ethernet + own + piece);
    }
    return pieces;
}

std::string pcap(const std::vector<MadeFrame>& frames, std::uint32_t link_type, bool big_endian, bool nanoseconds) {
    const auto put = [&](std::uint32_t value, std::size_t octets = 4) { return number(value, octets, big_endian); };
    std::string file = put(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4) + put(2, 2) + put(4, 2) + put(0) + put(0) +
                       put(65535) + put(link_type);
    for (const MadeFrame& one : frames) {
        const auto fraction = static_cast<std::uint32_t>(one.microseconds % 1'000'000);
        file += put(static_cast<std::uint32_t>(1'700'000'000 + one.microseconds / 1'000'000)) +
                put(nanoseconds ? fraction * 1000 : fraction) + put(static_cast<std::uint32_t>(one.octets.size())) +
                put(one.length != 0 ? one.length : static_cast<std::uint32_t>(one.octets.size())) + one.octets;
    }
    return file;
}

std::string pcapng(const std::vector<MadeFrame>& frames, const std::vector<MadeInterface>& interfaces,
                   bool big_endian) {
    const auto put = [&](std::uint32_t value, std::size_t octets = 4) { return number(value, octets, big_endian); };
    const auto block = [&](std::uint32_t type, std::string content) {
        content.resize((content.size() + 3) / 4 * 4);
        const auto length = static_cast<std::uint32_t>(content.size() + 12);
        return put(type) + put(length) + content + put(length);
    };
    std::string file = block(0x0a0d0d0a, put(0x1a2b3c4d) + put(1, 2) + put(0, 2) + put(0xffffffff) + put(0xffffffff));
    for (const MadeInterface& one : interfaces)
        file += block(1, put(one.link_type, 2) + put(0, 2) + put(0) + put(9, 2) + put(1, 2) + put(one.resolution, 1) +
                             std::string(3, '\0') + put(0));
    for (const MadeFrame& one : frames) {
        const std::uint8_t resolution = interfaces.at(one.interface).resolution;
        std::uint64_t time = 1'700'000'000'000'000ULL + static_cast<std::uint64_t>(one.microseconds);
        for (int i = 6; i < resolution; ++i) time *= 10;
        for (int i = resolution; i < 6; ++i) time /= 10;
        file += block(
            6, put(one.interface) + put(static_cast<std::uint32_t>(time >> 32)) +
                   put(static_cast<std::uint32_t>(time)) + put(static_cast<std::uint32_t>(one.octets.size())) +
                   put(one.length != 0 ? one.length : static_cast<std::uint32_t>(one.octets.size())) + one.octets);
    }
    return file;
}

std::string gzip(std::string_view octets) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, octets.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(octets.data()));
    stream.avail_in = static_cast<uInt>(octets.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::vector<MadeFrame> at_intervals(const std::vector<std::string>& frames, std::int64_t microseconds) {
    std::vector<MadeFrame> made;
    for (const std::string& one : frames)
        made.push_back({one, static_cast<std::int64_t>(made.size()) * microseconds, 0, 0});
    return made;
}

std::string message(std::string_view start, std::string_view cseq, std::string_view more, std::string_view body) {
    std::string text(start);
    text.append("\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\nFrom: <sip:alice@192.0.2.1>;tag=a\r\n")
        .append("To: <sip:bob@192.0.2.2>\r\nCall-ID: one\r\nCSeq: ")
        .append(cseq)
        .append("\r\n")
        .append(more)
        .append("Content-Length: ")
        .append(std::to_string(body.size()))
        .append("\r\n\r\n")
        .append(body);
    return text;
}

capture::Captured captured_of(std::string_view octets, const capture::Limits& limits) {
    capture::Captured captured(limits);
    captured.read_octets(octets);
    captured.arrange();
    return captured;
}

std::string told(const capture::Captured& captured) {
    std::string text;
    for (const capture::Message& one : captured.messages) {
        text += to_text(one.from) + " > " + to_text(one.to) + ' ' + std::string(name_of(one.transport));
        for (const std::uint32_t frame : one.frames) text += ' ' + std::to_string(frame);
        const auto parsed = sip::parse(one.octets);
        text += ' ' + (parsed.message ? sip::label_of(*parsed.message) : "?");
        if (one.missing > 0) text += " -" + std::to_string(one.missing);
        if (one.copy_of != 0) text += " copy of " + std::to_string(one.copy_of);
        text += '\n';
    }
    return text;
}

std::string problems_of(const capture::Captured& captured) {
    std::string text;
    for (const auto& file : captured.files)
        for (const capture::Problem& one : file.summary.problems)
            text += (text.empty() ? "" : " ") + std::string(name_of(one.kind));
    return text;
}

}  // namespace sipdex::test
