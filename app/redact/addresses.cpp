#include "redact/addresses.h"

#include <array>

#include "capture/address.h"

namespace sipdex::redact {

namespace {

std::uint32_t number_of(std::string_view octets) {
    std::uint32_t number = 0;
    for (const char octet : octets.substr(0, 4)) number = number << 8 | static_cast<unsigned char>(octet);
    return number;
}

std::string octets_of(std::uint32_t number) {
    std::string octets;
    for (int shift = 24; shift >= 0; shift -= 8) octets += static_cast<char>(number >> shift & 0xff);
    return octets;
}

constexpr std::uint32_t network(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    return a << 24 | b << 16 | c << 8;
}

constexpr bool within(std::uint32_t address, std::uint32_t block, int bits) {
    return (address ^ block) >> (32 - bits) == 0;
}

struct Block {
    std::uint32_t first;
    int bits;
};
constexpr std::array private_blocks = {Block{network(10, 0, 0), 8}, Block{network(172, 16, 0), 12},
                                       Block{network(192, 168, 0), 16}, Block{network(100, 64, 0), 10},
                                       Block{network(169, 254, 0), 16}};
// RFC 5737.
constexpr std::array documentation = {network(192, 0, 2), network(198, 51, 100), network(203, 0, 113)};
constexpr Block tests{network(198, 18, 0), 15}, future{network(240, 0, 0), 4};
constexpr std::uint32_t hosts_of_24 = 254;

bool well_known(std::uint32_t address) {
    constexpr std::uint32_t all_sip_servers = 0xe000014b;  // 224.0.1.75
    return within(address, 0, 8) || within(address, network(127, 0, 0), 8) || within(address, network(224, 0, 0), 24) ||
           address == all_sip_servers || address == 0xffffffff;
}

constexpr std::string_view mapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12), translated("\0\x64\xff\x9b\0\0\0\0\0\0\0\0", 12);

std::string shifted_in(std::uint32_t number, std::size_t octets) { return octets_of(number).substr(4 - octets); }

}  // namespace

bool names_no_place(std::string_view octets) {
    if (octets.size() == 4) return well_known(number_of(octets));
    if (octets.size() != 16) return true;
    if (octets.starts_with(mapped) || octets.starts_with(translated)) return well_known(number_of(octets.substr(12)));
    const bool loopback = octets.find_first_not_of('\0') >= 15 && static_cast<unsigned char>(octets[15]) <= 1;
    // ff02::1 and the like; whole groups of a site have more to tell.
    const bool known_group =
        octets[0] == '\xff' && (octets[1] & '\xf0') == 0 && octets.substr(2).find_first_not_of('\0') >= 12;
    return loopback || known_group;
}

void Addresses::note(std::string_view octets) {
    if (!originals_.insert(std::string(octets)).second) return;
    if (octets.size() == 4) original_networks_.insert(number_of(octets) >> 8);
}

std::string Addresses::of(std::string_view octets) {
    if (names_no_place(octets)) return std::string(octets);
    const auto known = given_.find(std::string(octets));
    if (known != given_.end()) return known->second;
    std::string pseudonym = octets.size() == 4 ? four(number_of(octets)) : six(octets);
    taken_.insert(pseudonym);
    return given_.emplace(octets, std::move(pseudonym)).first->second;
}

std::string Addresses::four(std::uint32_t address) {
    for (const Block& block : private_blocks)
        if (within(address, block.first, block.bits)) return octets_of(in_block(address, block.first, block.bits));
    constexpr std::uint32_t groups = network(233, 252, 0);  // RFC 5771 9.2: for documentation
    if (within(address, network(224, 0, 0), 4)) return octets_of(in_network(groups, 1));
    return octets_of(in_public(address));
}

// A /24 that is nobody's, in the block.
std::uint32_t Addresses::fresh_network(std::uint32_t original, std::uint32_t block, int bits) {
    const std::uint32_t count = 1u << (24 - bits);
    const auto start = static_cast<std::uint32_t>(scramble_.of(octets_of(original), 24));
    for (const bool careful : {true, false})
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t candidate = (block >> 8) + (start + i * 7919) % count;
            if (networks_taken_.contains(candidate) || (careful && original_networks_.contains(candidate))) continue;
            networks_taken_.insert(candidate);
            return candidate << 8;
        }
    return (block >> 8 << 8) + ((start % count) << 8);  // the block is full: shared
}

