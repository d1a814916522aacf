#include "simulator/servers/forwarder.h"

#include <algorithm>

#include "simulator/servers/max_breadth.h"
#include "sip/token.h"

namespace sipdex::simulator {

void Forwarder::forward(TransactionId server, const sip::Message& request, std::unique_ptr<TargetSet> targets,
                        const std::string& mark) {
    contexts_[server] =
        std::make_shared<ResponseContext>(element_, contexts_, server, request, std::move(targets), mark);
    context_of(server)->try_next();
}

void Forwarder::pass_ack(sip::Message ack, const std::vector<std::size_t>& servers) {
    if (servers.empty() || servers.front() == element_.actor) return;
    ack.put_first("Via", sip::to_text(element_.stage.new_via(element_.actor)));
    element_.transactions.send(std::move(ack), servers.front(), "RFC 3261 §16.6");
}

std::shared_ptr<ResponseContext> Forwarder::context_of(TransactionId id) const {
    const auto found = contexts_.find(id);
    return found == contexts_.end() ? nullptr : found->second;
}

void Forwarder::answer_cancel(TransactionId server, const sip::Message& cancel) {
    const auto context = context_of(element_.transactions.cancelled_by(cancel));
    element_.transactions.respond(server, element_.response_to(cancel, context ? 200 : 481));
    if (context) context->cancel();
}

bool Forwarder::take(TransactionId client, const sip::Message& response) {
    const auto context = context_of(client);  // none for a CANCEL, which concerns this hop only
    if (context) context->take(client, response);
    return context != nullptr;
}

bool Forwarder::time_out(TransactionId client) {
    const auto context = context_of(client);
    if (context) context->time_out(client);
    return context != nullptr;
}

int check_and_set_limits(sip::Message& request, std::size_t allowed) {
    const auto hops = sip::number_of(request.header("Max-Forwards").value_or("71"));
    if (!hops || !sip::parse_uri(request.request_uri)) return 400;
    if (*hops == 0) return 483;
    lower_limits(request, breadth_of(request, allowed));
    return 0;
}

void lower_limits(sip::Message& request, std::size_t breadth) {
    const auto hops = sip::number_of(request.header("Max-Forwards").value_or("71"));
    request.set("Max-Forwards", std::to_string(*hops - 1));
    request.set("Max-Breadth", std::to_string(breadth));  // RFC 5393 5.3.3: in all proxied requests
}

std::optional<sip::NameAddr> take_own_route(const Stage& stage, std::size_t actor, sip::Message& request) {
    if (!request.header("Route")) return std::nullopt;
    const auto routes = sip::addresses_in(request, "Route");
    if (routes.empty()) return std::nullopt;
    const auto servers = stage.names.servers_of(routes.front().uri);
    if (std::find(servers.begin(), servers.end(), actor) == servers.end()) return std::nullopt;
    request.remove_all("Route");
    for (std::size_t i = 1; i < routes.size(); ++i) request.add("Route", sip::to_text(routes[i]));
    return routes.front();
}

}  // namespace sipdex::simulator
