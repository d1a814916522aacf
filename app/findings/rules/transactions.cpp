// Transactions (RFC 3261 17): what is sent again, never answered or never acknowledged, hop by hop.
#include <algorithm>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/name_addr.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

std::vector<std::size_t> of_kind(const Case& one, const Transaction& of, std::size_t original) {
    std::vector<std::size_t> all;
    for (const std::size_t index : of.messages)
        if (index == original ||
            (one.placed(index).repeats == original && one.placed(index).repeat == calls::Repeat::retransmission))
            all.push_back(index);
    return all;
}

// Whoever carried the request on waits as well; what is to be said is said of the last hop.
bool waits_for_another(const Case& one, const Transaction& of) {
    return std::ranges::any_of(sent_on(one, of), [](const Transaction* behind) { return behind->status == 0; });
}

// Where an ACK stands without the answer that it acknowledges, answers were not captured.
bool lacks_answers(const Case& one) {
    return std::ranges::any_of(one.story().transactions, [&](std::size_t index) {
        const Transaction& invite = one.transaction(index);
        return invite.method == "INVITE" && invite.ack != calls::none && !invite.has_final() &&
               !sip::tag_in(one.message(invite.ack), "To").empty();
    });
}

// The answer was not captured, but it came: the client goes on with the credentials that it asked for, or the INVITE
// ended in the 487 that its CANCEL causes.
bool goes_on(const Case& one, const Transaction& of) {
    if (of.method == "CANCEL")
        return std::ranges::any_of(requests_of(one, "INVITE", false), [&](const Transaction* invite) {
            return cancel_of(one, *invite) == &of && invite->status == 487;
        });
    for (const Transaction* next : requests_of(one, of.method, false)) {
        if (next->client != of.client || next->cseq != of.cseq + 1) continue;
        const sip::Message& request = one.message(next->request);
        if (request.header("Authorization") || request.header("Proxy-Authorization")) return true;
    }
    return false;
}

std::size_t first_answer(const Case& one, const Transaction& of) {
    return *std::ranges::find_if(of.messages, [&](std::size_t index) { return one.status(index) != 0; });
}

// At latest after T2 whoever lacks an answer or an ACK sends again (RFC 3261 13.3.1.4, 17.1.2.2). What came a few times and
// then no more was heard, be it that this was captured or not.
bool fell_silent(const Case& one, const std::vector<std::size_t>& sent) {
    constexpr std::size_t few = 4;
    constexpr std::chrono::seconds longer_than_t2{5};
    return sent.size() <= few && one.watched_for(sent.back(), longer_than_t2);
}

// RFC 3261 17.1.1.2, 17.1.2.2: any response ends the repeating of an INVITE, a final one that of the others. Whoever goes
// on did not get it, unless it crossed the first repetition.
void look_at_hearing(const Case& one, const Transaction& of, const std::vector<std::size_t>& sent) {
    const std::size_t answer = of.method == "INVITE" ? first_answer(one, of) : of.final;
    if (answer == calls::none || of.ack != calls::none) return;
    std::vector<std::size_t> evidence = sent;
    std::erase_if(evidence, [&](std::size_t index) { return index < answer; });
    const auto repeats = static_cast<long>(evidence.size());
    if (repeats < one.threshold("answer-unheard", "repeats") || fell_silent(one, sent) || goes_on(one, of)) return;
    evidence.insert(evidence.begin(), {of.request, answer});
    one.find("answer-unheard", evidence,
             {{"method", std::string(of.method)},
              {"code", static_cast<long>(one.status(answer))},
              {"count", repeats},
              {"from", one.party(of.server)},
              {"to", one.party(of.client)}},
             {"Via"});
}

void look_at_request(const Case& one, const Transaction& of) {
    if (of.request == calls::none || of.method == "ACK") return;
    const std::vector<std::size_t> sent = of_kind(one, of, of.request);
    const auto count = static_cast<long>(sent.size());
    const std::string method(of.method);
    const bool answered = of.status != 0;
    if (!answered) {
        if (waits_for_another(one, of) || goes_on(one, of) || accepted_elsewhere(one, of) || lacks_answers(one)) return;
        // RFC 3261 17.1.1.2, 17.1.2.2: timers B and F end what was repeated until then.
        if (count >= one.threshold("request-unanswered", "sendings") ||
            (of.cancelled_by == calls::none &&
             one.watched_for(of.request, std::chrono::seconds(one.threshold("request-unanswered", "seconds")))))
            one.find("request-unanswered", sent,
                     {{"method", method},
                      {"to", one.party(of.server)},
                      {"count", count},
                      {"seconds", one.seconds_between(sent.front(), sent.back())}});
        return;
    }
    look_at_hearing(one, of, sent);
    const std::size_t came = first_answer(one, of);
    std::vector<std::size_t> in_vain = sent;
    std::erase_if(in_vain, [&](std::size_t index) { return index > came; });
    const auto repeats = static_cast<long>(in_vain.size()) - 1;
    if (repeats >= one.threshold("request-repeated", "repeats")) {
        // RFC 3261 17.1.2.2: a request that a proxy carries on is repeated until its answer has come all the way.
        for (const Transaction* behind : sent_on(one, of))
            if (of_kind(one, *behind, behind->request).size() > 1) return;
        one.find("request-repeated", in_vain, {{"method", method}, {"to", one.party(of.server)}, {"count", repeats}});
    }
}

