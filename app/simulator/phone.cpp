#include "simulator/phone.h"

#include <algorithm>

namespace sipdex::simulator {

Phone::Script Phone::read_script(Fields& options) {
    return {read_answers(options, "answers"), options.duration_or("hang_up_after", Time{})};
}

void Phone::check(Fields& options) {
    Caller::check(options);
    read_script(options);
}

Phone::Phone(Stage& stage, std::size_t actor)
    : Caller(stage, actor), script_([&] {
          std::vector<Problem> none;
          Fields fields(stage.exchange.parties[actor].options, "", none);
          return read_script(fields);
      }()) {}

void Phone::on_invitation(TransactionId server, const sip::Message&) {
    for (const Answer& answer : script_.answers)
        stage_.clock.after(answer.after, [this, server, &answer] { give(server, answer); });
    const bool ends = std::any_of(script_.answers.begin(), script_.answers.end(), [](const Answer& a) { return a.status >= 200; });
    if (ends) return;
    // Nobody picks up. Whoever called should have given up long before, but that news may have been lost.
    ringing_[server] = stage_.clock.after(rings_at_most, [this, server] {
        if (const sip::Message* const waiting = transactions_.request_of(server)) answer(server, *waiting, 480);
    });
}

void Phone::on_end(TransactionId id) {
    Caller::on_end(id);
    const auto ringing = ringing_.find(id);
    if (ringing == ringing_.end()) return;
    stage_.clock.cancel(ringing->second);
    ringing_.erase(ringing);
}

void Phone::give(TransactionId server, const Answer& answer) {
    const sip::Message* const invite = transactions_.request_of(server);
    if (!invite || transactions_.state_of(server) != sip::State::proceeding) return;    // cancelled meanwhile
    sip::Message response = response_to(*invite, answer.status, answer.phrase);
    if (answer.status > 100 && answer.status < 300) response.add("Contact", contact());
    if (answer.status >= 200 && answer.status < 300) response.add("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS");
    furnish(response, answer);
    // RFC 3261 13.2.1: the answer to an offer stands in the 2xx.
    if (answer.status >= 200 && answer.status < 300 && answer.body.empty()) add_session(response);
    if (answer.status == 183 && answer.body.empty()) add_session(response);     // early media
    if (answer.status >= 200 && answer.status < 300) {
        if (const auto open = sip::dialog_at_uas(*invite, response)) {
            keep(*open);
            unacknowledged_[open->id] = {server, response, stage_.times.t1, Time{}, 0};
            await_ack(open->id);
            if (script_.hang_up_after > Time{})
                stage_.clock.after(script_.hang_up_after, [this, id = open->id] { hang_up(id); });
        }
    }
    transactions_.respond(server, std::move(response));
}

// RFC 3261 13.3.1.4: the 2xx is repeated after T1, then twice as long each time up to T2, whatever the
// transport; without an ACK in 64*T1 the session ends with a BYE.
void Phone::await_ack(const sip::DialogId& id) {
    Unacknowledged& waiting = unacknowledged_.at(id);
    waiting.alarm = stage_.clock.after(waiting.interval, [this, id] {
        const auto found = unacknowledged_.find(id);
        if (found == unacknowledged_.end()) return;
        Unacknowledged& late = found->second;
        late.waited += late.interval;
        if (late.waited >= 64 * stage_.times.t1) {
            unacknowledged_.erase(found);
            stage_.decided(actor_, "no-ack-hangs-up", {}, "RFC 3261 §13.3.1.4");
            return hang_up(id);
        }
        late.interval = std::min({late.interval * 2, Time(stage_.times.t2), 64 * stage_.times.t1 - late.waited});
        transactions_.respond(late.server, late.ok);
        await_ack(id);
    });
}

void Phone::on_ack(const sip::Message& ack) {
    const auto id = sip::dialog_id_at_uas(ack);
    const auto found = id ? unacknowledged_.find(*id) : unacknowledged_.end();
    if (found == unacknowledged_.end()) return;
    stage_.clock.cancel(found->second.alarm);
    unacknowledged_.erase(found);
}

void Phone::on_dialog_over(const sip::DialogId& id) {
    const auto found = unacknowledged_.find(id);
    if (found == unacknowledged_.end()) return;
    stage_.clock.cancel(found->second.alarm);
    unacknowledged_.erase(found);
}

// RFC 3261 9.2: the CANCEL is answered in its own transaction; the INVITE ends with 487 unless it was
// answered before.
void Phone::on_cancel(TransactionId server, const sip::Message& cancel) {
    const TransactionId invited = transactions_.cancelled_by(cancel);
    const sip::Message* const invite = transactions_.request_of(invited);
    answer(server, cancel, invite ? 200 : 481);
    if (invite && transactions_.state_of(invited) == sip::State::proceeding)
        transactions_.respond(invited, response_to(*invite, 487));
}

}  // namespace sipdex::simulator
