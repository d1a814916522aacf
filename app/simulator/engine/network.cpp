#include "simulator/engine/network.h"

#include <algorithm>

#include "sip/via.h"

namespace sipdex::simulator {

Network::Network(const NetworkPlan& plan, Clock& clock, Identifiers& dice, Recording& recording, Deliver deliver)
    : plan_(plan),
      clock_(clock),
      dice_(dice),
      recording_(recording),
      deliver_(std::move(deliver)),
      counted_(plan.losses.size()) {}

const NetworkPlan::Link* Network::link(std::size_t from, std::size_t to) const {
    const std::string& one = recording_.actors[from].id;
    const std::string& other = recording_.actors[to].id;
    for (const auto& link : plan_.links)
        if ((link.one == one && link.other == other) || (link.one == other && link.other == one)) return &link;
    return nullptr;
}

Time Network::latency(std::size_t from, std::size_t to) const {
    const auto* own = link(from, to);
    return own ? own->latency : plan_.latency;
}

std::string Network::transport_for(std::size_t from, std::size_t to, std::size_t octets) const {
    // RFC 3261 18.1.1: without knowing the path's MTU, a request above 1300 octets needs TCP.
    constexpr std::size_t largest_datagram = 1300;
    const auto* own = link(from, to);
    return octets > largest_datagram ? "TCP" : own ? own->transport : plan_.transport;
}

bool Network::loses(const Transmission& transmission) {
    bool lost = false;
    for (std::size_t i = 0; i < plan_.losses.size(); ++i) {
        const Loss& loss = plan_.losses[i];
        if (!matches_either(loss.of, recording_, transmission)) continue;
        ++counted_[i];
        lost = lost || loss.nth.empty() || std::count(loss.nth.begin(), loss.nth.end(), counted_[i]) > 0;
    }
    if (plan_.loss_percent > 0 && dice_.number(10000) < plan_.loss_percent * 100) lost = true;
    return lost;
}

bool Network::was_sent_before(const Transmission& transmission) const {
    const auto [first, last] = sent_.equal_range(std::hash<std::string>{}(transmission.octets));
    return std::any_of(first, last, [&](const auto& entry) {
        const Transmission& earlier = recording_.messages[entry.second];
        return earlier.from == transmission.from && earlier.to == transmission.to &&
               earlier.octets == transmission.octets;
    });
}

void Network::send(std::size_t from, std::size_t to, sip::Message message, std::string rule,
                   const std::string& transport) {
    // RFC 6298 2: the first retransmission of TCP, with no round trip measured yet.
    constexpr Time tcp_retransmits_after = std::chrono::seconds(1);
    Transmission transmission;
    transmission.from = from;
    transmission.to = to;
    transmission.sent = clock_.now();
    transmission.transport = transport;
    message.remove_all("Content-Length");
    message.add("Content-Length", std::to_string(message.body.size()));
    transmission.octets = sip::octets_of(message);
    transmission.message = std::move(message);
    transmission.rule = std::move(rule);
    transmission.retransmission = was_sent_before(transmission);
    sent_.emplace(std::hash<std::string>{}(transmission.octets), recording_.messages.size());
    const bool dropped = loses(transmission), stream = sip::is_reliable(transport);
    if (!dropped || stream) {
        Time arrives = clock_.now() + latency(from, to) + (dropped ? tcp_retransmits_after : Time{});
        if (stream) {
            Time& last = streams_[{from, to}];
            last = arrives = std::max(arrives, last);
        }
        transmission.received = arrives;
        clock_.after(arrives - clock_.now(), [this, number = recording_.messages.size()] {
            const Transmission& arrived = recording_.messages[number];
            deliver_(arrived.to, arrived.message, arrived.from);
        });
    }
    recording_.messages.push_back(std::move(transmission));
}

}  // namespace sipdex::simulator
