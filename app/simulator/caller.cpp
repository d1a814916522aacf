#include "simulator/caller.h"

#include <algorithm>

#include "sip/cseq.h"

namespace sipdex::simulator {

Caller::CallPlan Caller::read_call(Fields& options) {
    CallPlan plan;
    plan.to = options.text("to");
    if (!plan.to.empty() && !sip::parse_uri(plan.to)) options.problem("to", "'" + plan.to + "' is no URI");
    plan.outbound_proxy = options.text_or("outbound_proxy", "");
    plan.headers = options.texts("headers");
    plan.hang_up_after = options.duration_or("hang_up_after", Time{});
    plan.cancel_after = options.duration_or("cancel_after", Time{});
    plan.choose = options.text_or("choose", "best");
    if (plan.choose != "best" && plan.choose != "none" && !sip::parse_uri(plan.choose))
        options.problem("choose", "'" + plan.choose + "' is neither \"best\" nor \"none\" nor a URI");
    plan.choose_after = options.duration_or("choose_after", Time{});
    return plan;
}

Caller::RegisterPlan Caller::read_register(Fields& options) {
    return {options.text("registrar"), options.number_or("expires", 3600), options.texts("headers")};
}

void Caller::check(Fields& options) { read_identity(options); }

bool Caller::check_action(const std::string& does, Fields& options) {
    if (does == "call") read_call(options);
    else if (does == "register") read_register(options);
    else return false;
    return true;
}

Caller::Caller(Stage& stage, std::size_t actor) : UserAgent(stage, actor) {}

void Caller::act(const ActionPlan& action) {
    std::vector<Problem> none;
    Fields fields(action.options, "", none);
    if (action.does == "call") call(read_call(fields));
    else enroll(read_register(fields));
}

sip::Message Caller::new_request(const std::string& method, const std::string& uri, const std::string& to) const {
    sip::Message request;
    request.method = method;
    request.request_uri = uri;
    request.add("Max-Forwards", "70");
    request.add("From", from_value() + ";tag=" + stage_.identifiers.tag());
    request.add("To", "<" + to + ">");
    request.add("Call-ID", stage_.identifiers.call_id(plan().address.host));
    request.add("CSeq", "1 " + method);
    return request;
}

void Caller::call(const CallPlan& plan) {
    const auto attempt = std::make_shared<Attempt>();
    attempt->plan = plan;
    attempt->request = new_request("INVITE", plan.to, plan.to);
    if (!plan.outbound_proxy.empty()) attempt->request.add("Route", "<" + plan.outbound_proxy + ">");
    attempt->request.add("Contact", contact());
    attempt->request.add("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS");
    for (const std::string& line : plan.headers) add_field(attempt->request, line);
    add_session(attempt->request);
    if (plan.cancel_after > Time{}) stage_.clock.after(plan.cancel_after, [this, attempt] { cancel(attempt); });
    send(attempt);
}

void Caller::enroll(const RegisterPlan& plan) {
    const auto attempt = std::make_shared<Attempt>();
    attempt->request = new_request("REGISTER", plan.registrar, identity_.uri);
    attempt->request.add("Contact", contact());
    attempt->request.add("Expires", std::to_string(plan.expires));
    for (const std::string& line : plan.headers) add_field(attempt->request, line);
    send(attempt);
}

void Caller::send(const std::shared_ptr<Attempt>& attempt) {
    attempt->servers = next_servers(stage_, attempt->request);
    if (attempt->servers.empty()) {
        // RFC 3261 8.1.3.1: a request that cannot be sent counts as answered with 503.
        stage_.decided(actor_, "no-server", {attempt->request.request_uri}, "RFC 3261 §8.1.3.1");
        return failed(attempt, 503);
    }
    const std::size_t server = attempt->servers.front();
    attempt->servers.erase(attempt->servers.begin());
    send_again(attempt, server);
}

void Caller::send_again(const std::shared_ptr<Attempt>& attempt, std::size_t server) {
    attempt->request.remove_all("Via");
    attempt->request.fields.insert(attempt->request.fields.begin(), {"Via", sip::to_text(stage_.new_via(actor_))});
    attempt->server = server;
    attempt->provisional = false;
    attempt->transaction = transactions_.start(attempt->request, server);
    attempts_[attempt->transaction] = attempt;
    if (attempt->request.method != "INVITE") return;
    // A call that is under way but never answered has no timer of its own; somebody loses patience.
    patience_[attempt->transaction] = stage_.clock.after(patience, [this, attempt, id = attempt->transaction] {
        if (attempt->transaction != id || attempt->over) return;
        stage_.decided(actor_, "gives-up-waiting", {}, "RFC 3261 §9.1");
        cancel(attempt);
    });
}

void Caller::on_end(TransactionId id) {
    attempts_.erase(id);
    const auto waiting = patience_.find(id);
    if (waiting == patience_.end()) return;
    stage_.clock.cancel(waiting->second);
    patience_.erase(waiting);
}

// A changed request is a new one in the same row (RFC 3261 8.1.3.4, 22.2).
void Caller::raise_cseq(sip::Message& request) const {
    const auto cseq = sip::cseq_of(request);
    request.set("CSeq", sip::to_text(sip::CSeq{cseq ? cseq->number + 1 : 1, request.method}));
}

void Caller::on_response(TransactionId client, const sip::Message& response) {
    const auto found = attempts_.find(client);
    if (found == attempts_.end()) return;       // of a BYE or CANCEL: nothing follows from it
    const std::shared_ptr<Attempt> attempt = found->second;
    if (response.status < 200) {
        attempt->provisional = true;
        if (attempt->cancel == Attempt::Cancel::wanted) cancel(attempt);
        return;
    }
    if (response.status < 300) {
        if (attempt->request.method == "INVITE") accepted(attempt, response);
        return;
    }
    if (attempt->over) return;
    const bool given_up = attempt->cancel != Attempt::Cancel::no;
    if (response.status < 400 && !given_up) return redirected(attempt, response);
    if ((response.status == 401 || response.status == 407) && !given_up && add_credentials(attempt->request, response)) {
        raise_cseq(attempt->request);
        return send_again(attempt, attempt->server);
    }
    failed(attempt, response.status);
}

void Caller::on_timeout(TransactionId client, const sip::Message&) {
    const auto found = attempts_.find(client);
    if (found == attempts_.end() || found->second->over) return;
    stage_.decided(actor_, "timeout-as-408", {}, "RFC 3261 §8.1.3.1");
    failed(found->second, 408);
}

void Caller::accepted(const std::shared_ptr<Attempt>& attempt, const sip::Message& response) {
    const auto open = sip::dialog_at_uac(attempt->request, response);
    if (!open) return;
    const auto again = attempt->acks.find(open->id.remote_tag);
    // RFC 3261 13.2.2.4: every 2xx is acknowledged, a repeated one with the same ACK.
    const sip::Message& ack = again != attempt->acks.end()
                                  ? again->second
                                  : attempt->acks[open->id.remote_tag] = sip::ack_for_success(*open, attempt->request, stage_.new_via(actor_));
    const auto servers = next_servers(stage_, ack);
    if (!servers.empty()) transactions_.send(ack, servers.front(), "RFC 3261 §13.2.2.4");
    if (again != attempt->acks.end()) return;
    keep(*open);
    const bool unwanted = attempt->answered || attempt->cancel != Attempt::Cancel::no;
    attempt->answered = attempt->over = true;
    if (unwanted) return hang_up(open->id);     // a second fork, or the answer crossed the CANCEL
    if (attempt->plan.hang_up_after > Time{})
        stage_.clock.after(attempt->plan.hang_up_after, [this, id = open->id] { hang_up(id); });
}

void Caller::redirected(const std::shared_ptr<Attempt>& attempt, const sip::Message& response) {
    attempt->targets.clear();
    attempt->use_proxy = response.status == 305;
    attempt->tried.insert(attempt->request.request_uri);
    const std::string& choice = attempt->plan.choose;
    for (sip::Contact& contact : sip::by_preference(sip::contacts_in(response))) {
        const std::string uri = sip::to_text(contact.address.uri);
        // RFC 3261 8.1.3.4: no place is tried twice, or two servers could send the call to and fro for ever.
        if (!attempt->tried.insert(uri).second) continue;
        if (choice == "best" || choice == uri) attempt->targets.push_back(std::move(contact));
    }
    stage_.clock.after(attempt->plan.choose_after, [this, attempt, status = response.status] {
        if (attempt->targets.empty() || attempt->cancel != Attempt::Cancel::no) {
            attempt->over = true;
            stage_.decided(actor_, "chooses-no-contact", {std::to_string(status)}, "RFC 3261 §8.1.3.4");
        } else {
            try_target(attempt);
        }
    });
}

void Caller::try_target(const std::shared_ptr<Attempt>& attempt) {
    const sip::Contact target = attempt->targets.front();
    attempt->targets.erase(attempt->targets.begin());
    const std::string uri = sip::to_text(sip::as_request_uri(target.address.uri));
    const std::string q = target.address.parameters.value("q").value_or("");
    stage_.decided(actor_, attempt->plan.choose == "best" ? "tries-best-contact" : "chooses-contact", {uri, q}, "RFC 3261 §8.1.3.4");
    // To, From and Call-ID stay, so that all sees itself as one call (RFC 3261 8.1.3.4).
    // RFC 5359 2.13: after a 305 the request stays what it was, and goes by way of the proxy.
    if (attempt->use_proxy) attempt->request.put_first("Route", "<" + uri + ">");
    else attempt->request.request_uri = uri;
    raise_cseq(attempt->request);
    send(attempt);
}

void Caller::failed(const std::shared_ptr<Attempt>& attempt, int status) {
    // RFC 3263 4.3: 503 and silence are failures of the server, not of the call.
    if ((status == 503 || status == 408) && !attempt->servers.empty() && attempt->cancel == Attempt::Cancel::no) {
        const std::size_t server = attempt->servers.front();
        attempt->servers.erase(attempt->servers.begin());
        stage_.decided(actor_, "tries-next-server", {stage_.recording.actors[server].id}, "RFC 3263 §4.3");
        return send_again(attempt, server);
    }
    // RFC 3261 8.1.3.4: the other Contacts are tried until one takes the call or a 6xx ends the search.
    if (status < 600 && !attempt->targets.empty() && attempt->cancel == Attempt::Cancel::no) return try_target(attempt);
    attempt->over = true;
}

void Caller::cancel(const std::shared_ptr<Attempt>& attempt) {
    if (attempt->over || attempt->cancel == Attempt::Cancel::sent) return;
    // RFC 3261 9.1: nothing is cancelled before somebody has answered at all.
    if (!attempt->provisional) {
        attempt->cancel = Attempt::Cancel::wanted;
        return;
    }
    attempt->cancel = Attempt::Cancel::sent;
    transactions_.start(sip::cancel_of(attempt->request), attempt->server);
    stage_.clock.after(64 * stage_.times.t1, [this, id = attempt->transaction] {
        if (transactions_.state_of(id) == sip::State::proceeding) transactions_.abandon(id);
    });
}

void Caller::on_invitation(TransactionId server, const sip::Message& invite) {
    // Somebody who only calls has no phone that rings.
    answer(server, invite, 480);
}

void Caller::on_cancel(TransactionId server, const sip::Message& cancel) { answer(server, cancel, 481); }

}  // namespace sipdex::simulator
