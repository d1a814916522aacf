#include "simulator/servers/stand_in.h"

namespace sipdex::simulator {

void StandIn::check(source::Table& options) { read_answers(options, "answers"); }

StandIn::StandIn(Stage& stage, std::size_t actor)
    : Party(stage, actor),
      answers_(options_of(stage, actor, [](source::Table& fields) { return read_answers(fields, "answers"); })) {}

void StandIn::receive(const sip::Message& message, std::size_t from) {
    if (!stage_.silent(actor_)) Party::receive(message, from);
}

void StandIn::on_request(TransactionId server, const sip::Message& request) {
    if (request.method == "CANCEL") {
        // RFC 3261 9.2: a CANCEL that finds its INVITE is answered with 200, and the INVITE with 487.
        const TransactionId meant = transactions_.cancelled_by(request);
        answer(server, request, meant == 0 ? 481 : 200);
        const sip::Message* const invite = meant == 0 ? nullptr : transactions_.request_of(meant);
        if (invite && transactions_.state_of(meant) == sip::State::proceeding) answer(meant, *invite, 487);
        return;
    }
    for (const Answer& each : answers_) stage_.clock.after(each.after, [this, server, &each] { give(server, each); });
}

void StandIn::give(TransactionId server, const Answer& answer) {
    const sip::Message* const request = transactions_.request_of(server);
    const sip::State state = transactions_.state_of(server);
    if (!request || (state != sip::State::trying && state != sip::State::proceeding)) return;  // cancelled meanwhile
    sip::Message response = response_to(*request, answer.status, answer.phrase);
    furnish(response, answer);
    transactions_.respond(server, std::move(response));
}

}  // namespace sipdex::simulator
