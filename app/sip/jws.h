// A signed JSON text in the compact form of RFC 7515: header, payload and signature in base64url, joined by dots.
//
//     eyJhbGciOiJFUzI1NiIs...eyJpYXQiOjE3NjcyNjg4MDAs...7uz2SADRvPFOQOO...
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sipdex::sip {

// Signs both texts as they stand, by a test key (signing_key.h).
std::string signed_token(std::string_view header, std::string_view payload, std::string_view key_name);

struct TokenTexts {
    std::string header, payload;
};

// What a token says, whoever signed it; nothing where it has not three parts.
std::optional<TokenTexts> texts_of(std::string_view token);

// Whether the test key has signed this token.
bool token_holds(std::string_view token, std::string_view key_name);

}  // namespace sipdex::sip
