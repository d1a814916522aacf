// What one address does to a server, seen over the whole capture: looking for users, guessing passwords, trying prefixes,
// flooding. Proxies and trunks speak for many users too, so what counts is what is refused, and that little is not.
#include <algorithm>
#include <set>

#include "calls/outline.h"
#include "findings/families.h"
#include "sip/digest.h"
#include "sip/name_addr.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

// What such programs call themselves, unless told otherwise; in small letters.
constexpr std::string_view scanners[] = {"friendly-scanner", "sipvicious",      "sundayddr", "sip-scan",
                                         "sipcli",           "vaxsipuseragent", "pplsip"};

constexpr std::size_t shown = 10;  // messages of a finding

struct Attempt {
    std::size_t request = 0;
    const Transaction* of = nullptr;
    std::string user;  // whom it is about: the number that is called, or the account that registers
};

// Of a request that opens something, sent by one address.
struct Source {
    std::vector<Attempt> attempts;
};

bool refused_user(int status) {  // as is said to somebody who does not belong there
    constexpr int codes[] = {401, 403, 404, 407, 484, 604};
    return std::ranges::find(codes, status) != std::end(codes);
}
bool went_through(const Attempt& one) {
    return one.of->status / 100 == 2 || (one.of->status > 100 && one.of->status < 200);
}
// Somebody is there, and be it that they are busy, do not answer or decline.
bool reached_somebody(const Attempt& one) {
    constexpr int codes[] = {480, 486, 487, 488, 600, 603, 606};
    return went_through(one) || one.of->status / 100 == 3 ||
           std::ranges::find(codes, one.of->status) != std::end(codes);
}

// Of the whole capture there may be very many, so they are not read as a whole.
std::string user_of(const capture::Message& request) {
    const calls::Outline outline = calls::outline_of(request);
    if (outline.method == "REGISTER") return std::string(calls::user_in(outline.to));
    const auto uri = sip::parse_uri(outline.request_uri);
    const std::string user = uri ? (uri->is_sip() ? uri->user : uri->opaque) : std::string();
    return user.substr(0, user.find(';'));  // a number may have parameters of its own (RFC 3261 19.1.6)
}

std::map<std::string, Source> sources_of(const Case& all) {
    std::map<std::string, Source> sources;
    for (const Transaction& of : all.calls.transactions) {
        if (of.request == calls::none || of.in_dialog || of.parent != calls::none) continue;
        if (of.method != "INVITE" && of.method != "REGISTER" && of.method != "OPTIONS") continue;
        const std::string host = capture::host_of(all.captured.messages[of.request].from);
        if (host.empty()) continue;
        sources[host].attempts.push_back({of.request, &of, user_of(all.captured.messages[of.request])});
    }
    for (auto& [host, source] : sources) std::ranges::sort(source.attempts, {}, &Attempt::request);
    return sources;
}

std::vector<std::size_t> first_of(std::vector<std::size_t> messages) {
    if (messages.size() > shown) messages.resize(shown);
    return messages;
}

// That they are refused or not answered is no fault, and nobody's turn. Not so where one got through.
void set_aside(const Case& all, const std::vector<std::size_t>& requests) {
    for (const std::size_t request : requests) {
        const std::size_t story = all.placed(request).story;
        if (story == calls::none) continue;
        const calls::Outcome outcome = all.calls.stories[story].outcome;
        if (outcome != calls::Outcome::answered && outcome != calls::Outcome::ended) all.set_aside(story);
    }
}

