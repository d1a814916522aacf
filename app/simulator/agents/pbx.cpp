#include "simulator/agents/pbx.h"

#include <algorithm>

#include "simulator/agents/attempt.h"
#include "sip/name_addr.h"

namespace sipdex::simulator {

Pbx::Plan Pbx::read_plan(source::Table& options) {
    Plan plan{options.text("extension"), options.text_or("forwards_to", ""),
              options.duration_or("forwards_after", std::chrono::seconds(10))};
    for (const auto& [key, uri] : {std::pair("extension", plan.extension), std::pair("forwards_to", plan.forwards_to)})
        if (!uri.empty() && !sip::parse_uri(uri)) options.problem(key, "'" + uri + "' is no URI");
    return plan;
}

void Pbx::check(source::Table& options) {
    Phone::check(options);
    read_plan(options);
}

Pbx::Pbx(Stage& stage, std::size_t actor) : Phone(stage, actor), plan_(options_of(stage, actor, read_plan)) {}

void Pbx::on_invitation(TransactionId server, const sip::Message& invite) {
    Phone::on_invitation(server, invite);
    if (!transactions_.request_of(server) || transactions_.state_of(server) != sip::State::proceeding)
        return;  // refused
    place(server, plan_.extension);
    if (!plan_.forwards_to.empty()) stage_.clock.after(plan_.forwards_after, [this, server] { forward(server); });
}

// A call of its own, with its own Call-ID and tag; only the caller's name and number are those of the other call.
void Pbx::place(TransactionId server, const std::string& uri) {
    const sip::Message* const incoming = transactions_.request_of(server);
    const auto caller = incoming ? sip::address_in(*incoming, "From") : std::nullopt;
    if (!caller) return;
    CallPlan plan;
    plan.request.to = uri;
    plan.choose = "best";
    const auto attempt = std::make_shared<Attempt>(*this, plan);
    sip::Message& invite = attempt->request = new_invite(plan);
    const auto own = sip::address_in(invite, "From");
    sip::NameAddr from{caller->display_name, true, caller->uri, {}};
    invite.set("From", sip::to_text(from) + ";tag=" + (own ? own->tag() : ""));
    describe(invite, able());
    attempt->plan.told = [this, server, placed = std::weak_ptr(attempt)](const sip::Message& response) {
        if (const auto lasting = placed.lock()) outcome(server, lasting, response);
    };
    placed_[server] = attempt;
    errands_.send(attempt);
}

// RFC 3261 21.1.3: whoever waits is told.
void Pbx::forward(TransactionId server) {
    const auto ringing = placed_.find(server);
    if (ringing == placed_.end()) return;  // answered, refused or given up meanwhile
    const AttemptPtr desk = ringing->second;
    Answer news;
    news.status = 181;
    give(server, news);
    place(server, plan_.forwards_to);
    desk->cancel();
}

void Pbx::on_response(TransactionId client, const sip::Message& response) {
    const auto leg = std::find_if(placed_.begin(), placed_.end(),
                                  [&](const auto& each) { return each.second->transaction == client; });
    const TransactionId server = leg == placed_.end() ? 0 : leg->first;
    Phone::on_response(client, response);
    if (server != 0 && response.status > 100 && response.status < 200) pass_on(server, response);
}

void Pbx::outcome(TransactionId server, const AttemptPtr& attempt, const sip::Message& response) {
    const auto leg = placed_.find(server);
    if (leg == placed_.end() || leg->second != attempt) return;  // of a call that was given up
    placed_.erase(leg);
    const sip::Message* const incoming = transactions_.request_of(server);
    const auto one = incoming ? sip::dialog_id_at_uas(response_to(*incoming, 200)) : std::nullopt,
               other = sip::dialog_id_at_uac(response);
    pass_on(server, response);
    if (response.status >= 300 || !other) return;
    if (!one || !call_of(*one)) {  // nobody is left to be connected
        stage_.clock.after(Time{}, [this, alone = *other] { hang_up(alone); });
        return;
    }
    other_side_[*one] = *other;
    other_side_[*other] = *one;
}

// As an answer of its own: tag, Contact and description are those of this side's call.
void Pbx::pass_on(TransactionId server, const sip::Message& response) {
    Answer answer;
    answer.status = response.status;
    answer.phrase = response.reason_phrase;
    give(server, answer);
}

void Pbx::on_cancel(TransactionId server, const sip::Message& cancelling) {
    const auto leg = placed_.find(transactions_.cancelled_by(cancelling));
    const AttemptPtr attempt = leg == placed_.end() ? nullptr : leg->second;
    if (attempt) placed_.erase(leg);
    Phone::on_cancel(server, cancelling);
    if (attempt) attempt->cancel();
}

void Pbx::on_end(TransactionId id) {
    Phone::on_end(id);
    const auto leg = placed_.find(id);
    if (leg == placed_.end()) return;
    const AttemptPtr attempt = leg->second;
    placed_.erase(leg);
    attempt->cancel();
}

// One side has hung up.
void Pbx::forget(const sip::DialogId& id) {
    const auto connected = other_side_.find(id);
    const auto other = connected == other_side_.end() ? std::nullopt : std::optional(connected->second);
    if (other) {
        other_side_.erase(connected);
        other_side_.erase(*other);
    }
    Phone::forget(sip::DialogId(id));
    if (other) hang_up(*other);
}

}  // namespace sipdex::simulator
