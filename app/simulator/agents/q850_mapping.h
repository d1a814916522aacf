// What a gateway makes of a Q.850 cause in SIP, and of a SIP status in Q.850: the tables of RFC 3398, as facts/facts.h
// has them, applied.
//
//     17  user busy   ->  486      RFC 3398 §7.2.4.1
//     486             ->  17       RFC 3398 §8.2.6.1
#pragma once
#include "facts/facts.h"

namespace sipdex::simulator {

// The row for a cause. `by_user`: its location says that the called user rejected the call, not the network.
// `new_number`: a diagnostic holds one. Causes that the RFC does not list become 500, and then have no name.
facts::FromQ850 status_for(int cause, bool by_user, bool new_number);

// 31 for statuses that the RFC does not list.
int cause_for(int status);

}  // namespace sipdex::simulator
