#include "simulator/servers/forwarding.h"

#include "simulator/servers/max_breadth.h"
#include "sip/dialog.h"
#include "sip/token.h"

namespace sipdex::simulator {

Forwarding::Forwarding(Stage& stage, std::size_t actor, Transactions& transactions, OnFlowFailed on_flow_failed)
    : stage_(stage), actor_(actor), transactions_(transactions), on_flow_failed_(std::move(on_flow_failed)) {}

void Forwarding::forward(TransactionId server, std::vector<Hop> hops) {
    const auto context = std::make_shared<Context>();
    context->server = server;
    context->hops = std::move(hops);
    by_server_[server] = context;
    try_first(context);
}

void Forwarding::try_first(const ContextPtr& context) {
    const Hop& hop = context->hops.front();
    sip::Message request = hop.request;
    request.put_first("Via", sip::to_text(stage_.new_via(actor_)));
    context->provisional = false;
    context->client = transactions_.start(std::move(request), hop.to);
    by_client_[context->client] = context;
    if (hop.request.method == "INVITE") set_timer_c(context);
}

void Forwarding::pass_ack(Hop hop) {
    hop.request.put_first("Via", sip::to_text(stage_.new_via(actor_)));
    transactions_.send(std::move(hop.request), hop.to, "RFC 3261 §16.6");
}

bool Forwarding::take(TransactionId client, const sip::Message& received) {
    const auto found = by_client_.find(client);
    if (found == by_client_.end()) return false;
    const ContextPtr context = found->second;
    sip::Message response = received;
    sip::remove_top_via(response);
    if (response.status < 200) {
        context->provisional = true;
        if (response.status > 100 && context->timer_c != 0) set_timer_c(context);
        if (context->cancel_wanted) send_cancel(context);
        if (response.status > 100 && !context->over) transactions_.respond(context->server, std::move(response));
        return true;
    }
    if (response.status < 300) {  // RFC 3261 16.7, step 5: each 2xx goes upstream, repeated ones too
        stop_timer_c(context);
        context->over = true;
        transactions_.respond(context->server, std::move(response));
    } else if (!context->over && client == context->client) {
        finish(context, std::move(response));
    }
    return true;
}

bool Forwarding::time_out(TransactionId client) {
    const auto found = by_client_.find(client);
    if (found == by_client_.end()) return false;
    const ContextPtr context = found->second;
    const sip::Message* const request = transactions_.request_of(context->server);
    // RFC 3261 16.6, step 7: silence counts as 408.
    if (request && !context->over)
        finish(context, sip::response_to(*request, 408, "Request Timeout", stage_.identifiers.tag()));
    return true;
}

// RFC 3261 16.7, RFC 5626 7.
void Forwarding::finish(const ContextPtr& context, sip::Message response) {
    stop_timer_c(context);
    const Hop failed = context->hops.front();
    context->hops.erase(context->hops.begin());
    if (response.status == 430 && on_flow_failed_) on_flow_failed_(failed);
    const bool flow_failed = response.status == 430 || response.status == 408;
    if (!flow_failed && !failed.instance.empty())
        std::erase_if(context->hops, [&](const Hop& hop) { return hop.instance == failed.instance; });
    if (!context->hops.empty() && response.status < 600 && !context->cancel_wanted) {
        const Hop& next = context->hops.front();
        const bool same = !next.instance.empty() && next.instance == failed.instance;
        stage_.decided(actor_, same ? "tries-other-flow" : "tries-next-contact",
                       {std::to_string(response.status), same ? next.flow : next.request.request_uri},
                       same ? "RFC 5626 §7" : "RFC 3261 §16.6");
        return try_first(context);
    }
    context->over = true;
    const sip::Message* const request = transactions_.request_of(context->server);
    if (response.status == 430 && on_flow_failed_ && request) {
        // RFC 5626 11.5: no endpoint should ever see a 430; to the caller, nobody can be reached at present.
        stage_.decided(actor_, "no-flow-left", {failed.flow}, "RFC 5626 §11.5");
        response = sip::response_to(*request, 480, "Temporarily Unavailable", stage_.identifiers.tag());
    }
    if (response.status == 408 && request && request->method != "INVITE") {
        // RFC 4320 4.2: whoever asked has timed out as well; a 408 would come too late and do harm.
        stage_.decided(actor_, "stays-silent", {request->method}, "RFC 4320 §4.2");
        return transactions_.abandon(context->server, "RFC 4320 §4.2");
    }
    transactions_.respond(context->server, std::move(response));
}

bool Forwarding::cancel(const sip::Message& cancel) {
    const auto found = by_server_.find(transactions_.cancelled_by(cancel));
    if (found == by_server_.end()) return false;
    found->second->cancel_wanted = true;
    if (found->second->provisional) send_cancel(found->second);
    return true;
}

void Forwarding::send_cancel(const ContextPtr& context) {
    const sip::Message* const request = transactions_.request_of(context->client);
    if (context->over || !request) return;
    context->cancel_wanted = false;  // once is enough; `over` or a final response ends the rest
    transactions_.start(sip::cancel_of(*request), context->hops.front().to);
    context->hops.resize(1);
    stop_timer_c(context);
    // RFC 3261 9.1: a cancelled request that stays unanswered for 64*T1 is taken for over.
    stage_.clock.after(64 * stage_.times.t1, [this, context, client = context->client] {
        if (context->over || transactions_.state_of(client) != sip::State::proceeding) return;
        transactions_.abandon(client);
        const sip::Message* const waiting = transactions_.request_of(context->server);
        if (waiting) finish(context, sip::response_to(*waiting, 408, "Request Timeout", stage_.identifiers.tag()));
    });
}

void Forwarding::set_timer_c(const ContextPtr& context) {
    stage_.clock.cancel(context->timer_c);
    note_timer_c(TimerEvent::What::set, lasts_c, "RFC 3261 §16.6");
    context->timer_c = stage_.clock.after(lasts_c, [this, context] {
        context->timer_c = 0;
        note_timer_c(TimerEvent::What::fired, Time{}, "RFC 3261 §16.8");
        if (context->provisional)
            send_cancel(context);
        else
            time_out(context->client);
    });
}

void Forwarding::stop_timer_c(const ContextPtr& context) {
    if (context->timer_c == 0) return;
    stage_.clock.cancel(context->timer_c);
    context->timer_c = 0;
    note_timer_c(TimerEvent::What::stopped, Time{}, "RFC 3261 §16.7");
}

void Forwarding::note_timer_c(TimerEvent::What what, Time lasts, const char* section) {
    stage_.recording.timers.push_back({actor_, "C", what, stage_.clock.now(), lasts, section});
}

void Forwarding::on_end(TransactionId id) {
    by_client_.erase(id);
    by_server_.erase(id);
}

int check_and_set_limits(sip::Message& request) {
    const auto hops = sip::number_of(request.header("Max-Forwards").value_or("71"));
    if (!hops || !sip::parse_uri(request.request_uri)) return 400;
    if (*hops == 0) return 483;
    request.set("Max-Forwards", std::to_string(*hops - 1));
    request.set("Max-Breadth", std::to_string(breadth_of(request, usual_breadth)));       // RFC 5393 5.3.3
    return 0;
}

}  // namespace sipdex::simulator
