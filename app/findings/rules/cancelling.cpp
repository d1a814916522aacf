// CANCEL (RFC 3261 9): what it ends, what it comes too late or too early for, and what becomes of it.
#include <algorithm>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/name_addr.h"
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

// What ended the call that was answered: the BYE of whoever cancelled, or one at once. Who was called hangs up later
// because nobody is there.
std::size_t bye_after(const Case& one, const Transaction& invite, double at_once) {
    const std::size_t bye = next_bye(one, invite.final);
    if (bye == calls::none) return calls::none;
    const bool by_caller = sip::tag_in(one.message(bye), "From") == invite.from_tag;
    return by_caller || one.seconds_between(invite.final, bye) <= at_once ? bye : calls::none;
}

// Whose call it is; a proxy only ends branches of it.
std::size_t caller_of(const Case& one, const Transaction& invite) {
    const Transaction* first = &invite;
    while (first->parent != calls::none) first = &one.transaction(first->parent);
    return first->client;
}

// The answer came in time, the CANCEL did not (RFC 5407 3.1.2).
void look_at_crossing(const Case& one, const Transaction& invite, const Transaction& cancel) {
    const auto code = static_cast<long>(invite.status);
    const std::chrono::seconds wait(one.threshold("cancel-crossed-unended", "seconds"));
    const std::size_t bye = bye_after(one, invite, static_cast<double>(wait.count()));
    if (bye != calls::none)
        return one.find("cancel-crossed-answer", {cancel.request, invite.final, bye}, {{"code", code}});
    if (one.watched_for(invite.final, wait))
        one.find("cancel-crossed-unended", {cancel.request, invite.final},
                 {{"code", code}, {"by", one.party(caller_of(one, invite))}});
}

// Before any response, as far as responses were captured at all.
void look_at_too_early(const Case& one, const Transaction& invite, const Transaction& cancel) {
    const auto answers = [&](std::size_t index) { return one.status(index) != 0; };
    const bool heard = std::ranges::any_of(invite.messages,
                                           [&](std::size_t index) { return index < cancel.request && answers(index); });
    if (!heard && (std::ranges::any_of(invite.messages, answers) || std::ranges::any_of(cancel.messages, answers)))
        one.find("cancel-too-early", {invite.request, cancel.request},
                 {{"by", one.party(cancel.client)}, {"to", one.party(cancel.server)}});
}

void look_at_cancel(const Case& one, const Transaction& invite, const Transaction& cancel) {
    const std::string by = one.party(cancel.client), to = one.party(cancel.server);
    look_at_too_early(one, invite, cancel);
    // A server may have forgotten an INVITE that it has answered (RFC 5407 3.1.2).
    const bool too_late = invite.has_final() && (invite.final < cancel.final || invite.status / 100 == 2);
    if (cancel.status == 481 && !too_late)
        one.find("cancel-unknown", {invite.request, cancel.request, cancel.final}, {{"by", by}, {"to", to}},
                 {"Via", "CSeq", "To"});
    if (!invite.has_final() || invite.in_dialog) return;  // within a call only a change was given up
    if (invite.status / 100 == 2) look_at_crossing(one, invite, cancel);
    else if (invite.status == 487 && invite.parent == calls::none && !completed_elsewhere(one.message(cancel.request)))
        one.find("cancelled", {invite.request, cancel.request, invite.final},
                 {{"by", by}, {"seconds", one.seconds_between(invite.request, cancel.request)}});
}

// With another branch or number than the INVITE that its sender must have meant (RFC 3261 9.1).
void look_at_stray(const Case& one, const Transaction& cancel) {
    const Transaction* meant = nullptr;
    for (const Transaction* invite : requests_of(one, "INVITE", false)) {
        if (cancel_of(one, *invite) == &cancel) return;
        const bool waits = !invite->has_final() || invite->final > cancel.final;
        if (invite->client == cancel.client && invite->request < cancel.request && waits) meant = invite;
    }
    if (meant != nullptr)
        one.find("cancel-unknown", {meant->request, cancel.request, cancel.final},
                 {{"by", one.party(cancel.client)}, {"to", one.party(cancel.server)}}, {"Via", "CSeq", "To"});
}

// At the last hop to which the CANCEL came.
void look_for_end(const Case& one, const Transaction& invite, const Transaction& cancel) {
    if (invite.has_final() || cancel.status / 100 != 2) return;
    const std::chrono::seconds wait(one.threshold("cancel-without-487", "seconds"));
    const bool behind = std::ranges::any_of(sent_on(one, invite), [](const Transaction* each) {
        return each->cancelled_by != calls::none && !each->has_final();
    });
    if (!behind && one.watched_for(cancel.request, wait))
        one.find("cancel-without-487", {invite.request, cancel.request, cancel.final},
                 {{"to", one.party(cancel.server)},
                  {"seconds", one.seconds_between(cancel.request, one.captured.messages.size() - 1)}});
}

// Whoever called hung up, and the proxy only carries that on.
bool gave_up_before(const Case& one, const Transaction& branch, std::size_t answer) {
    if (branch.parent == calls::none) return false;
    const Transaction* cancel = cancel_of(one, one.transaction(branch.parent));
    return cancel && cancel->request != calls::none && cancel->request < answer;
}

// Branches that a proxy ended because another had answered; not those that had rung for long enough.
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
        if (cancel->request < won.confirmed_by || gave_up_before(one, invite, won.confirmed_by)) continue;
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
    const std::vector<const Transaction*> cancels = requests_of(one, "CANCEL", false),
                                          invites = requests_of(one, "INVITE", false);
    for (const Transaction* cancel : cancels)
        if (cancel->status == 481) look_at_stray(one, *cancel);
    // Of a call whose beginning is not there.
    if (invites.empty() && !cancels.empty())
        if (const auto text = completed_elsewhere(one.message(cancels.front()->request)))
            one.find("completed-elsewhere", {cancels.front()->request},
                     {{"text", *text}, {"at", one.party(cancels.front()->server)}}, {"Reason"});
    for (const Transaction* invite : invites) {
        const Transaction* cancel = cancel_of(one, *invite);
        if (!cancel || cancel->request == calls::none) continue;
        look_for_end(one, *invite, *cancel);
        if (!began_here(one, *invite)) continue;
        look_at_cancel(one, *invite, *cancel);
        if (forked || invite->in_dialog || invite->status / 100 == 2) continue;
        if (const auto text = completed_elsewhere(one.message(cancel->request)))
            one.find("completed-elsewhere", {cancel->request, invite->final},
                     {{"text", *text}, {"at", one.party(cancel->server)}}, {"Reason"});
    }
}

}  // namespace sipdex::findings
