#include "capture/fragments.h"

#include <algorithm>

namespace sipdex::capture {

namespace {

constexpr Time patience = std::chrono::seconds(60);  // RFC 8200 4.5
constexpr std::uint32_t longest = 65535 + 40;

}  // namespace

void Fragments::insert(Parts& parts, std::uint32_t offset, std::string_view octets) {
    std::uint32_t at = offset;
    const std::uint32_t end = offset + static_cast<std::uint32_t>(octets.size());
    // Only what nobody sent yet, between the pieces that are there.
    while (at < end) {
        auto next = parts.pieces.upper_bound(at);
        if (next != parts.pieces.begin()) {
            const auto before = std::prev(next);
            const std::uint32_t covered = before->first + static_cast<std::uint32_t>(before->second.size());
            if (covered > at) {
                at = covered;
                continue;
            }
        }
        const std::uint32_t until = next == parts.pieces.end() ? end : std::min(end, next->first);
        parts.pieces.emplace(at, octets.substr(at - offset, until - at));
        parts.octets += until - at;
        octets_ += until - at;
        at = until;
    }
}

std::optional<Fragments::Datagram> Fragments::complete(Parts& parts) const {
    if (parts.length == 0) return {};
    std::uint32_t at = 0;
    for (const auto& [offset, octets] : parts.pieces) {
        if (offset != at) return {};
        at += static_cast<std::uint32_t>(octets.size());
    }
    if (at < parts.length) return {};
    Datagram whole{.packet = parts.packet,
                   .protocol = parts.protocol,
                   .octets = {},
                   .frames = std::move(parts.frames),
                   .missing = 0};
    whole.octets.reserve(at);
    for (const auto& [offset, octets] : parts.pieces) whole.octets += octets;
    return whole;
}

std::optional<Fragments::Datagram> Fragments::add(const Packet& packet, std::uint32_t protocol, std::uint32_t offset,
                                                  bool more, std::string_view octets) {
    if (offset + octets.size() > longest) {
        output_.problems.note(Problem::Kind::damaged_packet, packet.number, packet.offset);
        return {};
    }
    const Key key{{packet.from, packet.to}, packet.identification};
    const auto [place, fresh] = waiting_.try_emplace(key);
    Parts& parts = place->second;
    if (fresh) {
        order_.emplace_back(key, packet.time);
        parts.protocol = protocol;
    }
    if (offset == 0) parts.protocol = protocol;
    parts.packet = packet;
    parts.packet.frames = {};
    insert(parts, offset, octets);
    if (parts.frames.empty() || parts.frames.back() != packet.number) parts.frames.push_back(packet.number);
    if (!more) parts.length = std::max(parts.length, offset + static_cast<std::uint32_t>(octets.size()));
    auto whole = complete(parts);
    if (whole) {
        octets_ -= parts.octets;
        waiting_.erase(place);
        constexpr std::size_t most_remembered = 4096;
        if (completed_.size() >= most_remembered) completed_.clear();
        completed_[key] = packet.time;
    }
    return whole;
}

// Captured twice, as on two interfaces, the last piece comes once more after its datagram is complete.
bool Fragments::is_late_copy(const Key& key, Time since) const {
    constexpr Time soon = std::chrono::seconds(1);
    const auto whole = completed_.find(key);
    return whole != completed_.end() && since - whole->second < soon;
}

std::optional<Fragments::Datagram> Fragments::lost(bool all) {
    while (!order_.empty()) {
        const auto [key, since] = order_.front();
        const auto place = waiting_.find(key);
        if (place == waiting_.end()) {  // complete
            order_.pop_front();
            continue;
        }
        Parts& parts = place->second;
        if (is_late_copy(key, since)) {
            octets_ -= parts.octets;
            waiting_.erase(place);
            order_.pop_front();
            continue;
        }
        const bool too_many = waiting_.size() > output_.limits.fragmented || octets_ > output_.limits.waiting_octets;
        if (!all && !too_many && parts.packet.time - since < patience && order_.size() <= 2 * output_.limits.fragmented)
            return {};
        order_.pop_front();
        if (too_many)
            output_.problems.note(Problem::Kind::limit_fragments, parts.packet.number, parts.packet.offset,
                                  output_.limits.fragmented);
        output_.problems.note(Problem::Kind::fragments_missing, parts.frames.front(), parts.packet.offset);
        Datagram begun{.packet = parts.packet,
                       .protocol = parts.protocol,
                       .octets = {},
                       .frames = std::move(parts.frames),
                       .missing = 1};
        for (const auto& [offset, octets] : parts.pieces) {
            if (offset != begun.octets.size()) break;
            begun.octets += octets;
        }
        if (parts.length > begun.octets.size())
            begun.missing = parts.length - static_cast<std::uint32_t>(begun.octets.size());
        octets_ -= parts.octets;
        waiting_.erase(place);
        return begun;
    }
    return {};
}

}  // namespace sipdex::capture