// Who got the request, from the last hop back to the first.
std::vector<std::size_t> parties_back(const Case& one, const Transaction& of) {
    std::vector<std::size_t> parties{of.server};
    for (std::size_t before = of.parent; before != calls::none; before = one.transaction(before).parent)
        parties.push_back(one.transaction(before).server);
    return parties;
}

// The first ACK for a 2xx that came as far as to who gave it, else to the last of those before. A request that forked
// behind what was captured has several answers, each with its own.
std::size_t ack_of(const Case& one, const Transaction& of, std::size_t answer) {
    const std::vector<std::size_t> parties = parties_back(one, of);
    std::size_t found = calls::none, nearest = parties.size();
    const std::string tag = sip::tag_in(one.message(answer), "To");
    for (const std::size_t index : one.story().messages) {
        const calls::Placed& placed = one.placed(index);
        if (index < answer || placed.status != 0 || placed.method != "ACK" || placed.repeat == calls::Repeat::copy)
            continue;
        const Transaction& ack = one.transaction(placed.transaction);
        if (ack.cseq != of.cseq || ack.from_tag != of.from_tag) continue;
        if (const std::string own = sip::tag_in(one.message(index), "To"); !own.empty() && own != tag) continue;
        const auto place = static_cast<std::size_t>(std::ranges::find(parties, placed.to) - parties.begin());
        if (found != calls::none && place >= nearest) continue;
        found = index;
        nearest = place;
    }
    return found;
}

void look_at_answer(const Case& one, const Transaction& of, std::size_t answer) {
    const std::vector<std::size_t> sent = of_kind(one, of, answer);
    const auto repeats = static_cast<long>(sent.size()) - 1;
    if (repeats == 0 || passed_back(one, of) || fell_silent(one, sent)) return;  // what is passed back is told behind
    const std::size_t ack = ack_of(one, of, answer);
    std::vector<std::size_t> evidence = sent;
    evidence.push_back(ack);
    if (ack == calls::none) {
        // One sending proves nothing: the capture may end, or the ACK may take another way.
        if (repeats >= one.threshold("ack-missing", "repeats"))
            one.find("ack-missing", evidence,
                     {{"code", static_cast<long>(one.status(answer))},
                      {"count", repeats},
                      {"from", one.party(of.server)},
                      {"to", one.party(of.client)}});
        return;
    }
    long after = 0;
    for (const std::size_t index : sent) after += index > ack ? 1 : 0;
    const std::size_t arrived = one.placed(ack).to;
    const std::vector<std::size_t> parties = parties_back(one, of);
    if (arrived != of.server && std::ranges::find(parties, arrived) != parties.end()) {
        if (after >= one.threshold("ack-stopped", "repeats"))
            one.find("ack-stopped", evidence,
                     {{"count", after},
                      {"at", one.party(arrived)},
                      {"uri", one.message(ack).request_uri},
                      {"from", one.party(of.server)}},
                     {"Contact", "Record-Route", "Route"});
    } else if (after >= one.threshold("ack-lost", "repeats")) {
        one.find("ack-lost", evidence,
                 {{"count", after},
                  {"uri", one.message(ack).request_uri},
                  {"to", one.party(arrived)},
                  {"from", one.party(of.server)}},
                 {"Contact", "Record-Route", "Route"});
    }
}

// RFC 3261 17.2.1: the ACK for a failure goes one hop, and so each hop tells of itself.
void look_at_failure(const Case& one, const Transaction& of) {
    if (of.ack != calls::none) return;
    const std::vector<std::size_t> sent = of_kind(one, of, of.final);
    const auto repeats = static_cast<long>(sent.size()) - 1;
    if (repeats >= one.threshold("failure-ack-missing", "repeats"))
        one.find("failure-ack-missing", sent,
                 {{"code", static_cast<long>(of.status)},
                  {"count", repeats},
                  {"from", one.party(of.server)},
                  {"to", one.party(of.client)}});
}

}  // namespace

void look_at_transactions(const Case& one) {
    for (const std::size_t index : one.story().transactions) {
        const Transaction& of = one.transaction(index);
        look_at_request(one, of);
        if (of.method != "INVITE" || !of.has_final()) continue;
        if (of.status >= 300) {
            look_at_failure(one, of);
            continue;
        }
        for (const std::size_t message : of.messages)
            if (one.placed(message).repeat == calls::Repeat::original && one.status(message) / 100 == 2)
                look_at_answer(one, of, message);
    }
}

}  // namespace sipdex::findings
