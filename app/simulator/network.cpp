#include "simulator/network.h"

#include <algorithm>

namespace sipdex::simulator {

Network::Network(const NetworkPlan& plan, Clock& clock, Identifiers& dice, Recording& recording, Deliver deliver)
    : plan_(plan), clock_(clock), dice_(dice), recording_(recording), deliver_(std::move(deliver)),
      counted_(plan.losses.size()) {}

Time Network::latency(std::size_t from, std::size_t to) const {
    const std::string& one = recording_.actors[from].id;
    const std::string& other = recording_.actors[to].id;
    for (const auto& link : plan_.links)
        if ((link.one == one && link.other == other) || (link.one == other && link.other == one)) return link.latency;
    return plan_.latency;
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

void Network::send(std::size_t from, std::size_t to, sip::Message message, std::string rule) {
    Transmission transmission;
    transmission.from = from;
    transmission.to = to;
    transmission.sent = clock_.now();
    transmission.transport = transport_;
    message.remove_all("Content-Length");
    message.add("Content-Length", std::to_string(message.body.size()));
    transmission.octets = sip::octets_of(message);
    transmission.message = message;
    transmission.rule = std::move(rule);
    transmission.retransmission = !seen_.emplace(from, to, transmission.octets).second;
    if (!loses(transmission)) {
        const Time takes = latency(from, to);
        transmission.received = clock_.now() + takes;
        clock_.after(takes, [this, to, from, received = std::move(message)] { deliver_(to, received, from); });
    }
    recording_.messages.push_back(std::move(transmission));
}

}  // namespace sipdex::simulator
