// Datagrams that were sent in pieces, put together again (RFC 791 3.2, RFC 8200 4.5). Of pieces that overlap, what came
// first stays.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "capture/output.h"

namespace sipdex::capture {

class Fragments {
public:
    struct Datagram {
        Packet packet;               // of the piece that completed it; without `frames`
        std::uint32_t protocol = 0;  // of the first piece
        std::string octets;
        std::vector<std::uint32_t> frames;
        std::uint32_t missing = 0;  // octets behind these, where it was never complete; 1: not known how many
    };

    explicit Fragments(Output& output) : output_(output) {}

    // The whole datagram once its last piece is here. `offset` counts octets.
    std::optional<Datagram> add(const Packet& packet, std::uint32_t protocol, std::uint32_t offset, bool more,
                                std::string_view octets);

    // One that will not be complete any more, as far as it goes from its beginning; nothing when there are no others.
    // With `all` also those that still may.
    std::optional<Datagram> lost(bool all);

private:
    struct Key {
        Path path;
        std::uint32_t identification = 0;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const { return PathHash()(key.path) ^ key.identification * 2654435761u; }
    };
    struct Parts {
        Packet packet;
        std::uint32_t protocol = 0;
        std::map<std::uint32_t, std::string> pieces;  // by offset, none overlapping another
        std::vector<std::uint32_t> frames;
        std::uint32_t length = 0;  // 0 until the last piece is here
        std::size_t octets = 0;
    };

    std::optional<Datagram> complete(Parts& parts) const;
    bool is_late_copy(const Key& key, Time since) const;
    void insert(Parts& parts, std::uint32_t offset, std::string_view octets);

    Output& output_;
    std::unordered_map<Key, Parts, KeyHash> waiting_;
    std::deque<std::pair<Key, Time>> order_;  // in which they began
    std::size_t octets_ = 0;
    std::unordered_map<Key, Time, KeyHash> completed_;  // the latest
};

}  // namespace sipdex::capture
