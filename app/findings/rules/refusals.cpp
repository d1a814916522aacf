// Refusals that no other family has explained: who refused, and what was said with it (RFC 3261 21.4 to 21.6, 20.43,
// RFC 3326). Where nobody is to blame, because somebody was busy, did not want to talk or cannot be reached, the code
// says all.
#include <algorithm>
#include <array>

#include "facts/facts.h"
#include "findings/families.h"
#include "findings/hops.h"
#include "sip/reason.h"
#include "sip/token.h"

namespace sipdex::findings {

namespace {

// Of people, their telephones and numbers; and challenges, which have a family of their own.
constexpr std::array of_people = {401, 404, 407, 410, 480, 484, 486, 487, 600, 603, 604, 607, 608};
// These say that something is wrong, but not what.
constexpr std::array vague = {400, 403, 408, 481, 500, 502, 504};

std::string said_in(const sip::Message& response) {
    for (const sip::Warning& warning : sip::warnings_of(response))
        if (!warning.text.empty()) return warning.text;
    for (const sip::Reason& reason : sip::reasons_of(response)) {
        if (!reason.text.empty()) return reason.text;
        if (reason.cause) return reason.protocol + ' ' + std::to_string(*reason.cause);
    }
    const bool own = !sip::same_token(response.reason_phrase, facts::reason_phrase(response.status));
    return own && !response.reason_phrase.empty() ? response.reason_phrase : "none";
}

bool begins_at_a_user(calls::Kind kind) {
    return kind == calls::Kind::call || kind == calls::Kind::registration || kind == calls::Kind::message ||
           kind == calls::Kind::transfer;
}

}  // namespace

void look_last_at_refusals(const Case& one) {
    const calls::Story& story = one.story();
    if (story.outcome != calls::Outcome::refused || !begins_at_a_user(story.kind) || story.root == calls::none) return;
    if (std::ranges::find(of_people, story.status) != of_people.end()) return;
    const calls::Transaction& last = one.transaction(story.path.empty() ? story.root : story.path.back());
    if (last.final == calls::none || one.explained() || failed_behind(one)) return;
    // What a log has cut off may have said why.
    if (!one.message(last.final).header("CSeq")) return;
    const bool says_why =
        std::ranges::find(vague, last.status) == vague.end() && !facts::reason_phrase(last.status).empty();
    one.find(says_why ? "refusal-by-code" : "refusal-unexplained", {last.request, last.final},
             {{"method", std::string(last.method)},
              {"code", static_cast<long>(last.status)},
              {"at", one.party(last.server)},
              {"said", said_in(one.message(last.final))}},
             {"Warning", "Reason"});
}

}  // namespace sipdex::findings
