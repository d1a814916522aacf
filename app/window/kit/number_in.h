// Numbers in texts of our own, menu purposes and remembered places. They are read strictly, for what stands in a file may
// have been written by anyone.
#pragma once
#include <charconv>
#include <optional>
#include <string_view>

namespace sipdex::window {

// The text is this number and nothing else; nothing for what is none, or too large.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace sipdex::window
