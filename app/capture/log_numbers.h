// Numbers as lines of logs have them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sipdex::capture {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number of `fewest` to `most` digits that no other digit follows; moves behind it.
inline std::optional<std::int64_t> digits(std::string_view text, std::size_t& at, std::size_t fewest,
                                          std::size_t most) {
    std::size_t end = at;
    std::int64_t value = 0;
    while (end < text.size() && is_digit(text[end]) && end - at < most) value = value * 10 + (text[end++] - '0');
    if (end - at < fewest || (end < text.size() && is_digit(text[end]))) return {};
    at = end;
    return value;
}

}  // namespace sipdex::capture
