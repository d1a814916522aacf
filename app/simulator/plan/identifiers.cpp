#include "simulator/plan/identifiers.h"

namespace sipdex::simulator {

// SplitMix64, written out because the distributions of the standard library differ between compilers
// and a recording must not.
std::uint64_t Identifiers::next() {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

std::string Identifiers::digits(int count) {
    std::string text;
    std::uint64_t bits = 0;
    for (int i = 0; i < count; ++i) {
        if (i % 16 == 0) bits = next();
        text += "0123456789abcdef"[bits & 15];
        bits >>= 4;
    }
    return text;
}

std::string Identifiers::branch() { return "z9hG4bK" + digits(8); }
std::string Identifiers::tag() { return digits(8); }
std::string Identifiers::call_id(const std::string& host) { return digits(12) + "@" + host; }
std::string Identifiers::nonce() { return digits(32); }
std::string Identifiers::cnonce() { return digits(16); }
std::uint32_t Identifiers::number(std::uint32_t below) { return static_cast<std::uint32_t>(next() % below); }

}  // namespace sipdex::simulator
