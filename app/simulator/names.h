// Where a URI leads: addresses stand for themselves, names for the servers listed in the exchange.
//
// This is the outcome of RFC 3263 without its DNS records: a name has one server or several, the first
// of which is asked first.
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/exchange.h"
#include "sip/message.h"
#include "sip/uri.h"

namespace sipdex::simulator {

class Names {
public:
    explicit Names(const Exchange& exchange);

    // The actors to try for a URI, the preferred one first; none where nobody answers to that name.
    std::vector<std::size_t> servers_of(const sip::Uri& uri) const;

    // The actor at an address.
    std::optional<std::size_t> at(const std::string& host, int port) const;

    // Where a response goes, by the top Via of the request (RFC 3261 18.2.2, RFC 3581 4).
    std::optional<std::size_t> response_target(const sip::Message& request) const;

private:
    std::map<std::pair<std::string, int>, std::size_t> addresses_;
    std::map<std::string, std::vector<std::size_t>> names_;
};

}  // namespace sipdex::simulator
