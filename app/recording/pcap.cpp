#include "recording/pcap.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "recording/packets.h"
#include "sip/via.h"

namespace sipdex::recording {

namespace {

// Packets with their times, written in the order of these.
class Capture {
public:
    void udp(Time at, const Endpoint& from, const Endpoint& to, const std::string& payload) {
        frames_.push_back({at, udp_frame(from, to, payload, next())});
    }
    void tcp(Time at, const Endpoint& from, const Endpoint& to, const Segment& segment) {
        frames_.push_back({at, tcp_frame(from, to, segment, next())});
    }

    std::string written() {
        constexpr std::int64_t noon = 1767268800;  // 2026-01-01 12:00:00 UTC
        std::ranges::stable_sort(frames_, {}, &Frame::at);
        std::string file;
        put32_little(file, 0xa1b2c3d4);  // microseconds
        put8(file, 2), put8(file, 0), put8(file, 4), put8(file, 0);
        for (const std::uint32_t value : {0u, 0u, 65535u, 1u}) put32_little(file, value);  // ... Ethernet
        for (const Frame& frame : frames_) {
            const std::int64_t since = noon * 1000000 + frame.at.count();
            put32_little(file, static_cast<std::uint32_t>(since / 1000000));
            put32_little(file, static_cast<std::uint32_t>(since % 1000000));
            put32_little(file, static_cast<std::uint32_t>(frame.octets.size()));
            put32_little(file, static_cast<std::uint32_t>(frame.octets.size()));
            file += frame.octets;
        }
        return file;
    }

private:
    struct Frame {
        Time at{};
        std::string octets;
    };

    // The headers of the file are little-endian, what is on the wire is big-endian.
    static void put32_little(std::string& out, std::uint32_t value) {
        for (int shift = 0; shift < 32; shift += 8) put8(out, value >> shift);
    }
    std::uint32_t next() { return ++number_ & 0xffff; }

    std::vector<Frame> frames_;
    std::uint32_t number_ = 0;
};

// One TCP connection: what both ends have sent and received so far.
class Connection {
public:
    Connection(Capture& capture, Endpoint opener, Endpoint listener, Time latency, std::uint32_t first_sequence)
        : capture_(capture),
          latency_(latency),
          opener_{std::move(opener), first_sequence, 0},
          listener_{std::move(listener), first_sequence ^ 0x5555aaaa, 0} {
        opener_.received = listener_.sent + 1;  // a SYN counts for one octet
        listener_.received = opener_.sent + 1;
    }

    // RFC 9293 3.5: the three segments that open it, so that it stands at `ready`.
    void open(Time ready) {
        capture_.tcp(ready - 2 * latency_, opener_.end, listener_.end, {opener_.sent, 0, true, false, false, {}});
        capture_.tcp(ready - latency_, listener_.end, opener_.end,
                     {listener_.sent, listener_.received, true, true, false, {}});
        ++opener_.sent, ++listener_.sent;
        acknowledge(ready, true);
    }

    // Sends a message in as many segments as it takes.
    void send(Time at, bool by_opener, const std::string& octets, bool lost_once) {
        Half& from = by_opener ? opener_ : listener_;
        put(at, by_opener, from.sent, octets);
        // RFC 6298 2: a second later TCP sends it once more.
        if (lost_once) put(at + std::chrono::seconds(1), by_opener, from.sent, octets);
        from.sent += static_cast<std::uint32_t>(octets.size());
    }

    // The whole message has arrived, and its receiver says so.
    void arrive(Time at, bool by_opener, std::size_t octets) {
        (by_opener ? listener_ : opener_).received += static_cast<std::uint32_t>(octets);
        acknowledge(at, !by_opener);
    }

private:
    struct Half {
        Endpoint end;
        std::uint32_t sent = 0;      // the next sequence number
        std::uint32_t received = 0;  // the next one that it expects
    };

    void put(Time at, bool by_opener, std::uint32_t sequence, const std::string& octets) {
        const Half& from = by_opener ? opener_ : listener_;
        const Half& to = by_opener ? listener_ : opener_;
        const std::size_t most = most_in_segment(from.end);
        for (std::size_t begin = 0; begin < octets.size(); begin += most) {
            const auto part = std::string_view(octets).substr(begin, most);
            const bool last = begin + most >= octets.size();
            capture_.tcp(at, from.end, to.end,
                         {sequence + static_cast<std::uint32_t>(begin), from.received, false, true, last, part});
        }
    }
    void acknowledge(Time at, bool by_opener) {
        const Half& from = by_opener ? opener_ : listener_;
        capture_.tcp(at, from.end, (by_opener ? listener_ : opener_).end,
                     {from.sent, from.received, false, true, false, {}});
    }

