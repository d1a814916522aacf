// Keys for ES256, the signature that STIR uses: ECDSA over P-256 with SHA-256 (RFC 8225 §4.2, RFC 7518 §3.4).
//
// TEST KEYS ONLY. A key is computed from a name, so everybody who knows the name has the private key: right for a
// simulator, whose octets must be the same on every run, and wrong everywhere else.
#pragma once
#include <string>
#include <string_view>

namespace sipdex::sip {

// The private key of a name: 32 octets.
std::string test_key(std::string_view name);

// The signature of a text: 64 octets, R and S. The same key and text give the same signature, for the random number
// is derived from both (RFC 6979 §3.2).
std::string signature_of(std::string_view text, std::string_view key);

// Whether it is a signature of this text by this private key (its public one is computed first).
bool signature_holds(std::string_view text, std::string_view signature, std::string_view key);

// Base64 for URLs, without padding (RFC 7515 §2). Decoding gives what could be read before the first foreign octet.
std::string base64url(std::string_view octets);
std::string from_base64url(std::string_view text);

}  // namespace sipdex::sip
