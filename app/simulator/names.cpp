#include "simulator/names.h"

#include <algorithm>

#include "sip/token.h"
#include "sip/via.h"

namespace sipdex::simulator {

Names::Names(const Exchange& exchange) {
    for (std::size_t actor = 0; actor < exchange.parties.size(); ++actor) {
        const PartyPlan& party = exchange.parties[actor];
        addresses_[{party.address.host, party.address.port}] = actor;
        if (!party.host.empty()) names_[sip::lowered(party.host)] = {actor};
    }
    for (const auto& [name, ids] : exchange.names) {
        std::vector<std::size_t>& servers = names_[sip::lowered(name)];
        servers.clear();
        for (const std::string& id : ids)
            for (std::size_t actor = 0; actor < exchange.parties.size(); ++actor)
                if (exchange.parties[actor].id == id) servers.push_back(actor);
    }
}

std::vector<std::size_t> Names::servers_of(const sip::Uri& uri) const {
    if (const auto actor = at(uri.host, uri.port.value_or(5060))) return {*actor};
    const auto named = names_.find(sip::lowered(uri.host));
    return named == names_.end() ? std::vector<std::size_t>{} : named->second;
}

std::optional<std::size_t> Names::at(const std::string& host, int port) const {
    const auto actor = addresses_.find({host, port});
    if (actor == addresses_.end()) return std::nullopt;
    return actor->second;
}

std::optional<std::size_t> Names::response_target(const sip::Message& request) const {
    const auto via = sip::top_via(request);
    if (!via) return std::nullopt;
    const std::string host = via->received().value_or(via->host);
    return at(host.find(':') != std::string::npos && host.front() != '[' ? "[" + host + "]" : host,
              via->rport().value_or(via->port.value_or(5060)));
}

}  // namespace sipdex::simulator