    Capture& capture_;
    Time latency_;
    Half opener_, listener_;
};

// Any number will do to begin a sequence with, if only the next connection takes another (RFC 9293 3.4.1). FNV-1a.
std::uint32_t number_drawn_from(const std::string& octets) {
    std::uint32_t number = 2166136261u;
    for (const char octet : octets) number = (number ^ static_cast<std::uint8_t>(octet)) * 16777619u;
    return number;
}

class Writer {
public:
    explicit Writer(const Recording& recording) : recording_(recording) {
        for (const Transmission& sent : recording.messages) {
            if (!sent.received) continue;
            const auto [known, first] = latency_.emplace(pair_of(sent), *sent.received - sent.sent);
            if (!first) known->second = std::min(known->second, *sent.received - sent.sent);
        }
    }

    std::string written() {
        for (const Transmission& sent : recording_.messages) {
            arrive_until(sent.sent);
            if (sip::is_reliable(sent.transport)) stream(sent);
            else capture_.udp(sent.sent, end_of(sent.from, sent.sent), end_of(sent.to, sent.sent), sent.octets());
        }
        arrive_until(Time::max());
        return capture_.written();
    }

private:
    using Pair = std::pair<std::size_t, std::size_t>;
    struct Link {
        Connection connection;
        std::size_t opener;
    };

    static Pair pair_of(const Transmission& sent) { return std::minmax(sent.from, sent.to); }

    // Where an actor was at a time.
    Endpoint end_of(std::size_t actor, Time at) const {
        std::string address = recording_.actors[actor].address;
        for (const Move& move : recording_.moves)
            if (move.actor == actor && move.at <= at) address = move.address;
        return endpoint_of(address, actor);
    }

    // A connection does not outlive the address of either end.
    std::pair<Pair, long> link_of(const Transmission& sent) const {
        return {pair_of(sent), std::count_if(recording_.moves.begin(), recording_.moves.end(), [&](const Move& move) {
                    return move.at <= sent.sent && (move.actor == sent.from || move.actor == sent.to);
                })};
    }

    void stream(const Transmission& sent) {
        const auto known = links_.find(link_of(sent));
        Link& link = known == links_.end() ? open(sent) : known->second;
        // It waited for what was lost before it, or it was lost itself.
        Time& last = last_arrival_[{sent.from, sent.to}];
        const bool late = *sent.received - sent.sent >= latency_.at(pair_of(sent)) + std::chrono::seconds(1);
        link.connection.send(sent.sent, sent.from == link.opener, sent.octets(), late && *sent.received > last);
        last = *sent.received;
        arriving_.emplace(*sent.received, &sent);
    }

    Link& open(const Transmission& sent) {
        Endpoint opener = end_of(sent.from, sent.sent);
        opener.port = next_port_++;
        Link link{Connection(capture_, std::move(opener), end_of(sent.to, sent.sent), latency_.at(pair_of(sent)),
                             number_drawn_from(sent.octets())),
                  sent.from};
        link.connection.open(sent.sent);
        return links_.emplace(link_of(sent), std::move(link)).first->second;
    }

    // What has arrived is acknowledged before its receiver answers.
    void arrive_until(Time now) {
        while (!arriving_.empty() && arriving_.begin()->first <= now) {
            const auto [at, sent] = *arriving_.begin();
            arriving_.erase(arriving_.begin());
            Link& link = links_.at(link_of(*sent));
            link.connection.arrive(at, sent->from == link.opener, sent->octets().size());
        }
    }

    const Recording& recording_;
    Capture capture_;
    std::map<Pair, Time> latency_;  // between two parties: the quickest message tells
    std::map<std::pair<Pair, long>, Link> links_;
    std::map<Pair, Time> last_arrival_;  // from one to the other
    std::multimap<Time, const Transmission*> arriving_;
    std::uint32_t next_port_ = 49152;  // the first ephemeral one (RFC 6335 6)
};

}  // namespace

std::string pcap_of(const Recording& recording) { return Writer(recording).written(); }

}  // namespace sipdex::recording
