#include "simulator/servers/home_server.h"

#include <algorithm>

#include "simulator/servers/max_breadth.h"
#include "sip/dialog.h"
#include "sip/token.h"

namespace sipdex::simulator {

HomeServer::Role HomeServer::read_role(source::Table& options) {
    return {options.text("domain"), options.texts("users"), options.flag_or("stores_messages", false)};
}

void HomeServer::check(source::Table& options) {
    Registrar::check(options);
    read_role(options);
}

HomeServer::HomeServer(Stage& stage, std::size_t actor)
    : Registrar(stage, actor),
      role_(options_of(stage, actor, read_role)),
      forwarder_({stage, actor, transactions_,
                  [this](const sip::Message& request, int status) { return response_to(request, status); }}),
      errands_(stage, actor, transactions_) {}

void HomeServer::on_request(TransactionId server, const sip::Message& received) {
    if (received.method == "CANCEL") return forwarder_.answer_cancel(server, received);
    if (received.method == "REGISTER") return Registrar::on_request(server, received);
    sip::Message request = received;
    if (const int refusal = check_and_set_limits(request, usual_breadth)) return answer(server, received, refusal);
    deliver(server, received, std::move(request));
}

void HomeServer::deliver(TransactionId server, const sip::Message& received, sip::Message request) {
    take_own_route(stage_, actor_, request);
    const sip::Uri uri = *sip::parse_uri(request.request_uri);
    if (request.header("Route") || !sip::same_token(uri.host, role_.domain)) {
        std::vector<std::size_t> servers = next_servers(stage_, request);
        if (servers.empty()) return answer(server, received, 404);
        return forward(server, received, {{{request, std::move(servers), {}}, {}, {}}});
    }
    if (std::find(role_.users.begin(), role_.users.end(), uri.user) == role_.users.end()) {
        stage_.decided(actor_, "no-such-user", {uri.user}, "RFC 3261 §16.5");
        return answer(server, received, 404);
    }
    std::vector<Flow> flows = flows_to(address_of_record(uri), request);
    if (flows.empty()) return nobody_there(server, received, address_of_record(uri));
    if (request.method == "INVITE") answer(server, received, 100);
    forward(server, received, std::move(flows));
}

void HomeServer::forward(TransactionId server, const sip::Message& received, std::vector<Flow> flows) {
    const auto to = sip::address_in(received, "To");
    forwarder_.forward(server, received, std::make_unique<FlowTargets>(std::move(flows), [this, to](const Flow& gone) {
                           if (to) drop_gone(address_of_record(to->uri), gone);
                       }));
}

// RFC 5626 7: a flow that is gone takes its binding with it.
void HomeServer::drop_gone(const std::string& address_of_record, const Flow& gone) {
    for (const Binding& binding : bindings_of(address_of_record)) {
        if (binding.instance != gone.instance || binding.reg_id != gone.reg_id) continue;
        stage_.decided(actor_, "drops-flow", {gone.reg_id}, "RFC 5626 §7");
        drop(address_of_record, binding);
    }
}

// RFC 3327 5.4: the Contact becomes the Request-URI, and the Path the route to it.
std::vector<Flow> HomeServer::flows_to(const std::string& address_of_record, const sip::Message& request) const {
    std::vector<Flow> flows;
    for (const Binding& binding : bindings_of(address_of_record)) {
        Flow flow{{request, {}, {}}, binding.instance, binding.reg_id};
        sip::Message& copy = flow.branch.request;
        copy.request_uri = sip::to_text(sip::as_request_uri(binding.contact.uri));
        copy.remove_all("Route");
        for (const std::string& value : binding.path) copy.add("Route", value);
        flow.branch.servers = next_servers(stage_, copy);
        if (!flow.branch.servers.empty()) flows.push_back(std::move(flow));
    }
    return flows;
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
    for (const sip::Message& message : waiting) {
        sip::Message request = message;
        request.remove_all("Via");
        if (check_and_set_limits(request, usual_breadth) != 0) continue;
        const std::vector<Flow> flows = flows_to(address_of_record, request);
        if (flows.empty()) continue;
        stage_.decided(actor_, "delivers-stored-message", {address_of_record}, "RFC 3428 §7");
        errands_.send(flows.front().branch.request,
                      [this, address_of_record, message](const auto&, const auto* response) {
                          // RFC 3428 7: 4xx and 5xx mean not delivered; it waits for the next registration.
                          const bool delivered = response && (response->status < 300 || response->status >= 600);
                          if (!delivered) stored_[address_of_record].push_back(message);
                      });
    }
}

void HomeServer::on_ack(const sip::Message& received) {
    sip::Message ack = received;
    take_own_route(stage_, actor_, ack);
    if (check_and_set_limits(ack, usual_breadth) != 0) return;
    forwarder_.pass_ack(ack, next_servers(stage_, ack));
}

void HomeServer::on_response(TransactionId client, const sip::Message& response) {
    if (!forwarder_.take(client, response)) errands_.take(client, response);
}

void HomeServer::on_timeout(TransactionId client, const sip::Message&) {
    if (!forwarder_.time_out(client)) errands_.time_out(client);
}

void HomeServer::on_end(TransactionId id) {
    forwarder_.on_end(id);
    errands_.on_end(id);
}

}  // namespace sipdex::simulator