// The name is looked for in the first requests, and how often it comes in all of them.
void look_for_name(const Case& all, const std::string& host, const Source& source) {
    constexpr std::size_t enough = 20;
    const auto words_in = [&](const Attempt& each) {
        const sip::Message& request = all.message(each.request);
        return std::string(request.header("User-Agent").value_or("")) + '\n' +
               std::string(request.header("From").value_or(""));
    };
    std::string name;
    for (std::size_t i = 0; i < std::min(enough, source.attempts.size()) && name.empty(); ++i) {
        const std::string words = words_in(source.attempts[i]), low = sip::lowered(words);
        for (const std::string_view scanner : scanners) {
            const std::size_t at = low.find(scanner), end = at + scanner.size();
            // "SIPClient" is none of them.
            if (at == std::string::npos || (at > 0 && sip::letter_characters.has(low[at - 1])) ||
                (end < low.size() && sip::letter_characters.has(low[end])))
                continue;
            name = words.substr(at, scanner.size());
            break;
        }
    }
    if (name.empty()) return;
    std::vector<std::size_t> evidence;
    for (const Attempt& each : source.attempts)
        if (all.captured.messages[each.request].octets.find(name) != std::string_view::npos)
            evidence.push_back(each.request);
    set_aside(all, evidence);
    const auto count = static_cast<long>(evidence.size());
    all.find_in_all("scanner-named", first_of(std::move(evidence)),
                    {{"address", host}, {"name", name}, {"count", count}}, {"User-Agent"});
}

// How many of these, in order of time, are within so many seconds of each other at most, and where that begins.
struct Burst {
    std::size_t first = 0, count = 0;
};
Burst densest(const Case& all, const std::vector<std::size_t>& requests, long seconds) {
    Burst best;
    for (std::size_t begin = 0, end = 0; end < requests.size(); ++end) {
        while (all.seconds_between(requests[begin], requests[end]) > static_cast<double>(seconds)) ++begin;
        if (end - begin + 1 > best.count) best = {begin, end - begin + 1};
    }
    return best;
}

bool has_longer(const std::set<std::string>& numbers, const std::string& digits) {
    const auto next = numbers.upper_bound(digits);
    return next != numbers.end() && next->starts_with(digits);
}

// Many users, hardly one of whom exists or lets anybody in.
void look_for_users(const Case& all, const std::string& host, const Source& source) {
    std::map<std::string, const Attempt*> refused;  // the first of each user
    std::set<std::string> reached, dialled;
    for (const Attempt& each : source.attempts) {
        if (reached_somebody(each)) reached.insert(each.user);
        else if (refused_user(each.of->status)) refused.try_emplace(each.user, &each);
        dialled.insert(each.user);
    }
    std::erase_if(refused, [&](const auto& one) {
        // RFC 3578 3: whoever dials digit by digit is told 484 until the number is whole.
        const bool goes_on = one.second->of->status == 484 && has_longer(dialled, one.first);
        return goes_on || reached.contains(one.first);
    });
    const auto count = static_cast<long>(refused.size());
    if (count < all.threshold("scanner", "users") || refused.size() < 9 * reached.size()) return;
    std::vector<std::size_t> evidence;
    for (const auto& [user, first] : refused) evidence.push_back(first->request);
    std::ranges::sort(evidence);
    set_aside(all, evidence);
    all.find_in_all("scanner", first_of(evidence),
                    {{"address", host},
                     {"count", count},
                     {"seconds", all.seconds_between(source.attempts.front().request, source.attempts.back().request)}},
                    {"Request-URI"});
}

std::vector<sip::Credentials> credentials_in(const Case& all, std::size_t index) {
    std::vector<sip::Credentials> given;
    if (all.captured.messages[index].octets.find("uthorization") == std::string_view::npos) return given;
    for (const char* field : {"Authorization", "Proxy-Authorization"})
        for (const std::string_view value : all.message(index).headers(field))
            if (auto one = sip::parse_credentials(value)) given.push_back(std::move(*one));
    return given;
}

// Challenged again by whom they were made for, though their nonce was good. 403 may say the same (RFC 3261 22.1), but to
// an INVITE it mostly forbids what was dialled.
bool refuses(const Case& all, const Transaction& of, const std::vector<sip::Credentials>& given) {
    if (of.status == 403) return of.method == "REGISTER";
    if (of.status != 401 && of.status != 407) return false;
    bool challenged = false;
    for (const char* field : {"WWW-Authenticate", "Proxy-Authenticate"})
        for (const std::string_view value : all.message(of.final).headers(field))
            if (const auto asked = sip::parse_challenge(value)) {
                challenged = true;
                if (!asked->stale && std::ranges::find(given, asked->realm, &sip::Credentials::realm) != given.end())
                    return true;
            }
    return !challenged;
}

