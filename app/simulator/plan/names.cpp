#include "simulator/plan/names.h"

#include <algorithm>
#include <cstdio>

#include "sip/token.h"
#include "sip/via.h"

namespace sipdex::simulator {

ListedServer read_server(const std::string& text) {
    ListedServer server;
    char party[64] = {};
    unsigned priority = 0, weight = 0;
    if (std::sscanf(text.c_str(), "%5u %5u %63s", &priority, &weight, party) == 3)
        return {static_cast<int>(priority), weight, party};
    server.party = text;
    return server;
}

bool is_naptr(const std::string& text) { return text.starts_with("naptr "); }

std::optional<Naptr> read_naptr(const std::string& text) {
    Naptr record;
    unsigned order = 0, preference = 0;
    char service[16] = {}, replacement[128] = {};
    if (std::sscanf(text.c_str(), "naptr %5u %5u %15s %127s", &order, &preference, service, replacement) != 4)
        return std::nullopt;
    record = {static_cast<int>(order), static_cast<int>(preference), service, sip::lowered(replacement)};
    if (record.service != "SIP+D2U" && record.service != "SIP+D2T" && record.service != "SIPS+D2T") return std::nullopt;
    return record;
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
            if (const auto naptr = read_naptr(entry)) {
                naptrs_[sip::lowered(name)].push_back(*naptr);
                continue;
            }
            const ListedServer listed = read_server(entry);
            for (std::size_t actor = 0; actor < exchange.parties.size(); ++actor)
                if (exchange.parties[actor].id == listed.party)
                    servers.push_back(
                        {listed.priority.value_or(static_cast<int>(servers.size())), listed.weight, actor});
        }
        std::stable_sort(servers.begin(), servers.end(),
                         [](const Server& a, const Server& b) { return a.priority < b.priority; });
    }
    for (auto& [name, records] : naptrs_)
        std::stable_sort(records.begin(), records.end(), [](const Naptr& a, const Naptr& b) {
            return std::pair(a.order, a.preference) < std::pair(b.order, b.preference);
        });
}

// RFC 3263 4.1: of the services those that the client can use, and for sips only those with TLS. Nobody here speaks it.
std::optional<Lookup> Names::lookup_of(const sip::Uri& uri) const {
    if (!has_naptrs()) return std::nullopt;
    const std::string name = sip::lowered(uri.host);
    const auto records = naptrs_.find(name);
    if (uri.port || uri.parameters.has("transport") || records == naptrs_.end()) return std::nullopt;
    Lookup lookup;
    lookup.name = name;
    for (const Naptr& record : records->second) {
        if (record.service == "SIPS+D2T" || uri.scheme == "sips") {
            lookup.discarded.push_back(record.service);
            continue;
        }
        lookup.service = record.service;
        lookup.transport = record.service == "SIP+D2T" ? "TCP" : "UDP";
        lookup.srv = record.replacement;
        break;
    }
    if (const auto named = names_.find(lookup.srv); named != names_.end())
        for (const Server& server : named->second) lookup.servers.push_back(server.actor);
    return lookup;
}

std::vector<std::size_t> Names::servers_of(const sip::Uri& uri) const {
    if (const auto actor = at(uri.host, uri.port.value_or(5060))) return {*actor};
    // RFC 3263 4.1, 4.2: a transport of the URI's own asks for its SRV records at once.
    const std::string host = sip::lowered(uri.host);
    const auto transport = uri.parameters.value("transport");
    const std::string own = transport ? "_sip._" + sip::lowered(*transport) + "." + host : "";
    const auto lookup = lookup_of(uri);
    const auto named = names_.find(lookup ? lookup->srv : names_.contains(own) ? own : host);
    if (named == names_.end()) return {};
    std::vector<Server> left = named->second;
    std::vector<std::size_t> order;
    while (!left.empty()) {
        // RFC 2782: among those of the lowest priority each comes first as often as its weight says.
        const auto end = std::find_if(left.begin(), left.end(),
                                      [&](const Server& s) { return s.priority != left.front().priority; });
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

void Names::move(std::size_t actor, const Address& address) {
    std::erase_if(addresses_, [&](const auto& known) { return known.second == actor; });
    addresses_[{address.host, address.port}] = actor;
}

std::optional<std::size_t> Names::response_target(const sip::Message& request) const {
    const auto top = sip::top_via(request);
    return top ? response_target(*top) : std::nullopt;
}

std::optional<std::size_t> Names::response_target(const sip::Via& top) const {
    const std::string host = top.received().value_or(top.host);
    return at(host.find(':') != std::string::npos && host.front() != '[' ? "[" + host + "]" : host,
              top.rport().value_or(top.port.value_or(5060)));
}

}  // namespace sipdex::simulator
