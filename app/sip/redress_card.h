// Whom to turn to when a call was rejected by mistake: a jCard (RFC 7095), signed, as a 608 refers to it (RFC 8688 §3.2).
//
//     Call-Info: <https://block.example.com/complaint-jws>;purpose=jwscard
//
// The card itself never stands in a SIP message: the caller fetches it from there.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipdex::sip {

struct RedressCard {
    std::string credential;              // header "x5u": where the certificate can be fetched (RFC 8688 §3.2.1)
    std::int64_t issued_at = 0;          // claim "iat": when the call was rejected, in seconds since 1970 (§3.2.2)
    std::string name;                    // "fn": who rejected it
    std::string email, page, telephone;  // "email", "url", "tel": one at least (§3.2.2); empty ones are left out
    bool operator==(const RedressCard&) const = default;
};

// Header and payload as they are signed, without white space.
std::string header_of(const RedressCard& card);
std::string payload_of(const RedressCard& card);

// What a token says, whoever signed it and however its JSON is formatted (§4.1); nothing where it is not of type
// "vcard+json", not signed by ES256, or lacks what §3.2 demands.
std::optional<RedressCard> read_card(std::string_view token);

// The URI of a Call-Info value with purpose "jwscard" (§3.1).
std::optional<std::string> card_location(std::string_view call_info);

}  // namespace sipdex::sip
