// Challenges (RFC 3261 22): a request is refused with 401 or 407, and is sent again with credentials. Once is normal.
#include <algorithm>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/digest.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

bool challenges(int status) { return status == 401 || status == 407; }

// RFC 3261 20.44, 20.27: 401 carries WWW-Authenticate, 407 Proxy-Authenticate.
const char* challenge_field(int status) { return status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate"; }
const char* credentials_field(int status) { return status == 401 ? "Authorization" : "Proxy-Authorization"; }

// More than one where several algorithms are offered, or several branches of a fork ask (RFC 3261 22.3).
std::vector<sip::Challenge> challenges_in(const sip::Message& response) {
    std::vector<sip::Challenge> all;
    for (const std::string_view value : response.headers(challenge_field(response.status)))
        if (auto one = sip::parse_challenge(value)) all.push_back(std::move(*one));
    return all;
}

bool asks_for(const std::vector<sip::Challenge>& challenges, std::string_view realm) {
    return std::ranges::find(challenges, realm, &sip::Challenge::realm) != challenges.end();
}

std::string first_realm(const std::vector<sip::Challenge>& challenges) {
    return challenges.empty() ? std::string() : challenges.front().realm;
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
    for (const std::size_t index : one.story().transactions) {
        const Transaction& first = one.transaction(index);
        if (first.after_challenge != calls::none || first.parent != calls::none || !challenges(first.status) ||
            first.request == calls::none || first.final == calls::none)
            continue;
        Attempts attempts;
        for (std::size_t at = index; at != calls::none; at = one.asked_again(at))
            attempts.push_back(&one.transaction(at));
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
    const auto asked = challenges_in(one.message(before.final)), answered = challenges_in(one.message(again.final));
    const auto answer =
        std::ranges::find_if(answered, [&](const sip::Challenge& each) { return asks_for(asked, each.realm); });
    if (answer == answered.end() || before.status != again.status) return;  // another server's
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
        if (asks_for(asked, given.front().realm)) return note(refused.without_credentials);  // for one of them
        refused.realm_used = given.front().realm;
        return note(refused.by_realm);
    }
    refused.user = right->username;
    if (answer->stale) return note(refused.stale);
    const bool right_nonce = std::ranges::any_of(
        asked, [&](const sip::Challenge& each) { return each.realm == right->realm && each.nonce == right->nonce; });
    note(right_nonce ? refused.by_password : refused.by_nonce);
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

// The next attempt should have the same Call-ID and the next number (RFC 3261 8.1.3.5); some devices begin anew, with the
// nonce that they were given.
bool comes_again(const Case& one, const Transaction& first) {
    const auto asked = challenges_in(one.message(first.final));
    const auto names_nonce = [&](std::string_view octets) {
        return asked.empty() || std::ranges::any_of(asked, [&](const sip::Challenge& each) {
                   return octets.find('"' + each.nonce + '"') != std::string_view::npos;
               });
    };
    const auto& all = one.calls.transactions;
    const capture::Address& from = one.captured.messages[first.request].from;
    for (auto each = all.begin() + (&first - all.data()) + 1; each != all.end(); ++each) {
        if (each->request == calls::none || each->request < first.final) continue;
        if (one.seconds_between(first.final, each->request) > std::chrono::duration<double>(patience).count()) break;
        // Of a scanner there may be very many, so none is read as a whole.
        const capture::Message& request = one.captured.messages[each->request];
        if (each->method == first.method && one.may_have(each->request, credentials_field(first.status)) &&
            capture::same_host(request.from, from) && names_nonce(request.octets))
            return true;
    }
    return false;
}

void look_at_unanswered(const Case& one, const Transaction& first, const std::string& realm) {
    const std::chrono::seconds wait(one.threshold("challenge-unanswered", "seconds"));
    if (one.watched_for(first.final, wait) && !comes_again(one, first))
        one.find("challenge-unanswered", {first.request, first.final},
                 {{"code", static_cast<long>(first.status)},
                  {"method", std::string(first.method)},
                  {"realm", or_none(realm)},
                  {"from", one.party(first.client)}},
                 {challenge_field(first.status)});
}

// Again and again for the same realm; that each of several proxies asks once is normal (RFC 3261 22.3).
void look_for_loop(const Case& one, const Attempts& attempts, const std::vector<std::size_t>& evidence) {
    const std::string realm = first_realm(challenges_in(one.message(attempts.back()->final)));
    const auto count = std::ranges::count_if(attempts, [&](const Transaction* each) {
        const auto asked = challenges_in(one.message(each->final));
        return asked.empty() ? realm.empty() : asks_for(asked, realm);
    });
    if (count >= one.threshold("challenge-loop", "attempts"))
        one.find("challenge-loop", evidence,
                 {{"count", static_cast<long>(count)},
                  {"method", std::string(attempts.back()->method)},
                  {"realm", or_none(realm)}},
                 {"Authorization"});
}

// Whoever asks by OPTIONS whether a server is there, is told so by a challenge, too (RFC 3261 11).
bool only_asks(const Case& one, const Attempts& attempts) {
    return attempts.front()->method == "OPTIONS" && std::ranges::all_of(attempts, [&](const Transaction* each) {
               return each->request == calls::none ||
                      credentials_in(one.message(each->request), attempts.front()->status).empty();
           });
}

void look_at_attempts(const Case& one, const Attempts& attempts) {
    const Transaction &first = *attempts.front(), &last = *attempts.back();
    const std::string realm = first_realm(challenges_in(one.message(first.final)));
    if (only_asks(one, attempts)) return;
    if (attempts.size() == 1) return look_at_unanswered(one, first, realm);
    Refused refused;
    for (std::size_t i = 1; i < attempts.size(); ++i) look_at_attempt(one, *attempts[i - 1], *attempts[i], refused);
    const bool let_in = !challenges(last.status);
    // RFC 3261 22.1: 403 may mean that the credentials were refused.
    const bool accepted = let_in && last.has_final() && last.status != 403;
    // What was accepted in the end was right, and somebody else had not known its nonce.
    if (!accepted) tell_refused(one, refused);
    std::vector<std::size_t> all;
    for (const Transaction* each : attempts) all.insert(all.end(), {each->request, each->final});
    const auto stale = static_cast<long>(refused.stale.size() / 3);
    if (stale >= one.threshold("challenge-stale-loop", "times"))
        one.find("challenge-stale-loop", refused.stale, {{"count", stale}, {"realm", refused.realm}},
                 {"WWW-Authenticate"});
    else if (stale > 0 && let_in)
        one.find("challenge-stale", refused.stale, {{"realm", refused.realm}}, {"WWW-Authenticate"});
    if (!let_in) look_for_loop(one, attempts, all);
    const bool clean = refused.by_password.empty() && refused.by_realm.empty() && refused.by_nonce.empty() &&
                       refused.without_credentials.empty();
    if (accepted && clean && last.request != calls::none &&
        !credentials_in(one.message(last.request), first.status).empty())
        one.find("challenge-answered", all,
                 {{"code", static_cast<long>(first.status)},
                  {"method", std::string(first.method)},
                  {"realm", or_none(realm)}},
                 {challenge_field(first.status), credentials_field(first.status)});
}

}  // namespace

void look_at_challenges(const Case& one) {
    for (const Attempts& attempts : attempts_in(one)) look_at_attempts(one, attempts);
}

}  // namespace sipdex::findings
