#include "calls/grouping.h"

#include <algorithm>
#include <future>

#include "sip/token.h"
#include "sip/via.h"

namespace sipdex::calls {

namespace {

std::size_t mixed(std::size_t seed, std::size_t value) {
    return seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2));
}

std::size_t hash_of(std::string_view text) { return std::hash<std::string_view>()(text); }

bool has_cookie(std::string_view branch) {
    return sip::same_token(branch.substr(0, sip::magic_cookie.size()), sip::magic_cookie) &&
           branch.size() > sip::magic_cookie.size();
}

std::size_t hash_of_challenged(const Transaction& one, std::uint32_t cseq) {
    return mixed(mixed(hash_of(one.method), one.story), cseq);
}

// RFC 3261 17.2.3: the ACK for a failure has the transaction of its INVITE.
std::string_view method_of_transaction(const Outline& outline) {
    const std::string_view method = outline.of_method();
    return method == "ACK" ? "INVITE" : method;
}

}  // namespace

void Grouping::add(std::size_t message, const Outline& outline) {
    const capture::Message& captured = captured_.messages[message];
    Placed& placed = calls_.placed[message];
    placed.method = outline.of_method();
    placed.fields = outline.fields;
    placed.status = static_cast<std::int16_t>(outline.status);
    placed.has_body = outline.has_body;
    placed.has_route = outline.has_route;
    placed.has_record_route = outline.has_record_route;
    placed.length_fits = outline.length_fits && captured.missing == 0;
    placed.may_tell_nat = outline.may_tell_nat;
    std::size_t transaction = answered_by_cut(message, outline);
    placed.story = transaction != none ? calls_.transactions[transaction].story : story_of(outline, captured.time);
    if (placed.story == none) {
        const Parties::Ends ends = parties_.of(captured, outline, {});
        placed.from = ends.from;
        placed.to = ends.to;
        calls_.without_call_id.push_back(message);
        return;
    }
    note_in_story(message, placed.story);
    if (transaction == none) transaction = transaction_of(message, placed.story, outline);
    Parties::Ends asked;
    if (const Transaction& answered = calls_.transactions[transaction]; !outline.is_request())
        asked = {answered.client, answered.server};
    const Parties::Ends ends = parties_.of(captured, outline, asked);
    placed.from = ends.from;
    placed.to = ends.to;
    placed.transaction = transaction;
    note_repeat(message, outline, calls_.transactions[transaction]);
    note_in_transaction(message, transaction, outline);
    if (outline.is_request() && outline.method == "ACK") note_ack(message, transaction);
    note_in_dialog(message, outline, transaction);
}

std::size_t Grouping::story_of(const Outline& outline, capture::Time first) {
    if (outline.call_id.empty()) return none;
    const std::size_t hash = hash_of(outline.call_id);
    std::size_t place =
        stories_.find(hash, [&](std::size_t story) { return calls_.stories[story].call_id == outline.call_id; });
    if (place == Places::none) {
        place = calls_.stories.size();
        stories_.add(hash, place);
        Story& story = calls_.stories.emplace_back();
        story.call_id = outline.call_id;
        story.first = first;
    }
    return place;
}

void Grouping::note_in_story(std::size_t message, std::size_t place) {
    Story& story = calls_.stories[place];
    story.messages.push_back(message);
    story.last = std::max(story.last, captured_.messages[message].time);
}

