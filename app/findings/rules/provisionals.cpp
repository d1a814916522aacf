// Provisional responses that are to be acknowledged by PRACK (RFC 3262).
#include <algorithm>
#include <sstream>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/header_fields.h"
#include "sip/name_addr.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

bool is_reliable(const sip::Message& message) {
    return message.status > 100 && message.status < 200 && message.header("RSeq").has_value() &&
           sip::lists(message, "Require", "100rel");
}

// What PRACK and response have in common: the dialog, for each device to which a call forks counts its own responses, and
// the beginning of RAck (RFC 3262 7.2).
struct Name {
    std::string tag, rseq;
};
Name name_of(const sip::Message& response) {
    return {sip::tag_in(response, "To"), std::string(response.header("RSeq").value_or(""))};
}

const Transaction* prack_for(const Case& one, const Transaction& invite, const Name& name) {
    for (const Transaction* each : requests_of(one, "PRACK", false)) {
        const sip::Message& prack = one.message(each->request);
        std::istringstream rack{std::string(prack.header("RAck").value_or(""))};
        std::string rseq, cseq;
        rack >> rseq >> cseq;
        if (rseq == name.rseq && cseq == std::to_string(invite.cseq) && sip::tag_in(prack, "To") == name.tag &&
            each->client == invite.client && each->request > invite.request)
            return each;
    }
    return nullptr;
}

// How often a response came. Whoever has sent a CANCEL waits for nothing else.
std::vector<std::size_t> sendings_in(const Case& one, const Transaction& invite, const Name& name) {
    const Transaction* const cancel = cancel_of(one, invite);
    std::vector<std::size_t> all;
    for (const std::size_t index : invite.messages) {
        if (one.placed(index).repeat == calls::Repeat::copy || one.status(index) <= 100) continue;
        if (cancel && cancel->request < index) continue;
        const Name own = name_of(one.message(index));
        if (own.rseq == name.rseq && own.tag == name.tag) all.push_back(index);
    }
    return all;
}

// The response had been acknowledged by another PRACK before.
bool acknowledged_before(const Case& one, const Transaction& prack) {
    const sip::Message& refused_one = one.message(prack.request);
    return std::ranges::any_of(requests_of(one, "PRACK", false), [&](const Transaction* other) {
        const sip::Message& before = one.message(other->request);
        return other != &prack && other->has_final() && other->status < 300 &&
               before.header("RAck") == refused_one.header("RAck") &&
               sip::tag_in(before, "To") == sip::tag_in(refused_one, "To");
    });
}

void look_at_response(const Case& one, const Transaction& invite, std::size_t response) {
    const Name name = name_of(one.message(response));
    std::vector<std::size_t> sent = sendings_in(one, invite, name);
    if (sent.empty() || sent.front() != response) return;
    const Transaction* prack = prack_for(one, invite, name);
    const auto repeats = static_cast<long>(sent.size()) - 1;
    const auto code = static_cast<long>(one.message(response).status);
    if (!prack) {
        // A proxy carries the PRACK on; whether its client sends one is told where the client is.
        if (invite.parent == calls::none && repeats >= one.threshold("prack-missing", "repeats"))
            one.find("prack-missing", sent,
                     {{"code", code},
                      {"at", one.party(invite.server)},
                      {"by", one.party(invite.client)},
                      {"count", repeats}},
                     {"Require", "RSeq"});
        return;
    }
    const long after = std::ranges::count_if(sent, [&](std::size_t index) { return index > prack->request; });
    // Whoever carried it on is not the one that does not answer.
    if (prack->status == 0 && sent_on(one, *prack).empty() && after >= one.threshold("prack-lost", "repeats")) {
        sent.push_back(prack->request);
        one.find("prack-lost", sent,
                 {{"code", code}, {"at", one.party(invite.server)}, {"to", one.party(prack->server)}, {"count", after}},
                 {"RSeq", "RAck", "Contact", "Route"});
    }
}

}  // namespace

void look_at_provisionals(const Case& one) {
    for (const Transaction* invite : requests_of(one, "INVITE", false))
        for (const std::size_t index : invite->messages)
            if (one.may_have(index, "RSeq") && is_reliable(one.message(index))) look_at_response(one, *invite, index);
    for (const Transaction* prack : requests_of(one, "PRACK", false)) {
        if (!refused(*prack) || prack->status == 401 || prack->status == 407 || passed_back(one, *prack)) continue;
        if (acknowledged_before(one, *prack)) continue;
        // RFC 3262 5: an offer in it was refused, and not the PRACK; that is told of negotiations.
        if (prack->status == 488 || prack->status == 606) continue;
        // RFC 3262 3: after the final response nothing is left to be acknowledged.
        const bool late = std::ranges::any_of(requests_of(one, "INVITE", false), [&](const Transaction* invite) {
            return invite->server == prack->server && invite->has_final() && invite->final < prack->final;
        });
        if (late) continue;
        one.find("prack-refused", {prack->request, prack->final},
                 {{"at", one.party(prack->server)},
                  {"by", one.party(prack->client)},
                  {"code", static_cast<long>(prack->status)},
                  {"sent", std::string(one.message(prack->request).header("RAck").value_or("none"))}},
                 {"RAck", "RSeq"});
    }
}

}  // namespace sipdex::findings
