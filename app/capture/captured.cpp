#include "capture/captured.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "capture/log.h"
#include "capture/octets.h"
#include "capture/problems.h"
#include "sip/characters.h"
#include "sip/sdp.h"
#include "sip/start_line.h"

namespace sipdex::capture {

namespace {

using Kind = Problem::Kind;

// RFC 3551 6; 0 where the number means what an offer says.
std::uint32_t clock_rate_of(std::uint8_t payload_type) {
    // What 25 to 34 does not give away is video as well, of old.
    constexpr std::uint32_t video = 90000;
    if (const auto codec = sip::static_payload_type(payload_type)) return codec->clock_rate;
    return payload_type >= 25 && payload_type <= 34 ? video : 0;
}

std::uint32_t nearest_clock_rate(double ticks_per_second) {
    constexpr std::uint32_t usual[] = {8000, 12000, 16000, 24000, 32000, 44100, 48000, 90000};
    std::uint32_t nearest = 0;
    double smallest = 0.2;  // farther off than this it is none of them
    for (const std::uint32_t one : usual) {
        const double off = std::abs(ticks_per_second / one - 1);
        if (off < smallest) {
            smallest = off;
            nearest = one;
        }
    }
    return nearest;
}

}  // namespace

// Octets that stay where they are, behind one another in large pieces.
class Captured::Store {
public:
    std::string_view keep(std::string_view octets) {
        if (octets.empty()) return {};
        char* const place = room_for(octets.size());
        std::memcpy(place, octets.data(), octets.size());
        return {place, octets.size()};
    }
    std::span<const std::uint32_t> keep(std::span<const std::uint32_t> numbers) {
        constexpr std::size_t aligned = sizeof(std::uint32_t);
        used_ = std::min(piece_, (used_ + aligned - 1) / aligned * aligned);
        char* const place = room_for(numbers.size_bytes());
        std::memcpy(place, numbers.data(), numbers.size_bytes());
        return {reinterpret_cast<const std::uint32_t*>(place), numbers.size()};
    }
    std::size_t octets() const { return octets_; }

    // Of each media flow, what its packets so far leave to the next.
    struct Run {
        std::size_t flow = 0;
        std::uint16_t first_sequence = 0, highest = 0;
        std::uint32_t cycles = 0;
        std::uint32_t first_timestamp = 0, last_timestamp = 0;
        double last_transit = 0;
        bool has_transit = false;
    };
    struct FlowKey {
        Path path;
        std::uint32_t ssrc = 0;
        bool control = false;
        std::uint32_t file = 0;  // another file may have the same packets once more
        bool operator==(const FlowKey&) const = default;
    };
    struct FlowKeyHash {
        std::size_t operator()(const FlowKey& key) const {
            return PathHash()(key.path) ^ key.ssrc * 2654435761u ^ key.file * 40503u ^ (key.control ? 1u : 0u);
        }
    };
    std::unordered_map<FlowKey, Run, FlowKeyHash> runs;

private:
    char* room_for(std::size_t octets) {
        constexpr std::size_t usual = 1 << 20;
        if (octets > piece_ - used_) {
            piece_ = std::max(usual, octets);
            pieces_.push_back(std::make_unique_for_overwrite<char[]>(piece_));
            used_ = 0;
        }
        char* const place = pieces_.back().get() + used_;
        used_ += octets;
        octets_ += octets;
        return place;
    }

    std::vector<std::unique_ptr<char[]>> pieces_;
    std::size_t piece_ = 0, used_ = 0, octets_ = 0;
};

class Captured::Collector : public Listener {
public:
    Collector(Captured& captured, const GoesOn* goes_on)
        : to_(captured),
          goes_on_(goes_on),
          file_(static_cast<std::uint32_t>(captured.files.size())),
          before_(captured.messages.size()) {}

    void message(const Message& message) override {
        count(message.octets);
        ++to_.messages_seen;
        if (to_.store_->octets() + to_.messages.size() * sizeof(Message) >= to_.limits_.kept_octets)
            return problems.note(Kind::limit_kept_octets, message.frames.empty() ? 0 : message.frames.back(), 0,
                                 to_.limits_.kept_octets);
        Message kept = message;
        kept.file = file_;
        kept.octets = to_.store_->keep(message.octets);
        kept.frames = to_.store_->keep(message.frames);
        kept.from_name = to_.store_->keep(message.from_name);
        kept.to_name = to_.store_->keep(message.to_name);
        kept.number += before_;
        if (kept.copy_of != 0) kept.copy_of += before_;
        to_.messages.push_back(kept);
    }

