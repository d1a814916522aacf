#include "simulator/agents/in_call.h"

#include <algorithm>

#include "simulator/session/body.h"
#include "sip/parameters.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::simulator {

namespace {

struct Interval {
    long long seconds = 0;
    std::string refresher;  // "uac", "uas", or empty
};

// Session-Expires: 1800;refresher=uac
std::optional<Interval> interval_in(const sip::Message& message) {
    const auto value = message.header("Session-Expires");
    if (!value) return {};
    const auto semicolon = value->find(';');
    const auto seconds = sip::number_of(sip::trimmed(value->substr(0, semicolon)));
    if (!seconds) return {};
    std::string refresher;
    if (semicolon != std::string_view::npos)
        refresher = sip::parse_parameters(value->substr(semicolon)).value("refresher").value_or("");
    return Interval{*seconds, refresher};
}

Time read_agreement(source::Table& options) { return options.duration_or("agrees_after", Time{}); }

bool offers(const sip::Message& message) { return !description_in(message).empty(); }

}  // namespace

void InCall::check(source::Table& options) {
    read_identity(options);
    read_agreement(options);
}

InCall::InCall(Stage& stage, std::size_t actor)
    : UserAgent(stage, actor), agrees_after_(options_of(stage, actor, read_agreement)) {}

void InCall::forget(const sip::DialogId& id) {
    const auto found = unacknowledged_.find(id);
    if (found != unacknowledged_.end()) {
        stage_.clock.cancel(found->second.alarm);
        unacknowledged_.erase(found);
    }
    UserAgent::forget(id);
}

void InCall::on_request_within(TransactionId server, const sip::Message& request, Call& call) {
    if (sip::lists(request, "Allow", "UPDATE")) call.peer_updates = true;
    hear_min_se(request, call);
    if (request.method == "BYE") return end(server, request, call);
    if (request.method == "INVITE" || request.method == "UPDATE") return change(server, request, call);
    if (request.method == "PRACK") return on_prack(server, request, call);
    if (request.method == "REFER") return on_refer(server, request, call);
    answer(server, request, 200);
    if (request.method == "NOTIFY") on_notify(request, call);
}

void InCall::end(TransactionId server, const sip::Message& bye, const Call& call) {
    const TransactionId pending = call.invited;
    forget(sip::DialogId(call.dialog.id));
    // RFC 3261 15.1.2: what is still open in this dialog ends with 487.
    if (const sip::Message* const invite = transactions_.request_of(pending)) answer(pending, *invite, 487);
    answer(server, bye, 200);
}

// A re-INVITE or an UPDATE. Its offer has passed the screening.
void InCall::change(TransactionId server, const sip::Message& request, Call& call) {
    const bool update = request.method == "UPDATE";
    const std::string rule = update ? "RFC 3311 §5.2" : "RFC 3261 §14.2";
    // An UPDATE without an offer disturbs nobody.
    if (update && !offers(request)) {
        sip::Message ok = response_to(request, 200);
        ok.add("Contact", contact());
        add_abilities(ok, request);
        answer_timer(ok, request, call);
        return transactions_.respond(server, std::move(ok));
    }
    if (call.invited != 0) {
        stage_.decided(actor_, "change-still-open", {request.method}, rule);
        return refuse_for_now(server, request);
    }
    if (call.inviting != 0 || (awaits_answer(call.dialog.id) && offers(request))) {
        stage_.decided(actor_, "changes-cross", {request.method}, rule);
        return answer(server, request, 491);
    }
    // RFC 3311 5.2: an UPDATE is answered at once or not at all, so nobody can be asked.
    if (update && agrees_after_ > Time{}) {
        stage_.decided(actor_, "cannot-ask-in-time", {}, rule);
        return answer(server, request, 504);
    }
    call.invited = server;
    stage_.clock.after(agrees_after_, [this, server, id = call.dialog.id] { agree(server, id); });
}

// RFC 3261 14.2: a second change has to wait, for a time drawn by chance.
void InCall::refuse_for_now(TransactionId server, const sip::Message& request) {
    sip::Message refusal = response_to(request, 500);
    refusal.add("Retry-After", std::to_string(stage_.identifiers.number(11)));
    transactions_.respond(server, std::move(refusal));
}

