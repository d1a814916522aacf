// Octets that look drawn by lot but are the same each time for the same text and key: SipHash-2-4
// (https://www.aumasson.jp/siphash/). Who has not the key can neither undo it nor try whether a guess gives the same.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace sipdex::redact {

class Scramble {
public:
    Scramble(std::uint64_t key, std::uint64_t more) : key_{key, more} {}

    std::uint64_t of(std::string_view text, std::uint64_t salt = 0) const;

    // So many of these letters, as the text wants it.
    std::string letters(std::string_view text, std::string_view alphabet, std::size_t count) const;

private:
    std::uint64_t key_[2];
};

}  // namespace sipdex::redact
