#include "capture/reach.h"

#include <algorithm>
#include <array>

namespace sipdex::capture {

namespace {

struct Block {
    std::uint32_t first;
    int bits;
    Reach reach;
};

// RFC 6890 2.2.2 and the RFCs that reach.h names; multicast of RFC 5771, 240.0.0.0/4 of RFC 1112 4.
constexpr auto blocks = std::to_array<Block>({{0x00000000, 32, Reach::unspecified},
                                              {0x00000000, 8, Reach::reserved},
                                              {0x0a000000, 8, Reach::private_use},
                                              {0x64400000, 10, Reach::shared},
                                              {0x7f000000, 8, Reach::loopback},
                                              {0xa9fe0000, 16, Reach::link_local},
                                              {0xac100000, 12, Reach::private_use},
                                              {0xc0000000, 24, Reach::reserved},
                                              {0xc0000200, 24, Reach::documentation},
                                              {0xc0a80000, 16, Reach::private_use},
                                              {0xc6120000, 15, Reach::reserved},
                                              {0xc6336400, 24, Reach::documentation},
                                              {0xcb007100, 24, Reach::documentation},
                                              {0xe0000000, 4, Reach::multicast},
                                              {0xf0000000, 4, Reach::reserved}});

Reach reach_of_four(std::uint32_t address) {
    for (const Block& block : blocks)
        if ((address ^ block.first) >> (32 - block.bits) == 0) return block.reach;
    return Reach::global;
}

std::uint32_t four(const Address& address, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = at; i < at + 4; ++i) number = number << 8 | address.octets.at(i);
    return number;
}

// RFC 6890 2.2.3, RFC 4291 2.4
Reach reach_of_sixteen(const Address& address) {
    const std::uint32_t head = four(address, 0), last = four(address, 12);
    constexpr std::uint32_t mapped = 0xffff, nat64 = 0x0064ff9b;
    if (head == 0 && four(address, 4) == 0) {
        if (four(address, 8) == 0 && last <= 1) return last == 0 ? Reach::unspecified : Reach::loopback;
        if (four(address, 8) == mapped) return reach_of_four(last);
        return Reach::reserved;
    }
    if (head == nat64) return reach_of_four(last);  // RFC 6052 2.1
    if (head >> 22 == 0xfe80u >> 6) return Reach::link_local;
    if (head >> 25 == 0xfcu >> 1) return Reach::unique_local;
    if (head >> 24 == 0xff) return Reach::multicast;
    if (head == 0x20010db8) return Reach::documentation;
    return head >> 29 == 1 ? Reach::global : Reach::reserved;
}

}  // namespace

Reach reach_of(const Address& address) {
    if (address.length == 4) return reach_of_four(four(address, 0));
    return address.length == 16 ? reach_of_sixteen(address) : Reach::unknown;
}

std::string_view name_of(Reach reach) {
    static constexpr std::array<std::string_view, 10> names = {
        "unknown", "unspecified",  "loopback",      "link_local", "private_use",
        "shared",  "unique_local", "documentation", "multicast",  "reserved"};
    const auto index = static_cast<std::size_t>(reach);
    return index < names.size() ? names.at(index) : "global";
}

bool is_local(Reach reach) {
    static constexpr std::array local = {Reach::loopback, Reach::link_local, Reach::private_use, Reach::shared,
                                         Reach::unique_local};
    return std::ranges::find(local, reach) != local.end();
}

bool is_public(Reach reach) { return reach == Reach::global || reach == Reach::documentation; }

}  // namespace sipdex::capture
