// Nobody answers in time (RFC 3261 16.8, 17.1.1.2): which hop says so, and which is the silent one.
#include <algorithm>

#include "findings/families.h"
#include "findings/hops.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

bool tells_of_silence(int status) { return status == 408 || status == 504; }

// Statuses that a server gives in place of another.
bool speaks_for_another(int status) {
    return tells_of_silence(status) || status == 480 || status == 487 || status / 100 == 5;
}

// Who refuses in place of another, whom it had asked and who gave no final answer.
bool look_at_silent_hop(const Case& one, const Transaction& hop) {
    const auto behind = sent_on(one, hop);
    if (behind.empty()) return false;
    const auto silent = [&](const Transaction* each) {
        return each->status <= 100 && each->cancelled_by == calls::none && each->ack == calls::none;
    };
    if (!std::ranges::all_of(behind, silent)) return false;
    // Whoever hangs up so soon did not wait for an answer.
    if (hop.cancelled_by != calls::none && one.seconds_between(behind.back()->request, hop.final) <
                                               static_cast<double>(one.threshold("timeout-silent-hop", "seconds")))
        return true;
    std::vector<std::size_t> evidence{hop.request, hop.final};
    for (const Transaction* each : behind)
        for (const std::size_t index : each->messages)
            if (one.placed(index).repeat != calls::Repeat::copy) evidence.push_back(index);
    const Transaction& last = *behind.back();
    const auto sent = static_cast<long>(one.sendings_of(last.request).size());
    one.find("timeout-silent-hop", evidence,
             {{"method", std::string(hop.method)},
              {"code", static_cast<long>(hop.status)},
              {"hop", one.party(hop.server)},
              {"silent", one.party(last.server)},
              {"count", sent},
              {"seconds", one.seconds_between(last.request, hop.final)}});
    return true;
}

// The last hop that was captured refuses, and what is behind it is not to be seen.
void look_at_last_hop(const Case& one, const Transaction& hop) {
    if (!sent_on(one, hop).empty()) return;
    const std::string method(hop.method), at = one.party(hop.server);
    // RFC 3311 5.2: a phone refuses with 504 an UPDATE that it would have to ask its user about.
    const bool waited = hop.method != "UPDATE" && hop.method != "CANCEL" && hop.provisional == calls::none &&
                        one.seconds_between(hop.request, hop.final) >=
                            static_cast<double>(one.threshold("timeout-behind-hop", "seconds"));
    if (tells_of_silence(hop.status) && waited && !failed_behind(one))
        one.find("timeout-behind-hop", {hop.request, hop.final},
                 {{"method", method},
                  {"code", static_cast<long>(hop.status)},
                  {"hop", at},
                  {"seconds", one.seconds_between(hop.request, hop.final)}});
    if (hop.status != 503) return;
    const auto retry = seconds_in(one.message(hop.final), "Retry-After");
    one.find("unavailable-hop", {hop.request, hop.final},
             {{"method", method}, {"hop", at}, {"retry", retry ? std::to_string(*retry) : "none"}}, {"Retry-After"});
}

// It was tried again, and this time it went well.
bool accepted_soon(const Case& one, const Transaction& hop) {
    return std::ranges::any_of(requests_of(one, hop.method, false), [&](const Transaction* again) {
        return again->client == hop.client && again->request > hop.final && again->has_final() && again->status < 300 &&
               one.seconds_between(hop.final, again->request) < static_cast<double>(patience.count());
    });
}

void look_at_refusal(const Case& one, const Transaction& hop) {
    if (!speaks_for_another(hop.status) || !refused(hop) || hop.request == calls::none || passed_back(one, hop)) return;
    if (accepted_elsewhere(one, hop) || accepted_soon(one, hop)) return;
    if (!look_at_silent_hop(one, hop)) look_at_last_hop(one, hop);
}

