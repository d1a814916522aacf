#include "simulator/agents/watcher.h"

#include <algorithm>

#include "simulator/session/event.h"
#include "simulator/session/presence_document.h"
#include "sip/cseq.h"

namespace sipdex::simulator {

namespace {

constexpr const char* section_n = "RFC 6665 §4.1.2.4";

}  // namespace

Watcher::Wish Watcher::read_wish(source::Table& options) {
    Wish wish;
    wish.to = options.text("to");
    if (!wish.to.empty() && !sip::parse_uri(wish.to)) options.problem("to", "'" + wish.to + "' is no URI");
    wish.event = options.text_or("event", wish.event);
    wish.accept = options.text_or("accept", wish.event == "presence" ? presence_document_type : "");
    wish.expires = options.number_or("expires", wish.expires);
    return wish;
}

Watcher::Refreshing Watcher::read_refreshing(source::Table& options, const std::string& does) {
    Refreshing how;
    how.expires = does == "unsubscribe" ? 0 : options.number_or("expires", how.expires);
    how.conditional = options.flag_or("conditional", false);
    return how;
}

void Watcher::check(source::Table& options) { read_identity(options); }

bool Watcher::check_action(const std::string& does, source::Table& options) {
    if (does == "subscribe") read_wish(options);
    else if (does == "refresh" || does == "unsubscribe") read_refreshing(options, does);
    else return does == "restart";
    return true;
}

void Watcher::act(const ActionPlan& action) {
    if (action.does == "subscribe") return subscribe(options_of(action, read_wish));
    if (action.does == "restart") {
        while (!subscriptions_.empty()) let_go(subscriptions_.begin());
        return;
    }
    const auto how = options_of(action, [&](source::Table& fields) { return read_refreshing(fields, action.does); });
    for (auto each = subscriptions_.begin(); each != subscriptions_.end(); ++each)
        if (each->dialog) refresh(each, how);
}

void Watcher::subscribe(const Wish& wish) {
    sip::Message request = request_outside(stage_, actor_, "SUBSCRIBE", wish.to, from_value(), wish.to);
    request.add("Contact", contact());
    request.add("Event", wish.event);
    if (!wish.accept.empty()) request.add("Accept", wish.accept);
    request.add("Expires", std::to_string(wish.expires));
    const Place added = subscriptions_.insert(subscriptions_.end(), {wish, request, {}, {}, false, 0});
    set_timer_n(added);
    const std::string call_id(request.header("Call-ID").value_or(""));
    errands_.send(std::move(request), [this, call_id](const sip::Message& sent, const sip::Message* response) {
        for (auto each = subscriptions_.begin(); each != subscriptions_.end(); ++each)
            if (each->first.header("Call-ID") == call_id) return conclude(each, sent, response, true);
    });
}

void Watcher::refresh(Place subscription, const Refreshing& how) {
    sip::Message request = sip::request_in(*subscription->dialog, "SUBSCRIBE", stage_.new_via(actor_));
    request.remove_all("Via");  // it gets one when it is sent
    request.add("Contact", contact());
    request.add("Event", subscription->wish.event);
    if (!subscription->wish.accept.empty()) request.add("Accept", subscription->wish.accept);
    if (how.conditional && !subscription->etag.empty()) request.add("Suppress-If-Match", subscription->etag);
    request.add("Expires", std::to_string(how.expires));
    subscription->leaving = how.expires == 0;
    set_timer_n(subscription);
    errands_.send(std::move(request),
                  [this, id = subscription->dialog->id](const sip::Message& sent, const sip::Message* response) {
                      for (auto each = subscriptions_.begin(); each != subscriptions_.end(); ++each)
                          if (each->dialog && each->dialog->id == id) return conclude(each, sent, response, false);
                  });
}

// RFC 6665 4.1.2.1, 4.1.2.2: what a final response does to the subscription.
void Watcher::conclude(Place subscription, const sip::Message& sent, const sip::Message* response, bool first) {
    const auto cseq = sip::cseq_of(sent);
    if (first) subscription->first = sent;  // it may have been asked for again, with a higher number
    if (subscription->dialog && cseq)
        subscription->dialog->local_cseq = std::max(*subscription->dialog->local_cseq, cseq->number);
    if (!response) return;  // timer N ends what remains
    if (response->status < 300) {
        if (response->status == 202) stage_.decided(actor_, "takes-202-for-200", {}, "RFC 6665 §8.3.1");
        if (response->status != 204) return;
        stop_timer_n(subscription);  // RFC 5839 7.1: no NOTIFY will come
        if (subscription->leaving) let_go(subscription);
        return;
    }
    const Wish wish = subscription->wish;
    const bool returns = response->status == 481 && !first && !subscription->leaving;
    if (first || ends_subscription(response->status)) let_go(subscription);
    else stop_timer_n(subscription);  // still valid for as long as was agreed before
    if (!returns) return;
    stage_.decided(actor_, "subscribes-anew", {"481"}, "RFC 6665 §4.1.2.2");
    subscribe(wish);
}

void Watcher::on_request(TransactionId server, const sip::Message& request) {
    if (request.method == "NOTIFY") return take_notify(server, request);
    UserAgent::on_request(server, request);
}

// RFC 6665 4.1.3. The first NOTIFY makes the dialog (4.4.1).
void Watcher::take_notify(TransactionId server, const sip::Message& notify) {
    const Place subscription = subscription_for(notify);
    if (subscription == subscriptions_.end()) {
        stage_.decided(actor_, "notify-unknown", {}, "RFC 6665 §4.1.3");
        return answer(server, notify, 481, "Subscription Does Not Exist");
    }
    const auto state = subscription_state_of(notify);
    if (!state) return answer(server, notify, 400);
    if (!subscription->dialog) subscription->dialog = dialog_at_subscriber(subscription->first, notify);
    else if (!sip::take_note(*subscription->dialog, notify)) return answer(server, notify, 500);
    stop_timer_n(subscription);
    subscription->etag = std::string(notify.header("SIP-ETag").value_or(""));
    answer(server, notify, 200);
    if (state->state == "terminated") let_go(subscription);
}

Watcher::Place Watcher::subscription_for(const sip::Message& notify) {
    const auto id = sip::dialog_id_at_uas(notify);
    return std::find_if(subscriptions_.begin(), subscriptions_.end(), [&](const Subscription& each) {
        if (!id || package_of(notify) != package_of(each.first)) return false;
        if (each.dialog) return each.dialog->id == *id;
        const auto from = sip::address_in(each.first, "From");
        return each.first.header("Call-ID") == id->call_id && from && from->tag() == id->local_tag;
    });
}

void Watcher::set_timer_n(Place subscription) {
    stop_timer_n(subscription);
    const Time lasts = 64 * stage_.times.t1;
    stage_.timer(actor_, "N", TimerEvent::What::set, section_n, lasts);
    subscription->timer_n = stage_.clock.after(lasts, [this, subscription] {
        stage_.timer(actor_, "N", TimerEvent::What::fired, section_n);
        stage_.decided(actor_, "no-notify-came", {}, section_n);
        subscription->timer_n = 0;
        let_go(subscription);
    });
}

void Watcher::stop_timer_n(Place subscription) {
    if (subscription->timer_n == 0) return;
    stage_.clock.cancel(subscription->timer_n);
    subscription->timer_n = 0;
    stage_.timer(actor_, "N", TimerEvent::What::stopped, section_n);
}

void Watcher::let_go(Place subscription) {
    stop_timer_n(subscription);
    subscriptions_.erase(subscription);
}

}  // namespace sipdex::simulator
