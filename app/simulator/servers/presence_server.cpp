#include "simulator/servers/presence_server.h"

#include <algorithm>

#include "simulator/session/event.h"
#include "simulator/session/presence_document.h"
#include "sip/cseq.h"
#include "sip/token.h"

namespace sipdex::simulator {

namespace {

constexpr const char* package = "presence";

std::string read_watcher(source::Table& options) { return options.text("watcher"); }

}  // namespace

PresenceServer::Plan PresenceServer::read_plan(source::Table& options) {
    Plan plan;
    plan.domain = options.text("domain");
    plan.users = options.texts("users");
    plan.limits.shortest = options.number_or("min_expires", plan.limits.shortest);
    plan.limits.usual = options.number_or("expires", plan.limits.usual);
    plan.limits.content_type = presence_document_type;
    plan.conditional = options.flag_or("conditional", true);
    plan.asks_first = options.flag_or("asks_first", false);
    plan.legacy = options.flag_or("legacy", false);
    return plan;
}

void PresenceServer::check(source::Table& options) { read_plan(options); }

bool PresenceServer::check_action(const std::string& does, source::Table& options) {
    if (does == "restart") return true;
    if (does != "approve" && does != "reject") return false;
    read_watcher(options);
    return true;
}

PresenceServer::PresenceServer(Stage& stage, std::size_t actor)
    : Party(stage, actor),
      plan_(options_of(stage, actor, read_plan)),
      compositor_(plan_.limits),
      errands_(stage, actor, transactions_) {}

void PresenceServer::act(const ActionPlan& action) {
    if (action.does == "restart") {
        for (auto& [id, subscription] : subscriptions_) stage_.clock.cancel(subscription.alarm);
        subscriptions_.clear();
        compositor_.forget();
        etags_.clear();
        return;
    }
    const std::string watcher = options_of(action, read_watcher);
    for (auto& [id, subscription] : subscriptions_) {
        if (!subscription.pending || sip::to_text(subscription.dialog.remote.uri) != watcher) continue;
        subscription.pending = false;
        if (action.does == "approve") return notify(subscription);
        return end(sip::DialogId(id), "rejected");
    }
}

std::string PresenceServer::resource_of(const sip::Message& request) const {
    const auto uri = sip::parse_uri(request.request_uri);
    if (!uri || !sip::same_token(uri->host, plan_.domain)) return "";
    if (std::find(plan_.users.begin(), plan_.users.end(), uri->user) == plan_.users.end()) return "";
    return uri->user + "@" + sip::lowered(uri->host);
}

// RFC 6665 4.5.1: a GRUU. RFC 5627 4.3: who does not register makes it of its own name, with `gr`.
std::string PresenceServer::contact() const { return "<sip:" + name() + ";gr>"; }

void PresenceServer::on_request(TransactionId server, const sip::Message& request) {
    if (request.method == "SUBSCRIBE") return subscribe(server, request);
    if (request.method == "PUBLISH") return publish(server, request);
    sip::Message refusal = response_to(request, 405);
    refusal.add("Allow", "SUBSCRIBE, PUBLISH");
    transactions_.respond(server, std::move(refusal));
}

void PresenceServer::refuse_event(TransactionId server, const sip::Message& request) {
    stage_.decided(actor_, "event-unknown", {package_of(request)},
                   request.method == "PUBLISH" ? "RFC 3903 §6" : "RFC 6665 §4.2.1.1");
    sip::Message refusal = response_to(request, 489);
    refusal.add("Allow-Events", package);
    transactions_.respond(server, std::move(refusal));
}

void PresenceServer::refuse_interval(TransactionId server, const sip::Message& request) {
    sip::Message refusal = response_to(request, 423);
    refusal.add("Min-Expires", std::to_string(plan_.limits.shortest));
    transactions_.respond(server, std::move(refusal));
}

// RFC 6665 4.2.1.1, 4.2.1.4.
void PresenceServer::subscribe(TransactionId server, const sip::Message& request) {
    const auto to = sip::address_in(request, "To");
    if (!to) return answer(server, request, 400);
    if (package_of(request) != package) return refuse_event(server, request);
    const long long wanted = expires_of(request, plan_.limits.usual);
    if (!to->tag().empty()) return refresh(server, request, wanted);
    if (resource_of(request).empty()) return answer(server, request, 404);
    if (wanted > 0 && wanted < 3600 && wanted < plan_.limits.shortest) return refuse_interval(server, request);
    accept(server, request, std::min(wanted, plan_.limits.usual));
}

void PresenceServer::accept(TransactionId server, const sip::Message& request, long long granted) {
    // RFC 3265 3.1.6.1 had 202 for as long as nobody has approved; RFC 6665 8.3.1 forbids to send it.
    sip::Message ok =
        plan_.legacy && plan_.asks_first ? response_to(request, 202, "Accepted") : response_to(request, 200);
    const auto dialog = dialog_at_notifier(request, sip::address_in(ok, "To")->tag());
    if (!dialog) return answer(server, request, 400);
    for (const std::string_view route : request.headers("Record-Route")) ok.add("Record-Route", std::string(route));
    ok.add("Contact", contact());
    ok.add("Supported", "gruu");  // RFC 5627 4.4
    ok.add("Expires", std::to_string(granted));
    transactions_.respond(server, std::move(ok));
    Subscription& added = subscriptions_[dialog->id] = {*dialog, resource_of(request), {}, plan_.asks_first, 0};
    if (granted == 0) return end(dialog->id, "timeout");  // RFC 6665 4.4.3: a poll
    extend(dialog->id, granted);
    notify(added);
}

void PresenceServer::refresh(TransactionId server, const sip::Message& request, long long wanted) {
    const auto id = sip::dialog_id_at_uas(request);
    const auto found = id ? subscriptions_.find(*id) : subscriptions_.end();
    if (found == subscriptions_.end()) {
        stage_.decided(actor_, "subscription-unknown", {}, "RFC 3261 §12.2.2");
        return answer(server, request, 481);
    }
    Subscription& subscription = found->second;
    if (!sip::take_note(subscription.dialog, request)) return answer(server, request, 500);
    if (wanted > 0 && wanted < 3600 && wanted < plan_.limits.shortest) return refuse_interval(server, request);
    const long long granted = std::min(wanted, plan_.limits.usual);
    const auto condition = request.header("Suppress-If-Match");
    const bool holds = plan_.conditional && !subscription.pending && condition &&
                       (*condition == "*" || *condition == etag_of(subscription.resource));
    // RFC 5839 6.3: what the watcher knows already is not told again.
    sip::Message ok = response_to(request, holds ? 204 : 200);
    ok.add("Contact", contact());
    ok.add("Supported", "gruu");
    ok.add("Expires", std::to_string(granted));
    if (holds) stage_.decided(actor_, "suppresses-notify", {std::string(*condition)}, "RFC 5839 §6.3");
    transactions_.respond(server, std::move(ok));
    if (granted == 0 && holds) return remove(*id, "");
    if (granted == 0) return end(*id, "timeout");
    extend(*id, granted);
    if (!holds) notify(subscription);
}

void PresenceServer::extend(const sip::DialogId& id, long long seconds) {
    Subscription& subscription = subscriptions_.at(id);
    stage_.clock.cancel(subscription.alarm);
    subscription.until = stage_.clock.now() + std::chrono::seconds(seconds);
    subscription.alarm = stage_.clock.after(std::chrono::seconds(seconds), [this, id] {
        stage_.decided(actor_, "subscription-expired", {}, "RFC 6665 §4.2.1.4");
        end(id, "timeout");
    });
}

void PresenceServer::publish(TransactionId server, const sip::Message& request) {
    const std::string resource = resource_of(request);  // RFC 3903 6, steps 1 and 2
    if (resource.empty()) return answer(server, request, 404);
    if (package_of(request) != package) return refuse_event(server, request);
    const auto outcome = compositor_.process(request, resource, stage_.clock.now(), stage_.identifiers);
    if (outcome.status == 423) return refuse_interval(server, request);
    if (outcome.status == 412) {
        stage_.decided(actor_, "no-such-publication", {std::string(request.header("SIP-If-Match").value_or(""))},
                       "RFC 3903 §6");
        return answer(server, request, 412);
    }
    sip::Message response = response_to(request, outcome.status);
    if (outcome.status == 415) response.add("Accept", presence_document_type);
    if (outcome.status == 200) {
        response.add("SIP-ETag", outcome.etag);
        response.add("Expires", std::to_string(outcome.expires));
        if (outcome.expires > 0)
            stage_.clock.after(std::chrono::seconds(outcome.expires), [this, resource] {
                if (compositor_.expire(stage_.clock.now())) tell_all(resource);
            });
    }
    transactions_.respond(server, std::move(response));
    if (outcome.changed) tell_all(resource);
}

// RFC 6665 4.2.2: whoever subscribed learns of each change.
void PresenceServer::tell_all(const std::string& resource) {
    etags_.erase(resource);
    const Subscriptions all = subscriptions_;  // one that cannot be told is removed
    for (const auto& [id, subscription] : all)
        if (subscription.resource == resource && !subscription.pending) notify(subscriptions_.at(id));
}

// One tag for each version of the state (RFC 5839 6.1).
std::string PresenceServer::etag_of(const std::string& resource) {
    std::string& etag = etags_[resource];
    if (etag.empty()) etag = stage_.identifiers.tag();
    return etag;
}

void PresenceServer::notify(Subscription& subscription, const std::string& ends_because) {
    sip::Message notify = sip::request_in(subscription.dialog, "NOTIFY", stage_.new_via(actor_));
    notify.add("Contact", contact());
    notify.add("Supported", "gruu");
    notify.add("Event", package);
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(subscription.until - stage_.clock.now()).count();
    notify.add("Subscription-State", !ends_because.empty() ? "terminated;reason=" + ends_because
                                                           : std::string(subscription.pending ? "pending" : "active") +
                                                                 ";expires=" + std::to_string(left));
    // RFC 6665 6.2: until somebody has approved the watcher, and after a refusal, it learns nothing.
    if (!subscription.pending && ends_because != "rejected") {
        if (plan_.conditional) notify.add("SIP-ETag", etag_of(subscription.resource));
        const std::string* const state = compositor_.state_of(subscription.resource);
        notify.add("Content-Type", presence_document_type);
        notify.body = state ? *state : presence_document("sip:" + subscription.resource, "closed", "");
    }
    errands_.send(std::move(notify), [this, id = subscription.dialog.id](const auto&, const auto* response) {
        if (!response) remove(id, "408");
        else if (ends_subscription(response->status)) remove(id, std::to_string(response->status));
    });
}

// The last NOTIFY says that it was the last (RFC 6665 4.2.1.4).
void PresenceServer::end(const sip::DialogId& id, const std::string& reason) {
    const auto found = subscriptions_.find(id);
    if (found == subscriptions_.end()) return;
    notify(found->second, reason);
    remove(id, "");
}

void PresenceServer::remove(const sip::DialogId& id, const std::string& because) {
    const auto found = subscriptions_.find(id);
    if (found == subscriptions_.end()) return;
    if (!because.empty()) stage_.decided(actor_, "removes-subscription", {because}, "RFC 6665 §4.2.2");
    stage_.clock.cancel(found->second.alarm);
    subscriptions_.erase(found);
}

}  // namespace sipdex::simulator
