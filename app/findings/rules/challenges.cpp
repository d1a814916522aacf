// Challenges (RFC 3261 22): a request is refused with 401 or 407, and is sent again with credentials. Once is normal.
#include <algorithm>

#include "findings/families.h"
#include "sip/digest.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

bool challenges(int status) { return status == 401 || status == 407; }

// RFC 3261 20.44, 20.27: 401 carries WWW-Authenticate, 407 Proxy-Authenticate.
const char* challenge_field(int status) { return status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate"; }
const char* credentials_field(int status) { return status == 401 ? "Authorization" : "Proxy-Authorization"; }

std::optional<sip::Challenge> challenge_in(const sip::Message& response) {
    for (const std::string_view value : response.headers(challenge_field(response.status)))
        if (auto one = sip::parse_challenge(value)) return one;
    return std::nullopt;
}

std::vector<sip::Credentials> credentials_in(const sip::Message& request, int status) {
    std::vector<sip::Credentials> all;
    for (const std::string_view value : request.headers(credentials_field(status)))
        if (auto one = sip::parse_credentials(value)) all.push_back(std::move(*one));
    return all;
}

// The same request, sent again after each challenge.
using Attempts = std::vector<const Transaction*>;

// Those that begin at whoever asks; what proxies carry on is the same attempt.
std::vector<Attempts> attempts_in(const Case& one) {
    std::vector<Attempts> all;
    const auto next_of = [&](std::size_t before) -> std::size_t {
        for (const std::size_t index : one.story().transactions)
            if (one.transaction(index).after_challenge == before) return index;
        return calls::none;
    };
    for (const std::size_t index : one.story().transactions) {
        const Transaction& first = one.transaction(index);
        if (first.after_challenge != calls::none || first.parent != calls::none || !challenges(first.status) ||
            first.request == calls::none || first.final == calls::none)
            continue;
        Attempts attempts;
        for (std::size_t at = index; at != calls::none; at = next_of(at)) attempts.push_back(&one.transaction(at));
        all.push_back(std::move(attempts));
    }
    return all;
}

struct Refused {
    std::vector<std::size_t> by_password, by_realm, by_nonce, without_credentials, stale;
    std::string user, realm, realm_used;
    int code = 0;
};

// Why each attempt but the first was challenged again.
void look_at_attempt(const Case& one, const Transaction& before, const Transaction& again, Refused& refused) {
    if (!challenges(again.status) || again.request == calls::none || again.final == calls::none) return;
    const auto asked = challenge_in(one.message(before.final)), answer = challenge_in(one.message(again.final));
    if (!asked || !answer || asked->realm != answer->realm || before.status != again.status)
        return;  // another server's
    refused.code = again.status;
    refused.realm = answer->realm;
    const std::vector<std::size_t> evidence = {before.final, again.request, again.final};
    const auto note = [&](std::vector<std::size_t>& list) {
        list.insert(list.end(), evidence.begin(), evidence.end());
    };
    const auto given = credentials_in(one.message(again.request), before.status);
    if (given.empty()) return note(refused.without_credentials);
    const auto right = std::ranges::find(given, answer->realm, &sip::Credentials::realm);
    if (right == given.end()) {
        refused.realm_used = given.front().realm;
        return note(refused.by_realm);
    }
    refused.user = right->username;
    if (answer->stale) return note(refused.stale);
    note(right->nonce == asked->nonce ? refused.by_password : refused.by_nonce);
}

void tell_refused(const Case& one, const Refused& refused) {
    const long code = refused.code;
    if (!refused.by_password.empty())
        one.find("challenge-refused", refused.by_password,
                 {{"code", code}, {"user", refused.user}, {"realm", refused.realm}}, {"Authorization"});
    if (!refused.by_realm.empty())
        one.find("challenge-wrong-realm", refused.by_realm,
                 {{"code", code}, {"realm", refused.realm}, {"used", refused.realm_used}},
                 {"WWW-Authenticate", "Authorization"});
    if (!refused.by_nonce.empty())
        one.find("challenge-wrong-nonce", refused.by_nonce, {{"code", code}, {"realm", refused.realm}},
                 {"WWW-Authenticate", "Authorization"});
    if (!refused.without_credentials.empty())
        one.find("challenge-without-credentials", refused.without_credentials,
                 {{"code", code}, {"realm", refused.realm}}, {"Authorization"});
}

void look_at_attempts(const Case& one, const Attempts& attempts) {
    const Transaction& first = *attempts.front();
    const auto asked = challenge_in(one.message(first.final));
    const std::string realm = asked ? asked->realm : std::string(), method(first.method);
    const auto code = static_cast<long>(first.status);
    if (attempts.size() == 1) {
        const std::chrono::seconds patience(one.threshold("challenge-unanswered", "seconds"));
        if (one.watched_for(first.final, patience))
            one.find("challenge-unanswered", {first.request, first.final},
                     {{"code", code}, {"method", method}, {"realm", or_none(realm)}, {"from", one.party(first.client)}},
                     {challenge_field(first.status)});
        return;
    }
    Refused refused;
    for (std::size_t i = 1; i < attempts.size(); ++i) look_at_attempt(one, *attempts[i - 1], *attempts[i], refused);
    tell_refused(one, refused);
    std::vector<std::size_t> all;
    for (const Transaction* each : attempts) all.insert(all.end(), {each->request, each->final});
    const bool let_in = !challenges(attempts.back()->status);
    const auto stale = static_cast<long>(refused.stale.size() / 3);
    if (stale >= one.threshold("challenge-stale-loop", "times"))
        one.find("challenge-stale-loop", refused.stale, {{"count", stale}, {"realm", refused.realm}},
                 {"WWW-Authenticate"});
    else if (stale > 0 && let_in)
        one.find("challenge-stale", refused.stale, {{"realm", refused.realm}}, {"WWW-Authenticate"});
    if (const auto count = static_cast<long>(attempts.size());
        !let_in && count >= one.threshold("challenge-loop", "attempts"))
        one.find("challenge-loop", all, {{"count", count}, {"method", method}, {"realm", or_none(realm)}},
                 {"Authorization"});
    const bool clean = refused.by_password.empty() && refused.by_realm.empty() && refused.by_nonce.empty() &&
                       refused.without_credentials.empty();
    // RFC 3261 22.1: 403 may mean that the credentials were refused.
    if (let_in && clean && attempts.back()->has_final() && attempts.back()->status != 403)
        one.find("challenge-answered", all, {{"code", code}, {"method", method}, {"realm", or_none(realm)}},
                 {challenge_field(first.status), credentials_field(first.status)});
}

}  // namespace

void look_at_challenges(const Case& one) {
    for (const Attempts& attempts : attempts_in(one)) look_at_attempts(one, attempts);
}

}  // namespace sipdex::findings
