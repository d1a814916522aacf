#include "simulator/session/event.h"

#include <algorithm>
#include <array>

#include "sip/contact.h"
#include "sip/cseq.h"
#include "sip/parameters.h"
#include "sip/token.h"

namespace sipdex::simulator {

namespace {

std::optional<sip::Uri> target_of(const sip::Message& message) {
    const auto contacts = sip::contacts_in(message);
    if (contacts.empty() || contacts.front().all) return std::nullopt;
    return contacts.front().address.uri;
}

std::string first_word(std::string_view value) { return sip::lowered(sip::trimmed(value.substr(0, value.find(';')))); }

}  // namespace

std::string package_of(const sip::Message& message) { return first_word(message.header("Event").value_or("")); }

std::optional<SubscriptionState> subscription_state_of(const sip::Message& notify) {
    const auto value = notify.header("Subscription-State");
    if (!value) return std::nullopt;
    const auto parameters = value->find(';');
    SubscriptionState state;
    state.state = first_word(*value);
    if (parameters != std::string_view::npos)
        state.reason = sip::parse_parameters(value->substr(parameters)).value("reason").value_or("");
    return state;
}

std::optional<sip::Dialog> dialog_at_notifier(const sip::Message& subscribe, const std::string& tag) {
    const auto from = sip::address_in(subscribe, "From"), to = sip::address_in(subscribe, "To");
    const auto target = target_of(subscribe);
    const auto cseq = sip::cseq_of(subscribe);
    const auto call_id = subscribe.header("Call-ID");
    if (!from || !to || !target || !cseq || !call_id) return std::nullopt;
    sip::Dialog dialog;
    dialog.id = {std::string(*call_id), tag, from->tag()};
    dialog.local = *to;
    dialog.local.parameters.set("tag", tag);
    dialog.remote = *from;
    dialog.remote_target = *target;
    dialog.route_set = sip::addresses_in(subscribe, "Record-Route");
    dialog.remote_cseq = cseq->number;
    return dialog;
}

std::optional<sip::Dialog> dialog_at_subscriber(const sip::Message& subscribe, const sip::Message& notify) {
    const auto local = sip::address_in(subscribe, "From"), remote = sip::address_in(notify, "From");
    const auto target = target_of(notify);
    const auto sent = sip::cseq_of(subscribe), received = sip::cseq_of(notify);
    if (!local || !remote || !target || !sent || !received) return std::nullopt;
    sip::Dialog dialog;
    dialog.id = {std::string(subscribe.header("Call-ID").value_or("")), local->tag(), remote->tag()};
    dialog.local = *local;
    dialog.remote = *remote;
    dialog.remote_target = *target;
    dialog.route_set = sip::addresses_in(notify, "Record-Route");
    dialog.local_cseq = sent->number;
    dialog.remote_cseq = received->number;
    return dialog;
}

bool ends_subscription(int status) {
    constexpr std::array final = {404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604};
    return std::find(final.begin(), final.end(), status) != final.end();
}

}  // namespace sipdex::simulator
