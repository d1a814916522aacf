#include "capture/sctp.h"

#include <algorithm>
#include <iterator>

#include "capture/octets.h"
#include "capture/start.h"

namespace sipdex::capture {

namespace {

constexpr std::size_t common_header = 12, data_header = 16;
constexpr std::uint32_t data_chunk = 0, ends = 1, begins = 2;
constexpr std::size_t most_waiting = 256, most_recent = 256;

}  // namespace

void Sctp::packet(Packet packet, std::string_view octets) {
    if (octets.size() < common_header) return;
    packet.from.port = static_cast<std::uint16_t>(u16(octets, 0));
    packet.to.port = static_cast<std::uint16_t>(u16(octets, 2));
    const Path path{packet.from, packet.to};
    for (std::size_t at = common_header; at + 4 <= octets.size();) {
        const std::size_t length = u16(octets, at + 2);
        if (length < 4) break;
        const std::string_view chunk = octets.substr(at, length);
        if (u8(chunk, 0) == data_chunk && length > data_header && chunk.size() > data_header) {
            if (associations_.size() >= output_.limits.streams && !associations_.contains(path)) {
                output_.problems.note(Problem::Kind::limit_streams, packet.number, packet.offset,
                                      output_.limits.streams);
                associations_.clear();
            }
            Packet one = packet;
            one.missing = chunk.size() < length ? static_cast<std::uint32_t>(length - chunk.size()) : 0;
            data(associations_[path], one, chunk);
        }
        at += (length + 3) / 4 * 4;
    }
}

bool Sctp::is_repeated(Association& association, std::uint32_t number) {
    if (std::ranges::find(association.recent, number) != association.recent.end()) return true;
    if (association.recent.size() < most_recent) association.recent.push_back(number);
    else association.recent[association.next_recent++ % most_recent] = number;
    return false;
}

void Sctp::data(Association& association, const Packet& packet, std::string_view chunk) {
    const std::uint32_t flags = u8(chunk, 1), number = u32(chunk, 4);
    const std::string_view octets = chunk.substr(data_header);
    if (is_repeated(association, number)) return;
    if ((flags & (begins | ends)) == (begins | ends)) return user_message(packet, octets);
    auto& waiting = association.waiting;
    if (waiting.size() >= most_waiting) {
        output_.problems.note(Problem::Kind::limit_fragments, packet.number, packet.offset, most_waiting);
        waiting.clear();
    }
    auto place = waiting
                     .insert_or_assign(number, Piece{.begins = (flags & begins) != 0,
                                                     .ends = (flags & ends) != 0,
                                                     .frame = packet.number,
                                                     .octets = std::string(octets)})
                     .first;
    // Back to the first piece, then on to the last; the numbers of pieces follow one another.
    auto first = place;
    while (!first->second.begins) {
        if (first == waiting.begin() || std::prev(first)->first + 1 != first->first) return;
        --first;
    }
    std::string whole;
    std::vector<std::uint32_t> frames;
    auto last = first;
    for (;; ++last) {
        whole += last->second.octets;
        if (frames.empty() || frames.back() != last->second.frame) frames.push_back(last->second.frame);
        if (last->second.ends) break;
        if (std::next(last) == waiting.end() || std::next(last)->first != last->first + 1) return;
    }
    waiting.erase(first, std::next(last));
    std::ranges::sort(frames);
    Packet complete = packet;
    complete.frames = frames;
    user_message(complete, whole);
}

void Sctp::user_message(const Packet& packet, std::string_view octets) {
    octets.remove_prefix(keep_alives(octets));
    if (begins_message(octets)) output_.datagram(packet, Transport::sctp, octets);
}

}  // namespace sipdex::capture
