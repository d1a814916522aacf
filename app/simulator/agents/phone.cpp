#include "simulator/agents/phone.h"

#include <algorithm>

#include "simulator/session/body.h"
#include "sip/cseq.h"
#include "sip/values.h"

namespace sipdex::simulator {

Phone::Script Phone::read_script(source::Table& options) {
    Script script;
    script.answers = read_answers(options, "answers");
    script.hang_up_after = options.duration_or("hang_up_after", Time{});
    script.lines = static_cast<std::size_t>(options.number_or("lines", 0));
    script.queues = options.flag_or("queues", false);
    script.news_every = options.duration_or("news_every", std::chrono::minutes(1));
    script.restarts_at = options.duration_or("restarts_at", Time{});
    script.reservation_fails = options.flag_or("reservation_fails", false);
    script.restart_takes = options.duration_or("restart_takes", std::chrono::seconds(2));
    return script;
}

void Phone::check(source::Table& options) {
    Caller::check(options);
    read_script(options);
}

Phone::Phone(Stage& stage, std::size_t actor) : Caller(stage, actor), script_(options_of(stage, actor, read_script)) {
    if (script_.restarts_at > Time{}) stage_.clock.after(script_.restarts_at, [this] { restart(); });
}

void Phone::receive(const sip::Message& message, std::size_t from) {
    if (stage_.clock.now() >= deaf_until_) Caller::receive(message, from);
}

// All that it knew of calls was in its memory.
void Phone::restart() {
    ++life_;
    deaf_until_ = stage_.clock.now() + script_.restart_takes;
    stage_.decided(actor_, "restarts", {}, "RFC 3261 §12.2.2");
    for (auto& [server, reliable] : reliable_) stage_.clock.cancel(reliable.alarm);
    for (auto& [server, alarm] : ringing_) stage_.clock.cancel(alarm);
    for (auto& [server, alarm] : rings_on_) stage_.clock.cancel(alarm);
    reliable_.clear();
    ringing_.clear();
    rings_on_.clear();
    queue_.clear();
    suspended_.clear();
    forget_all();
}

void Phone::on_invitation(TransactionId server, const sip::Message& invite) {
    const bool taken = script_.lines > 0 && talking() + ringing_.size() >= script_.lines;
    if (!taken) return serve(server);
    if (script_.queues) return queue(server);
    const int status = identity_.screening.for_all ? 600 : 486;
    stage_.decided(actor_, status == 600 ? "all-devices-busy" : "all-lines-busy", {},
                   status == 600 ? "RFC 3261 §21.6.1" : "RFC 3261 §21.4.24");
    answer(server, invite, status);
}

void Phone::serve(TransactionId server) {
    ringing_[server] = 0;
    const sip::Message* const invite = transactions_.request_of(server);
    if (invite && must_wait(*invite)) return suspend(server);
    follow_script(server);
}

void Phone::follow_script(TransactionId server) {
    for (const Answer& answer : script_.answers)
        stage_.clock.after(answer.after, [this, server, &answer, life = life_] {
            if (life == life_) give(server, answer);
        });
    const bool ends =
        std::any_of(script_.answers.begin(), script_.answers.end(), [](const Answer& a) { return a.status >= 200; });
    if (ends) return;
    // Nobody picks up. Whoever called should have given up long before, but that news may have been lost.
    ringing_[server] = stage_.clock.after(rings_at_most, [this, server] {
        if (const sip::Message* const waiting = transactions_.request_of(server)) answer(server, *waiting, 480);
    });
}

void Phone::queue(TransactionId server) {
    queue_.push_back(server);
    queued_at_[server] = stage_.clock.now();
    stage_.decided(actor_, "queues-call", {std::to_string(queue_.size())}, "RFC 3261 §21.1.4");
    tell_place(server);
}

// RFC 3261 21.1.4: the reason phrase may say how long the queue is, and there may be several 182.
void Phone::tell_place(TransactionId server) {
    const auto place = std::find(queue_.begin(), queue_.end(), server);
    const sip::Message* const invite = transactions_.request_of(server);
    if (place == queue_.end() || !invite || transactions_.state_of(server) != sip::State::proceeding) return;
    std::string phrase = "Queued, " + std::to_string(place - queue_.begin() + 1) + " in line";
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(stage_.clock.now() - queued_at_[server]).count();
    if (seconds > 0) phrase += ", waiting for " + std::to_string(seconds) + " s";
    sip::Message response = response_to(*invite, 182, phrase);
    response.add("Contact", contact());
    transactions_.respond(server, std::move(response));
    stage_.clock.after(script_.news_every, [this, server] { tell_place(server); });
}

void Phone::next_in_queue() {
    if (queue_.empty() || talking() + ringing_.size() >= script_.lines) return;
    const TransactionId server = queue_.front();
    queue_.erase(queue_.begin());
    serve(server);
}

void Phone::on_end(TransactionId id) {
    Caller::on_end(id);
    std::erase(queue_, id);
    queued_at_.erase(id);
    stop(rings_on_, id);
    suspended_.erase(id);
    if (const auto reliable = reliable_.find(id); reliable != reliable_.end()) {
        stage_.clock.cancel(reliable->second.alarm);
        reliable_.erase(reliable);
    }
    if (stop(ringing_, id)) next_in_queue();
}

bool Phone::stop(std::map<TransactionId, Clock::Alarm>& alarms, TransactionId id) {
    const auto found = alarms.find(id);
    if (found == alarms.end()) return false;
    stage_.clock.cancel(found->second);
    alarms.erase(found);
    return true;
}

void Phone::forget(const sip::DialogId& id) {
    Caller::forget(id);
    next_in_queue();
}

void Phone::give(TransactionId server, const Answer& answer) {
    const sip::Message* const invite = transactions_.request_of(server);
    if (!invite || transactions_.state_of(server) != sip::State::proceeding) return;  // cancelled meanwhile
    // RFC 3262 3: one reliable response at a time, and no 2xx before its session description has arrived.
    if (const auto reliable = reliable_.find(server);
        reliable != reliable_.end() && reliable->second.waiting && answer.status < 300)
        return reliable->second.held.push_back(answer);
    sip::Message response = response_to(*invite, answer.status, answer.phrase);
    if (answer.status > 100 && answer.status < 300) response.add("Contact", contact());
    if (answer.status >= 200 && answer.status < 300) add_abilities(response, *invite);
    furnish(response, answer);
    if (answer.status >= 300) {
        stop(ringing_, server);
        if (const auto id = sip::dialog_id_at_uas(*invite))
            forget({id->call_id, sip::tag_in(response, "To"), id->remote_tag});
        transactions_.respond(server, std::move(response));
        return next_in_queue();
    }
    if (answer.status >= 200) return give_success(server, *invite, std::move(response));
    ring_on(server, answer);
    // RFC 3262 3: reliably where the caller insists, and also where it only can.
    const bool can = sip::lists(*invite, "Supported", "100rel") || sip::lists(*invite, "Require", "100rel");
    const bool reliably = answer.status > 100 && can && supports("100rel");
    const bool offered = !description_in(*invite).empty();
    Call described;
    // Early media in answer to an offer. Without one, an offer has to be in the first reliable response, and may not be
    // in one that is not (RFC 3262 5, RFC 3261 13.2.1).
    if (answer.body.empty() && (offered ? answer.status == 183 : reliably && !reliable_.contains(server)))
        describe_answer(response, *invite, described);
    if (reliably) return give_reliably(server, *invite, std::move(response), described);
    transactions_.respond(server, std::move(response));
}

// RFC 3261 13.3.1.1: a provisional response at every minute keeps proxies from taking the call for dead.
void Phone::ring_on(TransactionId server, const Answer& answer) {
    if (answer.status == 100) return;
    Clock::Alarm& alarm = rings_on_[server];
    stage_.clock.cancel(alarm);
    alarm = stage_.clock.after(std::chrono::minutes(1), [this, server, answer, life = life_] {
        if (life != life_ || transactions_.state_of(server) != sip::State::proceeding) return;
        stage_.decided(actor_, "rings-on", {std::to_string(answer.status)}, "RFC 3261 §13.3.1.1");
        give(server, answer);
    });
}

void Phone::give_success(TransactionId server, const sip::Message& invite, sip::Message response) {
    const auto open = sip::dialog_at_uas(invite, response);
    if (!open) return transactions_.respond(server, std::move(response));
    Call* call = call_of(open->id);
    if (call) call->dialog.early = false;
    else call = &keep(*open, false);
    call->peer_updates = sip::lists(invite, "Allow", "UPDATE");
    answer_timer(response, invite, *call);
    // RFC 3261 13.2.1: the answer to an offer stands in the 2xx, unless a reliable response has brought it before.
    const auto reliable = reliable_.find(server);
    const bool described = reliable != reliable_.end() && reliable->second.described;
    if (response.body.empty() && !described) describe_answer(response, invite, *call);
    ringing_.erase(server);
    if (script_.hang_up_after > Time{})
        stage_.clock.after(script_.hang_up_after, [this, id = open->id] { hang_up(id); });
    accept(server, invite, std::move(response), *call);
}

void Phone::give_reliably(TransactionId server, const sip::Message& invite, sip::Message response,
                          const Call& described) {
    Reliable& reliable = reliable_[server];
    reliable.rseq = reliable.rseq == 0 ? 1 + stage_.identifiers.number(9999) : reliable.rseq + 1;
    // RFC 3311 4: whoever can take an UPDATE says so together with its session description.
    const auto& methods = identity_.screening.methods;
    if (!response.body.empty() && methods && std::find(methods->begin(), methods->end(), "UPDATE") != methods->end())
        response.add("Allow", listed(methods));
    response.add("Require", "100rel");
    response.add("RSeq", std::to_string(reliable.rseq));
    if (const auto early = sip::dialog_at_uas(invite, response); early && !call_of(early->id)) {
        Call& call = keep(*early, false);
        call.media = described.media;
        call.heard = described.heard;
        call.resources = described.resources;
    }
    reliable.response = response;
    const bool describes = !description_in(response).empty();
    reliable.offers = describes && !reliable.described && description_in(invite).empty();
    reliable.described = reliable.described || describes;
    reliable.waiting = true;
    reliable.waited = Time{};
    reliable.interval = stage_.times.t1;
    transactions_.respond(server, std::move(response));
    repeat_reliable(server);
}

// RFC 3262 3: after T1, then after twice as long each time; without a PRACK in 64*T1 the INVITE fails.
void Phone::repeat_reliable(TransactionId server) {
    reliable_[server].alarm = stage_.clock.after(reliable_[server].interval, [this, server] {
        const auto found = reliable_.find(server);
        const sip::Message* const invite = transactions_.request_of(server);
        if (found == reliable_.end() || !found->second.waiting || !invite) return;
        Reliable& late = found->second;
        late.waited += late.interval;
        if (late.waited >= 64 * stage_.times.t1) {
            stage_.decided(actor_, "no-prack", {}, "RFC 3262 §3");
            return answer(server, *invite, 504);
        }
        late.interval = std::min(late.interval * 2, 64 * stage_.times.t1 - late.waited);
        transactions_.respond(server, late.response);
        repeat_reliable(server);
    });
}

void Phone::on_prack(TransactionId server, const sip::Message& prack, Call& call) {
    for (auto& [invited, reliable] : reliable_) {
        const std::string expected =
            std::to_string(reliable.rseq) + ' ' + std::string(reliable.response.header("CSeq").value_or(""));
        if (!reliable.waiting || prack.header("RAck") != expected ||
            reliable.response.header("Call-ID") != call.dialog.id.call_id)
            continue;
        reliable.waiting = false;
        stage_.clock.cancel(reliable.alarm);
        answer(server, prack, 200);
        if (reliable.offers && description_in(prack).empty()) {
            stage_.decided(actor_, "answer-missing", {"PRACK"}, "RFC 3262 §5");
            return give(invited, {Time{}, 488, "", {}, "", ""});
        }
        std::vector<Answer> held;
        held.swap(reliable.held);
        for (const Answer& each : held) give(invited, each);
        return;
    }
    answer(server, prack, 481);  // RFC 3262 3: it acknowledges nothing that is waiting
}

// RFC 3261 9.2: the CANCEL is answered in its own transaction; the INVITE ends with 487 unless it was
// answered before.
void Phone::on_cancel(TransactionId server, const sip::Message& cancel) {
    const TransactionId invited = transactions_.cancelled_by(cancel);
    const sip::Message* const invite = transactions_.request_of(invited);
    answer(server, cancel, invite ? 200 : 481);
    if (!invite || transactions_.state_of(invited) != sip::State::proceeding) return;
    const sip::Message terminated = response_to(*invite, 487);
    if (const auto id = sip::dialog_id_at_uas(terminated)) forget(*id);  // the early dialog
    transactions_.respond(invited, terminated);
}

}  // namespace sipdex::simulator