    void media(const MediaPacket& packet) override {
        auto& runs = to_.store_->runs;
        const Store::FlowKey key{{packet.from, packet.to}, packet.ssrc, packet.control, file_};
        auto place = runs.find(key);
        if (place == runs.end()) {
            if (to_.flows.size() >= to_.limits_.flows)
                return problems.note(Kind::limit_flows, packet.frame, 0, to_.limits_.flows);
            place = runs.emplace(key, Store::Run{.flow = to_.flows.size()}).first;
            MediaFlow& flow = to_.flows.emplace_back();
            flow.from = packet.from;
            flow.to = packet.to;
            flow.ssrc = packet.ssrc;
            flow.control = packet.control;
            flow.file = file_;
            flow.first_frame = packet.frame;
            flow.first = flow.last = packet.time;
        }
        MediaFlow& flow = to_.flows[place->second.flow];
        add_payload_type(flow, packet);
        add_stretch(flow, packet);
        if (packet.control) add_report(flow, packet);
        else add_packet(flow, place->second, packet);
        ++flow.packets;
        flow.octets += packet.octets;
        if (packet.time - flow.last > flow.longest_gap) {
            flow.longest_gap = packet.time - flow.last;
            flow.gap_began = flow.last;
        }
        flow.last = std::max(flow.last, packet.time);
    }

    void icmp(const IcmpError& error) override {
        if (!has_room(to_.icmp.size(), error.frame)) return;
        to_.icmp.push_back({error, file_});
        constexpr std::size_t enough = 4096;
        to_.icmp.back().error.quoted = to_.store_->keep(error.quoted.substr(0, enough));
    }
    void reset(const TcpReset& reset) override {
        if (has_room(to_.resets.size(), reset.frame)) to_.resets.push_back({reset, file_});
    }
    void tls(const TlsConnection& connection) override {
        if (has_room(to_.tls.size(), connection.frame)) to_.tls.push_back({connection, file_});
    }
    bool goes_on(std::uint64_t octets) override { return goes_on_ == nullptr || !*goes_on_ || (*goes_on_)(octets); }

    Problems problems;

private:
    bool has_room(std::size_t events, std::uint32_t frame) {
        if (events < to_.limits_.events) return true;
        problems.note(Kind::limit_events, frame, 0, to_.limits_.events);
        return false;
    }

    void count(std::string_view octets) {
        sip::StartLine start;
        if (!sip::read_start_line(sip::line_ends.before(octets), &start, nullptr)) return;
        if (start.status != 0) {
            ++to_.codes[start.status];
            return;
        }
        const auto known = to_.methods.find(start.method);
        constexpr std::size_t most = 4096;  // names that somebody makes up without end
        if (known != to_.methods.end()) ++known->second;
        else if (to_.methods.size() < most) to_.methods.emplace(start.method, 1);
    }

    static void add_payload_type(MediaFlow& flow, const MediaPacket& packet) {
        const auto known = std::ranges::find(flow.payload_types, packet.payload_type, &MediaFlow::PayloadType::number);
        if (known != flow.payload_types.end()) {
            ++known->packets;
            known->last = std::max(known->last, packet.time);
        } else flow.payload_types.push_back({packet.payload_type, 1, packet.time, packet.time});
    }

    static void add_stretch(MediaFlow& flow, const MediaPacket& packet) {
        constexpr Time pause = std::chrono::milliseconds(500);
        constexpr std::size_t most = 1024;
        if (flow.stretches.empty() || (packet.time - flow.last > pause && flow.stretches.size() < most))
            flow.stretches.push_back({packet.time, packet.time, 0, 0});
        MediaFlow::Stretch& stretch = flow.stretches.back();
        ++stretch.packets;
        stretch.last = std::max(stretch.last, packet.time);
    }

