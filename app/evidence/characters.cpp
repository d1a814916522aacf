#include "evidence/characters.h"

namespace sipdex::evidence {

void append_utf8(std::string& text, std::uint32_t c) {
    constexpr std::uint32_t replacement = 0xfffd, last = 0x10ffff;
    const auto octet = [&](std::uint32_t value) { text += static_cast<char>(value); };
    if (c > last || is_high_surrogate(c) || is_low_surrogate(c)) c = replacement;
    if (c < 0x80) return octet(c);
    if (c < 0x800) octet(0xc0 | (c >> 6));
    else if (c < 0x10000) octet(0xe0 | (c >> 12)), octet(0x80 | ((c >> 6) & 0x3f));
    else octet(0xf0 | (c >> 18)), octet(0x80 | ((c >> 12) & 0x3f)), octet(0x80 | ((c >> 6) & 0x3f));
    octet(0x80 | (c & 0x3f));
}

}  // namespace sipdex::evidence
