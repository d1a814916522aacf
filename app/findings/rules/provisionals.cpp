// Provisional responses that are to be acknowledged by PRACK (RFC 3262).
#include <algorithm>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/header_fields.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

bool is_reliable(const sip::Message& message) {
    return message.status > 100 && message.status < 200 && message.header("RSeq").has_value() &&
           sip::lists(message, "Require", "100rel");
}

// The PRACK for a response: its RAck begins with the number of the RSeq (RFC 3262 7.2).
const Transaction* prack_for(const Case& one, const Transaction& invite, std::string_view rseq) {
    for (const Transaction* each : requests_of(one, "PRACK", false)) {
        const auto rack = one.message(each->request).header("RAck");
        if (rack && rack->starts_with(rseq) && rack->size() > rseq.size() && (*rack)[rseq.size()] == ' ' &&
            each->client == invite.client && each->request > invite.request)
            return each;
    }
    return nullptr;
}

// How often a response came, and how often after its PRACK.
std::vector<std::size_t> sendings_in(const Case& one, const Transaction& invite, std::string_view rseq) {
    std::vector<std::size_t> all;
    for (const std::size_t index : invite.messages)
        if (one.placed(index).repeat != calls::Repeat::copy && one.status(index) > 100 &&
            one.message(index).header("RSeq") == rseq)
            all.push_back(index);
    return all;
}

void look_at_response(const Case& one, const Transaction& invite, std::size_t response) {
    const std::string rseq(*one.message(response).header("RSeq"));
    std::vector<std::size_t> sent = sendings_in(one, invite, rseq);
    if (sent.empty() || sent.front() != response) return;
    const Transaction* prack = prack_for(one, invite, rseq);
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
    if (prack->status == 0 && after >= one.threshold("prack-lost", "repeats")) {
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
