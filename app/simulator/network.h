// The network carries messages from party to party, late or not at all, and records each of them.
//
// Every link keeps its order. What is lost is decided by the exchange file or drawn from the seed.
#pragma once
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "simulator/clock.h"
#include "simulator/exchange.h"
#include "simulator/identifiers.h"

namespace sipdex::simulator {

class Network {
public:
    using Deliver = std::function<void(std::size_t to, const sip::Message& message, std::size_t from)>;

    // Keeps references to all but the function.
    Network(const NetworkPlan& plan, Clock& clock, Identifiers& dice, Recording& recording, Deliver deliver);

    // Sends at this moment. `rule` is the rule by which, unless the narration names a better one.
    void send(std::size_t from, std::size_t to, sip::Message message, std::string rule);

    const std::string& transport() const { return transport_; }

private:
    Time latency(std::size_t from, std::size_t to) const;
    bool loses(const Transmission& transmission);

    const NetworkPlan& plan_;
    Clock& clock_;
    Identifiers& dice_;
    Recording& recording_;
    Deliver deliver_;
    std::string transport_ = "UDP";
    std::vector<long long> counted_;        // for each loss of the plan: how many messages fitted so far
    std::set<std::tuple<std::size_t, std::size_t, std::string>> seen_;
};

}  // namespace sipdex::simulator
