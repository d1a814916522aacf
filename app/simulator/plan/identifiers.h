// What must be unique in a SIP network, drawn from a seed: branches, tags, Call-IDs, nonces.
//
// Short enough to be told apart at a glance, long enough for the RFC: tags carry 32 random bits
// (RFC 3261 19.3), branches begin with the magic cookie (RFC 3261 8.1.1.7).
#pragma once
#include <cstdint>
#include <string>

namespace sipdex::simulator {

class Identifiers {
public:
    explicit Identifiers(std::uint64_t seed) : state_(seed) {}

    std::string branch();                          // "z9hG4bK5d1f09ac"
    std::string tag();                             // "9a31c0f2"
    std::string call_id(const std::string& host);  // "71c09e5a3b82@192.0.2.1"
    std::string nonce();                           // 32 hexadecimal digits
    std::string cnonce();                          // 16
    std::uint32_t number(std::uint32_t below);     // 0 or more

private:
    std::uint64_t next();
    std::string digits(int count);

    std::uint64_t state_;
};

}  // namespace sipdex::simulator
