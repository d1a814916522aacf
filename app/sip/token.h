// The smallest pieces of header fields: tokens, quoted strings, numbers and white space (RFC 3261 25.1).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sip/characters.h"
#include "sip/fault.h"

namespace sipdex::sip {

// Without spaces, tabs and line ends around it.
std::string_view trimmed(std::string_view text);

// Equal but for the case of ASCII letters, as names, methods of transport and hosts compare.
bool same_token_in_any_case(std::string_view one, std::string_view other);
inline bool same_token(std::string_view one, std::string_view other) {
    return one.size() == other.size() && (one == other || same_token_in_any_case(one, other));
}

std::string lowered(std::string_view text);  // ASCII letters only
constexpr char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_token(std::string_view text);  // not empty, and nothing but the characters of a token
bool read_token(std::string_view text, Flaws* flaws);

// Where a quote at the start of the text is closed; npos where it is not.
std::size_t closing_quote(std::string_view text);
bool is_quoted(std::string_view text);  // one quoted string and nothing else

// "a \"b\"" in quotes becomes a "b"; what does not stand in quotes comes back as it is.
std::string unquoted(std::string_view text);
std::string quoted(std::string_view text);

// Decimal digits and nothing else, up to 2^32 - 1.
std::optional<std::uint32_t> number_of(std::string_view text);

// The largest value that a number may have, also as it is told.
struct Limit {
    std::uint32_t value;
    std::string_view digits;
};
inline constexpr Limit largest_octet{255, "255"};
inline constexpr Limit largest_port{65535, "65535"};
inline constexpr Limit largest_31_bits{2147483647, "2147483647"};
inline constexpr Limit largest_32_bits{4294967295, "4294967295"};
bool read_number(std::string_view text, const Limit& largest, Flaws* flaws);

}  // namespace sipdex::sip
