// Calls from the telephone network whose number comes digit by digit (RFC 3578): one INVITE for each state of the
// number, or a single one once the number is complete.
#include <algorithm>

#include "simulator/agents/attempt.h"
#include "simulator/agents/gateway.h"
#include "simulator/agents/q850_mapping.h"
#include "sip/best_response.h"
#include "sip/cseq.h"

namespace sipdex::simulator {

namespace {

std::size_t digits_in(const sip::Uri& number) {
    return static_cast<std::size_t>(
        std::count_if(number.user.begin(), number.user.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

}  // namespace

Gateway::DialPlan Gateway::read_dialling(source::Table& options) {
    DialPlan plan;
    plan.request = read_request(options);
    plan.request.to = options.text("to");
    const auto number = sip::parse_uri(plan.request.to);
    if (!plan.request.to.empty() && (!number || !number->is_sip() || digits_in(*number) == 0))
        options.problem("to", "'" + plan.request.to + "' is no SIP URI that begins with digits");
    for (source::Table& fields : options.tables("digits")) {
        Digits more{fields.duration("after"), fields.text("digits")};
        const auto last = more.digits.find_first_not_of("0123456789");
        if (more.digits.empty() || (last != std::string::npos && more.digits.substr(last) != "#"))
            fields.problem("digits", "'" + more.digits +
                                         "' is no row of digits; only \"#\" may follow them, at the end of the number");
        fields.done();
        plan.digits.push_back(std::move(more));
    }
    plan.least = static_cast<std::size_t>(options.number_or("least", 0));
    plan.en_bloc = options.flag_or("en_bloc", false);
    plan.t10 = options.duration_or("t10", std::chrono::seconds(4));   // 4 to 6 s (RFC 3578 2.2, of Q.764)
    plan.t35 = options.duration_or("t35", std::chrono::seconds(15));  // 15 to 20 s (RFC 3578 2.1, of Q.764)
    plan.hang_up_after = options.duration_or("hang_up_after", Time{});
    return plan;
}

bool Gateway::check_action(const std::string& does, source::Table& options) {
    if (does != "dial") return Phone::check_action(does, options);
    read_dialling(options);
    return true;
}

void Gateway::act(const ActionPlan& action) {
    if (action.does != "dial") return Phone::act(action);
    dial(options_of(action, read_dialling));
}

void Gateway::dial(const DialPlan& plan) {
    const auto call = std::make_shared<Dialling>();
    call->plan = plan;
    call->number = sip::parse_uri(plan.request.to).value_or(sip::Uri{});
    for (const Digits& more : plan.digits)
        stage_.clock.after(more.after, [this, call, more] { take_digits(call, more); });
    wait_for_digits(call);
}

void Gateway::take_digits(const DiallingPtr& call, const Digits& more) {
    if (call->complete) return stage_.decided(actor_, "ignores-digits", {more.digits}, "RFC 3578 §2.2");
    const bool last = more.digits.ends_with('#');
    call->number.user += last ? more.digits.substr(0, more.digits.size() - 1) : more.digits;
    if (!last) return wait_for_digits(call);
    // RFC 3578 2.1: a stop digit makes the number complete, however short it is.
    if (more.digits.size() > 1 || call->attempts.empty()) invite_with_digits(call);
    digits_are_over(call);
}

// The number has grown and may grow further.
void Gateway::wait_for_digits(const DiallingPtr& call) {
    const std::size_t count = digits_in(call->number);
    if (count < call->plan.least) {
        if (call->timer != 0) return;  // RFC 3578 2.1: T35 is not refreshed
        stage_.decided(actor_, "waits-for-least-digits", {std::to_string(count), std::to_string(call->plan.least)},
                       "RFC 3578 §2.1");
        call->timer = stage_.clock.after(call->plan.t35, [this, call] {
            call->complete = true;
            stage_.decided(actor_, "too-few-digits-came", {std::to_string(digits_in(call->number))}, "RFC 3578 §2.1");
        });
        return;
    }
    stage_.clock.cancel(call->timer);
    call->timer = stage_.clock.after(call->plan.t10, [this, call] {
        if (call->plan.en_bloc) invite_with_digits(call);
        digits_are_over(call);
    });
    if (!call->plan.en_bloc) return invite_with_digits(call);
    stage_.decided(actor_, "collects-digits", {std::to_string(count)}, "RFC 3578 §2.2");
}

void Gateway::digits_are_over(const DiallingPtr& call) {
    stage_.clock.cancel(call->timer);
    call->complete = true;
    release_when_all_failed(*call);
}

// RFC 3578 3.2: same Call-ID, same From with its tag, all digits in Request-URI and To, no To tag, no route of an
// answer to the INVITE before, which goes on beside this one (3.4: it is not cancelled).
void Gateway::invite_with_digits(const DiallingPtr& call) {
    CallPlan plan;
    plan.request = call->plan.request;
    plan.request.to = sip::to_text(call->number);
    plan.hang_up_after = call->plan.hang_up_after;
    const auto attempt = std::make_shared<Attempt>(*this, plan);
    sip::Message& invite = attempt->request = new_invite(plan);
    describe(invite, able());
    if (!call->attempts.empty()) {
        const sip::Message& first = call->attempts.front()->request;
        for (const char* const name : {"From", "Call-ID"})
            invite.set(name, std::string(first.header(name).value_or("")));
        invite.set("CSeq", sip::to_text(sip::CSeq{next_cseq(*call), "INVITE"}));
    }
    const std::string count = std::to_string(digits_in(call->number));
    if (call->plan.en_bloc) {
        stage_.decided(actor_, "number-is-complete", {count}, "RFC 3578 §2.2");
    } else {
        stage_.decided(actor_, call->attempts.empty() ? "invites-with-digits" : "invites-with-more-digits", {count},
                       "RFC 3578 §3.2");
        const std::string call_id(invite.header("Call-ID").value_or(""));
        overlaps_[call_id] = call;
        attempt->plan.told = [this, call_id](const sip::Message& response) {
            overlap_told(overlaps_.at(call_id), response);
        };
    }
    call->attempts.push_back(attempt);
    errands_.send(attempt);
}

// Higher than any that this gateway has sent under the Call-ID, in whichever dialog (RFC 3578 3.2).
std::uint32_t Gateway::next_cseq(const Dialling& call) {
    std::uint32_t next = 1;
    for (const AttemptPtr& attempt : call.attempts) next = std::max(next, attempt->next_cseq());
    return next;
}

void Gateway::overlap_told(const DiallingPtr& call, const sip::Message& response) {
    if (call->answered) return;
    if (response.status >= 300) {
        call->failures.push_back(response);
        if (!call->complete)
            stage_.decided(actor_, "keeps-call-for-digits", {std::to_string(response.status)}, "RFC 3578 §3.2");
        return release_when_all_failed(*call);
    }
    call->answered = call->complete = true;
    stage_.clock.cancel(call->timer);
    for (const AttemptPtr& attempt : call->attempts) {
        if (attempt->over) continue;
        stage_.decided(actor_, "cancels-other-digits", {attempt->request.request_uri}, "RFC 3578 §3.4");
        attempt->cancel();
    }
}

// RFC 3578 3.2: released only when no digit can come any more and every INVITE has failed, by the best of the responses.
void Gateway::release_when_all_failed(Dialling& call) {
    const bool open = std::any_of(call.attempts.begin(), call.attempts.end(),
                                  [](const AttemptPtr& attempt) { return !attempt->over; });
    if (!call.complete || call.answered || open) return;
    const auto best = sip::best_of(call.failures).response;
    if (!best) return;
    stage_.decided(actor_, "releases-after-digits",
                   {std::to_string(best->status), std::to_string(cause_for(best->status))}, "RFC 3578 §3.2");
}

}  // namespace sipdex::simulator
