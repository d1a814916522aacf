#include "simulator/engine/stage.h"

#include <cstdio>

#include "sip/dialog.h"

namespace sipdex::simulator {

Stage::Stage(const Exchange& plan, std::uint64_t seed, Network::Deliver deliver)
    : exchange(plan),
      identifiers(seed),
      names(plan),
      network(exchange.network, clock, identifiers, recording, std::move(deliver)) {
    recording.exchange = plan.id;
    for (const PartyPlan& party : plan.parties) {
        recording.actors.push_back({party.id, party.kind, party.name, to_text(party.address)});
        addresses.push_back(party.address);
    }
}

void Stage::move(std::size_t actor, const Address& address) {
    addresses[actor] = address;
    names.move(actor, address);
    recording.moves.push_back({actor, clock.now(), to_text(address)});
}

bool Stage::silent(std::size_t actor) const {
    source::Problems none;
    return source::Table(exchange.parties[actor].options, none).flag_or("off", false);
}

sip::Via Stage::new_via(std::size_t actor) {
    const Address& address = addresses[actor];
    sip::Via via;
    via.transport = "UDP";  // until it is known to whom it goes
    via.host = address.host;
    via.port = address.port;
    via.parameters.set("branch", identifiers.branch());
    via.parameters.set_bare("rport");
    return via;
}

std::string Stage::transport_for(std::size_t from, std::size_t to, const sip::Message& request) {
    const auto hop = names.has_naptrs() ? sip::next_hop(request) : std::nullopt;
    const auto lookup = hop ? names.lookup_of(*hop) : std::nullopt;
    if (lookup) tell_lookup(from, to, *lookup);
    const std::string usual = network.transport_for(from, to, sip::size_of(request));
    return lookup && lookup->transport == "TCP" ? lookup->transport : usual;
}

// NAPTR, SRV, A: in the order in which they are asked for.
void Stage::tell_lookup(std::size_t actor, std::size_t server, const Lookup& lookup) {
    if (looked_up_.emplace(actor, lookup.name).second) {
        for (const std::string& service : lookup.discarded)
            decided(actor, "discards-naptr", {service, lookup.name}, "RFC 3263 §4.1");
        decided(actor, "takes-naptr", {lookup.name, lookup.service, lookup.transport}, "RFC 3263 §4.1");
        std::vector<std::string> listed{lookup.srv};
        for (const std::size_t each : lookup.servers) listed.push_back(recording.actors[each].id);
        decided(actor, "takes-srv", std::move(listed), "RFC 3263 §4.2");
    }
    const PartyPlan& found = exchange.parties[server];
    if (!found.host.empty() && looked_up_.emplace(actor, found.host).second)
        decided(actor, found.address.host.front() == '[' ? "takes-aaaa" : "takes-a", {found.host, found.address.host},
                "RFC 3263 §4.2");
}

void Stage::decided(std::size_t actor, std::string id, std::vector<std::string> details, std::string rule) {
    recording.decisions.push_back(
        {actor, std::move(id), std::move(details), clock.now(), std::move(rule), recording.messages.size()});
}

void Stage::timer(std::size_t actor, std::string_view name, TimerEvent::What what, std::string_view section,
                  Time lasts) {
    recording.timers.push_back({actor, name, what, clock.now(), lasts, section});
}

std::string Stage::date() const {
    const auto seconds = 12 * 3600 + std::chrono::duration_cast<std::chrono::seconds>(clock.now()).count();
    const char* const weekdays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    const long long day = seconds / 86400 % 28;  // exchanges last minutes; four weeks are plenty
    char text[40];
    std::snprintf(text, sizeof text, "%s, %02d Jan 2026 %02d:%02d:%02d GMT", weekdays[day % 7],
                  static_cast<int>(1 + day), static_cast<int>(seconds / 3600 % 24), static_cast<int>(seconds / 60 % 60),
                  static_cast<int>(seconds % 60));
    return text;
}

}  // namespace sipdex::simulator