// RFC 3261 22, 26.1.1
void look_for_guesses(const Case& all, const std::string& host, const Source& source) {
    std::map<std::string, std::vector<std::size_t>> failures;  // of each account
    std::set<std::string> let_in, found;
    std::vector<std::size_t> evidence;
    const long many = all.threshold("password-guessing", "failures"),
               users = all.threshold("password-guessing", "users"),
               seconds = all.threshold("password-guessing", "seconds");
    // A device with one wrong password does so too, but slowly.
    const auto quick = [&](const std::vector<std::size_t>& requests) {
        return static_cast<long>(densest(all, requests, seconds).count) >= many;
    };
    for (const Attempt& each : source.attempts) {
        if (!each.of->has_final() && !went_through(each)) continue;
        const auto given = credentials_in(all, each.request);
        if (given.empty()) continue;
        const std::string& account = given.front().username;
        if (refuses(all, *each.of, given)) {
            failures[account].push_back(each.request);
            evidence.push_back(each.request);
            continue;
        }
        if (!reached_somebody(each)) continue;
        let_in.insert(account);
        const auto failed = failures.find(account);
        if (failed == failures.end()) continue;
        const bool guessed = quick(failed->second) ||
                             (static_cast<long>(failures.size()) >= users && evidence.size() > 2 * let_in.size());
        if (!guessed || !found.insert(account).second) continue;
        std::vector<std::size_t> proof = first_of(evidence);
        proof.insert(proof.end(), {each.request, each.of->final});
        all.find_in_all("password-found", proof,
                        {{"address", host}, {"user", account}, {"count", static_cast<long>(evidence.size())}},
                        {"Authorization"});
    }
    const auto tried = static_cast<long>(failures.size());
    // A registrar's own proxy brings the failures of all its users, and many more that are let in.
    if ((!quick(evidence) && tried < users) || let_in.size() >= failures.size()) return;
    set_aside(all, evidence);
    all.find_in_all("password-guessing", first_of(evidence),
                    {{"address", host}, {"count", static_cast<long>(evidence.size())}, {"users", tried}},
                    {"Authorization"});
}

// The same number behind one prefix after the other: a way out to expensive destinations is looked for.
void look_for_prefixes(const Case& all, const std::string& host, const Source& source) {
    constexpr std::size_t kept = 9;  // digits that stay
    struct Tried {
        std::map<std::string, std::size_t> refused;  // the first request of each number as dialled
        std::set<std::string> led_out;
        const Attempt* answered = nullptr;
    };
    std::map<std::string, Tried> by_number;
    for (const Attempt& each : source.attempts) {
        const std::string digits = each.user.substr(each.user.starts_with('+') ? 1 : 0);
        if (each.of->method != "INVITE" || digits.size() < kept + 2 ||
            digits.find_first_not_of("0123456789*#") != std::string::npos)
            continue;
        Tried& tried = by_number[digits.substr(digits.size() - kept)];
        if (reached_somebody(each)) tried.led_out.insert(each.user);
        else if (each.of->status >= 400) tried.refused.try_emplace(each.user, each.request);
        if (each.of->status / 100 == 2) tried.answered = &each;
    }
    for (auto& [number, tried] : by_number) {
        // Challenged first, and let through with credentials.
        for (const std::string& dialled : tried.led_out) tried.refused.erase(dialled);
        const auto count = static_cast<long>(tried.refused.size());
        if (count < all.threshold("prefixes-tried", "prefixes")) continue;
        std::vector<std::size_t> evidence;
        for (const auto& [dialled, request] : tried.refused) evidence.push_back(request);
        std::ranges::sort(evidence);
        // Where neither of both is found below, the calls keep what is found in them.
        if (tried.answered != nullptr || tried.led_out.empty()) set_aside(all, evidence);
        evidence = first_of(evidence);
        if (tried.answered) {
            evidence.insert(evidence.end(), {tried.answered->request, tried.answered->of->final});
            all.find_in_all("prefix-found", evidence,
                            {{"address", host}, {"number", tried.answered->user}, {"count", count}}, {"Request-URI"});
        } else if (tried.led_out.empty()) {
            all.find_in_all("prefixes-tried", evidence, {{"address", host}, {"number", "…" + number}, {"count", count}},
                            {"Request-URI"});
        }
    }
}

