// A call as one of its two user agents sees it: the dialog, what was agreed on, and what is under way in it.
#pragma once
#include "simulator/engine/clock.h"
#include "simulator/engine/transactions.h"
#include "simulator/session/precondition.h"
#include "simulator/session/session.h"
#include "sip/dialog.h"

namespace sipdex::simulator {

// The session timer of a call (RFC 4028).
struct SessionTimer {
    Time interval{};          // 0: none was agreed on
    bool refreshing = false;  // this side refreshes, the other one otherwise
    long long min_se = 0;     // the largest Min-SE heard of in this call; 0: none
    Clock::Alarm alarm = 0;
};

struct Call {
    sip::Dialog dialog;
    bool owner = false;          // made up the Call-ID, which decides on the wait after a 491 (RFC 3261 14.1)
    bool peer_updates = false;   // its Allow names UPDATE
    Media media;                 // as this side described it last
    Media heard;                 // as the other side described it last
    StatusTable resources;       // what has to be reserved; empty: nothing
    TransactionId inviting = 0;  // an INVITE or UPDATE of this side whose final response has not come
    TransactionId invited = 0;   // one of the other side that has not been answered
    SessionTimer timer;
    std::size_t order = 0;  // calls are counted as they come up
};

}  // namespace sipdex::simulator
