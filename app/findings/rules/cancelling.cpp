// CANCEL (RFC 3261 9): what it ends, what it comes too late or too early for, and what becomes of it.
#include <algorithm>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/reason.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

// Those of whoever is not captured before it: what proxies carry on is the same CANCEL.
bool began_here(const Case& one, const Transaction& invite) {
    return invite.parent == calls::none || one.transaction(invite.parent).cancelled_by == calls::none;
}

std::optional<std::string> completed_elsewhere(const sip::Message& cancel) {
    for (const sip::Reason& reason : sip::reasons_of(cancel))
        if (reason.is("SIP") && reason.cause == 200) return reason.text.empty() ? "200" : reason.text;
    return std::nullopt;
}

// The answer came in time, the CANCEL did not (RFC 5407 3.1.2).
void look_at_crossing(const Case& one, const Transaction& invite, const Transaction& cancel) {
    if (passed_back(one, invite)) return;
    const auto code = static_cast<long>(invite.status);
    const std::size_t bye = next_request(one, invite.final, "BYE");
    if (bye != calls::none)
        return one.find("cancel-crossed-answer", {cancel.request, invite.final, bye}, {{"code", code}});
    const std::chrono::seconds wait(one.threshold("cancel-crossed-unended", "seconds"));
    if (one.watched_for(invite.final, wait))
        one.find("cancel-crossed-unended", {cancel.request, invite.final},
                 {{"code", code}, {"by", one.party(cancel.client)}});
}

void look_at_cancel(const Case& one, const Transaction& invite, const Transaction& cancel) {
    const std::string by = one.party(cancel.client), to = one.party(cancel.server);
    const bool heard = std::ranges::any_of(
        invite.messages, [&](std::size_t index) { return index < cancel.request && !one.message(index).is_request(); });
    if (!heard) one.find("cancel-too-early", {invite.request, cancel.request}, {{"by", by}, {"to", to}});
    // RFC 5407 3.1.2: a server may have forgotten an INVITE that it has answered.
    const bool too_late = invite.has_final() && (invite.final < cancel.request || invite.status / 100 == 2);
    if (cancel.status == 481 && !too_late)
        one.find("cancel-unknown", {invite.request, cancel.request, cancel.final}, {{"by", by}, {"to", to}},
                 {"Via", "CSeq", "To"});
    if (invite.has_final()) {
        if (invite.status / 100 == 2) look_at_crossing(one, invite, cancel);
        else if (invite.status == 487 && invite.parent == calls::none &&
                 !completed_elsewhere(one.message(cancel.request)))
            one.find("cancelled", {invite.request, cancel.request, invite.final},
                     {{"by", by}, {"seconds", one.seconds_between(invite.request, cancel.request)}});
        return;
    }
    const std::chrono::seconds wait(one.threshold("cancel-without-487", "seconds"));
    const bool behind = std::ranges::any_of(sent_on(one, invite), [](const Transaction* each) {
        return each->cancelled_by != calls::none && !each->has_final();
    });
    if (cancel.status / 100 == 2 && !behind && one.watched_for(cancel.request, wait))
        one.find("cancel-without-487", {invite.request, cancel.request, cancel.final},
                 {{"to", to},
                  {"seconds", std::chrono::duration<double>(one.story().last - one.time(cancel.request)).count()}});
}

// Branches that a proxy ended because another had answered.
void look_at_fork(const Case& one, const calls::Fork& fork) {
    if (fork.winner == calls::none) return;
    const calls::Dialog& won = one.calls.dialogs[fork.winner];
    std::vector<std::size_t> evidence{won.confirmed_by};
    std::string by;
    long count = 0;
    for (const std::size_t branch : fork.branches) {
        const Transaction& invite = one.transaction(branch);
        const Transaction* cancel = cancel_of(one, invite);
        if (!cancel || cancel->request == calls::none || branch == won.transaction) continue;
        if (cancel->request < won.confirmed_by) continue;  // it had rung for long enough
        by = one.party(cancel->client);
        evidence.insert(evidence.end(), {cancel->request, invite.final});
        ++count;
    }
    if (count > 0)
        one.find("other-branches-cancelled", evidence,
                 {{"count", count}, {"by", by}, {"answered", one.party(won.callee)}}, {"Reason"});
}

}  // namespace

void look_at_cancelling(const Case& one) {
    bool forked = false;
    for (const calls::Fork& fork : one.story().forks) {
        look_at_fork(one, fork);
        forked = forked || fork.winner != calls::none;
    }
    for (const Transaction* invite : requests_of(one, "INVITE", false)) {
        const Transaction* cancel = cancel_of(one, *invite);
        if (!cancel || cancel->request == calls::none) continue;
        if (began_here(one, *invite)) look_at_cancel(one, *invite, *cancel);
        if (forked || !began_here(one, *invite)) continue;
        if (const auto text = completed_elsewhere(one.message(cancel->request)))
            one.find("completed-elsewhere", {cancel->request, invite->final},
                     {{"text", *text}, {"at", one.party(cancel->server)}}, {"Reason"});
    }
}

}  // namespace sipdex::findings