    // RFC 3550 A.1 and A.3: sequence numbers with their cycles.
    static void add_packet(MediaFlow& flow, Store::Run& run, const MediaPacket& packet) {
        if (flow.packets == 0) {
            run.first_sequence = run.highest = packet.sequence;
            run.first_timestamp = run.last_timestamp = packet.timestamp;
            flow.expected = 1;
            return begin_clock(flow, packet);
        }
        const auto step = static_cast<std::uint16_t>(packet.sequence - run.highest);
        // RFC 3550 A.1: a sender that is so far ahead or behind began anew. It has lost nothing, nor was it late.
        constexpr std::uint16_t restart = 3000, misordered = 0x10000 - 100;
        const bool anew = step >= restart && step < misordered;
        if (step == 0) ++flow.repeated;
        else if (step < restart || anew) {
            if (step == 1) ++flow.in_sequence;
            flow.expected += anew ? 1 : step;
            if (MediaFlow::Stretch& stretch = flow.stretches.back(); stretch.packets == 1 && !anew)
                stretch.skipped = step - 1U;
            run.highest = packet.sequence;
        } else ++flow.out_of_order;
        if (anew) run.has_transit = false;
        if (packet.timestamp == run.last_timestamp) return;  // of one picture, or one key pressed
        observe_clock(flow, run, packet);
        add_jitter(flow, run, packet);
        run.last_timestamp = packet.timestamp;
    }

    static void begin_clock(MediaFlow& flow, const MediaPacket& packet) {
        flow.clock_rate = clock_rate_of(packet.payload_type);
        flow.clock_rate_observed = flow.clock_rate == 0;
    }

    static void observe_clock(MediaFlow& flow, const Store::Run& run, const MediaPacket& packet) {
        constexpr std::uint64_t enough = 25;
        if (flow.clock_rate != 0 || flow.packets < enough) return;
        const double seconds = std::chrono::duration<double>(packet.time - flow.first).count();
        if (seconds > 0)
            flow.clock_rate = nearest_clock_rate(static_cast<double>(packet.timestamp - run.first_timestamp) / seconds);
    }

    static void add_jitter(MediaFlow& flow, Store::Run& run, const MediaPacket& packet) {
        if (flow.clock_rate == 0 || packet.payload_type != flow.payload_types.front().number) return;
        const double arrived = std::chrono::duration<double>(packet.time - flow.first).count() * flow.clock_rate;
        const double transit =
            arrived - static_cast<double>(static_cast<std::int32_t>(packet.timestamp - run.first_timestamp));
        if (run.has_transit) {
            const double apart = std::abs(transit - run.last_transit);
            // A talk spurt after silence may begin with any timestamp.
            if (!packet.marker) flow.jitter += (apart - flow.jitter) / 16;
            flow.most_jitter = std::max(flow.most_jitter, flow.jitter);
        }
        run.last_transit = transit;
        run.has_transit = true;
    }

    // All parts of a compound packet (RFC 3550 6.1).
    static void add_report(MediaFlow& flow, const MediaPacket& packet) {
        constexpr std::uint32_t sender_report = 200, receiver_report = 201, bye = 203;
        for (std::size_t at = 0; at + 8 <= packet.datagram.size();) {
            const std::uint32_t type = u8(packet.datagram, at + 1), blocks = u8(packet.datagram, at) & 0x1f;
            const std::size_t length = (u16(packet.datagram, at + 2) + 1) * 4;
            if (u8(packet.datagram, at) >> 6 != 2) return;
            if (type == bye) flow.goodbye = packet.time;
            const std::size_t block = at + (type == sender_report ? 28 : 8);
            if ((type == sender_report || type == receiver_report) && blocks > 0 &&
                block + 24 <= packet.datagram.size()) {
                flow.reported_lost = u24(packet.datagram, block + 5);
                flow.reported_jitter = u32(packet.datagram, block + 12);
            }
            at += length;
        }
    }

