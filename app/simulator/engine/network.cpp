#include "simulator/engine/network.h"

#include <algorithm>

#include "sip/via.h"

namespace sipdex::simulator {

namespace {

// Puts Content-Length last, where many messages have it already, for they came with it.
void set_length(sip::Message& message) {
    const sip::HeaderField length{"Content-Length", std::to_string(message.body.size())};
    const auto same = std::ranges::find_if(
        message.fields, [&](const sip::HeaderField& field) { return sip::same_field(field.name(), length.name()); });
    if (same != message.fields.end() && same + 1 == message.fields.end() && same->name() == length.name() &&
        same->value() == length.value())
        return;
    message.remove_all(length.name());
    message.fields.reserve(message.fields.size() + 1);  // and no more: it stays as it is
    message.fields.push_back(length);
}

}  // namespace

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

bool Network::was_sent_before(const Transmission& transmission, const std::string& octets, std::size_t hash) const {
    const auto [first, last] = sent_.equal_range(hash);
    return std::any_of(first, last, [&](const auto& entry) {
        const Transmission& earlier = recording_.messages[entry.second];
        return earlier.from == transmission.from && earlier.to == transmission.to && earlier.octets() == octets;
    });
}

const sip::Message& Network::send(std::size_t from, std::size_t to, sip::Message message, std::string rule,
                                  const std::string& transport) {
    // RFC 6298 2: the first retransmission of TCP, with no round trip measured yet.
    constexpr Time tcp_retransmits_after = std::chrono::seconds(1);
    Transmission transmission;
    transmission.from = from;
    transmission.to = to;
    transmission.sent = clock_.now();
    transmission.transport = transport;
    set_length(message);
    const std::string octets = sip::octets_of(message);
    transmission.message = std::move(message);
    transmission.rule = std::move(rule);
    const std::size_t hash = std::hash<std::string>{}(octets);
    transmission.retransmission = was_sent_before(transmission, octets, hash);
    sent_.emplace(hash, recording_.messages.size());
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
    return recording_.messages.emplace_back(std::move(transmission)).message;
}

}  // namespace sipdex::simulator