// RFC 3261 17.2.3 takes branch, sent-by and method. Sent-by is left out where the branch has the cookie, so that a NAT's
// ALG which changed it on the way back does not lose the response; number and From tag do no harm where all is right, and
// keep apart what some devices send under the branch of the request before.
//
// Branches compare without case (RFC 3261 7.3.1), yet nobody changes it on the way; what differs in it is rather the work
// of somebody who makes up identifiers that differ in case alone.
std::size_t Grouping::transaction_of(std::size_t message, std::size_t story, const Outline& outline) {
    const std::string_view method = method_of_transaction(outline);
    const bool cookie = has_cookie(outline.branch);
    const auto alike = [&](const Transaction& one) {
        return one.story == story && one.cseq == outline.cseq && one.branch == outline.branch &&
               one.from_tag == outline.from_tag && (one.method == method || one.method == outline.of_method()) &&
               (cookie || sip::same_token(one.sent_by, outline.sent_by));
    };
    const std::size_t hash = mixed(mixed(mixed(hash_of(outline.branch), story), outline.cseq), hash_of(method));
    const std::size_t known =
        transactions_.find(hash, [&](std::size_t place) { return alike(calls_.transactions[place]); });
    if (known != Places::none) return known;
    if (const std::size_t answered = answered_without_cseq(story, outline); answered != none) return answered;
    if (captured_.messages[message].rebuilt)
        if (const std::size_t answered = answered_under_another_branch(story, outline); answered != none)
            return answered;
    const std::size_t fresh = calls_.transactions.size();
    transactions_.add(hash, fresh);
    Transaction& transaction = calls_.transactions.emplace_back();
    transaction.story = story;
    transaction.by_cookie = cookie;
    transaction.method = outline.of_method();
    transaction.cseq = outline.cseq;
    transaction.branch = outline.branch;
    transaction.sent_by = outline.sent_by;
    transaction.from_tag = outline.from_tag;
    transaction.branch_below = outline.branch_below;
    calls_.stories[story].transactions.push_back(fresh);
    begin_transaction(fresh, outline);
    return fresh;
}

// Of a response that lacks CSeq, as a log may cut it: the request of its branch, else the latest that waits for an answer.
std::size_t Grouping::answered_without_cseq(std::size_t story, const Outline& outline) const {
    if (outline.is_request() || !outline.cseq_method.empty()) return none;
    constexpr std::ptrdiff_t farthest = 32;  // transactions: nobody waits longer
    const std::vector<std::size_t>& all = calls_.stories[story].transactions;
    for (auto place = all.rbegin(); place != all.rend() && place - all.rbegin() < farthest; ++place) {
        const Transaction& one = calls_.transactions[*place];
        if (one.request == none || one.method == "ACK") continue;
        if (outline.branch.empty() ? !one.has_final() : one.branch == outline.branch) return *place;
    }
    return none;
}

// Of a log that somebody has shortened, masked or put together from several attempts: the only request of a number that
// waits for an answer, where as many Vias stand below the top one.
std::size_t Grouping::answered_under_another_branch(std::size_t story, const Outline& outline) const {
    if (outline.is_request()) return none;
    const std::vector<std::size_t>& all = calls_.stories[story].transactions;
    constexpr std::size_t most = 64;  // transactions: nobody puts more together by hand
    if (all.size() > most) return none;
    std::size_t only = none;
    for (const std::size_t place : all) {
        const Transaction& one = calls_.transactions[place];
        if (one.cseq != outline.cseq || one.method != outline.cseq_method || one.request == none) continue;
        if (only != none || one.has_final() || one.branch_below != outline.branch_below) return none;
        only = place;
    }
    return only;
}

// Of a response that a log cut in its Call-ID or before: the request under whose branch, or under as much of it as is left,
// it came back (RFC 3261 17.1.3).
std::size_t Grouping::answered_by_cut(std::size_t message, const Outline& outline) const {
    const bool cut = outline.call_id.empty() || outline.cseq_method.empty();
    if (outline.is_request() || !cut || !captured_.messages[message].rebuilt) return none;
    constexpr std::size_t fewest = sip::magic_cookie.size() + 4;  // letters: fewer are those of many
    constexpr std::size_t farthest = 256;                         // transactions
    if (outline.branch.empty() && outline.call_id.empty()) return answered_by_start_line(message);
    if (outline.branch.size() < fewest) return none;
    const std::vector<Transaction>& all = calls_.transactions;
    for (std::size_t place = all.size(); place-- > 0 && all.size() - place <= farthest;) {
        // RFC 3261 9.1: a CANCEL has the branch of its INVITE, which alone is answered with 487.
        if (all[place].method == "CANCEL" && (all[place].has_final() || outline.status == 487)) continue;
        if (all[place].branch.starts_with(outline.branch) &&
            calls_.stories[all[place].story].call_id.starts_with(outline.call_id))
            return place;
    }
    return none;
}

