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

// Of the whole capture there may be very many, so they are not read as a whole.
std::string user_of(const capture::Message& request) {
    const calls::Outline outline = calls::outline_of(request);
    if (outline.method == "REGISTER") return std::string(calls::user_in(outline.to));
    const auto uri = sip::parse_uri(outline.request_uri);
    return uri ? (uri->is_sip() ? uri->user : uri->opaque) : std::string();
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
            const std::size_t at = low.find(scanner);
            if (at == std::string::npos || (at > 0 && sip::letter_characters.has(low[at - 1]))) continue;
            name = words.substr(at, scanner.size());
            break;
        }
    }
    if (name.empty()) return;
    std::vector<std::size_t> evidence;
    for (const Attempt& each : source.attempts)
        if (all.captured.messages[each.request].octets.find(name) != std::string_view::npos)
            evidence.push_back(each.request);
    const auto count = static_cast<long>(evidence.size());
    all.find_in_all("scanner-named", first_of(std::move(evidence)),
                    {{"address", host}, {"name", name}, {"count", count}}, {"User-Agent"});
}

// Many users, hardly one of whom exists or lets anybody in.
void look_for_users(const Case& all, const std::string& host, const Source& source) {
    std::set<std::string> refused, reached;
    std::vector<std::size_t> evidence;
    for (const Attempt& each : source.attempts) {
        if (went_through(each)) reached.insert(each.user);
        else if (refused_user(each.of->status) && refused.insert(each.user).second) evidence.push_back(each.request);
    }
    std::erase_if(refused, [&](const std::string& user) { return reached.contains(user); });
    const auto count = static_cast<long>(refused.size());
    if (count < all.threshold("scanner", "users") || refused.size() < 9 * reached.size()) return;
    all.find_in_all("scanner", first_of(evidence),
                    {{"address", host},
                     {"count", count},
                     {"seconds", all.seconds_between(source.attempts.front().request, source.attempts.back().request)}},
                    {"Request-URI"});
}

std::optional<std::string> account_of(const Case& all, std::size_t index) {
    const capture::Message& packet = all.captured.messages[index];
    if (packet.octets.find("uthorization") == std::string_view::npos) return std::nullopt;
    const sip::Message& request = all.message(index);
    for (const char* field : {"Authorization", "Proxy-Authorization"})
        for (const std::string_view value : request.headers(field))
            if (const auto given = sip::parse_credentials(value)) return given->username;
    return std::nullopt;
}

bool is_stale(const Case& all, const Transaction& of) {
    for (const char* field : {"WWW-Authenticate", "Proxy-Authenticate"})
        for (const std::string_view value : all.message(of.final).headers(field))
            if (const auto asked = sip::parse_challenge(value); asked && asked->stale) return true;
    return false;
}

// RFC 3261 22, 26.1.1
void look_for_guesses(const Case& all, const std::string& host, const Source& source) {
    std::map<std::string, long> failures;
    std::set<std::string> let_in, found;
    std::vector<std::size_t> evidence;
    long count = 0;
    const long many = all.threshold("password-guessing", "failures"),
               users = all.threshold("password-guessing", "users");
    for (const Attempt& each : source.attempts) {
        if (!each.of->has_final() && !went_through(each)) continue;
        const auto account = account_of(all, each.request);
        if (!account) continue;
        const int status = each.of->status;
        if ((status == 401 || status == 403 || status == 407) && !is_stale(all, *each.of)) {
            ++count;
            ++failures[*account];
            evidence.push_back(each.request);
        } else if (went_through(each)) {
            let_in.insert(*account);
            const bool guessed =
                failures[*account] >= many || (static_cast<long>(failures.size()) >= users && failures[*account] > 0 &&
                                               count > static_cast<long>(2 * let_in.size()));
            if (!guessed || !found.insert(*account).second) continue;
            std::vector<std::size_t> proof = first_of(evidence);
            proof.insert(proof.end(), {each.request, each.of->final});
            all.find_in_all("password-found", proof, {{"address", host}, {"user", *account}, {"count", count}},
                            {"Authorization"});
        }
    }
    std::erase_if(failures, [](const auto& one) { return one.second == 0; });
    const auto tried = static_cast<long>(failures.size());
    // A registrar's own proxy brings the failures of all its users, and many more that are let in.
    if ((count < many && tried < users) || let_in.size() >= failures.size()) return;
    all.find_in_all("password-guessing", first_of(evidence), {{"address", host}, {"count", count}, {"users", tried}},
                    {"Authorization"});
}

// The same number behind one prefix after the other: a way out to expensive destinations is looked for.
void look_for_prefixes(const Case& all, const std::string& host, const Source& source) {
    constexpr std::size_t kept = 9;  // digits that stay
    struct Tried {
        std::set<std::string> dialled;  // and refused
        std::vector<std::size_t> evidence;
        const Attempt* through = nullptr;
    };
    std::map<std::string, Tried> by_number;
    for (const Attempt& each : source.attempts) {
        const std::string digits = each.user.substr(each.user.starts_with('+') ? 1 : 0);
        if (each.of->method != "INVITE" || digits.size() < kept + 2 ||
            digits.find_first_not_of("0123456789*#") != std::string::npos)
            continue;
        Tried& tried = by_number[digits.substr(digits.size() - kept)];
        if (each.of->status >= 400 && tried.dialled.insert(each.user).second) tried.evidence.push_back(each.request);
        if (each.of->status / 100 == 2 && !tried.dialled.contains(each.user)) tried.through = &each;
    }
    for (const auto& [number, tried] : by_number) {
        const auto count = static_cast<long>(tried.dialled.size());
        if (count < all.threshold("prefixes-tried", "prefixes")) continue;
        std::vector<std::size_t> evidence = first_of(tried.evidence);
        if (tried.through) {
            evidence.insert(evidence.end(), {tried.through->request, tried.through->of->final});
            all.find_in_all("prefix-found", evidence,
                            {{"address", host}, {"number", tried.through->user}, {"count", count}}, {"Request-URI"});
        } else {
            all.find_in_all("prefixes-tried", evidence, {{"address", host}, {"number", "…" + number}, {"count", count}},
                            {"Request-URI"});
        }
    }
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

void look_for_floods(const Case& all, const std::string& host, const Source& source) {
    std::vector<std::size_t> requests;
    for (const Attempt& each : source.attempts)
        if (each.of->method == "OPTIONS" && all.captured.messages[each.request].clock != capture::Clock::none)
            requests.push_back(each.request);
    const long seconds = all.threshold("options-flood", "seconds");
    const Burst burst = densest(all, requests, seconds);
    if (static_cast<long>(burst.count) < all.threshold("options-flood", "requests")) return;
    const auto begin = requests.begin() + static_cast<std::ptrdiff_t>(burst.first);
    all.find_in_all("options-flood", first_of({begin, begin + static_cast<std::ptrdiff_t>(burst.count)}),
                    {{"address", host}, {"count", static_cast<long>(burst.count)}, {"seconds", seconds}});
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
            return status == 0 || status == 503 || status == 500 || status == 504;
        });
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
