// Intervals: those that are refused as too short (423, 422), and the session timer (RFC 4028), which ends calls that are
// not refreshed.
#include <algorithm>
#include <cmath>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/contact.h"
#include "sip/field_values.h"
#include "sip/name_addr.h"
#include "sip/token.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

// RFC 3261 10.2.1.1: of a REGISTER the parameter of its Contact comes first.
// RFC 4028 7.1, 8.1: who sends no Session-Expires may still say its least; 0 where it says neither, and a proxy has added it.
long asked_for(const sip::Message& request, int code) {
    if (code == 422) return seconds_in(request, "Session-Expires").value_or(seconds_in(request, "Min-SE").value_or(0));
    if (const auto contact = sip::first_contact_in(request); contact && contact->expires)
        return static_cast<long>(*contact->expires);
    return seconds_in(request, "Expires").value_or(0);
}

// The same sender's later attempts of the same request; one within a dialog repeats no other.
std::vector<const Transaction*> attempts_of(const Case& one, const Transaction& first) {
    std::vector<const Transaction*> all;
    for (const Transaction* each : requests_of(one, first.method, true))
        if (each->request >= first.request && each->client == first.client && each->server == first.server)
            all.push_back(each);
    return all;
}

long least_in(const Case& one, const Transaction& refused) {
    return seconds_in(one.message(refused.final), refused.status == 422 ? "Min-SE" : "Min-Expires").value_or(0);
}

// How often it was asked again for less than the refusals before had told. Each hop may want more than the one before
// (RFC 4028 8.2), and so a second refusal alone is no disobedience.
long ignored_in(const Case& one, const std::vector<const Transaction*>& refused) {
    long ignored = 0, least = 0;
    for (std::size_t i = 1; i < refused.size(); ++i) {
        const int code = refused[i]->status;
        const long before = asked_for(one.message(refused[i - 1]->request), code);
        least = std::max(least, least_in(one, *refused[i - 1]));
        if (asked_for(one.message(refused[i]->request), code) < (least > 0 ? least : before + 1)) ++ignored;
    }
    return ignored;
}

// RFC 4028 7.4: within a dialog either method does.
bool refreshes(const Transaction& of) { return of.in_dialog && (of.method == "INVITE" || of.method == "UPDATE"); }

// RFC 4028 7.3 only wishes that the next attempt has the same Call-ID, and it may go to another server.
bool asks_again(const Case& one, const Transaction& last) {
    return std::ranges::any_of(one.calls.transactions, [&](const Transaction& each) {
        return each.request != calls::none && each.request > last.final && each.client == last.client &&
               (each.method == last.method || (refreshes(each) && refreshes(last)));
    });
}

// RFC 3261 10.2.2, RFC 6665 4.1.2.3: it asks for nothing but the end, which is never too short.
bool asks_for_end(const sip::Message& request) {
    const auto contact = sip::first_contact_in(request);
    if (request.method == "REGISTER" && contact && contact->expires) return *contact->expires == 0;
    return seconds_in(request, "Expires") == 0;
}

void tell_refused(const Case& one, const std::vector<const Transaction*>& refused, const Transaction* accepted) {
    const Transaction& first = *refused.front();
    const Transaction& last = *refused.back();
    const int code = first.status;
    const auto count = static_cast<long>(refused.size());
    const long least = least_in(one, last);
    std::vector<std::size_t> evidence;
    for (const Transaction* each : refused) evidence.insert(evidence.end(), {each->request, each->final});
    std::vector<std::pair<std::string, Value>> values = {{"asked", asked_for(one.message(last.request), code)},
                                                         {"least", least}};
    const std::vector<std::string> fields = code == 422 ? std::vector<std::string>{"Session-Expires", "Min-SE"}
                                                        : std::vector<std::string>{"Expires", "Min-Expires"};
    if (code == 423) values.emplace_back("method", std::string(first.method));
    if (accepted) {
        evidence.insert(evidence.end(), {accepted->request, accepted->final});
        return one.find(code == 422 ? "session-interval-extended" : "interval-extended", evidence, values, fields);
    }
    const char* loop = code == 422 ? "session-interval-loop" : "interval-loop";
    if (ignored_in(one, refused) + 1 >= one.threshold(loop, "times") && count > 1) {
        values.insert(values.end(), {{"count", count}, {"at", one.party(last.server)}});
        return one.find(loop, evidence, values, fields);
    }
    if (!asks_again(one, last) &&
        one.watched_for(last.final, std::chrono::seconds(one.threshold("interval-given-up", "seconds"))))
        one.find("interval-given-up", evidence,
                 {{"method", std::string(last.method)},
                  {"code", static_cast<long>(code)},
                  {"least", least},
                  {"by", one.party(last.client)}},
                 fields);
}

