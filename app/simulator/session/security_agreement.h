// How a phone and its first hop agree on what protects their signalling (RFC 3329).
//
//     Security-Server: digest;q=0.5;d-alg=MD5;d-qop=auth, tls;q=0.1
//
// The phone repeats that list in Security-Verify, under a digest of its own (d-ver), so that nobody in between can
// have made it weaker.
#pragma once
#include <string>

#include "sip/digest.h"
#include "sip/message.h"

namespace sipdex::simulator {

// The mechanism with the highest q among those that parties of this simulator know, which is "digest" only; "" where
// none is known (RFC 3329 2.3.1).
std::string chosen_mechanism(const sip::Message& response);

// All values of Security-Server as one line, single spaces only (RFC 3329 2.2).
std::string security_list(const sip::Message& message, const char* field);

// The digest over the list, counted like the response of a request (RFC 3329 2.2).
std::string digest_verify(const sip::Credentials& credentials, const std::string& password, const std::string& method,
                          const std::string& security_server);

// What a phone sends back: the list, and d-ver at its mechanism "digest".
std::string security_verify(const std::string& security_server, const std::string& digest);

// Whether a Security-Verify repeats this list unchanged, under a digest made with this password.
bool verifies_security(const sip::Message& request, const std::string& security_server,
                       const sip::Credentials& credentials, const std::string& password);

// Removes one option tag from a list such as Require, and the header field with the last of them.
void remove_option(sip::Message& message, const char* field, const char* option);

}  // namespace sipdex::simulator
