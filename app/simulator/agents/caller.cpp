#include "simulator/agents/caller.h"

#include <algorithm>

#include "simulator/agents/change.h"
#include "simulator/plan/header_line.h"

namespace sipdex::simulator {

namespace {

// RFC 4028 7.4: the interval as it is, the refresher as he is, and the largest Min-SE that was heard of.
void add_timer(sip::Message& request, const SessionTimer& timer) {
    if (timer.interval == Time{}) return;
    const long long seconds = std::chrono::duration_cast<std::chrono::seconds>(timer.interval).count();
    request.add("Session-Expires",
                std::to_string(std::max(seconds, timer.min_se)) + ";refresher=" + (timer.refreshing ? "uac" : "uas"));
    if (timer.min_se > 0) request.add("Min-SE", std::to_string(timer.min_se));
}

// The body of a request, and what may take its place after a refusal.
void set_forms(sip::Message& request, Means& means, const std::vector<Content>& forms) {
    if (forms.empty()) return;
    set_contents(request, {forms.front()}, "");
    means.contents.assign(forms.begin() + 1, forms.end());
}

}  // namespace

void Caller::act(const ActionPlan& action) {
    source::Problems none;
    source::Table fields(action.options, none);
    if (action.does == "call") return call(read_call(fields, identity_.screening));
    if (action.does == "register") return enroll(read_register(fields));
    if (action.does == "move") return move(read_move(fields));
    if (const SingleRequest* const single = single_request(action.does)) {
        RequestPlan plan = read_request(fields);
        if (single->within) return send_within(std::string(single->method), plan);
        plan.to = fields.text("to");
        return send_alone(std::string(single->method), plan);
    }
    const Call* const latest = latest_call();
    if (!latest) return;  // whatever was to be changed is over
    if (action.does == "hang-up") return hang_up(sip::DialogId(latest->dialog.id));
    if (action.does == "refer") return refer(fields.text("refer_to"), read_request(fields));
    change(read_change(action.does, fields), latest->dialog.id);
}

sip::Message Caller::new_request(const std::string& method, const RequestPlan& plan, const std::string& to) const {
    sip::Message request = request_outside(stage_, actor_, method, plan.to, from_value(), to);
    if (!plan.version.empty()) request.version = plan.version;
    if (!plan.outbound_proxy.empty())
        request.fields.insert(request.fields.begin() + 1, {"Route", "<" + plan.outbound_proxy + ">"});
    return request;
}

sip::Message Caller::new_invite(const CallPlan& plan) {
    sip::Message invite = new_request("INVITE", plan.request, plan.request.to);
    invite.add("Contact", contact());
    add_abilities(invite);
    if (plan.anonymous) {  // RFC 3323 4.1.1.3, 4.2
        const auto from = sip::address_in(invite, "From");
        invite.set("From", "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=" + (from ? from->tag() : ""));
        invite.set("Contact", "<sip:" + to_text(address()) + ">");
        invite.add("Privacy", "id");
    }
    for (const std::string& tag : plan.holds_back) {
        std::vector<std::string> told;
        for (const std::string& each : *identity_.screening.supports)
            if (each != tag) told.push_back(each);
        invite.remove_all("Supported");
        if (!told.empty()) invite.add("Supported", listed(told));
    }
    if (plan.session_expires > 0) invite.add("Session-Expires", std::to_string(plan.session_expires));
    furnish(invite, plan.request);
    return invite;
}

void Caller::call(const CallPlan& plan) {
    const auto attempt = std::make_shared<Attempt>(*this, plan);
    attempt->request = new_invite(plan);
    attempt->means.describe = [this, parts = plan.parts](sip::Message& message, const Media& media) {
        std::vector<Content> contents = parts;
        contents.insert(contents.begin(), {"application/sdp", "", description(message, media)});
        set_contents(message, contents, "part-" + stage_.identifiers.tag());
    };
    if (plan.delayed_offer) {
        attempt->answers_with = plan.offers.front();
        set_contents(attempt->request, plan.parts, "part-" + stage_.identifiers.tag());
    } else {
        attempt->means.describe(attempt->request, plan.offers.front());
    }
    attempt->means.offers.assign(plan.offers.begin() + 1, plan.offers.end());
    attempt->means.numbers = plan.more_digits;
    attempt->means.can_do = plan.holds_back;
    attempt->means.domain = sip::parse_uri(identity_.uri).value_or(sip::Uri{}).host;
    if (plan.cancel_after > Time{}) stage_.clock.after(plan.cancel_after, [attempt] { attempt->cancel(); });
    errands_.send(attempt);
}

void Caller::enroll(const RegisterPlan& plan) {
    const auto attempt = std::make_shared<Attempt>(*this);
    sip::Message& request = attempt->request;
    request = new_request("REGISTER", {plan.registrar, "", {}, {}, "", {}}, identity_.uri);
    attempt->series = &registrations_[plan.registrar];
    attempt->series->number(request);
    const std::vector<std::string> own = {plan.all ? "*" : contact()};
    for (const std::string& each : plan.contacts.value_or(own)) request.add("Contact", each);
    if (request.header("Contact")) request.add("Expires", std::to_string(plan.expires));
    repeat_credentials(request);
    for (const std::string& line : plan.headers) add_field(request, line);
    errands_.send(attempt);
}

// A request that neither belongs to a call nor begins one.
void Caller::send_alone(const std::string& method, const RequestPlan& plan) {
    const auto attempt = std::make_shared<Attempt>(*this);
    attempt->request = new_request(method, plan, plan.to);
    if (method == "OPTIONS") attempt->request.add("Contact", contact());
    furnish(attempt->request, plan);
    set_forms(attempt->request, attempt->means, plan.contents);
    errands_.send(attempt);
}

void Caller::send_within(const std::string& method, const RequestPlan& plan) {
    Call* const call = latest_call();
    if (!call) return;
    const auto change = std::make_shared<Change>(*this, *call, method);
    furnish(change->request, plan);
    set_forms(change->request, change->means, plan.contents);
    change->start();
}

void Caller::change(const ChangePlan& plan, const sip::DialogId& id) {
    Call* const call = call_of(id);
    if (!call) return;
    // RFC 3261 14.1: no INVITE while another one is under way in this dialog, in either direction.
    if (!plan.impatient && (call->inviting != 0 || call->invited != 0 || awaits_answer(id))) {
        stage_.clock.after(std::chrono::milliseconds(100), [this, plan, id] { change(plan, id); });
        return;
    }
    const auto change = std::make_shared<Change>(*this, *call, plan.method);
    change->request.add("Contact", contact());
    add_abilities(change->request);
    add_timer(change->request, call->timer);
    Media media = plan.media.value_or(call->media.codecs.empty() ? able() : call->media);
    if (plan.media) media.profile = call->media.profile;
    media.direction = plan.direction;
    if (!plan.attributes.empty()) media.attributes = plan.attributes;
    change->means.describe = [this](sip::Message& message, const Media& described) { describe(message, described); };
    change->means.offers = plan.offers;
    for (Media& offer : change->means.offers) offer.profile = media.profile;
    if (plan.delayed_offer) change->answers_with = media;  // RFC 3261 14.1
    else describe(change->request, media);
    change->start();
}

// RFC 3261 14: the other side learns of the new address by a re-INVITE, for its requests and for its media.
void Caller::move(const Address& address) {
    stage_.decided(actor_, "moves", {to_text(address)}, "RFC 3261 §14");
    stage_.move(actor_, address);
    for (const sip::DialogId& id : confirmed_calls())
        change({"INVITE", std::nullopt, call_of(id)->media.direction, false, {}, {}, false}, id);
}

// RFC 4028 7.4: by UPDATE without an offer where the other side knows it, else by a re-INVITE that changes nothing.
void Caller::refresh(const sip::DialogId& id) {
    Call* const call = call_of(id);
    if (!call) return;
    const std::string method = call->peer_updates ? "UPDATE" : "INVITE";
    stage_.decided(actor_, "refreshes-session", {method}, "RFC 4028 §7.4");
    if (method == "INVITE") return change({method, std::nullopt, call->media.direction, false, {}, {}, false}, id);
    const auto update = std::make_shared<Change>(*this, *call, method);
    update->request.add("Contact", contact());
    add_abilities(update->request);
    add_timer(update->request, call->timer);
    update->start();
}

}  // namespace sipdex::simulator
