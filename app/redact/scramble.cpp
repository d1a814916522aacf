#include "redact/scramble.h"

#include <bit>

namespace sipdex::redact {

std::uint64_t Scramble::of(std::string_view text, std::uint64_t salt) const {
    const std::uint64_t one = key_[0] ^ salt, other = key_[1];
    std::uint64_t a = one ^ 0x736f6d6570736575ULL, b = other ^ 0x646f72616e646f6dULL, c = one ^ 0x6c7967656e657261ULL,
                  d = other ^ 0x7465646279746573ULL;
    const auto rounds = [&](int count) {
        while (count-- > 0) {
            a += b, b = std::rotl(b, 13) ^ a, a = std::rotl(a, 32);
            c += d, d = std::rotl(d, 16) ^ c;
            a += d, d = std::rotl(d, 21) ^ a;
            c += b, b = std::rotl(b, 17) ^ c, c = std::rotl(c, 32);
        }
    };
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        word |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[i])) << (8 * (i % 8));
        if (i % 8 != 7) continue;
        d ^= word, rounds(2), a ^= word;
        word = 0;
    }
    word |= static_cast<std::uint64_t>(text.size() & 0xff) << 56;
    d ^= word, rounds(2), a ^= word;
    c ^= 0xff, rounds(4);
    return a ^ b ^ c ^ d;
}

std::string Scramble::letters(std::string_view text, std::string_view alphabet, std::size_t count) const {
    constexpr std::size_t from_one_word = 12;  // of an alphabet of some twenty letters
    std::string drawn;
    drawn.reserve(count);
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (i % from_one_word == 0) word = of(text, 1 + i);
        drawn += alphabet[word % alphabet.size()];
        word /= alphabet.size();
    }
    return drawn;
}

}  // namespace sipdex::redact