void InCall::agree(TransactionId server, const sip::DialogId& id) {
    Call* const call = call_of(id);
    const sip::Message* const request = transactions_.request_of(server);
    if (!call || !request || call->invited != server) return;
    sip::Message ok = response_to(*request, 200);
    ok.add("Contact", contact());
    add_abilities(ok, *request);
    answer_timer(ok, *request, *call);
    describe_answer(ok, *request, *call);
    call->invited = 0;
    if (request->method == "INVITE") return accept(server, *request, std::move(ok), *call);
    transactions_.respond(server, std::move(ok));
    on_change(*call);
}

void InCall::describe_answer(sip::Message& response, const sip::Message& request, Call& call) {
    const auto offer = media_in(description_in(request));
    const auto agreed = offer ? answer_to(*offer, able()) : std::nullopt;
    Media described = agreed.value_or(able());
    // RFC 3261 14.2: a new offer has to overlap with what was agreed on before.
    if (!offer && !call.media.codecs.empty()) described.profile = call.media.profile;
    call.media = described;
    if (offer) {
        call.heard = *offer;
        take_offer(call.resources, seen_from_other_side(status_in(*offer)));
        call.media.attributes = attributes_of(call.resources, true);
    }
    describe(response, call.media);
}

void InCall::answer_timer(sip::Message& ok, const sip::Message& request, Call& call) {
    const auto wanted = interval_in(request);
    if (!wanted || !supports("timer")) return;
    // RFC 4028 9, table 2: who asked for a refresher gets it; otherwise the caller refreshes if it can.
    const bool caller_can = sip::lists(request, "Supported", "timer");
    const std::string refresher = !wanted->refresher.empty() ? wanted->refresher : caller_can ? "uac" : "uas";
    if (caller_can) ok.add("Require", "timer");
    ok.add("Session-Expires", std::to_string(wanted->seconds) + ";refresher=" + refresher);
    take_timer(call, ok, false);
}

void InCall::hear_min_se(const sip::Message& message, Call& call) {
    const auto least = sip::number_of(message.header("Min-SE").value_or(""));
    if (least) call.timer.min_se = std::max<long long>(call.timer.min_se, *least);
}

void InCall::take_timer(Call& call, const sip::Message& ok, bool asked) {
    stage_.clock.cancel(call.timer.alarm);
    call.timer.alarm = 0;
    const auto agreed = interval_in(ok);
    call.timer.interval = agreed ? std::chrono::seconds(agreed->seconds) : Time{};
    if (!agreed) return;
    call.timer.refreshing = (agreed->refresher == "uac") == asked;
    watch(call);
}

void InCall::watch(Call& call) {
    const SessionTimer& timer = call.timer;
    const sip::DialogId id = call.dialog.id;
    // RFC 4028 7.2: a refresh is due when half of the interval is over.
    if (timer.refreshing) {
        call.timer.alarm = stage_.clock.after(timer.interval / 2, [this, id] { refresh(id); });
        return;
    }
    // RFC 4028 10: without one the other side hangs up, a little before the interval ends.
    const Time margin = std::min<Time>(std::chrono::seconds(32), timer.interval / 3);
    call.timer.alarm = stage_.clock.after(timer.interval - margin, [this, id] {
        stage_.decided(actor_, "session-expired", {}, "RFC 4028 §10");
        hang_up(id);
    });
}

bool InCall::awaits_answer(const sip::DialogId& id) const {
    const auto found = unacknowledged_.find(id);
    return found != unacknowledged_.end() && found->second.offers;
}

void InCall::accept(TransactionId server, const sip::Message& invite, sip::Message ok, Call& call) {
    unacknowledged_[call.dialog.id] = {server, ok, !offers(invite) && offers(ok), stage_.times.t1, Time{}, 0};
    await_ack(call.dialog.id);
    transactions_.respond(server, std::move(ok));
}

// RFC 3261 13.3.1.4: the 2xx is repeated after T1, then twice as long each time up to T2, whatever the
// transport; without an ACK in 64*T1 the session ends with a BYE.
void InCall::await_ack(const sip::DialogId& id) {
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

void InCall::on_ack(const sip::Message& ack) {
    const auto id = sip::dialog_id_at_uas(ack);
    const auto found = id ? unacknowledged_.find(*id) : unacknowledged_.end();
    if (found == unacknowledged_.end()) return;
    const bool answer_missing = found->second.offers && !offers(ack);
    stage_.clock.cancel(found->second.alarm);
    unacknowledged_.erase(found);
    if (!answer_missing) return;
    // RFC 3261 13.2.1: the answer has to be in this ACK. Without one there is no session, and nothing else can bring it.
    stage_.decided(actor_, "answer-missing", {"ACK"}, "RFC 3261 §13.2.1");
    hang_up(*id);
}

}  // namespace sipdex::simulator