void look_at_too_short(const Case& one) {
    std::vector<const Transaction*> told;
    for (const std::size_t index : one.story().transactions) {
        const Transaction& first = one.transaction(index);
        if (first.request == calls::none || first.parent != calls::none || !first.has_final()) continue;
        if ((first.status != 422 && first.status != 423) || std::ranges::find(told, &first) != told.end()) continue;
        std::vector<const Transaction*> refused;
        const Transaction* accepted = nullptr;
        for (const Transaction* each : attempts_of(one, first)) {
            if (!each->has_final() || each->status == 401 || each->status == 407) continue;
            if (each->status != first.status) {
                if (each->status < 300 && !asks_for_end(one.message(each->request))) accepted = each;
                break;
            }
            refused.push_back(each);
            told.push_back(each);
        }
        tell_refused(one, refused, accepted);
    }
}

// What was agreed last: for how long, who refreshes, and since when.
struct Agreed {
    long interval = 0;
    std::size_t by_response = calls::none;
    std::size_t refresher = calls::none;  // a party, or a proxy that stands for it
    std::string tag;                      // of the refresher
};

std::optional<Agreed> agreed_in(const Case& one, const Transaction& of) {
    if (!one.may_have(of.final, "Session-Expires")) return std::nullopt;
    const sip::Message& answer = one.message(of.final);
    const auto interval = seconds_in(answer, "Session-Expires");
    if (!interval || *interval == 0) return std::nullopt;
    const std::string_view field = *answer.header("Session-Expires");
    const sip::Parameters parameters = sip::parse_parameters(field.substr(std::min(field.find(';'), field.size())));
    const bool by_client = !sip::same_token(parameters.value("refresher").value_or(""), "uas");
    return Agreed{*interval, of.final, by_client ? of.client : of.server,
                  by_client ? std::string(of.from_tag) : sip::tag_in(answer, "To")};
}

// RFC 4028 10: whoever does not refresh hangs up a third of the interval, at most 32 s, before it is over; some do so at
// its very end. Between the two, people hang up.
bool at_expiry(const Case& one, const Agreed& agreed, double seconds) {
    const auto interval = static_cast<double>(agreed.interval);
    const double margin = static_cast<double>(one.threshold("session-expired", "tolerance_ms")) / 1000;
    const double early = interval - std::min(32.0, interval / 3);
    return std::abs(seconds - early) <= margin || std::abs(seconds - interval) <= margin;
}

void look_at_session(const Case& one, const Agreed& agreed) {
    const std::size_t bye = next_bye(one, agreed.by_response);
    if (bye == calls::none) return;
    const auto interval = static_cast<double>(agreed.interval);
    const std::string refresher = one.party(agreed.refresher);
    const double seconds = one.seconds_between(agreed.by_response, bye);
    if (at_expiry(one, agreed, seconds) && sip::tag_in(one.message(bye), "From") != agreed.tag)
        one.find("session-expired", {agreed.by_response, bye},
                 {{"by", one.party(one.placed(bye).from)},
                  {"refresher", refresher},
                  {"interval", agreed.interval},
                  {"seconds", seconds}},
                 {"Session-Expires"});
    const double margin = static_cast<double>(one.threshold("session-not-refreshed", "tolerance_ms")) / 1000;
    if (seconds > interval + margin)
        one.find("session-not-refreshed", {agreed.by_response, bye},
                 {{"refresher", refresher}, {"interval", agreed.interval}, {"seconds", seconds}}, {"Session-Expires"});
}

// RFC 4028 7.4: a request within the dialog that carries Session-Expires refreshes the session.
void look_at_refused_refresh(const Case& one, const Transaction& of) {
    if (!refreshes(of) || !refused(of)) return;
    constexpr int tried_again[] = {401, 407, 422, 491}, ending[] = {408, 481};  // RFC 3261 12.2.1.2
    if (std::ranges::find(tried_again, of.status) != std::end(tried_again) ||
        std::ranges::find(ending, of.status) != std::end(ending))
        return;
    if (!one.message(of.request).header("Session-Expires")) return;
    const std::size_t bye = next_bye(one, of.final);
    // The other side may hang up for any reason.
    if (bye == calls::none || !is_timed(one, bye) || sip::tag_in(one.message(bye), "From") != of.from_tag ||
        one.seconds_between(of.final, bye) > static_cast<double>(one.threshold("session-refresh-refused", "seconds")))
        return;
    one.find("session-refresh-refused", {of.request, of.final, bye},
             {{"method", std::string(of.method)},
              {"code", static_cast<long>(of.status)},
              {"at", one.party(of.server)},
              {"by", one.party(one.placed(bye).from)}},
             {"Session-Expires"});
}

}  // namespace

void look_at_intervals(const Case& one) {
    look_at_too_short(one);
    if (one.story().kind != calls::Kind::call) return;
    std::optional<Agreed> agreed;
    for (const std::size_t index : one.story().transactions) {
        const Transaction& of = one.transaction(index);
        if (of.request == calls::none || of.parent != calls::none) continue;
        // RFC 4028 7.2: without Session-Expires in the 2xx the session no longer expires.
        if ((of.method == "INVITE" || of.method == "UPDATE") && of.has_final() && of.status < 300)
            agreed = agreed_in(one, of);
        look_at_refused_refresh(one, of);
    }
    if (agreed && is_timed(one, agreed->by_response)) look_at_session(one, *agreed);
}

}  // namespace sipdex::findings
