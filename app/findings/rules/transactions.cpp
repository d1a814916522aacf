// Transactions (RFC 3261 17): what is sent again, never answered or never acknowledged, hop by hop.
#include <algorithm>

#include "findings/families.h"
#include "findings/hops.h"

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

// The answer was not captured, but it came: the client goes on with the credentials that it asked for.
bool goes_on(const Case& one, const Transaction& of) {
    for (const Transaction* next : requests_of(one, of.method, false)) {
        if (next->client != of.client || next->cseq != of.cseq + 1) continue;
        const sip::Message& request = one.message(next->request);
        if (request.header("Authorization") || request.header("Proxy-Authorization")) return true;
    }
    return false;
}

void look_at_request(const Case& one, const Transaction& of) {
    if (of.request == calls::none || of.method == "ACK") return;
    const std::vector<std::size_t> sent = of_kind(one, of, of.request);
    const auto count = static_cast<long>(sent.size());
    const std::string method(of.method);
    const bool answered = of.status != 0;
    if (!answered) {
        if (waits_for_another(one, of) || goes_on(one, of)) return;
        // RFC 3261 17.1.1.2, 17.1.2.2: timers B and F end what was repeated until then.
        if (count >= one.threshold("request-unanswered", "sendings") ||
            (of.cancelled_by == calls::none &&
             one.watched_for(of.request, std::chrono::seconds(one.threshold("request-unanswered", "seconds")))))
            one.find("request-unanswered", sent,
                     {{"method", method},
                      {"to", one.party(of.server)},
                      {"count", count},
                      {"seconds", one.seconds_between(sent.front(), sent.back())}});
    } else if (count > one.threshold("request-repeated", "repeats")) {
        // RFC 3261 17.1.2.2: a request that a proxy carries on is repeated until its answer has come all the way.
        for (const Transaction* behind : sent_on(one, of))
            if (of_kind(one, *behind, behind->request).size() > 1) return;
        one.find("request-repeated", sent, {{"method", method}, {"to", one.party(of.server)}, {"count", count - 1}});
    }
}

// The ACK for a 2xx as the last hop that was captured carried it.
std::size_t ack_of(const Case& one, const Transaction& of) {
    if (of.ack != calls::none) return of.ack;
    for (std::size_t before = of.parent; before != calls::none; before = one.transaction(before).parent)
        if (one.transaction(before).ack != calls::none) return one.transaction(before).ack;
    return calls::none;
}

void look_at_answer(const Case& one, const Transaction& of) {
    if (passed_back(one, of)) return;  // told where it was given
    const std::vector<std::size_t> sent = of_kind(one, of, of.final);
    const auto repeats = static_cast<long>(sent.size()) - 1;
    const std::size_t ack = ack_of(one, of);
    std::vector<std::size_t> evidence = sent;
    evidence.push_back(ack);
    if (ack == calls::none) {
        // One sending proves nothing: the capture may end, or the ACK may take another way.
        if (repeats >= one.threshold("ack-missing", "repeats"))
            one.find("ack-missing", evidence,
                     {{"code", static_cast<long>(of.status)},
                      {"count", repeats},
                      {"from", one.party(of.server)},
                      {"to", one.party(of.client)}});
        return;
    }
    long after = 0;
    for (const std::size_t index : sent) after += index > ack ? 1 : 0;
    const std::size_t arrived = one.placed(ack).to;
    if (ack != of.ack && arrived != of.server) {
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
        if (of.status < 300) look_at_answer(one, of);
        else look_at_failure(one, of);
    }
}

}  // namespace sipdex::findings
