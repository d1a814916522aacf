// The tokens that the facts may use: the tables of data/README.md.
//
// Each token has its words in i18n/en/messages.toml, as a branch of the message named in the comment.
#pragma once
#include <string>
#include <vector>

namespace sipdex::compile::tokens {

inline const std::vector<std::string> status = {"registered", "historic", "vendor", "profile"};  // response_status

inline const std::vector<std::string> generated_by = {  // generated_by
    "uas",
    "called-person",
    "proxy",
    "proxy-as-uas",
    "forking-proxy",
    "edge-proxy",
    "redirect-server",
    "registrar",
    "b2bua",
    "gateway",
    "notifier",
    "subscriber",
    "event-state-compositor",
    "verification-service",
    "call-analytics",
    "uri-list-server",
    "refer-target",
    "location-recipient",
    "alert-recipient",
    "uac-itself",
    "nobody"};

inline const std::vector<std::string> dialog = {  // dialog_effect
    "none", "early", "ends-early", "success", "refresh", "transaction", "timeout", "usage", "dialog", "unclear"};

inline const std::vector<std::string> retry = {  // retry_rule
    "none-needed",  "same-request-after-delay", "same-request-other-target", "modified-request", "after-credentials",
    "do-not-retry", "application-decides"};

inline const std::vector<std::string> proxy = {  // proxy_forwarding
    "consumed",         "at-once",    "at-once-2xx", "stored-3xx", "stored",  "stored-challenge",
    "stored-preferred", "stored-5xx", "stored-503",  "stored-6xx", "replaced"};

inline const std::vector<std::string> failover = {"no", "next-server", "local-timeout", "other-flow"};  // failover_rule

inline const std::vector<std::string> strength = {"must", "should", "may", "should-not",
                                                  "described"};  // header_strength

inline const std::vector<std::string> condition = {  // header_condition
    "better-location-known",
    "creates-dialog",
    "creates-dialog-or-binds",
    "digest-chosen",
    "encoding-refused",
    "from-gateway",
    "from-proxy",
    "invite-unless-agreed",
    "language-refused",
    "merged-challenge",
    "overlapping-request",
    "passport-format-unknown",
    "passport-incomplete",
    "passport-stale",
    "request-had-it",
    "security-agreement",
    "sent-reliably",
    "sent-reliably-by-uas",
    "server-demands",
    "several-identities",
    "sips-refused",
    "temporary",
    "to-invite-or-options",
    "to-options",
    "to-publish",
    "to-publish-or-subscribe",
    "to-register",
    "type-refused",
    "unless-misuse-feared"};

inline const std::vector<std::string> where = {  // fault_place
    "caller-device", "caller-pbx", "our-network", "carrier", "called-side", "person", "policy"};

inline const std::vector<std::string> addressee = {"agent", "caller-admin", "called-admin", "engineer"};  // addressee

inline const std::vector<std::string> speaker_kind = {  // speaker_kind
    "pbx", "proxy", "sbc", "carrier", "cloud", "client", "gateway", "network"};

inline const std::vector<std::string> certainty = {"sure", "likely", "possible"};  // speaker_certainty

// Where a sign or a phrase of a speaker stands. "trying" is the phrase of a 100, "number" one of somebody's own, "name" a
// word of its logs such as NO_ROUTE_DESTINATION.
inline const std::vector<std::string> stands_in = {"phrase",        "trying",       "server",       "user-agent",
                                                   "field",         "reason-text",  "reason-cause", "reason-form",
                                                   "warning-agent", "warning-text", "number",       "name"};

inline const std::vector<std::string> severity = {"note", "warning", "fault"};  // finding_severity

// Whose turn it is after a finding; "nobody" where all is well.
inline const std::vector<std::string> finding_turn = {"nobody", "agent", "caller-admin", "called-admin", "engineer"};

inline const std::vector<std::string> failover_does = {"next", "stays", "set"};  // speaker_failover

}  // namespace sipdex::compile::tokens
