#include "simulator/servers/home_server.h"

#include <algorithm>

#include "sip/dialog.h"
#include "sip/token.h"

namespace sipdex::simulator {

HomeServer::Role HomeServer::read_role(Fields& options) {
    return {options.text("domain"), options.texts("users"), options.flag_or("stores_messages", false)};
}

void HomeServer::check(Fields& options) {
    Registrar::check(options);
    read_role(options);
}

HomeServer::HomeServer(Stage& stage, std::size_t actor)
    : Registrar(stage, actor),
      role_(options_of(stage, actor, read_role)),
      forwarding_(stage, actor, transactions_, [this](const Hop& failed) {
          // RFC 5626 7: a flow that is gone takes its binding with it.
          const auto to = sip::address_in(failed.request, "To");
          if (!to) return;
          for (const Binding& binding : bindings_of(address_of_record(to->uri)))
              if (binding.instance == failed.instance && binding.reg_id == failed.flow) {
                  stage_.decided(actor_, "drops-flow", {failed.flow}, "RFC 5626 §7");
                  drop(address_of_record(to->uri), binding);
              }
      }) {}

void HomeServer::on_request(TransactionId server, const sip::Message& received) {
    if (received.method == "CANCEL") return answer(server, received, forwarding_.cancel(received) ? 200 : 481);
    if (received.method == "REGISTER") return Registrar::on_request(server, received);
    sip::Message request = received;
    if (const int refusal = check_and_set_limits(request)) return answer(server, received, refusal);
    deliver(server, received, std::move(request));
}

bool HomeServer::drop_own_route(sip::Message& request) const {
    const auto routes = sip::addresses_in(request, "Route");
    if (routes.empty()) return false;
    const auto servers = stage_.names.servers_of(routes.front().uri);
    if (std::find(servers.begin(), servers.end(), actor_) == servers.end()) return false;
    request.remove_all("Route");
    for (std::size_t i = 1; i < routes.size(); ++i) request.add("Route", sip::to_text(routes[i]));
    return true;
}

void HomeServer::deliver(TransactionId server, const sip::Message& received, sip::Message request) {
    drop_own_route(request);
    const sip::Uri uri = *sip::parse_uri(request.request_uri);
    if (request.header("Route") || !sip::same_token(uri.host, role_.domain)) {
        const auto servers = next_servers(stage_, request);
        if (servers.empty()) return answer(server, received, 404);
        return forwarding_.forward(server, {{request, servers.front(), {}, {}}});
    }
    if (std::find(role_.users.begin(), role_.users.end(), uri.user) == role_.users.end()) {
        stage_.decided(actor_, "no-such-user", {uri.user}, "RFC 3261 §16.5");
        return answer(server, received, 404);
    }
    const std::vector<Hop> hops = hops_to(address_of_record(uri), request);
    if (hops.empty()) return nobody_there(server, received, address_of_record(uri));
    if (request.method == "INVITE") answer(server, received, 100);
    forwarding_.forward(server, hops);
}

// RFC 3327 5.4: the Contact becomes the Request-URI, and the Path the route to it.
std::vector<Hop> HomeServer::hops_to(const std::string& address_of_record, const sip::Message& request) const {
    std::vector<Hop> hops;
    for (const Binding& binding : bindings_of(address_of_record)) {
        Hop hop{request, 0, binding.instance, binding.reg_id};
        hop.request.request_uri = sip::to_text(sip::as_request_uri(binding.contact.uri));
        hop.request.remove_all("Route");
        for (const std::string& value : binding.path) hop.request.add("Route", value);
        const auto servers = next_servers(stage_, hop.request);
        if (servers.empty()) continue;
        hop.to = servers.front();
        hops.push_back(std::move(hop));
    }
    return hops;
}

void HomeServer::nobody_there(TransactionId server, const sip::Message& request, const std::string& address_of_record) {
    if (request.method == "MESSAGE" && role_.stores_messages) {
        stage_.decided(actor_, "stores-message", {address_of_record}, "RFC 3428 §7");
        stored_[address_of_record].push_back(request);
        return answer(server, request, 202, "Accepted");
    }
    // RFC 3261 21.4.18: the user is known, but nowhere to be reached at present.
    stage_.decided(actor_, "nobody-registered", {address_of_record}, "RFC 3261 §21.4.18");
    answer(server, request, 480);
}

void HomeServer::on_registered(const std::string& address_of_record) {
    std::vector<sip::Message> waiting;
    if (!bindings_of(address_of_record).empty()) waiting.swap(stored_[address_of_record]);
    for (sip::Message& message : waiting) {
        sip::Message request = message;
        request.remove_all("Via");
        if (check_and_set_limits(request) != 0) continue;
        std::vector<Hop> hops = hops_to(address_of_record, request);
        if (hops.empty()) continue;
        stage_.decided(actor_, "delivers-stored-message", {address_of_record}, "RFC 3428 §7");
        request = hops.front().request;
        request.fields.insert(request.fields.begin(), {"Via", sip::to_text(stage_.new_via(actor_))});
        delivering_[transactions_.start(std::move(request), hops.front().to)] = std::move(message);
    }
}

void HomeServer::on_ack(const sip::Message& received) {
    sip::Message ack = received;
    drop_own_route(ack);
    const auto servers = next_servers(stage_, ack);
    if (check_and_set_limits(ack) != 0 || servers.empty() || servers.front() == actor_) return;
    forwarding_.pass_ack({ack, servers.front(), {}, {}});
}

void HomeServer::on_response(TransactionId client, const sip::Message& response) {
    if (forwarding_.take(client, response) || response.status < 200) return;
    const auto stored = delivering_.find(client);
    if (stored == delivering_.end()) return;
    // RFC 3428 7: 4xx and 5xx mean not delivered; it waits for the next registration.
    if (response.status >= 300 && response.status < 600) {
        const auto to = sip::address_in(stored->second, "To");
        if (to) stored_[address_of_record(to->uri)].push_back(stored->second);
    }
    delivering_.erase(stored);
}

void HomeServer::on_timeout(TransactionId client, const sip::Message&) {
    if (forwarding_.time_out(client)) return;
    const auto stored = delivering_.find(client);
    if (stored == delivering_.end()) return;
    const auto to = sip::address_in(stored->second, "To");
    if (to) stored_[address_of_record(to->uri)].push_back(stored->second);
    delivering_.erase(stored);
}

void HomeServer::on_end(TransactionId id) { forwarding_.on_end(id); }

}  // namespace sipdex::simulator