    Captured& to_;
    const GoesOn* goes_on_;
    std::uint32_t file_;
    std::size_t before_;
};

Captured::Captured(const Limits& limits) : limits_(limits), store_(std::make_unique<Store>()) {}
Captured::~Captured() = default;
Captured::Captured(Captured&&) noexcept = default;
Captured& Captured::operator=(Captured&&) noexcept = default;

const Summary& Captured::add(std::string name, Summary summary) {
    for (Problem& one : summary.problems) one.file = static_cast<std::uint32_t>(files.size());
    files.push_back({std::move(name), std::move(summary), {}});
    return files.back().summary;
}

const Summary& Captured::read_file(const std::string& path, const GoesOn& goes_on) {
    Collector collector(*this, &goes_on);
    Summary summary = capture::read_file(path, collector, limits_);
    std::ranges::move(collector.problems.taken(), std::back_inserter(summary.problems));
    return add(path, std::move(summary));
}

const Summary& Captured::read_octets(std::string_view octets) {
    Collector collector(*this, nullptr);
    Summary summary = capture::read_octets(octets, collector, limits_);
    std::ranges::move(collector.problems.taken(), std::back_inserter(summary.problems));
    return add({}, std::move(summary));
}

const Summary& Captured::read_log(std::string_view text, const evidence::Vocabulary& vocabulary) {
    Collector collector(*this, nullptr);
    Summary summary = capture::read_log(text, vocabulary, collector, limits_);
    std::ranges::move(collector.problems.taken(), std::back_inserter(summary.problems));
    return add({}, std::move(summary));
}

// The k-th of several messages that are alike is the same as the k-th in the other file.
void Captured::mark_copies_between_files() {
    struct Seen {
        std::vector<std::size_t> places;
        std::vector<std::size_t> taken;  // how many of them have a copy, by file
    };
    const auto key_of = [](const Message& one) {
        return PathHash()({one.from, one.to}) ^ std::hash<std::string_view>()(one.octets) * 0x9e3779b97f4a7c15ULL;
    };
    std::unordered_map<std::uint64_t, Seen> seen;
    std::vector<std::vector<Time>> ahead(files.size());
    for (std::size_t place = 0; place < messages.size(); ++place) {
        Message& one = messages[place];
        if (one.copy_of != 0 || !one.from.known() || one.rebuilt) continue;
        Seen& same = seen[key_of(one)];
        same.taken.resize(files.size());
        std::size_t& taken = same.taken[one.file];
        // Those of earlier files only; a file is whole before the next begins.
        const auto candidate = [&](std::size_t at) { return messages[at].file != one.file; };
        std::size_t skipped = 0;
        for (const std::size_t at : same.places) {
            if (!candidate(at) || messages[at].octets != one.octets) continue;
            if (skipped++ < taken) continue;
            one.copy = Copy::file;
            one.copy_of = messages[at].number;
            ++taken;
            if (messages[at].file == 0 || files[messages[at].file].clock_ahead)
                ahead[one.file].push_back(one.time - messages[at].time +
                                          files[messages[at].file].clock_ahead.value_or(Time{}));
            break;
        }
        if (one.copy_of == 0) same.places.push_back(place);
        // The clock of a file is known once the next begins.
        if (place + 1 == messages.size() || messages[place + 1].file != one.file) {
            auto& differences = ahead[one.file];
            if (differences.empty()) continue;
            const auto middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
            std::ranges::nth_element(differences, middle);
            files[one.file].clock_ahead = *middle;
        }
    }
}

void Captured::arrange() {
    // Media that was none: of a source that never sent two packets in a row.
    std::erase_if(flows, [](const MediaFlow& flow) {
        constexpr std::uint64_t enough = 2;
        return !flow.control && (flow.in_sequence < enough || flow.in_sequence * 4 < flow.packets);
    });
    store_->runs.clear();

    // Within a file, in the order in which messages were complete: some waited for a gap to be given up.
    const auto completed = [](const Message& one) { return std::pair(one.file, one.complete); };
    if (!std::ranges::is_sorted(messages, {}, completed)) std::ranges::stable_sort(messages, {}, completed);

    if (files.size() > 1) {
        mark_copies_between_files();
        // Each file keeps its own order; between files the corrected clocks decide.
        std::vector<std::size_t> next(files.size()), ends(files.size());
        for (std::size_t place = 0; place < messages.size(); ++place) {
            if (place == 0 || messages[place].file != messages[place - 1].file) next[messages[place].file] = place;
            ends[messages[place].file] = place + 1;
        }
        std::vector<Message> merged;
        merged.reserve(messages.size());
        while (merged.size() < messages.size()) {
            std::optional<std::size_t> earliest;
            Time earliest_time{};
            for (std::size_t file = 0; file < files.size(); ++file) {
                if (next[file] >= ends[file]) continue;
                const Time time = messages[next[file]].time - files[file].clock_ahead.value_or(Time{});
                if (earliest && time >= earliest_time) continue;
                earliest = file;
                earliest_time = time;
            }
            merged.push_back(messages[next[*earliest]++]);
        }
        messages = std::move(merged);
    }
    std::vector<std::size_t> numbers(messages_seen + 1);
    for (std::size_t place = 0; place < messages.size(); ++place)
        if (messages[place].number < numbers.size()) numbers[messages[place].number] = place + 1;
    for (std::size_t place = 0; place < messages.size(); ++place) {
        Message& one = messages[place];
        one.number = place + 1;
        if (one.copy_of != 0) one.copy_of = one.copy_of < numbers.size() ? numbers[one.copy_of] : 0;
        if (one.copy_of == 0) one.copy = Copy::none;
    }
}

}  // namespace sipdex::capture
