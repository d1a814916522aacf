// The session of a call as it changes in time: who offered and answered what in which messages, and what holds from when
// to when (RFC 3264; which messages carry it, RFC 3261 13.2.1, RFC 3262 5, RFC 3311 5, RFC 6337 2).
//
//     INVITE #1 offers, 200 #5 answers      holds from #5 on
//     INVITE #9 offers, 488 #11 refuses     what held goes on (RFC 3261 14.1)
//     UPDATE #20 offers, 200 #21 answers    holds from #21 to BYE #30
//
// Messages are named by their place among those captured.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "calls/calls.h"
#include "sip/offer_answer.h"
#include "sip/sdp.h"

namespace sipdex::calls {

enum class End : std::uint8_t { caller, callee };  // who sent the first request of the dialog, and who answered it
inline End other(End end) { return end == End::caller ? End::callee : End::caller; }

// An offer and what became of it.
struct Exchange {
    std::size_t offer = none, answer = none;  // messages
    End offered_by = End::caller;
    std::size_t transaction = none;  // whose request or response the offer is in
    enum class State : std::uint8_t {
        open,        // what would answer it was not captured
        answered,    //
        refused,     // by a final response
        unanswered,  // what should have held the answer has none
    } state = State::open;
    std::size_t settled_by = none;  // the message that refused it or lacks the answer
    int status = 0;                 // of a response that refused it
    // An answer in a provisional response of a request that was refused in the end: what held before holds again.
    std::size_t undone_by = none;
    // A further response to the same request says otherwise: an answer to what was answered.
    bool again = false;
    std::shared_ptr<const sip::SessionDescription> offered, answered;  // empty where there is none that can be read
    std::vector<sip::AgreedMedia> agreed;                              // once it is answered

    // What a side said in it; empty where it said nothing.
    const sip::SessionDescription* said_by(End end) const { return end == offered_by ? offered.get() : answered.get(); }
    std::size_t message_of(End end) const { return end == offered_by ? offer : answer; }
};

struct Period {
    std::size_t exchange = none;                   // that holds
    std::size_t begun_by = none, ended_by = none;  // messages; ended_by none: to the end of the capture
    capture::Time begin{}, end{};
};

// The session of one dialog, or that a call would have had which made none. Where somebody on the way changes the
// descriptions, as a media relay does, each side of it is one of its own.
struct Negotiation {
    std::size_t story = none, dialog = none;
    std::vector<std::pair<std::size_t, std::size_t>> between;  // parties, each pair in their order
    std::vector<Exchange> exchanges;
    std::vector<Period> periods;                       // one after the other, of what holds
    std::size_t accepted = none, acknowledged = none;  // the first 2xx to the first INVITE, and its ACK
    std::size_t ended_by = none;                       // BYE, or the final response that refused the call
    capture::Time begin{}, end{};                      // of the first offer; of ended_by, else the last thing captured
    bool confirmed() const { return accepted != none; }
};

// Of one story; empty where nothing was offered.
std::vector<Negotiation> negotiations_of(const capture::Captured& captured, const Calls& calls, std::size_t story);

// When a message or packet of a file was captured, by the clock of the first file that has copies of the same messages.
capture::Time at_first_clock(const capture::Captured& captured, std::uint32_t file, capture::Time time);
capture::Time time_of(const capture::Captured& captured, std::size_t message);

}  // namespace sipdex::calls
