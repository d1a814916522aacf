// The four transaction machines of RFC 3261 17, as amended by RFC 6026, as tables.
//
//     Calling   Timer A fires   Calling   retransmit request, restart Timer A doubled   RFC 3261 §17.1.1.2
//
// Whoever runs a transaction keeps its machine, state and timers, hands each event to `step`, and carries out
// the actions of the row found. The tables that are run are those that a page prints.
#pragma once
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sip/timers.h"

namespace sipdex::sip {

enum class Machine { invite_client, non_invite_client, invite_server, non_invite_server };
inline constexpr std::array machines = {Machine::invite_client, Machine::non_invite_client, Machine::invite_server,
                                        Machine::non_invite_server};

enum class State {
    none,  // before the transaction exists
    calling,
    trying,
    proceeding,
    completed,
    accepted,
    confirmed,
    terminated  // it no longer exists
};

enum class Event {
    request_from_user,   // client: the first thing that happens
    request_received,    // server: the request that creates it, and each retransmission
    ack_received,        // INVITE server
    received_1xx,        // client
    received_2xx,        // INVITE client
    received_300_699,    // INVITE client
    received_200_699,    // non-INVITE client
    user_sends_1xx,      // server
    user_sends_2xx,      // INVITE server
    user_sends_300_699,  // INVITE server
    user_sends_200_699,  // non-INVITE server
    transport_error,     // a message that the transaction sent could not be delivered
    timer_a,
    timer_b,
    timer_d,
    timer_e,
    timer_f,
    timer_g,
    timer_h,
    timer_i,
    timer_j,
    timer_k,
    timer_l,
    timer_m
};

struct Action {
    enum class Kind {
        send_request,
        retransmit_request,
        send_ack,                // RFC 3261 17.1.1.3, for 300-699; built from the request and the response
        retransmit_ack,          // the same ACK again
        pass_to_user,            // the request, response or ACK that was received
        send_response,           // the one that the user passed; it becomes the latest
        retransmit_response,     // the latest one sent; nothing when there is none yet
        send_100_if_silent,      // unless the user has answered within `trying_delay`
        report_timeout,          // to the user
        report_transport_error,  // to the user
        start_timer,             // with its first value
        restart_doubled,         // with twice its last value
        restart_doubled_to_t2,   // with twice its last value, at most T2
        restart_at_t2,
        stop_timer,
        destroy  // the transaction and whatever timers still run
    };
    Kind kind;
    std::optional<Timer> timer = {};
    bool unreliable_only = false;  // left out over TCP, TLS, SCTP
    bool operator==(const Action&) const = default;
};

// A short list that can stand in a constexpr table.
class Actions {
public:
    constexpr Actions(std::initializer_list<Action> actions) {
        for (const Action& action : actions) list_[count_++] = action;
    }
    constexpr const Action* begin() const { return list_.data(); }
    constexpr const Action* end() const { return list_.data() + count_; }
    constexpr std::size_t size() const { return count_; }
    constexpr bool empty() const { return count_ == 0; }

private:
    std::array<Action, 6> list_{};
    std::size_t count_ = 0;
};

struct Row {
    State state;
    Event event;
    State next;
    Actions actions;           // in order; none: the event is absorbed
    std::string_view section;  // "RFC 6026 §8.4"
};

std::span<const Row> table_of(Machine machine);

// The row for an event; null where the RFC draws no arrow: the event then changes nothing and is dropped.
// Rows live as long as the program.
const Row* step(Machine machine, State state, Event event);

// The event that a response is to a client, or to a server when its user sends it. Needs 100 to 699.
Event received(Machine client, int status);
Event sent_by_user(Machine server, int status);

// The event of a timer; needs any but C, which belongs to proxies (RFC 3261 16.6).
Event fired(Timer timer);

// What a timer is set to by one of the four starting actions; `last` is its last value, if any.
Duration value_for(const Action& action, Duration last, bool reliable, const BaseTimes& base = {});

// Which machine runs a request at the side that sends it, and at the side that receives it. ACK has none of
// its own; it belongs to the INVITE's.
Machine client_machine(std::string_view method);
Machine server_machine(std::string_view method);

std::string_view name_of(Machine machine);  // "INVITE client transaction"
std::string_view name_of(State state);      // "Calling"; "" for none
std::string_view name_of(Event event);      // "Timer A fires", "300-699", "2xx from TU"
std::string name_of(const Action& action);  // "retransmit request", "start Timer A (unreliable transports)"

}  // namespace sipdex::sip
