#include "simulator/servers/proxy.h"

#include <algorithm>

#include "simulator/plan/answer.h"
#include "simulator/plan/header_line.h"
#include "simulator/servers/loop_detection.h"
#include "sip/name_addr.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::simulator {

namespace {

bool within_dialog(const sip::Message& request) {
    const auto to = sip::address_in(request, "To");
    return to && !to->tag().empty();
}

}  // namespace

Proxy::Plan Proxy::read_plan(Fields& options) {
    Plan plan;
    plan.routing = Routing::read(options);
    plan.record_route = options.flag_or("record_route", false);
    plan.recurses = options.flag_or("recurses", false);
    plan.detects_loops = options.flag_or("detects_loops", true);
    plan.forks_serially = options.flag_or("forks_serially", false);
    plan.max_breadth = static_cast<std::size_t>(options.number_or("max_breadth", usual_breadth));
    plan.timer_c = options.duration_or("timer_c", plan.timer_c);
    // RFC 3261 16.6, item 11.
    if (plan.timer_c <= std::chrono::minutes(3)) options.problem("timer_c", "timer C must last longer than 3 minutes");
    plan.routing_timeout = options.duration_or("routing_timeout", plan.routing_timeout);
    plan.supports = options.texts("supports");
    plan.presents = options.text_or("presents", "");
    plan.doorkeeper = Doorkeeper::read_plan(options);
    return plan;
}

void Proxy::check(Fields& options) { read_plan(options); }

Proxy::Proxy(Stage& stage, std::size_t actor)
    : Party(stage, actor), plan_(options_of(stage, actor, read_plan)),
      doorkeeper_(plan_.doorkeeper, true) {}

bool Proxy::is_own(const sip::Uri& uri) const {
    const auto servers = stage_.names.servers_of(uri);
    return std::find(servers.begin(), servers.end(), actor_) != servers.end();
}

// RFC 3261 16.4: loose routing only; whoever sends to this proxy in a dialog learnt of it from its ;lr.
void Proxy::drop_own_route(sip::Message& request) const {
    const auto routes = sip::addresses_in(request, "Route");
    if (routes.empty() || !is_own(routes.front().uri)) return;
    request.remove_all("Route");
    for (std::size_t i = 1; i < routes.size(); ++i) request.add("Route", sip::to_text(routes[i]));
}

// RFC 3261 16.3, by its numbered checks.
bool Proxy::passes_checks(TransactionId server, const sip::Message& request) {
    const auto uri = sip::parse_uri(request.request_uri);
    const auto hops = sip::number_of(request.header("Max-Forwards").value_or("70"));
    if (!uri || !hops) return answer(server, request, 400), false;                              // 1
    if (!plan_.routing.understands(*uri)) {                                                     // 2
        stage_.decided(actor_, "unknown-scheme", {uri->scheme}, "RFC 3261 §16.3");
        return answer(server, request, 416), false;
    }
    if (*hops == 0) {                                                                           // 3
        stage_.decided(actor_, "hops-used-up", {}, "RFC 3261 §16.3");
        return answer(server, request, 483), false;
    }
    if (plan_.detects_loops && loops(server, request)) return false;                            // 4
    if (!knows_extensions(server, request)) return false;                                       // 5
    if (doorkeeper_.asks() && !within_dialog(request) && !doorkeeper_.admitted(request)) {      // 6
        sip::Message challenge = response_to(request, 407);
        doorkeeper_.challenge(challenge, stage_.identifiers);
        return transactions_.respond(server, std::move(challenge)), false;
    }
    if (within_dialog(request)) return true;
    if (auto verdict = judge(request)) return transactions_.respond(server, std::move(*verdict)), false;
    return true;
}

bool Proxy::loops(TransactionId server, const sip::Message& request) {
    const std::string before = earlier_passage(request, to_text(plan().address), routing_mark(request));
    if (before.empty()) return false;
    stage_.decided(actor_, "loop-detected", {before}, "RFC 5393 §4.2.2");
    answer(server, request, 482);
    return true;
}

bool Proxy::knows_extensions(TransactionId server, const sip::Message& request) {
    std::string unknown;
    for (const std::string_view tag : sip::values_of(request, "Proxy-Require")) {
        if (std::find(plan_.supports.begin(), plan_.supports.end(), tag) != plan_.supports.end()) continue;
        unknown += (unknown.empty() ? "" : ", ") + std::string(tag);
    }
    if (unknown.empty()) return true;
    stage_.decided(actor_, "unknown-extension", {unknown}, "RFC 3261 §16.3");
    sip::Message refusal = response_to(request, 420);
    refusal.add("Unsupported", unknown);
    transactions_.respond(server, std::move(refusal));
    return false;
}

void Proxy::refuse(TransactionId server, const sip::Message& request, const Routing::Refusal& refusal) {
    stage_.decided(actor_, refusal.decision, refusal.details, refusal.rule);
    sip::Message response = response_to(request, refusal.status);
    for (const std::string& line : refusal.headers) add_field(response, line);
    transactions_.respond(server, std::move(response));
}

void Proxy::on_request(TransactionId server, const sip::Message& request) {
    if (request.method == "CANCEL") return answer_cancel(server, request);
    if (!passes_checks(server, request)) return;
    const auto context = std::make_shared<Context>();
    context->server = server;
    context->request = request;
    context->mark = routing_mark(request);
    drop_own_route(context->request);
    doorkeeper_.consume(context->request);
    Routing::Found found = plan_.routing.targets_of(context->request);
    if (found.refusal) return refuse(server, request, *found.refusal);
    context->groups = std::move(found.groups);
    context->responsible = found.responsible;
    context->asks = found.asks;
    by_server_[server] = context;
    // RFC 3261 17.2.1: the answer will take longer than 200 ms, for somebody has to pick up.
    if (request.method == "INVITE") answer(server, request, 100);
    forward_group(context);
}

