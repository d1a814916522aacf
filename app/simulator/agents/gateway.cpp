#include "simulator/agents/gateway.h"

#include <algorithm>

#include "simulator/agents/q850_mapping.h"
#include "sip/cseq.h"
#include "sip/via.h"

namespace sipdex::simulator {

namespace {

struct Row {
    std::string_view event;
    int status;
    std::string_view rule;
};
const Row rows[] = {
    {"progress", 183, "RFC 3398 §7.2.5"},
    {"alerting", 180, "RFC 3398 §7.2.6"},
    {"answer", 200, "RFC 3398 §7.2.7"},
};

}  // namespace

Gateway::Plan Gateway::read_plan(source::Table& options) {
    Plan plan;
    for (source::Table& fields : options.tables("isup")) {
        Event event;
        event.after = fields.duration_or("after", Time{});
        event.name = fields.text("event");
        const bool known =
            std::any_of(std::begin(rows), std::end(rows), [&](const Row& row) { return row.event == event.name; });
        if (!known && event.name != "release")
            fields.problem("event",
                           "the telephone network reports \"progress\", \"alerting\", \"answer\" or \"release\"");
        if (event.name == "release") event.cause = static_cast<int>(fields.number("cause"));
        event.location = fields.text_or("location", "");
        event.new_number = fields.text_or("new_number", "");
        event.retry_after = fields.number_or("retry_after", 0);
        fields.done();
        plan.events.push_back(std::move(event));
    }
    plan.only_through = options.text_or("only_through", "");
    if (!plan.only_through.empty() && !sip::parse_uri(plan.only_through))
        options.problem("only_through", "'" + plan.only_through + "' is no URI");
    return plan;
}

void Gateway::check(source::Table& options) {
    Phone::check(options);
    read_plan(options);
}

Gateway::Gateway(Stage& stage, std::size_t actor) : Phone(stage, actor), isup_(options_of(stage, actor, read_plan)) {}

bool Gateway::came_through_proxy(const sip::Message& invite) const {
    if (isup_.only_through.empty()) return true;
    const auto servers = stage_.names.servers_of(*sip::parse_uri(isup_.only_through));
    const auto via = sip::top_via(invite);
    const auto sender = via ? stage_.names.at(via->host, via->port.value_or(5060)) : std::nullopt;
    return sender && std::find(servers.begin(), servers.end(), *sender) != servers.end();
}

void Gateway::on_invitation(TransactionId server, const sip::Message& invite) {
    if (!came_through_proxy(invite)) {
        // RFC 3261 21.3.4: only the called end may say this, and Contact names the proxy.
        stage_.decided(actor_, "insists-on-proxy", {isup_.only_through}, "RFC 3261 §21.3.4");
        sip::Message elsewhere = response_to(invite, 305);
        elsewhere.add("Contact", "<" + isup_.only_through + ">");
        return transactions_.respond(server, std::move(elsewhere));
    }
    take_as_subsequent(server, invite);
    Phone::on_invitation(server, invite);
}

// RFC 3312 6: a call whose preconditions are not met yet does not go into the telephone network.
void Gateway::follow_script(TransactionId server) {
    Phone::follow_script(server);
    for (const Event& event : isup_.events)
        stage_.clock.after(event.after, [this, server, &event] {
            const sip::Message* const waiting = transactions_.request_of(server);
            if (waiting && transactions_.state_of(server) == sip::State::proceeding)
                give(server, answer_to(event, *waiting));
        });
}

// RFC 3578 3.5: an INVITE of the same call with another number brings further digits. A SAM takes them into the telephone
// network, and the INVITE before it has served its purpose.
void Gateway::take_as_subsequent(TransactionId server, const sip::Message& invite) {
    const auto from = sip::address_in(invite, "From");
    TransactionId& latest =
        invited_[std::string(invite.header("Call-ID").value_or("")) + ' ' + (from ? from->tag() : "")];
    const TransactionId before = latest;
    latest = server;
    const sip::Message* const waiting = transactions_.request_of(before);
    if (!waiting || transactions_.state_of(before) != sip::State::proceeding ||
        waiting->request_uri == invite.request_uri)
        return;
    stage_.decided(actor_, "takes-subsequent-digits", {invite.request_uri}, "RFC 3578 §3.5");
    Answer incomplete;
    incomplete.status = 484;
    give(before, incomplete);
}

Answer Gateway::answer_to(const Event& event, const sip::Message& invite) {
    for (const Row& row : rows) {
        if (row.event != event.name) continue;
        stage_.decided(actor_, "translates-event", {event.name, std::to_string(row.status)}, std::string(row.rule));
        Answer answer;
        answer.status = row.status;
        return answer;
    }
    return released(event, invite);
}

// RFC 3398 7.2.4.1, and RFC 6432 for the cause itself, which goes along in Reason.
Answer Gateway::released(const Event& event, const sip::Message& invite) {
    const facts::FromQ850 row = status_for(event.cause, event.location == "U", !event.new_number.empty());
    stage_.decided(actor_, "translates-cause", {std::to_string(event.cause), std::to_string(row.status)},
                   "RFC 3398 §7.2.4.1");
    Answer answer;
    answer.status = row.status;
    const std::string text = row.name.empty() ? "" : ";text=\"" + std::string(row.name) + "\"";
    const std::string location = event.location.empty() ? "" : ";location=" + event.location;  // RFC 8606 4
    answer.headers.push_back("Reason: Q.850;cause=" + std::to_string(event.cause) + text + location);
    if (row.status == 301) {
        const auto uri = sip::parse_uri(invite.request_uri);
        answer.headers.push_back("Contact: <sip:" + event.new_number + "@" + (uri ? uri->host : "") + ";user=phone>");
    }
    if (row.later && event.retry_after > 0)
        answer.headers.push_back("Retry-After: " + std::to_string(event.retry_after));
    return answer;
}

// The other way round: a call from the telephone network has failed in SIP (RFC 3398 8.2.6).
void Gateway::on_response(TransactionId client, const sip::Message& response) {
    Phone::on_response(client, response);
    if (overlaps_.contains(std::string(response.header("Call-ID").value_or("")))) return;  // judged by all its INVITEs
    const auto cseq = sip::cseq_of(response);
    if (response.status < 400 || response.status == 487 || !cseq || cseq->method != "INVITE") return;
    stage_.decided(actor_, "translates-status",
                   {std::to_string(response.status), std::to_string(cause_for(response.status))}, "RFC 3398 §8.2.6.1");
}

}  // namespace sipdex::simulator
