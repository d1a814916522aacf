#include "simulator/servers/edge_proxy.h"

#include <algorithm>

#include "simulator/servers/flow_targets.h"
#include "simulator/servers/max_breadth.h"
#include "simulator/session/security_agreement.h"
#include "sip/contact.h"
#include "sip/dialog.h"
#include "sip/values.h"

namespace sipdex::simulator {

namespace {

bool begins_dialog(const sip::Message& request) {
    const auto to = sip::address_in(request, "To");
    return to && to->tag().empty() && (request.method == "INVITE" || request.method == "SUBSCRIBE");
}

bool has_reg_id(const sip::Message& request) {
    const auto contacts = sip::contacts_in(request);
    return std::any_of(contacts.begin(), contacts.end(),
                       [](const sip::Contact& contact) { return contact.address.parameters.has("reg-id"); });
}

}  // namespace

EdgeProxy::Plan EdgeProxy::read_plan(source::Table& options) {
    Plan plan;
    plan.next_hop = options.text_or("next_hop", "");
    if (!plan.next_hop.empty() && !sip::parse_uri(plan.next_hop))
        options.problem("next_hop", "'" + plan.next_hop + "' is no URI");
    plan.security = options.text_or("security", "");
    plan.doorkeeper = Doorkeeper::read_plan(options);
    if (!plan.security.empty() && plan.doorkeeper.realm.empty())
        options.problem("security", "an agreement on digest needs a 'realm'");
    return plan;
}

void EdgeProxy::check(source::Table& options) { read_plan(options); }

bool EdgeProxy::check_action(const std::string& does, source::Table&) { return does == "restart"; }

EdgeProxy::EdgeProxy(Stage& stage, std::size_t actor)
    : Party(stage, actor),
      plan_(options_of(stage, actor, read_plan)),
      doorkeeper_(plan_.doorkeeper, true),
      forwarder_({stage, actor, transactions_,
                  [this](const sip::Message& request, int status) { return response_to(request, status); }}) {}

void EdgeProxy::act(const ActionPlan&) { flows_.clear(); }

void EdgeProxy::on_request(TransactionId server, const sip::Message& received) {
    if (received.method == "CANCEL") return forwarder_.answer_cancel(server, received);
    sip::Message request = received;
    int refusal = check_and_set_limits(request, usual_breadth);
    if (refusal != 0) return answer(server, received, refusal);
    if (!has_agreed(server, request)) return;
    auto way = route(std::move(request), refusal);
    if (!way) return answer(server, received, refusal);
    if (received.method == "INVITE") answer(server, received, 100);
    forwarder_.forward(server, received, std::make_unique<FlowTargets>(std::vector{Flow{std::move(*way), {}, {}}}));
}

// RFC 3329 2.3.1, 2.3.2: only the first hop asks, and only for what comes from a phone.
bool EdgeProxy::has_agreed(TransactionId server, sip::Message& request) {
    if (plan_.security.empty() || sip::vias_in(request).size() > 1) return true;
    for (const std::string_view value : request.headers("Proxy-Authorization")) {
        const auto credentials = sip::parse_credentials(value);
        const auto account =
            credentials ? plan_.doorkeeper.accounts.find(credentials->username) : plan_.doorkeeper.accounts.end();
        if (account == plan_.doorkeeper.accounts.end() || !doorkeeper_.admitted(request)) continue;
        if (!verifies_security(request, plan_.security, *credentials, account->second)) continue;
        doorkeeper_.consume(request);
        request.remove_all("Security-Verify");
        remove_option(request, "Require", "sec-agree");
        remove_option(request, "Proxy-Require", "sec-agree");
        stage_.decided(actor_, "security-agreed", {"digest"}, "RFC 3329 §2.3.1");
        return true;
    }
    return ask_for_agreement(server, request), false;
}

void EdgeProxy::ask_for_agreement(TransactionId server, const sip::Message& request) {
    const bool required =
        sip::lists(request, "Require", "sec-agree") || sip::lists(request, "Proxy-Require", "sec-agree");
    const bool known = required || sip::lists(request, "Supported", "sec-agree");
    sip::Message refusal = response_to(request, known ? 494 : 421);
    if (!required) refusal.add("Require", "sec-agree");  // RFC 3329 2.3.2
    refusal.add("Security-Server", plan_.security);
    doorkeeper_.challenge(refusal, stage_.identifiers);
    stage_.decided(actor_, "wants-security-agreement", {std::to_string(refusal.status)},
                   known && required ? "RFC 3329 §2.3.1" : "RFC 3329 §2.3.2");
    transactions_.respond(server, std::move(refusal));
}

// RFC 5626 5.3, RFC 3261 16.4 to 16.6.
std::optional<Branch> EdgeProxy::route(sip::Message request, int& refusal) {
    const auto source = stage_.names.response_target(request);
    const auto own = take_own_route(stage_, actor_, request);
    if (own && !own->uri.user.empty()) {
        const auto flow = flows_.find(own->uri.user);
        if (flow == flows_.end()) {
            stage_.decided(actor_, "flow-gone", {own->uri.user}, "RFC 5626 §5.3.1");
            refusal = 430;
            return std::nullopt;
        }
        if (source != flow->second) {  // incoming: over the flow, whatever the Request-URI says
            sip::Uri back = own->uri;
            if (back.parameters.has("ob") && begins_dialog(request)) {
                back.parameters.remove("ob");
                request.put_first("Record-Route", "<" + sip::to_text(back) + ">");
            }
            return Branch{std::move(request), {flow->second}, {}};
        }
    }
    if (request.method == "REGISTER") add_path(request);
    const auto beyond = plan_.next_hop.empty() || request.header("Route")
                            ? next_servers(stage_, request)
                            : stage_.names.servers_of(*sip::parse_uri(plan_.next_hop));
    if (beyond.empty() || beyond.front() == actor_) {
        refusal = 404;
        return std::nullopt;
    }
    return Branch{std::move(request), beyond, {}};
}

// RFC 5626 5.1: the first hop puts itself into the way, with the token of the flow and "ob".
void EdgeProxy::add_path(sip::Message& request) {
    const auto source = stage_.names.response_target(request);
    if (!source || !has_reg_id(request) || !sip::lists(request, "Supported", "path") ||
        sip::vias_in(request).size() > 1)
        return;
    request.put_first("Path", "<sip:" + token_for(*source) + "@" + name() + ";lr;ob>");
}

std::string EdgeProxy::token_for(std::size_t phone) {
    for (const auto& [token, actor] : flows_)
        if (actor == phone) return token;
    const std::string token = stage_.identifiers.nonce().substr(0, 16);
    flows_[token] = phone;
    return token;
}

void EdgeProxy::on_ack(const sip::Message& received) {
    sip::Message ack = received;
    int refusal = check_and_set_limits(ack, usual_breadth);
    if (refusal != 0) return;
    if (const auto way = route(std::move(ack), refusal)) forwarder_.pass_ack(way->request, way->servers);
}

void EdgeProxy::on_response(TransactionId client, const sip::Message& response) { forwarder_.take(client, response); }
void EdgeProxy::on_timeout(TransactionId client, const sip::Message&) { forwarder_.time_out(client); }
void EdgeProxy::on_end(TransactionId id) { forwarder_.on_end(id); }

}  // namespace sipdex::simulator
