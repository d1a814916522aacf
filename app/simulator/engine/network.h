// The network carries messages from party to party, late or not at all, and records each of them.
//
// What is lost is decided by the exchange file or drawn from the seed. Over TCP nothing is lost for good: what
// the network drops, TCP sends again by itself a second later (RFC 6298 2), and what was sent behind it waits.
#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "simulator/engine/clock.h"
#include "simulator/plan/exchange.h"
#include "simulator/plan/identifiers.h"

namespace sipdex::simulator {

class Network {
public:
    using Deliver = std::function<void(std::size_t to, const sip::Message& message, std::size_t from)>;

    // Keeps references to all but the function.
    Network(const NetworkPlan& plan, Clock& clock, Identifiers& dice, Recording& recording, Deliver deliver);

    // Sends at this moment. `rule` is the rule by which, unless the narration names a better one. Gives the message as it
    // stands in the recording, where it stays.
    const sip::Message& send(std::size_t from, std::size_t to, sip::Message message, std::string rule,
                             const std::string& transport = "UDP");

    // What a request of this size goes by from one party to another: a link's own transport, and TCP for what is
    // too large for a datagram (RFC 3261 18.1.1).
    std::string transport_for(std::size_t from, std::size_t to, std::size_t octets) const;

    // How long a message takes, if it gets there.
    Time latency(std::size_t from, std::size_t to) const;

private:
    const NetworkPlan::Link* link(std::size_t from, std::size_t to) const;
    bool loses(const Transmission& transmission);
    bool was_sent_before(const Transmission& transmission, const std::string& octets, std::size_t hash) const;

    const NetworkPlan& plan_;
    Clock& clock_;
    Identifiers& dice_;
    Recording& recording_;
    Deliver deliver_;
    std::vector<long long> counted_;  // for each loss of the plan: how many messages fitted so far
    std::unordered_multimap<std::size_t, std::size_t> sent_;       // recorded messages by a hash of their octets
    std::map<std::pair<std::size_t, std::size_t>, Time> streams_;  // when the last of a TCP stream arrives
};

}  // namespace sipdex::simulator