std::uint32_t Addresses::in_block(std::uint32_t address, std::uint32_t block, int bits) {
    const auto [place, fresh] = networks_.try_emplace(address >> 8);
    if (fresh) {
        std::uint32_t within_block = block;
        int within_bits = bits;
        if (bits < 16) {  // who shares a /16 goes on doing so
            const auto [sixteen, first] = blocks_of_16_.try_emplace(address >> 16);
            if (first) sixteen->second = fresh_network(address >> 16 << 16, block, bits) >> 16 << 16;
            within_block = sixteen->second;
            within_bits = 16;
        }
        place->second = fresh_network(address >> 8 << 8, within_block, within_bits);
    }
    return in_network(place->second, static_cast<std::uint32_t>(scramble_.of(octets_of(address), 8)));
}

bool Addresses::is_free(const std::string& octets) const {
    return !taken_.contains(octets) && !originals_.contains(octets) &&
           !holds_original_(host_of(capture::address_of(octets, 0)));
}

// The first host of a /24 that is free, beginning anywhere; the network itself where there is none.
std::uint32_t Addresses::in_network(std::uint32_t network, std::uint32_t first_host, bool only_careful) {
    for (const bool careful : {true, false}) {
        if (!careful && only_careful) break;
        for (std::uint32_t i = 0; i < hosts_of_24; ++i) {
            const std::uint32_t candidate = network + 1 + (first_host + i) % hosts_of_24;
            const std::string octets = octets_of(candidate);
            if (careful ? is_free(octets) : !taken_.contains(octets)) return candidate;
        }
    }
    return network;
}

std::uint32_t Addresses::in_public(std::uint32_t address) {
    const auto free_host = [&](std::uint32_t candidate) {
        const std::uint32_t found =
            in_network(candidate, static_cast<std::uint32_t>(scramble_.of(octets_of(address), 8)), true);
        return found == candidate ? 0 : found;
    };
    const auto [place, fresh] = public_networks_.try_emplace(address >> 8);
    if (fresh) {
        // One of documentation that none of the originals is of, as long as there are such.
        for (std::uint32_t i = 0; i < documentation.size() && place->second == 0; ++i) {
            const std::uint32_t candidate = documentation[(next_public_ + i) % documentation.size()];
            if (!original_networks_.contains(candidate >> 8)) place->second = candidate;
        }
        if (place->second == 0) place->second = documentation[next_public_ % documentation.size()];
        ++next_public_;
    }
    if (const std::uint32_t found = free_host(place->second)) return found;
    for (const std::uint32_t other : documentation)
        if (const std::uint32_t found = free_host(other)) return found;
    const bool tests_left = ++beyond_documentation_ <= 1u << (24 - tests.bits);
    place->second = tests_left ? fresh_network(address >> 8 << 8, tests.first, tests.bits)
                               : fresh_network(address >> 8 << 8, future.first, future.bits);
    return in_network(place->second, 0);
}

std::string Addresses::six(std::string_view octets) {
    const std::string whole(octets);
    for (const std::string_view prefix : {mapped, translated})
        if (octets.starts_with(prefix)) return std::string(prefix) + of(octets.substr(12));
    const auto first = static_cast<unsigned char>(octets[0]), second = static_cast<unsigned char>(octets[1]);
    if (first == 0xff) return six_below(whole.substr(0, 2) + std::string("\0\0\x0d\xb8\0\0", 6));
    if (first == 0xfe && (second & 0xc0) == 0x80) return six_below(std::string("\xfe\x80\0\0\0\0\0\0", 8));
    const bool local = (first & 0xfe) == 0xfc;
    const auto number_in = [](auto& map, std::string key) {
        return map.try_emplace(std::move(key), static_cast<std::uint32_t>(map.size() + 1)).first->second;
    };
    const std::uint32_t site = number_in(six_sites_, whole.substr(0, 6)),
                        one = number_in(six_networks_, whole.substr(0, 8));
    if (!local) return six_below(std::string("\x20\x01\x0d\xb8", 4) + shifted_in(site, 2) + shifted_in(one, 2));
    return six_below(std::string("\xfd\0\x0d\xb8", 4) + shifted_in(site, 2) + shifted_in(one, 2));
}

std::string Addresses::six_below(std::string_view prefix) {
    std::uint32_t& next = six_hosts_[std::string(prefix)];
    constexpr int tries = 1000;  // an original such as fe80:: stands in all of its network
    for (int i = 0;; ++i) {
        std::string candidate = std::string(prefix) + std::string(4, '\0') + octets_of(++next);
        if (i < tries ? is_free(candidate) : !originals_.contains(candidate) && !taken_.contains(candidate))
            return candidate;
    }
}

}  // namespace sipdex::redact
