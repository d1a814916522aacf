// The families of rules. Each looks at one story; those for all look at the whole capture, once.
#pragma once
#include "findings/case.h"

namespace sipdex::findings {

void look_at_addresses(const Case& one);      // private ones that are handed out, NATs, responses that go astray
void look_at_attempts(const Case& one);       // one target after the other
void look_at_cancelling(const Case& one);     // CANCEL, and what it met
void look_at_challenges(const Case& one);     // 401 and 407: normal, wrong, in a circle
void look_at_dialogs(const Case& one);        // unknown to their receiver, and how they ended
void look_at_identity(const Case& one);       // who calls, signed and checked; who blocked the call
void look_at_intervals(const Case& one);      // too short, and session timers
void look_at_media(const Case& one);          // what was agreed on and sent: none, one way, elsewhere, late, lost
void look_at_negotiation(const Case& one);    // 488, 606, 415, 406, 420, 421, 580: what both could not agree on
void look_at_network(const Case& one);        // too large for a datagram
void look_at_overlaps(const Case& one);       // two INVITEs of one call at a time
void look_at_provisionals(const Case& one);   // PRACK
void look_at_registrations(const Case& one);  // refused, too often, lapsed
void look_at_rewriting(const Case& one);      // what somebody on the way has changed: an ALG, a media relay
void look_at_routing(const Case& one);        // in a circle, too far, past a proxy
void look_at_timeouts(const Case& one);       // nobody answers in time, and who says so
void look_at_transactions(const Case& one);   // sent again, never answered, never acknowledged
void look_at_transfers(const Case& one);      // REFER, and what its NOTIFY tell

using Family = void (*)(const Case&);
inline constexpr Family families[] = {
    look_at_addresses, look_at_attempts,     look_at_cancelling,    look_at_challenges,  look_at_dialogs,
    look_at_identity,  look_at_intervals,    look_at_media,         look_at_negotiation, look_at_network,
    look_at_overlaps,  look_at_provisionals, look_at_registrations, look_at_rewriting,   look_at_routing,
    look_at_timeouts,  look_at_transactions, look_at_transfers};

// When all others have spoken, at each story once more.
void look_last_at_refusals(const Case& one);  // which nobody has explained

void look_over_attacks(const Case& all);        // scanners, guessed passwords, floods
void look_over_attempts(const Case& all);       // Retry-After
void look_over_clocks(const Case& all);         // clocks that differ, packets that were not captured
void look_over_network(const Case& all);        // what did not arrive, refused connections, what is encrypted
void look_over_registered(const Case& all);     // devices that requests no longer reach
void look_over_registrations(const Case& all);  // removed by somebody else
void look_over_rewriting(const Case& all);      // Call-IDs that somebody on the way has changed
inline constexpr Family families_of_all[] = {look_over_attacks,  look_over_attempts,   look_over_clocks,
                                             look_over_network,  look_over_registered, look_over_registrations,
                                             look_over_rewriting};

}  // namespace sipdex::findings