void Proxy::forward_group(const ContextPtr& context) {
    std::vector<Routing::Target> group = std::move(context->groups.front());
    context->groups.erase(context->groups.begin());
    // RFC 3261 16.5: a place is tried once.
    std::erase_if(group, [&](const Routing::Target& target) { return !context->targets.insert(sip::to_text(target.uri)).second; });
    if (!fits_breadth(context, group.size())) {
        if (!plan_.forks_serially) return send_upstream(context, response_to(context->request, 440));
        while (group.size() > 1) {
            context->targets.erase(sip::to_text(group.back().uri));
            context->groups.insert(context->groups.begin(), {group.back()});
            group.pop_back();
        }
    }
    if (group.size() > 1) {
        std::vector<std::string> uris;
        for (const Routing::Target& target : group) uris.push_back(sip::to_text(target.uri));
        stage_.decided(actor_, "forks", uris, "RFC 3261 §16.6");
    }
    const std::size_t breadth = breadth_of(context->request, plan_.max_breadth);
    for (std::size_t i = 0; i < group.size(); ++i)
        forward(context, group[i], breadth / group.size() + (i < breadth % group.size() ? 1 : 0));
    go_on(context);     // all of them may have failed at once
}

bool Proxy::fits_breadth(const ContextPtr& context, std::size_t branches) {
    const std::size_t breadth = breadth_of(context->request, plan_.max_breadth);
    if (branches <= breadth) return true;
    stage_.decided(actor_, plan_.forks_serially ? "forks-one-by-one" : "breadth-exceeded",
                   {std::to_string(branches), std::to_string(breadth)}, "RFC 5393 §5.3.3");
    return false;
}

// RFC 3261 16.6, by its numbered steps.
void Proxy::forward(const ContextPtr& context, const Routing::Target& target, std::size_t breadth) {
    const auto branch = std::make_shared<Branch>();
    branch->target = target.uri;
    branch->request = context->request;                                                         // 1
    branch->request.request_uri = sip::to_text(sip::as_request_uri(target.uri));                // 2
    const auto hops = sip::number_of(context->request.header("Max-Forwards").value_or("71"));
    branch->request.set("Max-Forwards", std::to_string(*hops - 1));                             // 3
    branch->request.set("Max-Breadth", std::to_string(breadth));        // RFC 5393 5.3.3
    present_number(branch->request);
    if (!within_dialog(branch->request)) prepare(branch->request);
    if (plan_.record_route && context->request.method == "INVITE")                              // 4
        branch->request.put_first("Record-Route", "<sip:" + (plan().host.empty() ? to_text(plan().address) : plan().host) + ";lr>");
    branch->servers = next_servers(stage_, branch->request);                                    // 6, 7
    context->branches.push_back(branch);
    if (branch->servers.empty()) {
        // RFC 3261 16.9: what cannot be sent counts as answered with 503.
        stage_.decided(actor_, "no-server", {sip::to_text(target.uri)}, "RFC 3261 §16.9");
        branch->over = true;
        context->finals.push_back(response_to(context->request, 503, "Service Unavailable"));
        return;
    }
    send_branch(context, branch);
}

// Not what a proxy may do (RFC 3261 16.6 leaves From alone), but what many a border element does.
void Proxy::present_number(sip::Message& request) const {
    auto from = sip::address_in(request, "From");
    const auto shown = sip::parse_uri(plan_.presents);
    if (!from || !shown) return;
    from->uri = *shown;
    request.set("From", sip::to_text(*from));
}

void Proxy::send_branch(const ContextPtr& context, const BranchPtr& branch) {
    branch->server = branch->servers.front();
    branch->servers.erase(branch->servers.begin());
    branch->provisional = false;
    sip::Message request = branch->request;
    sip::Via via = stage_.new_via(actor_);
    if (plan_.detects_loops) add_mark(via, context->mark);
    request.put_first("Via", sip::to_text(via));                                                // 8
    branch->client = transactions_.start(request, branch->server);                              // 10
    by_client_[branch->client] = {context, branch};
    if (request.method == "INVITE") set_timer_c(context, branch);                               // 11
    if (context->asks && context->branches.size() == 1)
        branch->patience = stage_.clock.after(plan_.routing_timeout, [this, context, branch] { patience_ended(context, branch); });
}

// The ACK for a 2xx goes its own way along the route, without a transaction (RFC 3261 16.11, 17.1).
void Proxy::on_ack(const sip::Message& received) {
    sip::Message ack = received;
    drop_own_route(ack);
    doorkeeper_.consume(ack);
    present_number(ack);
    const auto hops = sip::number_of(ack.header("Max-Forwards").value_or("71"));
    if (!hops || *hops == 0) return;
    ack.set("Max-Forwards", std::to_string(*hops - 1));
    ack.set("Max-Breadth", std::to_string(breadth_of(ack, plan_.max_breadth)));     // RFC 5393 5.3.3: in all proxied requests
    const auto servers = next_servers(stage_, ack);
    if (servers.empty() || servers.front() == actor_) return;
    ack.put_first("Via", sip::to_text(stage_.new_via(actor_)));
    transactions_.send(std::move(ack), servers.front(), "RFC 3261 §16.6");
}

}  // namespace sipdex::simulator
