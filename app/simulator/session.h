// Session descriptions as the parties offer and answer them: one audio stream (RFC 4566, RFC 3264).
#pragma once
#include <cstdint>
#include <string>

namespace sipdex::simulator {

// An offer, and likewise an answer to it, for both sides know the same two codecs. `id` and `version` stand
// in the origin line; `host` is an address, in brackets when it is of IPv6.
std::string session_of(const std::string& user, std::uint32_t id, const std::string& host, int port);

}  // namespace sipdex::simulator