// A server ended what rang for too long, and nobody before it had cancelled.
void look_at_ringing(const Case& one, const Transaction& hop) {
    if (hop.cancelled_by != calls::none || !refused(hop)) return;
    if (hop.status != 408 && hop.status != 480 && hop.status != 487) return;
    if (given_at(one, hop).cancelled_by == calls::none && passed_back(one, hop)) return;  // another phone said so
    for (const Transaction* behind : sent_on(one, hop)) {
        const Transaction* cancel = cancel_of(one, *behind);
        if (!cancel || cancel->request == calls::none || behind->provisional == calls::none) continue;
        one.find("nobody-picked-up", {behind->request, behind->provisional, cancel->request, hop.final},
                 {{"code", static_cast<long>(hop.status)},
                  {"hop", one.party(hop.server)},
                  {"at", one.party(behind->server)},
                  {"seconds", one.seconds_between(behind->provisional, cancel->request)}});
        return;
    }
}

// A back-to-back user agent rang with a call of its own, cancelled that, and only then refused; the code is its own choice.
// Where it rang elsewhere too and was refused there, that is what it passed on.
void look_at_ringing_behind(const Case& one, const Transaction& hop) {
    if (hop.cancelled_by != calls::none || !refused(hop) || !sent_on(one, hop).empty()) return;
    const Transaction* rang = nullptr;
    const Transaction* cancel = nullptr;
    for (const std::size_t leg : one.legs_of(one.number())) {
        const calls::Story& behind = one.calls.stories[one.calls.links[leg].second];
        if (behind.outcome != calls::Outcome::cancelled || behind.root == calls::none) return;
        const Transaction& asked = one.transaction(behind.root);
        if (asked.client == calls::none || !of_one_host(one, asked.client, hop.server)) return;
        const Transaction* ended = cancel_of(one, asked);
        if (!ended || ended->request == calls::none || asked.provisional == calls::none || ended->request > hop.final)
            return;
        if (asked.request > hop.request && rang == nullptr) rang = &asked, cancel = ended;
    }
    if (rang == nullptr) return;
    one.find("nobody-picked-up", {rang->request, rang->provisional, cancel->request, hop.final},
             {{"code", static_cast<long>(hop.status)},
              {"hop", one.party(hop.server)},
              {"at", one.party(rang->server)},
              {"seconds", one.seconds_between(rang->provisional, cancel->request)}});
}

void look_at_waiting(const Case& one, const Transaction& hop) {
    if (hop.has_final() || hop.provisional == calls::none || hop.cancelled_by != calls::none) return;
    if (hop.ack != calls::none) return;  // its answer was not captured
    if (next_request(one, hop.provisional, "BYE") != calls::none) return;
    for (const Transaction* behind : sent_on(one, hop))
        if (!behind->has_final()) return;  // told there
    if (one.watched_for(hop.provisional, std::chrono::seconds(one.threshold("ringing-without-end", "seconds"))))
        one.find("ringing-without-end", {hop.request, hop.provisional},
                 {{"code", static_cast<long>(one.message(hop.provisional).status)},
                  {"at", one.party(hop.server)},
                  {"seconds", one.seconds_between(hop.provisional, one.captured.messages.size() - 1)}});
}

void look_at_trying(const Case& one, const Transaction& hop) {
    std::size_t trying = calls::none, next = calls::none;
    for (const std::size_t index : hop.messages) {
        if (one.placed(index).repeat != calls::Repeat::original) continue;
        const int status = one.status(index);
        if (status == 100 && trying == calls::none) trying = index;
        if (status > 100 && next == calls::none) next = index;
    }
    if (trying == calls::none || next == calls::none || next < trying) return;
    const double seconds = one.seconds_between(trying, next);
    const auto sent =
        std::ranges::count_if(one.sendings_of(hop.request), [&](std::size_t index) { return index < trying; });
    if (seconds < static_cast<double>(one.threshold("trying-stops-repeats", "seconds")) || sent < 2) return;
    one.find("trying-stops-repeats", {hop.request, trying, next},
             {{"at", one.party(hop.server)}, {"count", static_cast<long>(sent)}, {"seconds", seconds}});
}

}  // namespace

void look_at_timeouts(const Case& one) {
    for (const std::size_t index : one.story().transactions) look_at_refusal(one, one.transaction(index));
    for (const Transaction* invite : requests_of(one, "INVITE", false)) {
        look_at_ringing(one, *invite);
        look_at_ringing_behind(one, *invite);
        look_at_waiting(one, *invite);
        look_at_trying(one, *invite);
    }
}

}  // namespace sipdex::findings
