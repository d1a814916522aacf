// Characters of the logs' own notations as the octets of UTF-8.
#pragma once
#include <cctype>
#include <cstdint>
#include <string>

namespace sipdex::evidence {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
inline bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// The halves in which UTF-16 writes what has no place in sixteen bits, and both as one.
inline bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
inline bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }
inline std::uint32_t joined(std::uint32_t high, std::uint32_t low) {
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

// What is no character stands as U+FFFD.
void append_utf8(std::string& text, std::uint32_t character);

}  // namespace sipdex::evidence
