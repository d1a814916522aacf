#include "simulator/stage.h"

#include <cstdio>

namespace sipdex::simulator {

Stage::Stage(const Exchange& plan, std::uint64_t seed, Network::Deliver deliver)
    : exchange(plan), identifiers(seed), names(plan),
      network(exchange.network, clock, identifiers, recording, std::move(deliver)) {
    recording.exchange = plan.id;
    for (const PartyPlan& party : plan.parties)
        recording.actors.push_back({party.id, party.kind, party.name, to_text(party.address)});
}

bool Stage::silent(std::size_t actor) const {
    std::vector<Problem> none;
    return Fields(exchange.parties[actor].options, "", none).flag_or("off", false);
}

sip::Via Stage::new_via(std::size_t actor) {
    const Address& address = exchange.parties[actor].address;
    sip::Via via;
    via.transport = "UDP";          // until it is known to whom it goes
    via.host = address.host;
    via.port = address.port;
    via.parameters.set("branch", identifiers.branch());
    via.parameters.set_bare("rport");
    return via;
}

void Stage::decided(std::size_t actor, std::string id, std::vector<std::string> details, std::string rule) {
    recording.decisions.push_back({actor, std::move(id), std::move(details), clock.now(), std::move(rule), recording.messages.size()});
}

std::string Stage::date() const {
    const auto seconds = 12 * 3600 + std::chrono::duration_cast<std::chrono::seconds>(clock.now()).count();
    const char* const weekdays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    const long long day = seconds / 86400 % 28;     // exchanges last minutes; four weeks are plenty
    char text[40];
    std::snprintf(text, sizeof text, "%s, %02d Jan 2026 %02d:%02d:%02d GMT", weekdays[day % 7], static_cast<int>(1 + day),
                  static_cast<int>(seconds / 3600 % 24), static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    return text;
}

}  // namespace sipdex::simulator