// To one server: whoever watches many of them asks each once in a while. What a proxy carries on is not its own.
void look_for_floods(const Case& all, const std::string& host, const Source& source) {
    std::map<std::size_t, std::vector<std::size_t>> by_server;
    for (const Attempt& each : source.attempts)
        if (each.of->method == "OPTIONS" && each.of->branch_below.empty() &&
            all.captured.messages[each.request].clock != capture::Clock::none)
            by_server[each.of->server].push_back(each.request);
    const long seconds = all.threshold("options-flood", "seconds");
    for (const auto& [server, requests] : by_server) {
        const Burst burst = densest(all, requests, seconds);
        if (static_cast<long>(burst.count) < all.threshold("options-flood", "requests")) continue;
        const auto begin = requests.begin() + static_cast<std::ptrdiff_t>(burst.first);
        all.find_in_all("options-flood", first_of({begin, begin + static_cast<std::ptrdiff_t>(burst.count)}),
                        {{"address", host}, {"count", static_cast<long>(burst.count)}, {"seconds", seconds}});
    }
}

// No answer, where one would have been captured.
bool is_unanswered(const Case& all, const Transaction& of) {
    return of.status == 0 && (of.messages.size() > 1 || all.watched_for(of.request, std::chrono::seconds(5)));
}

// After an outage all devices come at once (RFC 5626 4.5), which can make the next one.
void look_for_storms(const Case& all) {
    std::map<std::string, std::vector<std::size_t>> by_server;
    std::map<std::size_t, const Transaction*> of_request;
    for (const Transaction& of : all.calls.transactions) {
        if (of.method != "REGISTER" || of.request == calls::none || of.after_challenge != calls::none ||
            all.captured.messages[of.request].clock == capture::Clock::none)
            continue;
        by_server[all.party(of.server)].push_back(of.request);
        of_request[of.request] = &of;
    }
    const long seconds = all.threshold("registration-storm", "seconds");
    for (auto& [server, requests] : by_server) {
        std::ranges::sort(requests);
        const Burst burst = densest(all, requests, seconds);
        if (static_cast<long>(burst.count) < all.threshold("registration-storm", "requests")) continue;
        const auto begin = requests.begin() + static_cast<std::ptrdiff_t>(burst.first);
        const std::vector<std::size_t> within(begin, begin + static_cast<std::ptrdiff_t>(burst.count));
        const auto failed = std::ranges::count_if(within, [&](std::size_t request) {
            const int status = of_request.at(request)->status;
            return is_unanswered(all, *of_request.at(request)) || status == 503 || status == 500 || status == 504;
        });
        // A device keeps its Call-ID (RFC 3261 10.2): one alone that repeats itself is no storm.
        std::set<std::size_t> devices;
        for (const std::size_t request : within) devices.insert(of_request.at(request)->story);
        if (2 * devices.size() < within.size()) continue;
        if (failed * 100 >= static_cast<long>(burst.count) * all.threshold("registration-storm", "failed_percent"))
            all.find_in_all("registration-storm", first_of(within),
                            {{"to", server},
                             {"count", static_cast<long>(burst.count)},
                             {"seconds", seconds},
                             {"failed", static_cast<long>(failed)}});
    }
}

}  // namespace

void look_over_attacks(const Case& all) {
    for (const auto& [host, source] : sources_of(all)) {
        look_for_name(all, host, source);
        look_for_users(all, host, source);
        look_for_guesses(all, host, source);
        look_for_prefixes(all, host, source);
        look_for_floods(all, host, source);
        all.forget();
    }
    look_for_storms(all);
}

}  // namespace sipdex::findings
