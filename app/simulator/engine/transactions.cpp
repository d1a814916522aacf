#include "simulator/engine/transactions.h"

#include <algorithm>

#include "facts/facts.h"
#include "sip/dialog.h"
#include "sip/name_addr.h"
#include "sip/transaction_key.h"

namespace sipdex::simulator {

namespace {

bool is_client(sip::Machine machine) {
    return machine == sip::Machine::invite_client || machine == sip::Machine::non_invite_client;
}

// Fills in what the message goes by. Only datagrams need to ask for the port of the answer (RFC 3581 3).
void name_transport(sip::Message& request, sip::Via& top, const std::string& transport) {
    const bool asks_in_vain = sip::is_reliable(transport) && top.wants_rport();
    if (top.transport == transport && !asks_in_vain) return;
    top.transport = transport;
    if (asks_in_vain) top.parameters.remove("rport");
    sip::set_top_via(request, top);
}

// RFC 3261 8.2.2.2: what two copies of one request have in common, whichever way they came.
std::string origin_of(const sip::Message& request) {
    return std::string(request.header("Call-ID").value_or("")) + '\n' +
           std::string(request.header("CSeq").value_or("")) + '\n' + sip::tag_in(request, "From");
}

}  // namespace

Transactions::Transactions(Stage& stage, std::size_t actor, TransactionUser& user)
    : stage_(stage), actor_(actor), user_(user) {}

TransactionId Transactions::create(sip::Machine machine, std::string key, std::size_t peer, sip::Message request,
                                   std::string branch, std::string transport) {
    auto running = std::make_shared<Running>();
    running->machine = machine;
    running->transport = std::move(transport);
    running->key = std::move(key);
    running->peer = peer;
    running->branch = std::move(branch);
    if (!is_client(machine)) ++origins_[running->origin = origin_of(request)];
    running->request = Kept(std::move(request));
    (is_client(machine) ? clients_ : servers_)[running->key] = ++last_;
    running_.emplace(last_, std::move(running));
    return last_;
}

TransactionId Transactions::start(sip::Message request, std::size_t to) {
    const sip::Machine machine = sip::client_machine(request.method);
    std::string transport = transport_for(request, to);
    std::string key, branch;
    if (auto top = sip::top_via(request)) {
        key = sip::client_key(request, *top).value_or("");
        branch = top->branch();
        name_transport(request, *top, transport);
    }
    const TransactionId id =
        create(machine, std::move(key), to, std::move(request), std::move(branch), std::move(transport));
    feed(id, sip::Event::request_from_user, nullptr);
    return id;
}

void Transactions::respond(TransactionId server, sip::Message response) {
    const auto found = running_.find(server);
    if (found == running_.end()) return;
    feed(server, sip::sent_by_user(found->second->machine, response.status), &response);
}

void Transactions::send(sip::Message request, std::size_t to, std::string rule) {
    const std::string transport = transport_for(request, to);
    if (auto top = sip::top_via(request)) name_transport(request, *top, transport);
    stage_.network.send(actor_, to, std::move(request), std::move(rule), transport);
}

std::string Transactions::transport_for(const sip::Message& request, std::size_t to) const {
    if (request.method == "CANCEL") {  // RFC 3261 9.1: where and as the request went that it ends
        sip::Message cancelled = request;
        cancelled.set("CSeq", "1 INVITE");
        const auto key = sip::client_key(cancelled);
        const auto found = key ? clients_.find(*key) : clients_.end();
        if (found != clients_.end()) return running_.at(found->second)->transport;
    }
    return stage_.transport_for(actor_, to, request);
}

// A connection that is refused is noticed a round trip later (RFC 3261 17.1.4, 17.2.4).
void Transactions::transmit(TransactionId id, const Running& running, Kept& message, std::string_view section) {
    if (sip::is_reliable(running.transport) && stage_.silent(running.peer)) {
        stage_.clock.after(2 * stage_.network.latency(actor_, running.peer),
                           [this, id] { feed(id, sip::Event::transport_error, nullptr); });
        return;
    }
    message.was_sent_as(
        stage_.network.send(actor_, running.peer, message.to_send(), std::string(section), running.transport));
}

void Transactions::receive(const sip::Message& message, std::size_t from) {
    if (message.is_request()) receive_request(message, from);
    else receive_response(message);
}

void Transactions::receive_request(const sip::Message& received, std::size_t from) {
    auto top = sip::top_via(received);
    const auto key = top ? sip::server_key(received, *top) : std::nullopt;
    if (!key) return;  // nothing to answer by (RFC 3261 18.2.1)
    sip::Via& via = *top;
    const Address& source = stage_.addresses[from];
    // RFC 3581 4: asked for, the port is filled in, and the address stands there even when it is no news.
    if (via.wants_rport()) {
        via.parameters.set("received",
                           source.host.front() == '[' ? source.host.substr(1, source.host.size() - 2) : source.host);
        via.parameters.set("rport", std::to_string(source.port));
    } else if (via.host != source.host) {
        via.parameters.set("received", source.host);  // RFC 3261 18.2.1
    }
    sip::Message request = received;
    sip::set_top_via(request, via);

    const auto found = servers_.find(*key);
    if (request.method == "ACK") {
        if (found == servers_.end()) user_.on_ack(request);
        else feed(found->second, sip::Event::ack_received, &request);
        return;
    }
    if (found != servers_.end()) {
        feed(found->second, sip::Event::request_received, &request);
        return;
    }
    const auto back = stage_.names.response_target(via);
    const sip::Machine machine = sip::server_machine(request.method);
    const TransactionId id =
        create(machine, *key, back.value_or(from), std::move(request), via.branch(), via.transport);
    feed(id, sip::Event::request_received, request_of(id));
}

void Transactions::receive_response(const sip::Message& response) {
    const auto key = sip::client_key(response);
    if (!key) return;
    const auto found = clients_.find(*key);
    if (found == clients_.end()) return;  // RFC 6026 7.3: stray responses go no further
    feed(found->second, sip::received(running_.at(found->second)->machine, response.status), &response);
}

void Transactions::feed(TransactionId id, sip::Event event, const sip::Message* message) {
    const auto found = running_.find(id);
    if (found == running_.end()) return;
    const std::shared_ptr<Running> running = found->second;  // stays while its user is busy with it
    const sip::Row* row = sip::step(running->machine, running->state, event);
    if (!row) return;
    enter(*running, row->next, row->section);
    for (const sip::Action& action : row->actions) {
        if (action.unreliable_only && sip::is_reliable(running->transport)) continue;
        perform(id, *running, *row, action, message);
    }
    // Some states are left the moment they are entered: over TCP several timers last no time at all.
    if (running->state == sip::State::terminated) destroy(id, row->section);
}

void Transactions::enter(Running& running, sip::State next, std::string_view section) {
    if (next == running.state) return;
    stage_.recording.states.push_back({actor_, sip::name_of(running.machine), running.branch,
                                       sip::name_of(running.state), sip::name_of(next), stage_.clock.now(), section});
    running.state = next;
}

void Transactions::destroy(TransactionId id, std::string_view section) {
    const auto found = running_.find(id);
    if (found == running_.end()) return;
    const std::shared_ptr<Running> running = found->second;
    running_.erase(found);
    while (!running->timers.empty()) stop_timer(*running, running->timers.front().timer, section);
    stage_.clock.cancel(running->trying);
    if (const auto same = origins_.find(running->origin);
        !is_client(running->machine) && same != origins_.end() && --same->second == 0)
        origins_.erase(same);
    auto& keys = is_client(running->machine) ? clients_ : servers_;
    const auto key = keys.find(running->key);
    if (key != keys.end() && key->second == id) keys.erase(key);
    user_.on_end(id);
}

void Transactions::abandon(TransactionId id, std::string_view section) {
    const auto found = running_.find(id);
    if (found == running_.end()) return;
    enter(*found->second, sip::State::terminated, section);
    destroy(id, section);
}

void Transactions::perform(TransactionId id, Running& running, const sip::Row& row, const sip::Action& action,
                           const sip::Message* message) {
    using Kind = sip::Action::Kind;
    const std::string_view section = row.section;
    switch (action.kind) {
        case Kind::send_request:
        case Kind::retransmit_request: transmit(id, running, running.request, section); break;
        case Kind::send_ack: running.ack = Kept(sip::ack_for_failure(*running.request, *message)); [[fallthrough]];
        case Kind::retransmit_ack:
            if (running.ack.get()) transmit(id, running, running.ack, "RFC 3261 §17.1.1.3");
            break;
        case Kind::pass_to_user:
            if (message->is_request()) {
                if (message->method == "ACK") user_.on_ack(*message);
                else user_.on_request(id, *message);
            } else {
                user_.on_response(id, *message);
            }
            break;
        case Kind::send_response:
            running.response = Kept(*message);
            transmit(id, running, running.response, section);
            break;
        case Kind::retransmit_response:
            if (running.response.get()) transmit(id, running, running.response, section);
            break;
        case Kind::send_100_if_silent:
            if (running.response.get()) break;
            running.trying = stage_.clock.after(sip::trying_delay, [this, id] {
                const auto found = running_.find(id);
                if (found == running_.end() || found->second->response.get()) return;
                respond(id, sip::response_to(*found->second->request, 100, facts::reason_phrase(100), ""));
            });
            break;
        case Kind::report_timeout:
            if (is_client(running.machine)) user_.on_timeout(id, *running.request);
            else user_.on_unacknowledged(id);
            break;
        case Kind::report_transport_error:
            if (!is_client(running.machine)) break;  // nobody is left to hear of it
            stage_.decided(actor_, "transport-error-as-503", {stage_.recording.actors[running.peer].id},
                           "RFC 3261 §8.1.3.1");
            user_.on_response(id, sip::response_to(*running.request, 503, facts::reason_phrase(503), "refused"));
            break;
        case Kind::start_timer:
        case Kind::restart_doubled:
        case Kind::restart_doubled_to_t2:
        case Kind::restart_at_t2: set_timer(id, running, row, action); break;
        case Kind::stop_timer: stop_timer(running, *action.timer, row.section); break;
        case Kind::destroy: break;  // done by whoever sees the state
    }
}

auto Transactions::Running::place_of(sip::Timer timer) -> std::vector<RunningTimer>::iterator {
    return std::ranges::lower_bound(timers, timer, {}, &RunningTimer::timer);
}

bool Transactions::Running::runs(sip::Timer timer) {
    const auto place = place_of(timer);
    return place != timers.end() && place->timer == timer;
}

void Transactions::set_timer(TransactionId id, Running& running, const sip::Row& row, const sip::Action& action) {
    const sip::Timer timer = *action.timer;
    if (!running.runs(timer)) running.timers.insert(running.place_of(timer), {timer, 0, Time{}});
    Running::RunningTimer& set = *running.place_of(timer);
    stage_.clock.cancel(set.alarm);
    set.lasts = sip::value_for(action, set.lasts, sip::is_reliable(running.transport), stage_.times);
    stage_.timer(actor_, sip::name_of(timer), TimerEvent::What::set, row.section, set.lasts);
    set.alarm = stage_.clock.after(set.lasts, [this, id, timer] {
        const auto found = running_.find(id);
        if (found == running_.end()) return;
        const std::shared_ptr<Running> owner = found->second;
        const sip::Row* next = sip::step(owner->machine, owner->state, sip::fired(timer));
        stage_.timer(actor_, sip::name_of(timer), TimerEvent::What::fired, next ? next->section : std::string_view());
        owner->place_of(timer)->alarm = 0;
        feed(id, sip::fired(timer), nullptr);
        const auto fired = owner->place_of(timer);
        if (owner->runs(timer) && fired->alarm == 0) owner->timers.erase(fired);
    });
}

void Transactions::stop_timer(Running& running, sip::Timer timer, std::string_view section) {
    if (!running.runs(timer)) return;
    const auto found = running.place_of(timer);
    if (found->alarm != 0) {
        stage_.clock.cancel(found->alarm);
        stage_.timer(actor_, sip::name_of(timer), TimerEvent::What::stopped, section);
    }
    running.timers.erase(found);
}

TransactionId Transactions::cancelled_by(const sip::Message& cancel) const {
    const auto key = sip::cancelled_key(cancel);
    const auto found = key ? servers_.find(*key) : servers_.end();
    return found == servers_.end() ? 0 : found->second;
}

bool Transactions::is_merged(TransactionId server) const {
    const auto found = running_.find(server);
    if (found == running_.end()) return false;
    if (!sip::tag_in(*found->second->request, "To").empty()) return false;
    const auto same = origins_.find(found->second->origin);
    return same != origins_.end() && same->second > 1;
}

const sip::Message* Transactions::request_of(TransactionId id) const {
    const auto found = running_.find(id);
    return found == running_.end() ? nullptr : found->second->request.get();
}

sip::State Transactions::state_of(TransactionId id) const {
    const auto found = running_.find(id);
    return found == running_.end() ? sip::State::terminated : found->second->state;
}

}  // namespace sipdex::simulator
