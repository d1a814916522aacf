// What subscriptions are about and how they stand: Event, Subscription-State, and the dialog that a
// subscription makes (RFC 6665).
//
//     Event: presence
//     Subscription-State: terminated;reason=timeout
#pragma once
#include <optional>
#include <string>

#include "sip/dialog.h"

namespace sipdex::simulator {

// The event package of a message, in lower case and without parameters; "" where it names none.
std::string package_of(const sip::Message& message);

struct SubscriptionState {
    std::string state;   // "active", "pending", "terminated"
    std::string reason;  // only of terminated: "timeout", "rejected"
};
std::optional<SubscriptionState> subscription_state_of(const sip::Message& notify);

// The dialog as the notifier sees it, which answers a SUBSCRIBE with this tag. Nothing where From, To, Call-ID,
// CSeq or Contact cannot be read (RFC 6665 4.4.1, RFC 3261 12.1.1).
std::optional<sip::Dialog> dialog_at_notifier(const sip::Message& subscribe, const std::string& tag);

// The dialog as the subscriber sees it: the first NOTIFY makes it, not the response (RFC 6665 4.4.1).
std::optional<sip::Dialog> dialog_at_subscriber(const sip::Message& subscribe, const sip::Message& notify);

// 404, 405, 410, 416, 480 to 485, 489, 501, 604: after these there is no subscription any more, whether they answer
// a refresh (RFC 6665 4.1.2.2) or a NOTIFY (4.2.2).
bool ends_subscription(int status);

}  // namespace sipdex::simulator