// Of a response that a log cut behind its first line: the only request that waits for an answer, where the log tells that
// it went the other way.
std::size_t Grouping::answered_by_start_line(std::size_t message) const {
    const capture::Side side = captured_.messages[message].side;
    constexpr std::size_t most = 64;  // transactions
    if (side == capture::Side::unknown || calls_.transactions.size() > most) return none;
    std::size_t only = none;
    for (std::size_t place = 0; place < calls_.transactions.size(); ++place) {
        const Transaction& one = calls_.transactions[place];
        if (one.request == none || one.has_final() || one.method == "ACK") continue;
        if (only != none || captured_.messages[one.request].side == side) return none;
        only = place;
    }
    return only;
}

// The latest transaction of a story with a branch, a method and a number.
std::size_t Grouping::with_branch(std::size_t story, std::string_view branch, std::string_view method,
                                  std::uint32_t cseq) const {
    return by_branch_.find(mixed(hash_of(branch), story), [&](std::size_t place) {
        const Transaction& one = calls_.transactions[place];
        return one.story == story && one.branch == branch && one.method == method && one.cseq == cseq;
    });
}

void Grouping::begin_transaction(std::size_t index, const Outline& outline) {
    Transaction& transaction = calls_.transactions[index];
    const auto like_this = [&](std::size_t place) {
        const Transaction& one = calls_.transactions[place];
        return one.story == transaction.story && one.method == transaction.method && one.cseq == transaction.cseq;
    };
    if (!outline.branch_below.empty())
        transaction.parent = with_branch(transaction.story, outline.branch_below, transaction.method, transaction.cseq);
    if (!transaction.branch.empty())
        by_branch_.set(mixed(hash_of(transaction.branch), transaction.story), index, [&](std::size_t place) {
            return like_this(place) && calls_.transactions[place].branch == transaction.branch;
        });
    if (transaction.method == "INVITE") invites_.add(mixed(transaction.cseq, transaction.story), index);
    // RFC 3261 9.1: a CANCEL has the branch of what it cancels.
    if (transaction.method == "CANCEL") {
        const std::size_t cancelled = with_branch(transaction.story, transaction.branch, "INVITE", transaction.cseq);
        if (cancelled != none) calls_.transactions[cancelled].cancelled_by = index;
    }
}

void Grouping::note_repeat(std::size_t message, const Outline& outline, const Transaction& transaction) {
    const capture::Message& one = captured_.messages[message];
    Placed& placed = calls_.placed[message];
    if (one.copy_of != 0) {
        placed.repeat = Repeat::copy;
        placed.repeats = one.copy_of - 1;
        return;
    }
    for (const std::size_t before : transaction.messages) {
        const capture::Message& other = captured_.messages[before];
        const Placed& place = calls_.placed[before];
        if (place.repeat != Repeat::original || place.status != outline.status) continue;
        const bool same_octets = one.octets == other.octets;
        const bool same_way = place.from == placed.from && place.to == placed.to;
        // A provisional response may say something new each time (RFC 3262 3); a final one and a request may not.
        if (!same_octets && same_way && outline.status >= 100 && outline.status < 200) continue;
        bool same = same_octets;
        if (!same) {
            // Most messages of a transaction differ in their very first word or in the status behind it.
            constexpr std::size_t status_line = 12;
            const std::size_t telling = outline.is_request() ? outline.method.size() + 1 : status_line;
            if (one.octets.substr(0, telling) != other.octets.substr(0, telling)) continue;
            const Outline earlier = outline_of(other);
            if (earlier.is_request() != outline.is_request()) continue;
            if (outline.is_request()) same = earlier.method == outline.method;
            else
                same = earlier.status == outline.status && earlier.to_tag == outline.to_tag &&
                       (outline.status >= 200 || (!same_way && earlier.rseq == outline.rseq));
        }
        if (!same) continue;
        placed.repeat = same_way ? Repeat::retransmission : Repeat::relayed;
        placed.repeats = before;
        break;
    }
    if (placed.repeat == Repeat::retransmission) ++calls_.stories[transaction.story].repeated;
}

