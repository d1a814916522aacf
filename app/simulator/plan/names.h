// Where a URI leads: addresses stand for themselves, names for the servers listed in the exchange.
//
// This is RFC 3263: NAPTR records choose the transport and name the SRV records; these have one server or several, in
// the order of the exchange file or by priority and weight (RFC 2782). A name without NAPTR records has its servers itself.
//
//     "gateways.example.com" = ["naptr 50 50 SIPS+D2T _sips._tcp.example.com", "naptr 90 50 SIP+D2T _sip._tcp.example.com"]
//     "_sip._tcp.example.com" = ["10 60 gw1", "10 40 gw2", "20 0 gw3"]
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/plan/exchange.h"
#include "simulator/plan/identifiers.h"
#include "sip/message.h"
#include "sip/uri.h"
#include "sip/via.h"

namespace sipdex::simulator {

// One server of a name, as the exchange file lists it.
struct ListedServer {
    std::optional<int> priority;  // the lower, the earlier; absent: by its place in the list
    std::uint32_t weight = 0;     // its share among those of equal priority
    std::string party;
};
ListedServer read_server(const std::string& text);  // "10 60 gw1", or "gw1"

// One NAPTR record: which SRV records to ask for next, and by which transport their servers are reached.
struct Naptr {
    int order = 0;            // the lower, the earlier
    int preference = 0;       // among those of equal order
    std::string service;      // "SIP+D2U", "SIP+D2T", "SIPS+D2T"
    std::string replacement;  // "_sip._tcp.example.com"
};
bool is_naptr(const std::string& text);
std::optional<Naptr> read_naptr(const std::string& text);  // "naptr 90 50 SIP+D2T _sip._tcp.example.com"

// How the servers of a name were found.
struct Lookup {
    std::string name;
    std::vector<std::string> discarded;  // services that these parties cannot use, preferred to the one taken
    std::string service;                 // of the NAPTR record taken; empty where none can be used
    std::string transport;               // "UDP", "TCP"
    std::string srv;                     // whose SRV records were asked for
    std::vector<std::size_t> servers;    // the actors that these name, by priority
};

class Names {
public:
    explicit Names(const Exchange& exchange);

    // The actors to try for a URI, the preferred one first; none where nobody answers to that name.
    std::vector<std::size_t> servers_of(const sip::Uri& uri) const;

    // The way by NAPTR records; nothing for an address, a URI with a port or a transport, and a name without such
    // records (RFC 3263 4.1).
    std::optional<Lookup> lookup_of(const sip::Uri& uri) const;

    bool has_naptrs() const { return !naptrs_.empty(); }  // else nobody needs to ask for the way

    // The actor at an address.
    std::optional<std::size_t> at(const std::string& host, int port) const;

    // The actor has another address than before; its names lead there.
    void move(std::size_t actor, const Address& address);

    // Where a response goes, by the top Via of the request (RFC 3261 18.2.2, RFC 3581 4).
    std::optional<std::size_t> response_target(const sip::Message& request) const;
    std::optional<std::size_t> response_target(const sip::Via& top) const;

private:
    struct Server {
        int priority = 0;
        std::uint32_t weight = 0;
        std::size_t actor = 0;
    };

    std::map<std::pair<std::string, int>, std::size_t> addresses_;
    std::map<std::string, std::vector<Server>> names_;  // by priority
    std::map<std::string, std::vector<Naptr>> naptrs_;  // by order and preference
    mutable Identifiers dice_;                          // who goes first among equals is drawn each time
};

}  // namespace sipdex::simulator
