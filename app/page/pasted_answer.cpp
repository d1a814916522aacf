#include "page/pasted_answer.h"

#include <algorithm>

#include "sip/cseq.h"
#include "sip/reason.h"

namespace sipdex::page {

using evidence::Found;
using evidence::FoundMessage;
using evidence::Mention;

namespace {

bool is_challenge(int status) { return status == 401 || status == 407; }

}  // namespace

std::string method_of(const FoundMessage& found) {
    if (found.message.is_request()) return found.message.method;
    const auto cseq = sip::cseq_of(found.message);
    return cseq ? cseq->method : std::string();
}

bool is_response(const FoundMessage& found) { return found.has_start_line && !found.message.is_request(); }
bool is_request(const FoundMessage& found) { return found.has_start_line && found.message.is_request(); }

bool network_blocked(const sip::Message& message) {
    if (message.status != 603 || message.reason_phrase != "Network Blocked") return false;
    const auto reasons = sip::reasons_of(message);
    return std::ranges::any_of(reasons, [](const sip::Reason& reason) {
        const bool cause = (reason.is("SIP") && reason.cause == 603) || (reason.is("Q.850") && reason.cause == 21);
        return cause && reason.text.starts_with("v=analytics1");
    });
}

const FoundMessage* answer_among(const Found& found) {
    const FoundMessage* best = nullptr;
    int best_weight = -1;
    for (std::size_t i = 0; i < found.messages.size(); ++i) {
        const FoundMessage& one = found.messages[i];
        if (!is_response(one)) continue;
        const int status = one.message.status;
        const std::string method = method_of(one);
        bool superseded = false;
        for (std::size_t later = i + 1; later < found.messages.size() && (status < 200 || is_challenge(status));
             ++later) {
            const FoundMessage& other = found.messages[later];
            superseded =
                superseded || (is_response(other) && other.message.status >= 200 && method_of(other) == method);
        }
        int weight = status < 200 ? 1 : superseded ? 0 : status < 300 ? 2 : 4;
        if (method == "INVITE" || method.empty()) weight += weight > 1 ? 1 : 0;
        if (weight < best_weight) continue;
        best = &one;
        best_weight = weight;
    }
    return best;
}

const FoundMessage* request_among(const Found& found) {
    const FoundMessage* best = nullptr;
    for (const FoundMessage& one : found.messages) {
        if (!is_request(one)) continue;
        if (!best || one.message.header("Reason") || !best->message.header("Reason")) best = &one;
    }
    return best;
}

const Mention* mention_among(const Found& found) {
    const Mention* best = nullptr;
    int best_weight = -1;
    for (const Mention& one : found.mentions) {
        const int weight = (one.sure ? 4 : 0) + (one.kind == Mention::Kind::response ? (one.code >= 300   ? 3
                                                                                        : one.code >= 200 ? 2
                                                                                                          : 1)
                                                 : one.kind == Mention::Kind::own    ? 2
                                                                                     : 1);
        if (weight < best_weight) continue;
        best = &one;
        best_weight = weight;
    }
    return best;
}

}  // namespace sipdex::page
