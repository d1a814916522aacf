// Digest authentication (RFC 3261 22.4, RFC 2617; SHA-256 and SHA-512/256 by RFC 7616 and RFC 8760).
//
//     WWW-Authenticate: Digest realm="example.com", nonce="84a4cc6f", qop="auth", algorithm=SHA-256
//     Authorization: Digest username="bob", realm="example.com", nonce="84a4cc6f", uri="sip:example.com", ...
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/fault.h"

namespace sipdex::sip {

struct Challenge {
    std::string realm;
    std::string nonce;
    std::optional<std::string> opaque;
    std::string algorithm;         // as written; empty where it is not sent, which means MD5
    std::vector<std::string> qop;  // "auth", "auth-int"; empty for RFC 2069
    std::optional<std::string> domain;
    bool stale = false;  // the credentials were right, only the nonce is old
};

struct Credentials {
    std::string username;
    std::string realm;
    std::string nonce;
    std::string uri;
    std::string response;   // lower-case hexadecimal digits
    std::string algorithm;  // empty: MD5
    std::optional<std::string> opaque;
    std::string qop;     // empty: not sent
    std::string cnonce;  // only with qop
    std::string nc;      // only with qop: "00000001"
};

// Nothing for another scheme than Digest, or without realm, nonce (and for credentials username, uri, response).
std::optional<Challenge> parse_challenge(std::string_view value);
std::optional<Credentials> parse_credentials(std::string_view value);
bool read_challenge(std::string_view value, Challenge* challenge, Flaws* flaws);
bool read_credentials(std::string_view value, Credentials* credentials, Flaws* flaws);

std::string to_text(const Challenge& challenge);  // "Digest realm=…"
std::string to_text(const Credentials& credentials);

// MD5, SHA-256, SHA-512-256, each also with -sess; without case; empty is MD5.
bool is_known_algorithm(std::string_view name);

// H(text) in lower-case hexadecimal digits; nothing for an unknown algorithm.
std::optional<std::string> hashed(std::string_view algorithm, std::string_view text);

// What `response` must be (RFC 2617 3.2.2); the body counts only with qop=auth-int. Nothing for an unknown
// algorithm or qop.
std::optional<std::string> digest_response(const Credentials& credentials, std::string_view password,
                                           std::string_view method, std::string_view body = {});

// What to answer a challenge with. Takes qop=auth where it is offered, otherwise none. Nothing for an unknown
// algorithm, or where only auth-int is offered.
struct Account {
    std::string username;
    std::string password;
};
std::optional<Credentials> credentials_for(const Challenge& challenge, const Account& account, std::string_view method,
                                           std::string_view uri, std::string_view cnonce, std::uint32_t count = 1);

// Whether whoever made the credentials knew the password. Nonce, realm and count are for the caller to check.
bool verifies(const Credentials& credentials, std::string_view password, std::string_view method,
              std::string_view body = {});

}  // namespace sipdex::sip
