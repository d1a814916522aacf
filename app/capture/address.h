// One end of what was captured: an address and a port, as octets, for they are compared far more often than shown.
//
//     192.0.2.1:5060      [2001:db8::1]:5060
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sipdex::capture {

struct Address {
    std::array<std::uint8_t, 16> octets{};  // the first `length` of them count, the others are 0
    std::uint8_t length = 0;                // 4, 16, or 0: it is not known
    std::uint16_t port = 0;                 // 0 where there is none or none is known

    bool known() const { return length != 0; }
    bool operator==(const Address&) const = default;
};

// `octets` are 4 or 16; anything else gives an unknown address.
Address address_of(std::string_view octets, std::uint16_t port);

bool same_host(const Address& one, const Address& other);

std::string host_of(const Address& address);  // "192.0.2.1", "2001:db8::1"; "" where it is not known
std::string to_text(const Address& address);  // with the port; "" where it is not known

// "192.0.2.1", "192.0.2.1:5060", "[2001:db8::1]:5060", "2001:db8::1". Nothing for names.
std::optional<Address> parse_address(std::string_view text);

struct AddressHash {
    std::size_t operator()(const Address& address) const {
        return std::hash<std::string_view>()({reinterpret_cast<const char*>(address.octets.data()), address.length}) ^
               (static_cast<std::size_t>(address.port) * 0x9e3779b97f4a7c15ULL);
    }
};

// Two ends in the direction given.
struct Path {
    Address from, to;
    bool operator==(const Path&) const = default;
};
struct PathHash {
    std::size_t operator()(const Path& path) const { return AddressHash()(path.from) * 31 + AddressHash()(path.to); }
};

}  // namespace sipdex::capture
