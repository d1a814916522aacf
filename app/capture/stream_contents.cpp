// What runs within a connection, recognised and taken apart.
#include <algorithm>
#include <utility>

#include "capture/hep.h"
#include "capture/octets.h"
#include "capture/start.h"
#include "capture/streams.h"
#include "sip/token.h"

namespace sipdex::capture {

namespace {

using ProblemKind = Problem::Kind;

// Without a line end so far, nobody sends SIP.
constexpr std::size_t longest_first_line = 4096, longest_http_head = 65536;

}  // namespace

void Streams::set_kind(Connection& connection, Kind kind) {
    for (Half& half : connection.halves)
        if (half.kind == Kind::unknown || half.kind == Kind::other) half.kind = kind;
}

std::size_t Streams::consume(Connection& connection, Half& half, const Packet& packet, std::string_view octets) {
    std::size_t at = 0;
    half.needed = 0;
    while (at < octets.size()) {
        const Kind kind = half.kind;
        const std::string_view rest = octets.substr(at);
        std::size_t used = 0;
        switch (kind) {
            case Kind::unknown:
            case Kind::other: used = recognise(connection, half, packet, rest); break;
            case Kind::sip: used = read_sip(half, packet, rest, at); break;
            case Kind::http: used = read_http(connection, half, rest); break;
            case Kind::websocket: used = read_websocket(half, packet, rest, at); break;
            case Kind::hep: used = read_hep_packet(half, packet, rest, at); break;
            case Kind::tls:
                if (!connection.tls) return octets.size();
                used = connection.tls->read(rest, is_first(connection, half), packet.time, half.skip);
                break;
        }
        at += used;
        if (used == 0 && half.kind == kind) break;
    }
    return at;
}

std::size_t Streams::recognise(Connection& connection, Half& half, const Packet& packet, std::string_view octets) {
    const std::size_t alive = keep_alives(octets);
    const std::string_view rest = octets.substr(alive);
    if (rest.empty()) return alive;
    if (begins_message(rest)) {
        half.kind = Kind::sip;
        return alive;
    }
    if (half.kind == Kind::other) {  // it may have begun in the middle of anything
        if (begins_websocket(octets)) return set_kind(connection, Kind::websocket), 0;
        return octets.size();
    }
    if (begins_tls(octets)) {
        set_kind(connection, Kind::tls);
        connection.tls = std::make_unique<TlsReader>();
        connection.tls->connection().time = packet.time;
        connection.tls->connection().frame = packet.number;
        return 0;
    }
    if (hep_length(rest) > 0) return half.kind = Kind::hep, alive;
    if (rest.starts_with("GET ") || rest.starts_with("HTTP/1.")) return half.kind = Kind::http, alive;
    if (begins_websocket(octets)) return set_kind(connection, Kind::websocket), 0;
    const bool text = sip::token_characters.has(rest.front());
    const bool line_ended = rest.find('\n') != std::string_view::npos;
    if (text && !line_ended && rest.size() < longest_first_line) return alive;
    const std::size_t next = next_beginning(octets);
    half.kind = next < octets.size() ? Kind::sip : Kind::other;
    if (next < octets.size())
        output_.problems.note(ProblemKind::stream_out_of_step, packet.number, packet.offset, next);
    return next;
}

std::size_t Streams::read_sip(Half& half, const Packet& packet, std::string_view octets, std::size_t at) {
    if (const std::size_t alive = keep_alives(octets); alive > 0) return half.searched = 0, alive;
    if (!begins_message(octets)) {
        const std::size_t last_line = octets.rfind('\n');
        if (last_line == std::string_view::npos && octets.size() < longest_first_line) return 0;
        const std::size_t next = std::min(next_beginning(octets), octets.size());
        const std::size_t passed = next < octets.size()                  ? next
                                   : last_line == std::string_view::npos ? next
                                                                         : last_line + 1;
        output_.problems.note(ProblemKind::stream_out_of_step, packet.number, packet.offset, passed);
        return passed;
    }
    const Extent extent = extent_of(octets, half.searched);
    half.searched = 0;
    if (!extent.head_whole) {
        half.searched = octets.size() - std::min<std::size_t>(octets.size(), 3);
        return 0;
    }
    if (extent.length <= octets.size()) {
        deliver(half, packet, Transport::tcp, octets.substr(0, extent.length), at, 0);
        return extent.length;
    }
    if (extent.length <= output_.limits.stream_octets) {
        half.needed = extent.length;
        return 0;
    }
    output_.problems.note(ProblemKind::limit_stream_octets, packet.number, packet.offset, output_.limits.stream_octets);
    half.skip = extent.length - octets.size();
    deliver(half, packet, Transport::tcp, octets, at,
            static_cast<std::uint32_t>(std::min<std::size_t>(half.skip, UINT32_MAX)));
    return octets.size();
}

// Only the beginning: who asks for WebSocket and who agrees (RFC 6455 4).
std::size_t Streams::read_http(Connection& connection, Half& half, std::string_view octets) {
    const Extent extent = extent_of(octets);
    if (!extent.head_whole) {
        if (octets.size() < longest_http_head) return 0;
        half.kind = Kind::other;
        return octets.size();
    }
    const std::string head = sip::lowered(octets.substr(0, extent.head));
    const bool asks = head.starts_with("get ") && head.find("upgrade: websocket") != std::string::npos;
    const bool agrees = head.starts_with("http/1.1 101");
    if (asks) connection.upgraded = true;
    half.kind = asks || agrees ? Kind::websocket : Kind::other;
    if (agrees) set_kind(connection, Kind::websocket);
    return extent.head;
}

std::size_t Streams::read_websocket(Half& half, const Packet& packet, std::string_view octets, std::size_t at) {
    const auto frame = websocket_frame(octets);
    if (!frame) return 0;
    const bool known = frame->opcode <= 2 || (frame->opcode >= 8 && frame->opcode <= 10);
    if (!known || (u8(octets, 0) & 0x30) != 0) {
        output_.problems.note(ProblemKind::stream_out_of_step, packet.number, packet.offset, octets.size());
        half.kind = Kind::other;
        return octets.size();
    }
    if (frame->length > output_.limits.stream_octets || half.payload.size() > output_.limits.stream_octets) {
        output_.problems.note(ProblemKind::limit_stream_octets, packet.number, packet.offset,
                              output_.limits.stream_octets);
        half.payload = {};
        const std::uint64_t length = std::min<std::uint64_t>(frame->length, SIZE_MAX / 2) + frame->head;
        half.skip = length > octets.size() ? length - octets.size() : 0;
        return static_cast<std::size_t>(std::min<std::uint64_t>(length, octets.size()));
    }
    const std::size_t length = frame->head + static_cast<std::size_t>(frame->length);
    if (octets.size() < length) {
        half.needed = length;
        return 0;
    }
    if (frame->opcode >= 8) return length;
    if (frame->opcode != 0) {
        half.payload.clear();
        half.payload_frames.clear();
        half.compressed = frame->compressed;
    }
    append_unmasked(half.payload, *frame, octets.substr(frame->head, static_cast<std::size_t>(frame->length)));
    add_frames(half.payload_frames, half, packet, at, at + length);
    if (frame->last) {
        if (half.compressed && !inflate_payload(half)) {
            output_.problems.note(ProblemKind::stream_out_of_step, packet.number, packet.offset, length);
            half.kind = Kind::other;
            return length;
        }
        const std::string_view whole = std::string_view(half.payload).substr(keep_alives(half.payload));
        if (begins_message(whole)) output_.stream(packet, Transport::ws, whole, half.payload_frames, 0);
        half.payload.clear();
        half.payload_frames.clear();
    }
    return length;
}

bool Streams::inflate_payload(Half& half) const {
    if (!half.inflater) half.inflater = std::make_unique<WebSocketInflater>();
    auto text = half.inflater->inflate(std::move(half.payload), output_.limits.stream_octets);
    half.payload.clear();
    if (!text) return false;
    half.payload = std::move(*text);
    return true;
}

std::size_t Streams::read_hep_packet(Half& half, const Packet& packet, std::string_view octets, std::size_t at) {
    const std::size_t length = hep_length(octets);
    if (length == 0) {
        if (octets.size() < 6 && std::string_view("HEP3").starts_with(octets.substr(0, 4))) return 0;
        output_.problems.note(ProblemKind::stream_out_of_step, packet.number, packet.offset, octets.size());
        half.kind = Kind::other;
        return octets.size();
    }
    if (octets.size() < length) {
        half.needed = length;
        return 0;
    }
    if (const auto copy = read_hep(octets.substr(0, length)); copy && copy->sip) {
        Packet original = packet;
        original.from = copy->path.from;
        original.to = copy->path.to;
        original.agent = copy->agent;
        if (copy->time.count() > 0) original.time = copy->time;
        std::vector<std::uint32_t> frames;
        add_frames(frames, half, packet, at, at + length);
        const std::string_view content = copy->content();
        output_.stream(original, copy->transport, content.substr(keep_alives(content)), frames, 0);
    }
    return length;
}

void Streams::add_frames(std::vector<std::uint32_t>& frames, const Half& half, const Packet& packet, std::size_t begin,
                         std::size_t end) const {
    const auto add = [&](std::uint32_t frame) {
        if (frames.empty() || frames.back() != frame) frames.push_back(frame);
    };
    if (half.kept.empty()) return add(packet.number);
    std::size_t from = 0;
    for (const Mark& mark : half.marks) {
        if (mark.end > begin && from < end) add(mark.frame);
        from = mark.end;
    }
}

void Streams::deliver(const Half& half, const Packet& packet, Transport transport, std::string_view octets,
                      std::size_t at, std::uint32_t missing) {
    if (half.kept.empty()) return output_.stream(packet, transport, octets, std::span(&packet.number, 1), missing);
    std::vector<std::uint32_t> frames;
    add_frames(frames, half, packet, at, at + octets.size());
    std::ranges::sort(frames);
    output_.stream(packet, transport, octets, frames, missing);
}

}  // namespace sipdex::capture