// A request that answers a challenge has the next number (RFC 3261 8.1.3.5). Of several hops, the last that was begun.
std::size_t Grouping::challenge_before(const Transaction& next) const {
    std::size_t last = none;
    challenged_.find(hash_of_challenged(next, next.cseq - 1), [&](std::size_t place) {
        const Transaction& one = calls_.transactions[place];
        if (one.story == next.story && one.method == next.method && one.cseq + 1 == next.cseq &&
            one.client == next.client && (last == none || place > last))
            last = place;
        return false;
    });
    return last;
}

void Grouping::note_in_transaction(std::size_t message, std::size_t index, const Outline& outline) {
    Transaction& transaction = calls_.transactions[index];
    const Placed& placed = calls_.placed[message];
    transaction.messages.push_back(message);
    if (outline.is_request()) {
        if (transaction.client == none) {
            transaction.client = placed.from;
            transaction.server = placed.to;
        }
        if (transaction.request == none && outline.method != "ACK") {
            transaction.request = message;
            transaction.in_dialog = !outline.to_tag.empty();
            transaction.after_challenge = challenge_before(transaction);
        }
        return;
    }
    if (transaction.client == none) {
        transaction.client = placed.to;
        transaction.server = placed.from;
    }
    if (outline.status >= 200 && transaction.final == none) {
        transaction.final = message;
        transaction.status = outline.status;
        if (outline.status == 401 || outline.status == 407)
            challenged_.add(hash_of_challenged(transaction, transaction.cseq), index);
    } else if (outline.status < 200 && transaction.final == none) {
        transaction.status = outline.status;
        if (outline.status > 100) transaction.provisional = message;
    }
}

void Grouping::note_ack(std::size_t message, std::size_t index) {
    std::size_t invite = index;
    if (const Transaction& own = calls_.transactions[index]; own.method == "ACK") {
        // Of several hops that carried the INVITE, the one between the same parties, else the last.
        invite = none;
        std::size_t between = none;
        const auto later = [](std::size_t place, std::size_t than) { return than == none || place > than; };
        invites_.find(mixed(own.cseq, own.story), [&](std::size_t place) {
            const Transaction& one = calls_.transactions[place];
            if (one.story != own.story || one.cseq != own.cseq) return false;
            if (one.from_tag == own.from_tag && later(place, invite)) invite = place;
            if (one.client == calls_.placed[message].from && one.server == calls_.placed[message].to &&
                later(place, between))
                between = place;
            return false;
        });
        if (invite == none) return;
        if (between != none) invite = between;
    }
    if (calls_.transactions[invite].ack == none) calls_.transactions[invite].ack = message;
}

std::size_t Grouping::dialog_of(std::size_t story, std::string_view caller_tag, std::string_view callee_tag,
                                bool make) {
    // The same for both directions.
    const std::size_t hash = mixed(hash_of(caller_tag) + hash_of(callee_tag), story);
    const std::size_t known = dialogs_.find(hash, [&](std::size_t place) {
        const Dialog& one = calls_.dialogs[place];
        return one.story == story && ((one.caller_tag == caller_tag && one.callee_tag == callee_tag) ||
                                      (one.caller_tag == callee_tag && one.callee_tag == caller_tag));
    });
    if (known != Places::none || !make) return known;
    const std::size_t fresh = calls_.dialogs.size();
    dialogs_.add(hash, fresh);
    Dialog& dialog = calls_.dialogs.emplace_back();
    dialog.story = story;
    dialog.caller_tag = caller_tag;
    dialog.callee_tag = callee_tag;
    calls_.stories[story].dialogs.push_back(fresh);
    return fresh;
}

