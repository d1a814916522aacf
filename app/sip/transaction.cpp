#include "sip/transaction.h"

#include <algorithm>
#include <stdexcept>

namespace sipdex::sip {

namespace {

using enum State;
using enum Event;
using enum Action::Kind;

constexpr Action start(Timer timer) { return {start_timer, timer, false}; }
constexpr Action start_unreliable(Timer timer) { return {start_timer, timer, true}; }
constexpr Action stop(Timer timer) { return {stop_timer, timer, false}; }
constexpr Action act(Action::Kind kind) { return {kind, {}, false}; }

constexpr std::string_view rfc3261_17_1_1_2 = "RFC 3261 §17.1.1.2";
constexpr std::string_view rfc3261_17_1_2_2 = "RFC 3261 §17.1.2.2";
constexpr std::string_view rfc3261_17_1_4 = "RFC 3261 §17.1.4";
constexpr std::string_view rfc3261_17_2_1 = "RFC 3261 §17.2.1";
constexpr std::string_view rfc3261_17_2_2 = "RFC 3261 §17.2.2";
constexpr std::string_view rfc6026_8_4 = "RFC 6026 §8.4";
constexpr std::string_view rfc6026_8_5 = "RFC 6026 §8.5";
constexpr std::string_view rfc6026_8_7 = "RFC 6026 §8.7";
constexpr std::string_view rfc6026_8_8 = "RFC 6026 §8.8";

// One row, one arrow of the figures.
// clang-format off

// RFC 6026, figure 5.
constexpr Row invite_client_table[] = {
    {none, request_from_user, calling,
     {act(send_request), start_unreliable(Timer::A), start(Timer::B)}, rfc3261_17_1_1_2},
    {calling, timer_a, calling, {act(retransmit_request), {restart_doubled, Timer::A}}, rfc3261_17_1_1_2},
    {calling, timer_b, terminated, {act(report_timeout), act(destroy)}, rfc3261_17_1_1_2},
    {calling, transport_error, terminated, {act(report_transport_error), act(destroy)}, rfc3261_17_1_4},
    // Timer B counts only in Calling, and A must no longer retransmit.
    {calling, received_1xx, proceeding, {stop(Timer::A), stop(Timer::B), act(pass_to_user)}, rfc3261_17_1_1_2},
    {calling, received_2xx, accepted,
     {stop(Timer::A), stop(Timer::B), act(pass_to_user), start(Timer::M)}, rfc6026_8_4},
    {calling, received_300_699, completed,
     {stop(Timer::A), stop(Timer::B), act(send_ack), act(pass_to_user), start(Timer::D)}, rfc6026_8_4},
    {proceeding, received_1xx, proceeding, {act(pass_to_user)}, rfc3261_17_1_1_2},
    {proceeding, received_2xx, accepted, {act(pass_to_user), start(Timer::M)}, rfc6026_8_4},
    {proceeding, received_300_699, completed, {act(send_ack), act(pass_to_user), start(Timer::D)}, rfc6026_8_4},
    {completed, received_300_699, completed, {act(retransmit_ack)}, rfc6026_8_4},
    {completed, transport_error, terminated, {act(report_transport_error), act(destroy)}, rfc3261_17_1_4},
    {completed, timer_d, terminated, {act(destroy)}, rfc6026_8_4},
    {accepted, received_2xx, accepted, {act(pass_to_user)}, rfc6026_8_4},
    {accepted, timer_m, terminated, {act(destroy)}, rfc6026_8_4},
};

// RFC 3261, figure 6.
constexpr Row non_invite_client_table[] = {
    {none, request_from_user, trying,
     {act(send_request), start_unreliable(Timer::E), start(Timer::F)}, rfc3261_17_1_2_2},
    {trying, timer_e, trying, {act(retransmit_request), {restart_doubled_to_t2, Timer::E}}, rfc3261_17_1_2_2},
    {trying, timer_f, terminated, {act(report_timeout), act(destroy)}, rfc3261_17_1_2_2},
    {trying, transport_error, terminated, {act(report_transport_error), act(destroy)}, rfc3261_17_1_4},
    {trying, received_1xx, proceeding, {act(pass_to_user)}, rfc3261_17_1_2_2},
    {trying, received_200_699, completed,
     {stop(Timer::E), stop(Timer::F), act(pass_to_user), start(Timer::K)}, rfc3261_17_1_2_2},
    {proceeding, timer_e, proceeding, {act(retransmit_request), {restart_at_t2, Timer::E}}, rfc3261_17_1_2_2},
    {proceeding, timer_f, terminated, {act(report_timeout), act(destroy)}, rfc3261_17_1_2_2},
    {proceeding, transport_error, terminated, {act(report_transport_error), act(destroy)}, rfc3261_17_1_4},
    {proceeding, received_1xx, proceeding, {act(pass_to_user)}, rfc3261_17_1_2_2},
    {proceeding, received_200_699, completed,
     {stop(Timer::E), stop(Timer::F), act(pass_to_user), start(Timer::K)}, rfc3261_17_1_2_2},
    {completed, received_200_699, completed, {}, rfc3261_17_1_2_2},
    {completed, timer_k, terminated, {act(destroy)}, rfc3261_17_1_2_2},
};

// RFC 6026, figure 7.
constexpr Row invite_server_table[] = {
    {none, request_received, proceeding, {act(pass_to_user), act(send_100_if_silent)}, rfc3261_17_2_1},
    {proceeding, request_received, proceeding, {act(retransmit_response)}, rfc3261_17_2_1},
    {proceeding, user_sends_1xx, proceeding, {act(send_response)}, rfc3261_17_2_1},
    {proceeding, user_sends_2xx, accepted, {act(send_response), start(Timer::L)}, rfc6026_8_5},
    {proceeding, user_sends_300_699, completed,
     {act(send_response), start_unreliable(Timer::G), start(Timer::H)}, rfc3261_17_2_1},
    {proceeding, transport_error, proceeding, {act(report_transport_error)}, rfc6026_8_8},
    {completed, request_received, completed, {act(retransmit_response)}, rfc3261_17_2_1},
    {completed, timer_g, completed, {act(retransmit_response), {restart_doubled_to_t2, Timer::G}}, rfc3261_17_2_1},
    {completed, ack_received, confirmed, {stop(Timer::G), stop(Timer::H), start(Timer::I)}, rfc3261_17_2_1},
    // The figure shows no action, but the text says that the user must hear of it.
    {completed, timer_h, terminated, {act(report_timeout), act(destroy)}, rfc3261_17_2_1},
    {completed, transport_error, completed, {act(report_transport_error)}, rfc6026_8_8},
    {accepted, request_received, accepted, {}, rfc6026_8_7},
    {accepted, ack_received, accepted, {act(pass_to_user)}, rfc6026_8_7},
    {accepted, user_sends_2xx, accepted, {act(send_response)}, rfc6026_8_7},
    {accepted, transport_error, accepted, {act(report_transport_error)}, rfc6026_8_8},
    {accepted, timer_l, terminated, {act(destroy)}, rfc6026_8_7},
    {confirmed, ack_received, confirmed, {}, rfc3261_17_2_1},
    {confirmed, timer_i, terminated, {act(destroy)}, rfc3261_17_2_1},
};

// RFC 3261, figure 8; but where the figure ends at a transport error, RFC 6026 8.8 now has the transaction stay.
constexpr Row non_invite_server_table[] = {
    {none, request_received, trying, {act(pass_to_user)}, rfc3261_17_2_2},
    {trying, request_received, trying, {}, rfc3261_17_2_2},
    {trying, user_sends_1xx, proceeding, {act(send_response)}, rfc3261_17_2_2},
    {trying, user_sends_200_699, completed, {act(send_response), start(Timer::J)}, rfc3261_17_2_2},
    {proceeding, request_received, proceeding, {act(retransmit_response)}, rfc3261_17_2_2},
    {proceeding, user_sends_1xx, proceeding, {act(send_response)}, rfc3261_17_2_2},
    {proceeding, user_sends_200_699, completed, {act(send_response), start(Timer::J)}, rfc3261_17_2_2},
    {proceeding, transport_error, proceeding, {act(report_transport_error)}, rfc6026_8_8},
    {completed, request_received, completed, {act(retransmit_response)}, rfc3261_17_2_2},
    {completed, user_sends_200_699, completed, {}, rfc3261_17_2_2},
    {completed, transport_error, completed, {act(report_transport_error)}, rfc6026_8_8},
    {completed, timer_j, terminated, {act(destroy)}, rfc3261_17_2_2},
};

// clang-format on

}  // namespace

std::span<const Row> table_of(Machine machine) {
    switch (machine) {
        case Machine::invite_client: return invite_client_table;
        case Machine::non_invite_client: return non_invite_client_table;
        case Machine::invite_server: return invite_server_table;
        case Machine::non_invite_server: return non_invite_server_table;
    }
    return {};
}

const Row* step(Machine machine, State state, Event event) {
    for (const Row& row : table_of(machine))
        if (row.state == state && row.event == event) return &row;
    return nullptr;
}

Event received(Machine client, int status) {
    if (status < 200) return received_1xx;
    if (client == Machine::non_invite_client) return received_200_699;
    return status < 300 ? received_2xx : received_300_699;
}

Event sent_by_user(Machine server, int status) {
    if (status < 200) return user_sends_1xx;
    if (server == Machine::non_invite_server) return user_sends_200_699;
    return status < 300 ? user_sends_2xx : user_sends_300_699;
}

Event fired(Timer timer) {
    switch (timer) {
        case Timer::A: return timer_a;
        case Timer::B: return timer_b;
        case Timer::C: break;
        case Timer::D: return timer_d;
        case Timer::E: return timer_e;
        case Timer::F: return timer_f;
        case Timer::G: return timer_g;
        case Timer::H: return timer_h;
        case Timer::I: return timer_i;
        case Timer::J: return timer_j;
        case Timer::K: return timer_k;
        case Timer::L: return timer_l;
        case Timer::M: return timer_m;
    }
    throw std::invalid_argument("timer C belongs to proxies, not to a transaction");
}

Duration value_for(const Action& action, Duration last, bool reliable, const BaseTimes& base) {
    switch (action.kind) {
        case restart_doubled: return 2 * last;
        case restart_doubled_to_t2: return std::min(2 * last, base.t2);
        case restart_at_t2: return base.t2;
        default: return action.timer ? first_value(*action.timer, reliable, base) : Duration::zero();
    }
}

Machine client_machine(std::string_view method) {
    return method == "INVITE" ? Machine::invite_client : Machine::non_invite_client;
}

Machine server_machine(std::string_view method) {
    return method == "INVITE" || method == "ACK" ? Machine::invite_server : Machine::non_invite_server;
}

std::string_view name_of(Machine machine) {
    switch (machine) {
        case Machine::invite_client: return "INVITE client transaction";
        case Machine::non_invite_client: return "non-INVITE client transaction";
        case Machine::invite_server: return "INVITE server transaction";
        case Machine::non_invite_server: return "non-INVITE server transaction";
    }
    return {};
}

std::string_view name_of(State state) {
    switch (state) {
        case none: return "";
        case calling: return "Calling";
        case trying: return "Trying";
        case proceeding: return "Proceeding";
        case completed: return "Completed";
        case accepted: return "Accepted";
        case confirmed: return "Confirmed";
        case terminated: return "Terminated";
    }
    return {};
}

std::string_view name_of(Event event) {
    switch (event) {
        case request_from_user: return "Request from TU";
        case request_received: return "Request";
        case ack_received: return "ACK";
        case received_1xx: return "1xx";
        case received_2xx: return "2xx";
        case received_300_699: return "300-699";
        case received_200_699: return "200-699";
        case user_sends_1xx: return "1xx from TU";
        case user_sends_2xx: return "2xx from TU";
        case user_sends_300_699: return "300-699 from TU";
        case user_sends_200_699: return "200-699 from TU";
        case transport_error: return "Transport Err.";
        case timer_a: return "Timer A fires";
        case timer_b: return "Timer B fires";
        case timer_d: return "Timer D fires";
        case timer_e: return "Timer E fires";
        case timer_f: return "Timer F fires";
        case timer_g: return "Timer G fires";
        case timer_h: return "Timer H fires";
        case timer_i: return "Timer I fires";
        case timer_j: return "Timer J fires";
        case timer_k: return "Timer K fires";
        case timer_l: return "Timer L fires";
        case timer_m: return "Timer M fires";
    }
    return {};
}

std::string name_of(const Action& action) {
    const std::string timer = action.timer ? "Timer " + std::string(name_of(*action.timer)) : "";
    const std::string limit = action.unreliable_only ? " (unreliable transports)" : "";
    switch (action.kind) {
        case send_request: return "send request";
        case retransmit_request: return "retransmit request";
        case send_ack: return "send ACK";
        case retransmit_ack: return "retransmit ACK";
        case pass_to_user: return "pass to TU";
        case send_response: return "send response";
        case retransmit_response: return "retransmit response";
        case send_100_if_silent: return "send 100 if TU won't in 200 ms";
        case report_timeout: return "inform TU of timeout";
        case report_transport_error: return "inform TU of transport error";
        case start_timer: return "start " + timer + limit;
        case restart_doubled: return "reset " + timer + ", doubled";
        case restart_doubled_to_t2: return "reset " + timer + ", doubled up to T2";
        case restart_at_t2: return "reset " + timer + " to T2";
        case stop_timer: return "stop " + timer;
        case destroy: return "destroy transaction";
    }
    return {};
}

}  // namespace sipdex::sip
