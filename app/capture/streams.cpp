// The order of what a connection carries, and its gaps.
#include "capture/streams.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "capture/octets.h"
#include "capture/start.h"

namespace sipdex::capture {

namespace {

using ProblemKind = Problem::Kind;

constexpr std::uint32_t fin = 1, syn = 2, rst = 4, ack = 16;

// A segment that lacks comes within these, or it was not captured.
constexpr std::size_t most_ahead = 64, most_octets_ahead = 1 << 18;
constexpr Time longest_wait = std::chrono::seconds(2);
// Farther ahead than any window: other numbers, not a gap.
constexpr std::int32_t farthest = 16 << 20;

std::int32_t distance(std::uint32_t from, std::uint32_t to) { return static_cast<std::int32_t>(to - from); }

// Who listens at a port that is known for it, or else at the lower one.
std::uint32_t likely_server(std::uint16_t port) {
    constexpr std::uint16_t sips = 5061, https = 443;
    return port == sips || port == https ? 0 : port;
}

bool comes_first(const Address& one, const Address& other) {
    return std::tie(one.length, one.octets, one.port) <= std::tie(other.length, other.octets, other.port);
}

}  // namespace

Streams::Connection& Streams::connection_of(const Packet& packet, bool& first_side) {
    const bool ordered = comes_first(packet.from, packet.to);
    const Path key = ordered ? Path{packet.from, packet.to} : Path{packet.to, packet.from};
    auto place = connections_.find(key);
    if (place == connections_.end()) {
        if (connections_.size() >= output_.limits.streams) {
            output_.problems.note(ProblemKind::limit_streams, packet.number, packet.offset, output_.limits.streams);
            make_room();
        }
        place = connections_.emplace(key, std::make_unique<Connection>()).first;
        place->second->first = packet.from;
        place->second->second = packet.to;
    }
    first_side = place->second->first == packet.from;
    return *place->second;
}

// The half that was silent longest goes.
void Streams::make_room() {
    std::vector<std::uint32_t> frames;
    frames.reserve(connections_.size());
    for (const auto& [key, connection] : connections_) frames.push_back(connection->last_frame);
    const auto middle = frames.begin() + static_cast<std::ptrdiff_t>(frames.size() / 2);
    std::ranges::nth_element(frames, middle);
    const std::uint32_t oldest_kept = *middle;
    for (auto place = connections_.begin(); place != connections_.end();) {
        if (place->second->last_frame > oldest_kept) {
            ++place;
            continue;
        }
        end(*place->second);
        place = connections_.erase(place);
    }
}

void Streams::segment(Packet packet, std::string_view octets) {
    constexpr std::size_t shortest = 20;
    if (octets.size() < shortest) return;
    packet.from.port = static_cast<std::uint16_t>(u16(octets, 0));
    packet.to.port = static_cast<std::uint16_t>(u16(octets, 2));
    const std::uint32_t sequence = u32(octets, 4), flags = u8(octets, 13);
    const std::size_t head = (u8(octets, 12) >> 4) * 4;
    if (head < shortest) return output_.problems.note(ProblemKind::damaged_packet, packet.number, packet.offset);
    const std::string_view data = from(octets, head);
    bool first_side = true;
    Connection& connection = connection_of(packet, first_side);
    connection.last_frame = packet.number;
    Half& half = connection.halves[first_side ? 0 : 1];
    Half& other = connection.halves[first_side ? 1 : 0];
    half.last = packet;
    half.last.frames = {};
    if (const std::uint32_t arrived = u32(octets, 8);
        (flags & (ack | rst | syn)) == ack && (!other.answered || distance(other.acknowledged, arrived) > 0)) {
        other.acknowledged = arrived;
        other.answered = true;
    }
    if ((flags & rst) != 0) {
        // RFC 9293 3.5.2: what refuses a connection acknowledges the very first number.
        const bool refused = other.opened && !other.spoke && !half.opened;
        output_.listener.reset({packet.time, packet.number, packet.from, packet.to, refused});
        end(connection, half);
        end(connection, other);
        return;
    }
    if ((flags & syn) != 0) {
        opened(connection, half, sequence + 1);
        return;  // data along with it is for the few who know each other (RFC 7413)
    }
    if (!half.known && data.size() + packet.missing > 1) {
        half.known = true;
        half.next = sequence;
    }
    if (half.known && data.size() + packet.missing > 0) take(connection, half, packet, sequence, data);
    const auto length = static_cast<std::uint32_t>(data.size() + packet.missing);
    if ((flags & fin) != 0 && half.known && half.next == sequence + length) end(connection, half);
}

void Streams::opened(Connection& connection, Half& half, std::uint32_t sequence) {
    if (half.known && half.next == sequence) return;  // repeated
    if (half.known || half.spoke) {                   // the same ports, another connection
        const Packet last = half.last;
        end(connection);
        for (Half& one : connection.halves) one = {};
        connection.upgraded = false;
        half.last = last;
    }
    half.opened = half.known = true;
    half.next = sequence;
}

void Streams::take(Connection& connection, Half& half, Packet packet, std::uint32_t sequence, std::string_view octets) {
    const std::int32_t early = distance(half.next, sequence);
    if (early > farthest || early < -farthest) {
        end(connection, half);
        half.next = sequence;
    } else if (early > 0) {
        return keep_ahead(connection, half, packet, sequence, octets);
    } else if (early < 0) {  // repeated, in part or wholly
        const auto known = static_cast<std::size_t>(-early);
        if (known >= octets.size()) return;
        octets.remove_prefix(known);
    }
    half.next += static_cast<std::uint32_t>(octets.size());
    half.spoke = true;
    in_order(connection, half, packet, octets);
    if (packet.missing > 0) {
        half.next += packet.missing;
        gap(half, packet, packet.missing);
    }
    if (!half.ahead.empty()) drain(connection, half, packet);
}

void Streams::keep_ahead(Connection& connection, Half& half, const Packet& packet, std::uint32_t sequence,
                         std::string_view octets) {
    const auto known = std::ranges::find(half.ahead, sequence, &Waiting::sequence);
    if (known == half.ahead.end()) {
        if (half.ahead.empty()) half.gap_since = packet.time;
        half.ahead.push_back({sequence, packet, std::string(octets)});
        half.ahead.back().packet.frames = {};
        waiting_ += octets.size();
    }
    std::size_t octets_ahead = 0;
    for (const Waiting& one : half.ahead) octets_ahead += one.octets.size();
    if (half.ahead.size() > most_ahead || octets_ahead > most_octets_ahead ||
        packet.time - half.gap_since > longest_wait || waiting_ > output_.limits.waiting_octets)
        give_up_gap(connection, half);
}

// What waited for the packet that filled the gap, as far as nothing else lacks.
void Streams::drain(Connection& connection, Half& half, const Packet& filled) {
    Time now = filled.time;
    std::uint32_t complete = std::max(filled.number, filled.complete);
    for (;;) {
        const auto due = std::ranges::find_if(
            half.ahead, [&](const Waiting& one) { return distance(half.next, one.sequence) <= 0; });
        if (due == half.ahead.end()) break;
        Waiting one = std::move(*due);
        half.ahead.erase(due);
        waiting_ -= one.octets.size();
        const auto known = static_cast<std::size_t>(-distance(half.next, one.sequence));
        if (known >= one.octets.size() + one.packet.missing) continue;
        std::string_view octets = one.octets;
        octets.remove_prefix(std::min(known, octets.size()));
        half.next += static_cast<std::uint32_t>(octets.size());
        // Only now the receiver could read it.
        one.packet.time = now = std::max(one.packet.time, now);
        one.packet.complete = complete = std::max(one.packet.number, complete);
        in_order(connection, half, one.packet, octets);
        if (one.packet.missing > 0) {
            half.next += one.packet.missing;
            gap(half, one.packet, one.packet.missing);
        }
    }
    if (!half.ahead.empty()) half.gap_since = now;
}

void Streams::give_up_gap(Connection& connection, Half& half) {
    if (half.ahead.empty()) return;
    const auto nearest =
        std::ranges::min_element(half.ahead, {}, [&](const Waiting& one) { return distance(half.next, one.sequence); });
    const Packet packet = nearest->packet;
    const std::uint32_t sequence = nearest->sequence, lacking = sequence - half.next;
    half.next = sequence;
    gap(half, packet, lacking);
    drain(connection, half, packet);
}

void Streams::in_order(Connection& connection, Half& half, const Packet& packet, std::string_view octets) {
    const std::size_t passed = std::min(half.skip, octets.size());
    half.skip -= passed;
    octets.remove_prefix(passed);
    if (octets.empty()) return;
    const std::size_t before = half.kept.size();
    if (half.kept.empty()) {
        const std::size_t used = consume(connection, half, packet, octets);
        if (used < octets.size()) {
            half.kept = octets.substr(used);
            half.marks = {{half.kept.size(), packet.number}};
        }
    } else {
        half.kept += octets;
        half.marks.push_back({half.kept.size(), packet.number});
        if (half.kept.size() >= half.needed) {
            const std::size_t used = consume(connection, half, packet, half.kept);
            half.kept.erase(0, used);
            std::erase_if(half.marks, [&](const Mark& one) { return one.end <= used; });
            for (Mark& mark : half.marks) mark.end -= used;
        }
    }
    waiting_ += half.kept.size();
    waiting_ -= before;
    if (half.kept.size() <= output_.limits.stream_octets && waiting_ <= output_.limits.waiting_octets) return;
    output_.problems.note(ProblemKind::limit_stream_octets, packet.number, packet.offset, output_.limits.stream_octets);
    gap(half, packet, 1);
}

// What was not captured before anybody spoke SIP may have been anything, until somebody does.
void Streams::tell_gap(Half& half, const Packet& packet, std::uint32_t octets) {
    if (half.kind == Kind::sip || half.kind == Kind::websocket || half.kind == Kind::hep)
        output_.problems.note(ProblemKind::stream_gap, packet.number, packet.offset, octets);
    else if (half.unsaid.number == 0)
        half.unsaid = {
            .kind = ProblemKind::stream_gap, .frame = packet.number, .offset = packet.offset, .number = octets};
}

// Octets lack. What was there of a message before is shown with what it lacks; the next is looked for.
void Streams::gap(Half& half, const Packet& packet, std::uint32_t octets) {
    const auto passed = static_cast<std::uint32_t>(std::min<std::size_t>(half.skip, octets));
    half.skip -= passed;
    octets -= passed;
    if (octets == 0) return;
    tell_gap(half, packet, octets);
    if (half.kind == Kind::sip && begins_message(half.kept)) {
        const Extent extent = extent_of(half.kept);
        const std::size_t lacking =
            extent.head_whole ? extent.length - std::min(extent.length, half.kept.size()) : octets;
        deliver(half, half.last, Transport::tcp, half.kept, 0, static_cast<std::uint32_t>(lacking));
        if (extent.head_whole && lacking > octets) half.skip = lacking - octets;
    }
    waiting_ -= half.kept.size();
    half.kept.clear();
    half.marks.clear();
    half.payload.clear();
    half.payload_frames.clear();
    half.searched = half.needed = 0;
}

void Streams::end(Connection& connection, Half& half) {
    while (!half.ahead.empty()) give_up_gap(connection, half);
    // The other side had more than was captured; one octet more is what counts for the end of a connection.
    if (const std::int32_t lacking = distance(half.next, half.acknowledged);
        half.known && half.answered && lacking > 1 && lacking < farthest)
        tell_gap(half, half.last, static_cast<std::uint32_t>(lacking));
    half.answered = false;
    if (!half.kept.empty()) {
        if (half.kind == Kind::sip && begins_message(half.kept)) {
            const Extent extent = extent_of(half.kept);
            // Without a length the end of the connection is the end of the message.
            const std::size_t lacking =
                extent.head_whole ? extent.length - std::min(extent.length, half.kept.size()) : 1;
            deliver(half, half.last, Transport::tcp, half.kept, 0, static_cast<std::uint32_t>(lacking));
        }
        waiting_ -= half.kept.size();
        half.kept = {};
        half.marks = {};
    }
    half.payload = {};
    half.payload_frames = {};
    half.ahead = {};
    half.searched = half.needed = half.skip = 0;
}

void Streams::end(Connection& connection) {
    for (Half& half : connection.halves) end(connection, half);
    const auto speaks = [](const Half& half) {
        return half.kind == Kind::sip || half.kind == Kind::websocket || half.kind == Kind::hep;
    };
    if (std::ranges::any_of(connection.halves, speaks))
        for (Half& half : connection.halves)
            if (const Problem gap = std::exchange(half.unsaid, {}); gap.number > 0)
                output_.problems.note(gap.kind, gap.frame, gap.offset, gap.number);
    if (!connection.tls) return;
    TlsConnection told = connection.tls->connection();
    const bool swapped = told.client_seen || told.version != 0
                             ? connection.tls->swapped()
                             : likely_server(connection.first.port) < likely_server(connection.second.port);
    told.client = swapped ? connection.second : connection.first;
    told.server = swapped ? connection.first : connection.second;
    output_.problems.note(ProblemKind::encrypted, told.frame, 0, told.server.port, std::to_string(told.server.port));
    output_.listener.tls(told);
    connection.tls.reset();
}

void Streams::finish() {
    std::vector<Connection*> all;  // in the order of the capture, not of a hash
    all.reserve(connections_.size());
    for (const auto& [key, connection] : connections_) all.push_back(connection.get());
    std::ranges::sort(all, {}, &Connection::last_frame);
    for (Connection* connection : all) end(*connection);
    connections_.clear();
}

}  // namespace sipdex::capture
