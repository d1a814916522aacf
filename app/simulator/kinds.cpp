#include "simulator/kinds.h"

#include "simulator/call_analytics.h"
#include "simulator/caller.h"
#include "simulator/phone.h"
#include "simulator/proxy.h"
#include "simulator/redirect_server.h"
#include "simulator/registrar.h"
#include "simulator/stand_in.h"

namespace sipdex::simulator {

namespace {

bool does_nothing(const std::string&, Fields&) { return false; }

template <class AnyParty> std::unique_ptr<Party> make(Stage& stage, std::size_t actor) {
    return std::make_unique<AnyParty>(stage, actor);
}

const Kind kinds[] = {
    {"caller", Caller::check, Caller::check_action, make<Caller>},
    {"phone", Phone::check, Caller::check_action, make<Phone>},
    {"server", Phone::check, Caller::check_action, make<Phone>},    // a gateway or a voice mailbox answers like a phone
    {"proxy", Proxy::check, does_nothing, make<Proxy>},
    {"analytics", CallAnalytics::check, does_nothing, make<CallAnalytics>},
    {"redirect-server", RedirectServer::check, does_nothing, make<RedirectServer>},
    {"registrar", Registrar::check, does_nothing, make<Registrar>},
    {"stand-in", StandIn::check, does_nothing, make<StandIn>},
};

}  // namespace

const Kind* kind_named(std::string_view name) {
    for (const Kind& kind : kinds)
        if (kind.name == name) return &kind;
    return nullptr;
}

const Kind& kind_of(const PartyPlan& party) { return *kind_named(party.played_by.empty() ? party.kind : party.played_by); }

std::vector<std::string> kind_names() {
    std::vector<std::string> names;
    for (const Kind& kind : kinds) names.emplace_back(kind.name);
    return names;
}

}  // namespace sipdex::simulator
