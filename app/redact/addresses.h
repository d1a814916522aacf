// Pseudonyms of IP addresses. What kind of network an address is of stays as it was, and so does who shares one:
//
//     10.1.2.3       10.74.9.161      private stays private, in the same block (RFC 1918, RFC 6598, RFC 3927)
//     10.1.2.4       10.74.9.20       the same /24, as before
//     194.2.0.20     192.0.2.17       public ones become those of documentation (RFC 5737), and, when there are no more
//                                     of these, of tests (198.18.0.0/15, RFC 2544) and of the future (240.0.0.0/4)
//     2a00:1:2::3    2001:db8:1:1::1  RFC 3849; unique local ones stay such (RFC 4193), link-local ones too
//
// Addresses that name no place stay: 0.0.0.0, 127.0.0.1, 255.255.255.255, ::, ::1, 224.0.1.75 (RFC 3261 18.1.1).
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "redact/scramble.h"

namespace sipdex::redact {

class Addresses {
public:
    // None is given that, as text, holds an original: 192.0.2.11 would hold 192.0.2.1.
    using Holds = std::function<bool(std::string_view text)>;
    Addresses(const Scramble& scramble, Holds holds_original)
        : scramble_(scramble), holds_original_(std::move(holds_original)) {}

    // First all that there are, 4 or 16 octets each, so that none of them is given to another.
    void note(std::string_view octets);

    // Of as many octets.
    std::string of(std::string_view octets);

    const std::unordered_map<std::string, std::string>& given() const { return given_; }

private:
    std::string four(std::uint32_t address);
    std::uint32_t in_block(std::uint32_t address, std::uint32_t block, int bits);
    std::uint32_t in_public(std::uint32_t address);
    std::uint32_t in_network(std::uint32_t network, std::uint32_t first_host, bool only_careful = false);
    std::uint32_t fresh_network(std::uint32_t original, std::uint32_t block, int bits);
    std::string six(std::string_view octets);
    std::string six_below(std::string_view prefix);  // of 8 octets

    bool is_free(const std::string& octets) const;

    const Scramble& scramble_;
    Holds holds_original_;
    std::unordered_set<std::string> originals_;
    std::unordered_set<std::uint32_t> original_networks_;  // each a /24
    std::unordered_map<std::string, std::string> given_;
    std::unordered_set<std::string> taken_;
    std::map<std::uint32_t, std::uint32_t> networks_, blocks_of_16_;  // of private addresses, by their first octets
    std::unordered_set<std::uint32_t> networks_taken_;
    std::map<std::uint32_t, std::uint32_t> public_networks_;
    std::uint32_t next_public_ = 0, beyond_documentation_ = 0;
    std::map<std::string, std::uint32_t> six_sites_, six_networks_;
    std::map<std::string, std::uint32_t> six_hosts_;
};

// Whether an address says nothing about anybody.
bool names_no_place(std::string_view octets);

}  // namespace sipdex::redact
