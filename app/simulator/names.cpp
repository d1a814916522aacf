#include "simulator/names.h"

#include <algorithm>
#include <cstdio>

#include "sip/token.h"
#include "sip/via.h"

namespace sipdex::simulator {

ListedServer read_server(const std::string& text) {
    ListedServer server;
    char party[64] = {};
    unsigned priority = 0, weight = 0;
    if (std::sscanf(text.c_str(), "%5u %5u %63s", &priority, &weight, party) == 3) return {static_cast<int>(priority), weight, party};
    server.party = text;
    return server;
}

Names::Names(const Exchange& exchange) : dice_(exchange.seed) {
    for (std::size_t actor = 0; actor < exchange.parties.size(); ++actor) {
        const PartyPlan& party = exchange.parties[actor];
        addresses_[{party.address.host, party.address.port}] = actor;
        if (!party.host.empty()) names_[sip::lowered(party.host)] = {{0, 0, actor}};
    }
    for (const auto& [name, entries] : exchange.names) {
        std::vector<Server>& servers = names_[sip::lowered(name)];
        servers.clear();
        for (const std::string& entry : entries) {
            const ListedServer listed = read_server(entry);
            for (std::size_t actor = 0; actor < exchange.parties.size(); ++actor)
                if (exchange.parties[actor].id == listed.party)
                    servers.push_back({listed.priority.value_or(static_cast<int>(servers.size())), listed.weight, actor});
        }
        std::stable_sort(servers.begin(), servers.end(), [](const Server& a, const Server& b) { return a.priority < b.priority; });
    }
}

std::vector<std::size_t> Names::servers_of(const sip::Uri& uri) const {
    if (const auto actor = at(uri.host, uri.port.value_or(5060))) return {*actor};
    const auto named = names_.find(sip::lowered(uri.host));
    if (named == names_.end()) return {};
    std::vector<Server> left = named->second;
    std::vector<std::size_t> order;
    while (!left.empty()) {
        // RFC 2782: among those of the lowest priority each comes first as often as its weight says.
        const auto end = std::find_if(left.begin(), left.end(), [&](const Server& s) { return s.priority != left.front().priority; });
        std::uint32_t sum = 0;
        for (auto server = left.begin(); server != end; ++server) sum += server->weight;
        const std::uint32_t drawn = end - left.begin() > 1 ? dice_.number(sum + 1) : 0;
        auto chosen = left.begin();
        for (std::uint32_t running = chosen->weight; running < drawn; running += chosen->weight) ++chosen;
        order.push_back(chosen->actor);
        left.erase(chosen);
    }
    return order;
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
