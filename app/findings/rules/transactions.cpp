// Transactions (RFC 3261 17): what is sent again, never answered or never acknowledged, hop by hop.
#include <algorithm>

#include "findings/families.h"

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

void look_at_request(const Case& one, const Transaction& of) {
    if (of.request == calls::none || of.method == "ACK") return;
    const std::vector<std::size_t> sent = of_kind(one, of, of.request);
    const auto count = static_cast<long>(sent.size());
    const std::string method(of.method), to = one.party(of.server);
    const bool answered = of.status != 0;
    if (!answered) {
        // RFC 3261 17.1.1.2, 17.1.2.2: timers B and F end what was repeated until then.
        if (count >= one.threshold("request-unanswered", "sendings") ||
            (of.cancelled_by == calls::none &&
             one.watched_for(of.request, std::chrono::seconds(one.threshold("request-unanswered", "seconds")))))
            one.find("request-unanswered", sent,
                     {{"method", method},
                      {"to", to},
                      {"count", count},
                      {"seconds", one.seconds_between(sent.front(), sent.back())}});
    } else if (count > one.threshold("request-repeated", "repeats")) {
        one.find("request-repeated", sent, {{"method", method}, {"to", to}, {"count", count - 1}});
    }
}

void look_at_final_response(const Case& one, const Transaction& of) {
    if (of.method != "INVITE" || !of.has_final()) return;
    const std::vector<std::size_t> sent = of_kind(one, of, of.final);
    const auto repeats = static_cast<long>(sent.size()) - 1;
    std::vector<std::size_t> evidence = sent;
    evidence.push_back(of.ack);
    const bool answered = of.status / 100 == 2;
    const std::vector<std::pair<std::string, Value>> values = {{"code", static_cast<long>(of.status)},
                                                               {"count", repeats},
                                                               {"from", one.party(of.server)},
                                                               {"to", one.party(of.client)}};
    if (of.ack == calls::none) {
        // One sending proves nothing: the capture may end, or the ACK may take another way.
        if (repeats >= one.threshold("ack-missing", "repeats"))
            one.find(answered ? "ack-missing" : "failure-ack-missing", evidence, values);
    } else if (answered) {
        std::size_t after = 0;
        for (const std::size_t index : sent) after += index > of.ack;
        if (static_cast<long>(after) >= one.threshold("ack-lost", "repeats")) {
            const sip::Message& ack = one.message(of.ack);
            one.find("ack-lost", evidence,
                     {{"count", static_cast<long>(after)},
                      {"uri", ack.request_uri},
                      {"to", one.party(one.placed(of.ack).to)},
                      {"from", one.party(of.server)}},
                     {"Contact", "Record-Route", "Route"});
        }
    }
}

}  // namespace

void look_at_transactions(const Case& one) {
    for (const std::size_t index : one.story().transactions) {
        look_at_request(one, one.transaction(index));
        look_at_final_response(one, one.transaction(index));
    }
}

}  // namespace sipdex::findings
