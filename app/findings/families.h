// The families of rules. Each looks at one story; those for all look at the whole capture, once.
#pragma once
#include "findings/case.h"

namespace sipdex::findings {

void look_at_addresses(const Case& one);     // private ones that are handed out, NATs, responses that go astray
void look_at_challenges(const Case& one);    // 401 and 407: normal, wrong, in a circle
void look_at_identity(const Case& one);      // who calls, signed and checked; who blocked the call
void look_at_negotiation(const Case& one);   // 488, 606, 415, 406, 420, 421, 580: what both could not agree on
void look_at_rewriting(const Case& one);     // what somebody on the way has changed: an ALG, a media relay
void look_at_transactions(const Case& one);  // sent again, never answered, never acknowledged

using Family = void (*)(const Case&);
inline constexpr Family families[] = {look_at_addresses,   look_at_challenges, look_at_identity,
                                      look_at_negotiation, look_at_rewriting,  look_at_transactions};

void look_over_attacks(const Case& all);     // scanners, guessed passwords, floods
void look_over_clocks(const Case& all);      // clocks that differ, packets that were not captured
void look_over_registered(const Case& all);  // devices that requests no longer reach
void look_over_rewriting(const Case& all);   // Call-IDs that somebody on the way has changed
inline constexpr Family families_for_all[] = {look_over_attacks, look_over_clocks, look_over_registered,
                                              look_over_rewriting};

}  // namespace sipdex::findings
