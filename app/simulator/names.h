// Where a URI leads: addresses stand for themselves, names for the servers listed in the exchange.
//
// This is the outcome of RFC 3263: a name has one server or several, in the order of the exchange file or by
// priority and weight, as SRV records give them (RFC 2782).
//
//     "gateways.example.com" = ["10 60 gw1", "10 40 gw2", "20 0 gw3"]
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/exchange.h"
#include "simulator/identifiers.h"
#include "sip/message.h"
#include "sip/uri.h"

namespace sipdex::simulator {

// One server of a name, as the exchange file lists it.
struct ListedServer {
    std::optional<int> priority;    // the lower, the earlier; absent: by its place in the list
    std::uint32_t weight = 0;       // its share among those of equal priority
    std::string party;
};
ListedServer read_server(const std::string& text);      // "10 60 gw1", or "gw1"

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
    struct Server {
        int priority = 0;
        std::uint32_t weight = 0;
        std::size_t actor = 0;
    };

    std::map<std::pair<std::string, int>, std::size_t> addresses_;
    std::map<std::string, std::vector<Server>> names_;      // by priority
    mutable Identifiers dice_;                              // who goes first among equals is drawn each time
};

}  // namespace sipdex::simulator
