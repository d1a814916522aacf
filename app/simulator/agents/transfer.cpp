// Transfer: one side of a call asks the other one to call somebody else, and is told how that went (RFC 3515, RFC 7647).
#include "facts/facts.h"
#include "simulator/agents/caller.h"
#include "sip/token.h"

namespace sipdex::simulator {

namespace {

// The status of "SIP/2.0 429 Provide Referrer Identity", the first line of a message/sipfrag; 0 where there is none.
int reported_status(const std::string& sipfrag) {
    const auto space = sipfrag.find(' ');
    if (!sipfrag.starts_with("SIP/2.0") || space == std::string::npos) return 0;
    return static_cast<int>(sip::number_of(std::string_view(sipfrag).substr(space + 1, 3)).value_or(0));
}

}  // namespace

void Caller::refer(const std::string& refer_to, const RequestPlan& plan) {
    RequestPlan asks = plan;
    asks.headers.insert(asks.headers.begin(), {"Refer-To: <" + refer_to + ">", "Referred-By: <" + identity_.uri + ">",
                                               "Contact: " + contact()});
    send_within("REFER", asks);
}

void Caller::on_refer(TransactionId server, const sip::Message& refer, Call& call) {
    const auto to = sip::address_in(refer, "Refer-To");
    if (!to) return answer(server, refer, 400, "Malformed Refer-To header field");
    // RFC 7647 5: no longer 202, which means the same (RFC 3515 2.4.2).
    sip::Message ok = identity_.says_202 ? response_to(refer, 202, "Accepted") : response_to(refer, 200);
    ok.add("Contact", contact());
    transactions_.respond(server, std::move(ok));
    const sip::DialogId id = call.dialog.id;
    notify(id, 100, facts::reason_phrase(100));  // RFC 3515 2.4.4: at once
    CallPlan plan;
    plan.request.to = sip::to_text(to->uri);
    // RFC 3892 2.2: whoever is referred copies it unchanged.
    if (const auto by = refer.header("Referred-By")) plan.request.headers = {"Referred-By: " + std::string(*by)};
    plan.choose = "best";
    plan.offers = {able()};
    plan.told = [this, id](const sip::Message& final) { notify(id, final.status, final.reason_phrase); };
    this->call(plan);
}

// RFC 3515 2.4.5, 2.4.7: the status line of what came of it; the final one ends the subscription.
void Caller::notify(const sip::DialogId& id, int status, const std::string& phrase) {
    Call* const call = call_of(id);
    if (!call) return;
    sip::Message request = sip::request_in(call->dialog, "NOTIFY", stage_.new_via(actor_));
    request.add("Contact", contact());
    request.add("Event", "refer");
    request.add("Subscription-State", status < 200 ? "active;expires=60" : "terminated;reason=noresource");
    set_contents(request,
                 {{"message/sipfrag;version=2.0", "", "SIP/2.0 " + std::to_string(status) + ' ' + phrase + "\r\n"}},
                 "");
    errands_.send_off(std::move(request));
}

void Caller::on_notify(const sip::Message& notify, Call& call) {
    const int status = reported_status(notify.body);
    if (status < 200) return;
    // Who was referred has reached its goal, and this call has served; otherwise it goes on.
    stage_.decided(actor_, status < 300 ? "transfer-done" : "transfer-failed", {std::to_string(status)},
                   "RFC 3515 §2.4.5");
    if (status < 300) hang_up(sip::DialogId(call.dialog.id));
}

}  // namespace sipdex::simulator
