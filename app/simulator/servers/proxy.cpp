#include "simulator/servers/proxy.h"

#include <algorithm>
#include <memory>

#include "simulator/plan/answer.h"
#include "simulator/plan/header_line.h"
#include "simulator/servers/loop_detection.h"
#include "sip/name_addr.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::simulator {

namespace {

bool within_dialog(const sip::Message& request) { return !sip::tag_in(request, "To").empty(); }

}  // namespace

Proxy::Plan Proxy::read_plan(source::Table& options) {
    Plan plan;
    plan.routing = Routing::read(options);
    plan.forking = ForkTargets::read_plan(options);
    plan.record_route = options.flag_or("record_route", false);
    plan.detects_loops = options.flag_or("detects_loops", true);
    plan.timer_c = options.duration_or("timer_c", usual_timer_c);
    // RFC 3261 16.6, item 11.
    if (plan.timer_c <= std::chrono::minutes(3)) options.problem("timer_c", "timer C must last longer than 3 minutes");
    plan.supports = options.texts("supports");
    plan.presents = options.text_or("presents", "");
    plan.doorkeeper = Doorkeeper::read_plan(options);
    return plan;
}

void Proxy::check(source::Table& options) { read_plan(options); }

Proxy::Proxy(Stage& stage, std::size_t actor)
    : Party(stage, actor),
      plan_(options_of(stage, actor, read_plan)),
      doorkeeper_(plan_.doorkeeper, true),
      forwarder_({stage, actor, transactions_,
                  [this](const sip::Message& request, int status) { return response_to(request, status); },
                  [this](const sip::Message& request, sip::Message& response) {
                      if (!plan_.presents.empty())
                          response.set("From", std::string(request.header("From").value_or("")));
                      annotate(request, response);
                  },
                  plan_.timer_c}) {}

// RFC 3261 16.3, by its numbered checks.
bool Proxy::passes_checks(TransactionId server, const sip::Message& request) {
    const auto uri = sip::parse_uri(request.request_uri);
    const auto hops = sip::number_of(request.header("Max-Forwards").value_or("70"));
    if (!uri || !hops) return answer(server, request, 400), false;  // 1
    if (!plan_.routing.understands(*uri)) {                         // 2
        stage_.decided(actor_, "unknown-scheme", {uri->scheme}, "RFC 3261 §16.3");
        return answer(server, request, 416), false;
    }
    if (*hops == 0) {  // 3
        stage_.decided(actor_, "hops-used-up", {}, "RFC 3261 §16.3");
        return answer(server, request, 483), false;
    }
    if (plan_.detects_loops && loops(server, request)) return false;                        // 4
    if (!knows_extensions(server, request)) return false;                                   // 5
    if (doorkeeper_.asks() && !within_dialog(request) && !doorkeeper_.admitted(request)) {  // 6
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

void Proxy::on_request(TransactionId server, const sip::Message& received) {
    if (received.method == "CANCEL") return forwarder_.answer_cancel(server, received);
    if (!passes_checks(server, received)) return;
    sip::Message request = received;
    take_own_route(stage_, actor_, request);
    doorkeeper_.consume(request);
    Routing::Found found = plan_.routing.targets_of(request);
    if (found.refusal) return refuse(server, request, *found.refusal);
    // RFC 3261 17.2.1: the answer will take longer than 200 ms, for somebody has to pick up.
    if (request.method == "INVITE") answer(server, request, 100);
    auto targets = std::make_unique<ForkTargets>(
        plan_.forking, std::move(found),
        [this](const auto& goes, const auto& target, std::size_t share) { return branch_to(goes, target, share); });
    forwarder_.forward(server, request, std::move(targets), plan_.detects_loops ? routing_mark(received) : "");
}

// RFC 3261 16.6, by its numbered steps; those from 8 on are the response context's.
Branch Proxy::branch_to(const sip::Message& request, const sip::Uri& target, std::size_t breadth) {
    Branch branch{request, {}, {}};  // 1
    sip::Message& copy = branch.request;
    copy.request_uri = sip::to_text(sip::as_request_uri(target));  // 2
    lower_limits(copy, breadth);                                   // 3
    present_number(copy);
    if (!within_dialog(copy)) prepare(copy);
    if (plan_.record_route && request.method == "INVITE")  // 4
        copy.put_first("Record-Route", "<sip:" + name() + ";lr>");
    branch.servers = next_servers(stage_, copy);  // 6, 7
    return branch;
}

// Not what a proxy may do (RFC 3261 16.6 leaves From alone), but what many a border element does.
void Proxy::present_number(sip::Message& request) const {
    if (plan_.presents.empty()) return;
    auto from = sip::address_in(request, "From");
    const auto shown = sip::parse_uri(plan_.presents);
    if (!from || !shown) return;
    from->uri = *shown;
    request.set("From", sip::to_text(*from));
}

void Proxy::on_ack(const sip::Message& received) {
    sip::Message ack = received;
    take_own_route(stage_, actor_, ack);
    doorkeeper_.consume(ack);
    present_number(ack);
    if (check_and_set_limits(ack, plan_.forking.max_breadth) != 0) return;
    forwarder_.pass_ack(ack, next_servers(stage_, ack));
}

void Proxy::on_response(TransactionId client, const sip::Message& response) { forwarder_.take(client, response); }
void Proxy::on_timeout(TransactionId client, const sip::Message&) { forwarder_.time_out(client); }
void Proxy::on_end(TransactionId id) { forwarder_.on_end(id); }

}  // namespace sipdex::simulator
