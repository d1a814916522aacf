#include "simulator/agents/caller.h"

#include "simulator/plan/header_line.h"
#include "sip/cseq.h"

namespace sipdex::simulator {

Caller::Caller(Stage& stage, std::size_t actor) : InCall(stage, actor) {}

sip::Message Caller::new_request(const std::string& method, const RequestPlan& plan, const std::string& to) const {
    sip::Message request;
    request.method = method;
    request.request_uri = plan.to;
    if (!plan.version.empty()) request.version = plan.version;
    request.add("Max-Forwards", "70");
    if (!plan.outbound_proxy.empty()) request.add("Route", "<" + plan.outbound_proxy + ">");
    request.add("From", from_value() + ";tag=" + stage_.identifiers.tag());
    request.add("To", "<" + to + ">");
    request.add("Call-ID", stage_.identifiers.call_id(address().host));
    request.add("CSeq", "1 " + method);
    return request;
}

void Caller::furnish_request(sip::Message& request, const RequestPlan& plan) const {
    for (const std::string& line : plan.headers) add_field(request, line);
    for (const std::string& name : plan.without) request.remove_all(name);
}

void Caller::call(const CallPlan& plan) {
    const auto attempt = std::make_shared<Attempt>();
    attempt->plan = plan;
    sip::Message& request = attempt->request;
    request = new_request("INVITE", plan.request, plan.request.to);
    request.add("Contact", contact());
    add_abilities(request);
    if (plan.anonymous) {       // RFC 3323 4.1.1.3, 4.2
        const auto from = sip::address_in(request, "From");
        request.set("From", "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=" + (from ? from->tag() : ""));
        request.set("Contact", "<sip:" + to_text(address()) + ">");
        request.add("Privacy", "id");
    }
    for (const std::string& tag : plan.holds_back) {
        std::vector<std::string> told;
        for (const std::string& each : *identity_.screening.supports)
            if (each != tag) told.push_back(each);
        request.remove_all("Supported");
        if (!told.empty()) request.add("Supported", listed(told));
    }
    if (plan.session_expires > 0) request.add("Session-Expires", std::to_string(plan.session_expires));
    furnish_request(request, plan.request);

    attempt->means.describe = [this, parts = plan.parts](sip::Message& message, const Media& media) {
        std::vector<Content> contents = parts;
        contents.insert(contents.begin(), {"application/sdp", "", description(message, media)});
        set_contents(message, contents, "part-" + stage_.identifiers.tag());
    };
    if (plan.delayed_offer) {
        attempt->answers_with = plan.offers.front();
        set_contents(request, plan.parts, "part-" + stage_.identifiers.tag());
    } else {
        attempt->means.describe(request, plan.offers.front());
    }
    attempt->means.offers.assign(plan.offers.begin() + 1, plan.offers.end());
    attempt->means.numbers = plan.more_digits;
    attempt->means.can_do = plan.holds_back;
    attempt->means.domain = sip::parse_uri(identity_.uri).value_or(sip::Uri{}).host;
    if (plan.cancel_after > Time{}) stage_.clock.after(plan.cancel_after, [this, attempt] { cancel(attempt); });
    send(attempt);
}

void Caller::enroll(const RegisterPlan& plan) {
    const auto attempt = std::make_shared<Attempt>();
    sip::Message& request = attempt->request;
    request = new_request("REGISTER", {plan.registrar, "", {}, {}, "", {}}, identity_.uri);
    Series& series = registrations_[plan.registrar];
    if (series.call_id.empty()) series.call_id = std::string(request.header("Call-ID").value_or(""));
    request.set("Call-ID", series.call_id);
    request.set("CSeq", sip::to_text(sip::CSeq{++series.cseq, "REGISTER"}));
    const std::vector<std::string> own = {plan.all ? "*" : contact()};
    for (const std::string& each : plan.contacts.value_or(own)) request.add("Contact", each);
    if (request.header("Contact")) request.add("Expires", std::to_string(plan.expires));
    repeat_credentials(request);
    for (const std::string& line : plan.headers) add_field(request, line);
    send(attempt);
}

// A request that neither belongs to a call nor begins one.
void Caller::send_alone(const std::string& method, const RequestPlan& plan) {
    const auto attempt = std::make_shared<Attempt>();
    attempt->plan.request = plan;
    attempt->request = new_request(method, plan, plan.to);
    if (method == "OPTIONS") attempt->request.add("Contact", contact());
    furnish_request(attempt->request, plan);
    if (!plan.contents.empty()) {
        set_contents(attempt->request, {plan.contents.front()}, "");
        attempt->means.contents.assign(plan.contents.begin() + 1, plan.contents.end());
    }
    send(attempt);
}

void Caller::send(const AttemptPtr& attempt) {
    attempt->servers = next_servers(stage_, attempt->request);
    if (attempt->servers.empty()) {
        // RFC 3261 8.1.3.1: a request that cannot be sent counts as answered with 503.
        stage_.decided(actor_, "no-server", {attempt->request.request_uri}, "RFC 3261 §8.1.3.1");
        return failed(attempt, response_to(attempt->request, 503, "Service Unavailable"));
    }
    const std::size_t server = attempt->servers.front();
    attempt->servers.erase(attempt->servers.begin());
    send_again(attempt, server);
}

void Caller::send_again(const AttemptPtr& attempt, std::size_t server) {
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
void Caller::raise_cseq(Attempt& attempt) {
    const auto cseq = sip::cseq_of(attempt.request);
    std::uint32_t number = cseq ? cseq->number + 1 : 1;
    if (Call* const call = attempt.within ? call_of(*attempt.within) : nullptr) {
        number = call->dialog.local_cseq.value_or(0) + 1;
        call->dialog.local_cseq = number;
    }
    for (auto& [registrar, series] : registrations_)
        if (attempt.request.header("Call-ID") == series.call_id) number = ++series.cseq;
    attempt.request.set("CSeq", sip::to_text(sip::CSeq{number, attempt.request.method}));
}

void Caller::on_response(TransactionId client, const sip::Message& response) {
    const auto found = attempts_.find(client);
    if (found == attempts_.end()) return;       // of a BYE or CANCEL: nothing follows from it
    const AttemptPtr attempt = found->second;
    if (response.status < 200) return take_provisional(attempt, response);
    Call* const call = attempt->within ? call_of(*attempt->within) : nullptr;
    if (attempt->within && !call) return;       // hung up meanwhile
    if (response.status < 300) {
        if (call) changed(attempt, response, *call);
        else if (attempt->request.method == "INVITE") accepted(attempt, response);
        return;
    }
    if (attempt->over) return;
    if (call) refused_within(attempt, response, *call);
    else refused(attempt, response);
}

void Caller::refused(const AttemptPtr& attempt, const sip::Message& response) {
    for (const auto& [tag, number] : attempt->rseqs) {      // early dialogs end with the INVITE (RFC 3261 12.3)
        const auto from = sip::address_in(attempt->request, "From");
        forget({std::string(attempt->request.header("Call-ID").value_or("")), from ? from->tag() : "", tag});
    }
    if (response.status == 608) read_redress(*attempt, response);
    attempt->rseqs.clear();
    attempt->answered_offers.clear();
    const bool given_up = attempt->cancel != Attempt::Cancel::no;
    if (response.status < 400 && !given_up) return redirected(attempt, response);
    if (!given_up && tries_again(attempt, response)) return;
    if (response.status == 433 && attempt->plan.anonymous && attempt->plan.reveals_after > Time{}) {
        attempt->over = true;
        // RFC 5079 4: not before its user has agreed.
        stage_.clock.after(attempt->plan.reveals_after, [this, openly = attempt->plan]() mutable {
            stage_.decided(actor_, "calls-openly", {}, "RFC 5079 §4");
            openly.anonymous = false;
            call(openly);
        });
        return;
    }
    failed(attempt, response);
}

// With credentials, or changed as the response allows.
bool Caller::tries_again(const AttemptPtr& attempt, const sip::Message& response) {
    if (response.status == 401 || response.status == 407) {
        if (!add_credentials(attempt->request, response)) return false;
        send_changed(attempt);
        return true;
    }
    const std::string target = attempt->request.request_uri;
    const auto remedy = mend(attempt->request, response, attempt->means);
    if (!remedy) return false;
    stage_.decided(actor_, remedy->decision, remedy->details, remedy->rule);
    stage_.clock.after(remedy->wait, [this, attempt, same = target == attempt->request.request_uri] {
        if (attempt->over || attempt->cancel != Attempt::Cancel::no) return;
        if (same) return send_changed(attempt);
        raise_cseq(*attempt);
        send(attempt);
    });
    return true;
}

// To the same server, in a new transaction.
void Caller::send_changed(const AttemptPtr& attempt) {
    Call* const call = attempt->within ? call_of(*attempt->within) : nullptr;
    if (attempt->within && !call) return;       // hung up meanwhile
    raise_cseq(*attempt);
    send_again(attempt, attempt->server);
    if (call && (attempt->request.method == "INVITE" || attempt->request.method == "UPDATE")) call->inviting = attempt->transaction;
}

void Caller::on_timeout(TransactionId client, const sip::Message&) {
    const auto found = attempts_.find(client);
    if (found == attempts_.end() || found->second->over) return;
    const AttemptPtr attempt = found->second;
    stage_.decided(actor_, "timeout-as-408", {}, "RFC 3261 §8.1.3.1");
    if (!attempt->within) return failed(attempt, response_to(attempt->request, 408));
    if (Call* const call = call_of(*attempt->within)) refused_within(attempt, response_to(attempt->request, 408), *call);
}

void Caller::redirected(const AttemptPtr& attempt, const sip::Message& response) {
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
    stage_.clock.after(attempt->plan.choose_after, [this, attempt, response] {
        if (attempt->targets.empty() || attempt->cancel != Attempt::Cancel::no) {
            attempt->over = true;
            stage_.decided(actor_, "chooses-no-contact", {std::to_string(response.status)}, "RFC 3261 §8.1.3.4");
            if (attempt->plan.told) attempt->plan.told(response);
        } else {
            try_target(attempt);
        }
    });
}

void Caller::try_target(const AttemptPtr& attempt) {
    const sip::Contact target = attempt->targets.front();
    attempt->targets.erase(attempt->targets.begin());
    const std::string uri = sip::to_text(sip::as_request_uri(target.address.uri));
    const std::string q = target.address.parameters.value("q").value_or("");
    stage_.decided(actor_, attempt->plan.choose == "best" ? "tries-best-contact" : "chooses-contact", {uri, q}, "RFC 3261 §8.1.3.4");
    // To, From and Call-ID stay, so that all sees itself as one call (RFC 3261 8.1.3.4).
    // RFC 5359 2.13: after a 305 the request stays what it was, and goes by way of the proxy.
    if (attempt->use_proxy) attempt->request.put_first("Route", "<" + uri + ">");
    else attempt->request.request_uri = uri;
    raise_cseq(*attempt);
    send(attempt);
}

void Caller::failed(const AttemptPtr& attempt, const sip::Message& response) {
    const int status = response.status;
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
    if (attempt->plan.told) attempt->plan.told(response);
}

void Caller::cancel(const AttemptPtr& attempt) {
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
