// The smallest pieces of header fields: tokens, quoted strings, numbers and white space (RFC 3261 25.1).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipdex::sip {

// Without spaces, tabs and line ends around it.
std::string_view trimmed(std::string_view text);

// Equal but for the case of ASCII letters, as names, methods of transport and hosts compare.
bool same_token(std::string_view one, std::string_view other);

std::string lowered(std::string_view text);     // ASCII letters only

bool is_token(std::string_view text);           // not empty, and nothing but the characters of a token

// "a \"b\"" in quotes becomes a "b"; what does not stand in quotes comes back as it is.
std::string unquoted(std::string_view text);
std::string quoted(std::string_view text);

// Decimal digits and nothing else, up to 2^32 - 1.
std::optional<std::uint32_t> number_of(std::string_view digits);

}  // namespace sipdex::sip
