#include "simulator/servers/verification_service.h"

#include <algorithm>

#include "facts/facts.h"
#include "simulator/session/date.h"
#include "sip/name_addr.h"

namespace sipdex::simulator {

VerificationService::Plan VerificationService::read_plan(source::Table& options) {
    Plan plan;
    plan.requires_identity = options.flag_or("requires_identity", false);
    plan.lets_pass = options.flag_or("lets_pass", false);
    plan.freshness = options.duration_or("freshness", plan.freshness);
    plan.trusts = options.texts("trusts");
    for (source::Table& fields : options.tables("certificates")) {
        plan.certificates.push_back({fields.text("url"), fields.text("key"), fields.text("issuer")});
        fields.done();
    }
    return plan;
}

void VerificationService::check(source::Table& options) {
    Proxy::check(options);
    read_plan(options);
}

VerificationService::VerificationService(Stage& stage, std::size_t actor)
    : Proxy(stage, actor), verifies_(options_of(stage, actor, read_plan)) {}

std::optional<sip::Message> VerificationService::judge(const sip::Message& request) {
    if (request.method != "INVITE") return std::nullopt;
    const Finding finding = verify(request);
    stage_.decided(actor_, finding.decision, finding.details, finding.rule);
    if (finding.status == 0) return std::nullopt;
    if (!verifies_.lets_pass) return response_to(request, finding.status, finding.phrase);
    // RFC 9410 4: a call that goes on is not refused; the next response says what was wrong.
    stage_.decided(actor_, "passes-in-spite", {std::to_string(finding.status)}, "RFC 9410 §4");
    const std::string phrase = finding.phrase.empty() ? facts::reason_phrase(finding.status) : finding.phrase;
    reports_[std::string(request.header("Call-ID").value_or(""))] =
        "STIR;cause=" + std::to_string(finding.status) + ";text=\"" + phrase + "\"";
    return std::nullopt;
}

// RFC 9410 3: in any response but 100.
void VerificationService::annotate(const sip::Message& request, sip::Message& response) {
    const auto report = reports_.find(std::string(request.header("Call-ID").value_or("")));
    if (report == reports_.end() || response.status == 100) return;
    response.add("Reason", report->second);
    reports_.erase(report);
}

VerificationService::Finding VerificationService::verify(const sip::Message& request) const {
    Finding last;
    // RFC 8224 6.2.1: of several signatures one that holds is enough.
    for (const std::string_view value : request.headers("Identity")) {
        const auto identity = sip::parse_identity(value);
        if (!identity) {
            last = {438, "", "identity-unreadable", {}, "RFC 8224 §6.2.2"};
            continue;
        }
        last = verify(request, *identity);
        if (last.status == 0) return last;
    }
    if (last.status != 0) return last;
    if (verifies_.requires_identity) return {428, "", "identity-missing", {}, "RFC 8224 §6.2.2"};
    return {0, "", "identity-not-required", {}, "RFC 8224 §6.2"};
}

// RFC 8224 6.2, by its steps.
VerificationService::Finding VerificationService::verify(const sip::Message& request,
                                                         const sip::Identity& identity) const {
    const std::string section = "RFC 8224 §6.2.2";
    if (identity.extension != "shaken" && !identity.extension.empty())  // 1
        return {428, "Use Supported PASSporT Format", "extension-unknown", {identity.extension}, section};
    const auto passport = sip::read_token(identity.token);
    if (!passport) return {438, "Invalid PASSporT", "identity-unreadable", {}, section};
    const auto certificate = std::find_if(verifies_.certificates.begin(), verifies_.certificates.end(),
                                          [&](const Certificate& c) { return c.url == identity.info; });
    if (certificate == verifies_.certificates.end())  // 3
        return {436, "", "certificate-not-fetched", {identity.info}, section};
    if (std::find(verifies_.trusts.begin(), verifies_.trusts.end(), certificate->issuer) == verifies_.trusts.end())
        return {437, "", "issuer-not-trusted", {certificate->issuer}, section};
    if (passport->algorithm != "ES256") return {437, "", "algorithm-unknown", {passport->algorithm}, section};
    const auto date = read_date(request.header("Date").value_or(""));  // 4
    // 6.2 step 4: the iat of a full PASSporT counts where the two differ.
    if (!is_fresh(passport->issued_at))
        return {403,
                "Stale Date",
                "date-stale",
                {std::to_string(unix_time(stage_.clock.now()) - date.value_or(passport->issued_at))},
                section};
    if (!sip::token_holds(identity.token, certificate->key))  // 5
        return {438, "", "signature-wrong", {identity.info}, section};
    return compare(request, *passport);
}

// RFC 8224 6.2.4: who calls whom is taken from the request, and has to be what was signed.
VerificationService::Finding VerificationService::compare(const sip::Message& request,
                                                          const sip::Passport& passport) const {
    const auto from = sip::address_in(request, "From"), to = sip::address_in(request, "To");
    const std::string caller = from ? sip::canonical_identity(from->uri) : "",
                      called = to ? sip::canonical_identity(to->uri) : "";
    if (passport.origin != caller) return {438, "", "origin-differs", {passport.origin, caller}, "RFC 8224 §6.2.4"};
    if (passport.destination != called)
        return {438, "", "destination-differs", {passport.destination, called}, "RFC 8224 §6.2.4"};
    return {0, "", "identity-proven", {caller, passport.attestation}, "RFC 8224 §6.2"};
}

bool VerificationService::is_fresh(std::int64_t when) const {
    const std::int64_t off = unix_time(stage_.clock.now()) - when;
    return (off < 0 ? -off : off) <= std::chrono::duration_cast<std::chrono::seconds>(verifies_.freshness).count();
}

}  // namespace sipdex::simulator