void Grouping::note_in_dialog(std::size_t message, const Outline& outline, std::size_t index) {
    if (outline.to_tag.empty() || outline.from_tag.empty()) return;
    Transaction& transaction = calls_.transactions[index];
    const std::string_view method = outline.of_method();
    const bool makes_dialogs = method == "INVITE" || method == "SUBSCRIBE" || method == "REFER";
    Placed& placed = calls_.placed[message];
    if (outline.is_request()) {
        // A request to a dialog that is not known yet: its beginning was not captured, or a NOTIFY came before the
        // response to its SUBSCRIBE (RFC 6665 4.1.2.4), whose From is then the callee.
        const bool notify = method == "NOTIFY";
        const bool acknowledges_failure =
            method == "ACK" && transaction.method == "INVITE" && transaction.status >= 300;
        std::size_t dialog = dialog_of(transaction.story, outline.from_tag, outline.to_tag, false);
        if (dialog == none && !acknowledges_failure && method != "CANCEL") {
            dialog = notify ? dialog_of(transaction.story, outline.to_tag, outline.from_tag, true)
                            : dialog_of(transaction.story, outline.from_tag, outline.to_tag, true);
            Dialog& found = calls_.dialogs[dialog];
            found.state = Dialog::State::confirmed;
            found.transaction = index;
            found.made_by = found.confirmed_by = message;
            found.begun_before = !notify && method != "ACK";
            found.callee = notify ? placed.from : placed.to;
        }
        placed.dialog = dialog;
        if (dialog == none) return;
        Dialog& found = calls_.dialogs[dialog];
        // The end of a subscription within a call, to a transfer for example, is not the end of the call (RFC 5057 4).
        const bool of_a_call = found.transaction != none && calls_.transactions[found.transaction].method == "INVITE";
        const bool over =
            notify && sip::same_token(outline.subscription_state.substr(0, 10), "terminated") && !of_a_call;
        if ((method == "BYE" || over) && found.ended_by == none) {
            found.state = Dialog::State::ended;
            found.ended_by = message;
        }
        return;
    }
    placed.dialog = dialog_of(transaction.story, outline.from_tag, outline.to_tag,
                              makes_dialogs && !transaction.in_dialog && outline.status > 100 && outline.status < 300);
    if (placed.dialog == none) return;
    Dialog& dialog = calls_.dialogs[placed.dialog];
    if (dialog.made_by == none) {
        dialog.made_by = message;
        dialog.transaction = index;
        dialog.callee = placed.from;
    }
    if (!makes_dialogs || transaction.in_dialog) return;
    if (outline.status >= 200 && outline.status < 300 && dialog.confirmed_by == none) {
        dialog.confirmed_by = message;
        if (dialog.state == Dialog::State::early) dialog.state = Dialog::State::confirmed;
    }
    if (outline.status >= 300 && dialog.state == Dialog::State::early) {
        dialog.state = Dialog::State::failed;
        dialog.ended_by = message;
    }
}

Calls group(const capture::Captured& captured) {
    Calls calls;
    calls.placed.resize(captured.messages.size());
    Grouping grouping(captured, calls);
    const std::vector<capture::Message>& messages = captured.messages;
    // While some are put in their places, the next are read.
    constexpr std::size_t at_a_time = 4096;
    // Where no thread can be had, when its turn comes.
    constexpr auto where_there_is_room = std::launch::async | std::launch::deferred;
    const auto read_from = [&](std::size_t begin) {
        const std::size_t end = std::min(begin + at_a_time, messages.size());
        std::vector<Outline> outlines;
        outlines.reserve(end - begin);
        for (std::size_t message = begin; message < end; ++message) outlines.push_back(outline_of(messages[message]));
        return outlines;
    };
    std::vector<Outline> outlines = read_from(0);
    for (std::size_t begin = 0; begin < messages.size(); begin += at_a_time) {
        std::future<std::vector<Outline>> next;
        if (begin + at_a_time < messages.size()) next = std::async(where_there_is_room, read_from, begin + at_a_time);
        for (std::size_t i = 0; i < outlines.size(); ++i) grouping.add(begin + i, outlines[i]);
        if (next.valid()) outlines = next.get();
    }
    conclude(captured, calls);
    link(captured, calls);
    return calls;
}

}  // namespace sipdex::calls
