// A PASSporT: the signed statement who calls whom, and when (RFC 8225), in the form that SHAKEN gives it (RFC 8588).
//
//     Identity: eyJhbGciOiJFUzI1NiIs...;info=<https://cert.example.net/shaken.pem>;alg=ES256;ppt=shaken
//
// The token is three parts in base64url, joined by dots: header, claims, signature.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sip/jws.h"
#include "sip/uri.h"

namespace sipdex::sip {

struct Passport {
    std::string algorithm = "ES256";   // header "alg" (RFC 8225 §4.2)
    std::string extension = "shaken";  // header "ppt" (RFC 8225 §8.1); empty: the plain form
    std::string credential;            // header "x5u": where the certificate can be fetched (RFC 8225 §4.3)
    std::string attestation;           // "A" full, "B" partial, "C" gateway (RFC 8588 §4)
    std::string destination;           // telephone number without "+", or an address of record (RFC 8225 §5.2.1)
    std::int64_t issued_at = 0;        // seconds since 1970 (RFC 8225 §5.1.1)
    std::string origin;                // as the destination
    std::string origin_id;             // a UUID that only its operator can read (RFC 8588 §5)
    bool operator==(const Passport&) const = default;
};

// The token, signed by a test key (signing_key.h). Keys stand in lexicographic order without white space, so that
// both sides sign the same octets (RFC 8225 §9).
std::string signed_token(const Passport& passport, std::string_view key_name);

// What a token says, whoever signed it; nothing where its parts cannot be read or lack a claim.
std::optional<Passport> read_token(std::string_view token);

// A telephone number is compared by its digits only, without "+" (RFC 8224 §8.3); any other user by its URI.
std::string canonical_identity(const Uri& uri);

// One value of the Identity header field (RFC 8224 §4).
struct Identity {
    std::string token;
    std::string info;  // the URI of the certificate
    std::string algorithm;
    std::string extension;
};
std::optional<Identity> parse_identity(std::string_view value);
std::string to_text(const Identity& identity);

}  // namespace sipdex::sip
