#include "simulator/kinds.h"

#include "simulator/agents/caller.h"
#include "simulator/agents/gateway.h"
#include "simulator/agents/pbx.h"
#include "simulator/agents/phone.h"
#include "simulator/agents/publisher.h"
#include "simulator/agents/softphone.h"
#include "simulator/agents/watcher.h"
#include "simulator/servers/alg.h"
#include "simulator/servers/authentication_service.h"
#include "simulator/servers/call_analytics.h"
#include "simulator/servers/edge_proxy.h"
#include "simulator/servers/home_server.h"
#include "simulator/servers/p_cscf.h"
#include "simulator/servers/presence_server.h"
#include "simulator/servers/proxy.h"
#include "simulator/servers/redirect_server.h"
#include "simulator/servers/registrar.h"
#include "simulator/servers/stand_in.h"
#include "simulator/servers/verification_service.h"

namespace sipdex::simulator {

namespace {

bool does_nothing(const std::string&, source::Table&) { return false; }

template <class AnyParty>
std::unique_ptr<Party> make(Stage& stage, std::size_t actor) {
    return std::make_unique<AnyParty>(stage, actor);
}

const Kind kinds[] = {
    {"caller", Caller::check, Caller::check_action, make<Caller>},
    {"phone", Phone::check, Caller::check_action, make<Phone>},
    {"server", Phone::check, Caller::check_action, make<Phone>},  // a gateway or a voice mailbox answers like a phone
    {"proxy", Proxy::check, does_nothing, make<Proxy>},
    {"alg", Alg::check, does_nothing, make<Alg>},
    {"analytics", CallAnalytics::check, does_nothing, make<CallAnalytics>},
    {"authentication-service", AuthenticationService::check, does_nothing, make<AuthenticationService>},
    {"verification-service", VerificationService::check, does_nothing, make<VerificationService>},
    {"p-cscf", PCscf::check, does_nothing, make<PCscf>},
    {"gateway", Gateway::check, Gateway::check_action, make<Gateway>},
    {"pbx", Pbx::check, Caller::check_action, make<Pbx>},
    {"redirect-server", RedirectServer::check, does_nothing, make<RedirectServer>},
    {"registrar", Registrar::check, does_nothing, make<Registrar>},
    {"home-server", HomeServer::check, does_nothing, make<HomeServer>},
    {"edge-proxy", EdgeProxy::check, EdgeProxy::check_action, make<EdgeProxy>},
    {"softphone", Softphone::check, Softphone::check_action, make<Softphone>},
    {"presence-server", PresenceServer::check, PresenceServer::check_action, make<PresenceServer>},
    {"watcher", Watcher::check, Watcher::check_action, make<Watcher>},
    {"publisher", Publisher::check, Publisher::check_action, make<Publisher>},
    {"stand-in", StandIn::check, does_nothing, make<StandIn>},
};

}  // namespace

const Kind* kind_named(std::string_view name) {
    for (const Kind& kind : kinds)
        if (kind.name == name) return &kind;
    return nullptr;
}

const Kind& kind_of(const PartyPlan& party) {
    return *kind_named(party.played_by.empty() ? party.kind : party.played_by);
}

std::vector<std::string> kind_names() {
    std::vector<std::string> names;
    for (const Kind& kind : kinds) names.emplace_back(kind.name);
    return names;
}

}  // namespace sipdex::simulator
