// One target after the other: redirections that are followed or not (RFC 3261 8.1.3.4), servers that are tried in turn
// (RFC 3263 4.3), and how soon one is asked again that wanted to be left alone (RFC 3261 21.5.4).
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "calls/outline.h"
#include "findings/families.h"
#include "findings/hops.h"
#include "sip/contact.h"
#include "sip/token.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

// Of a tel: URI its number; hosts are alike in any case (RFC 3261 19.1.4).
std::string place_of(const sip::Uri& uri) {
    if (!uri.is_sip()) return uri.opaque;
    return uri.user + '@' + sip::lowered(uri.host) + (uri.port ? ':' + std::to_string(*uri.port) : "");
}

// With what leads elsewhere than the rest (RFC 3261 19.1.4): another transport is no circle.
std::string place_and_way_of(const sip::Uri& uri) {
    return place_of(uri) + ' ' + sip::lowered(uri.parameters.value("transport").value_or("")) + ' ' +
           uri.parameters.value("maddr").value_or("");
}

// To those that a request can go to; not to web pages.
std::vector<sip::Contact> targets_in(const sip::Message& response) {
    auto contacts = sip::contacts_in(response);
    std::erase_if(contacts, [](const sip::Contact& one) {
        const sip::Uri& uri = one.address.uri;
        return !uri.is_sip() && !sip::same_token(uri.scheme, "tel");
    });
    return contacts;
}

// The first hop to which a redirection was carried back; whoever asked there may follow it.
const Transaction& carried_back_to(const Case& one, const Transaction& redirected) {
    const Transaction* hop = &redirected;
    while (hop->parent != calls::none && one.transaction(hop->parent).status == redirected.status)
        hop = &one.transaction(hop->parent);
    return *hop;
}

// The request that went to an address of a redirection: of whoever got it, later.
const Transaction* follower_of(const Case& one, const Transaction& redirected,
                               const std::vector<sip::Contact>& contacts) {
    for (const Transaction* each : requests_of(one, redirected.method, false)) {
        if (each->client != redirected.client || each->request < redirected.final) continue;
        const auto uri = sip::parse_uri(one.message(each->request).request_uri);
        for (const sip::Contact& contact : contacts)
            if (uri && place_of(*uri) == place_of(contact.address.uri)) return each;
    }
    return nullptr;
}

void look_at_redirect(const Case& one, const Transaction& of) {
    if (of.status < 300 || of.status >= 400 || of.status == 380 || !of.has_final() || passed_back(one, of)) return;
    const auto contacts = targets_in(one.message(of.final));
    if (contacts.empty() || of.request == calls::none) return;
    const Transaction& told = carried_back_to(one, of);
    std::vector<std::pair<std::string, Value>> values = {{"code", static_cast<long>(of.status)},
                                                         {"from", one.party(of.server)},
                                                         {"by", one.party(told.client)},
                                                         {"target", sip::to_text(contacts.front().address.uri)}};
    if (const Transaction* next = follower_of(one, told, contacts)) {
        values.back().second = one.message(next->request).request_uri;
        return one.find("redirect-followed", {of.request, of.final, next->request}, values, {"Contact"});
    }
    if (told.parent != calls::none) return;  // whoever sent it on decides, and the caller may follow
    // It may have asked elsewhere, or with another Call-ID (RFC 3261 8.1.3.4 leaves that open).
    const bool goes_on = std::ranges::any_of(one.captured.messages, [&](const capture::Message& message) {
        const std::size_t index = message.number - 1;
        return index > told.final && one.placed(index).from == told.client && message.octets.starts_with(of.method) &&
               one.placed(index).transaction != calls::none;
    });
    const std::chrono::seconds wait(one.threshold("redirect-not-followed", "seconds"));
    if (!goes_on && one.watched_for(told.final, wait))
        one.find("redirect-not-followed", {of.request, of.final}, values, {"Contact"});
}

// RFC 3261 8.1.3.4, 16.5: nobody may be tried twice. Whoever is redirected to an address that had redirected it before
// goes in a circle.
void look_at_circles(const Case& one) {
    std::map<std::size_t, std::vector<const Transaction*>> redirected;  // by client
    for (const Transaction* each : requests_of(one, "INVITE", false))
        if (each->has_final() && each->status >= 300 && each->status < 400) redirected[each->client].push_back(each);
    for (const auto& [client, all] : redirected) {
        std::map<std::string, long> times;
        const Transaction* again = nullptr;
        std::vector<std::size_t> evidence;
        for (const Transaction* each : all) {
            const auto uri = sip::parse_uri(one.message(each->request).request_uri);
            if (uri && ++times[place_and_way_of(*uri)] >= one.threshold("redirect-loop", "times") && again == nullptr)
                again = each;
            evidence.insert(evidence.end(), {each->request, each->final});
        }
        if (again != nullptr)
            one.find("redirect-loop", evidence,
                     {{"by", one.party(client)},
                      {"at", one.party(again->server)},
                      {"target", one.message(again->request).request_uri},
                      {"count", static_cast<long>(all.size())}},
                     {"Contact"});
    }
}

// What a target said, or that it said nothing; nothing where it was no failure to be passed over.
std::optional<std::string> failure_of(const Transaction& of) {
    if (!of.has_final())
        return of.cancelled_by == calls::none || of.status <= 100 ? std::optional("none") : std::nullopt;
    if (of.status == 408 || of.status / 100 == 5) return std::to_string(of.status);
    return std::nullopt;
}

constexpr double shortest_turn = 0.5;  // seconds: T1, after which UDP tries again (RFC 3261 17.1.1.2)

// Tried in turn by one party: of the same request, or of a caller that tries another server.
void look_at_turns(const Case& one, const std::vector<const Transaction*>& turns) {
    for (std::size_t i = 1; i < turns.size(); ++i) {
        const Transaction &before = *turns[i - 1], &next = *turns[i];
        if (!next.has_final() || next.status >= 300 || before.server == next.server) continue;
        const auto said = failure_of(before);
        // Those that are called at the same time are no turns.
        const bool waited = one.seconds_between(before.request, next.request) >= shortest_turn;
        if (said == "none" && is_timed(one, next.request) && !waited) continue;
        if (!said || (before.has_final() && before.final > next.request)) continue;
        one.find("next-target-answered", {before.request, before.final, next.request, next.final},
                 {{"first", one.party(before.server)}, {"said", *said}, {"second", one.party(next.server)}});
    }
}

void look_at_fail_over(const Case& one) {
    for (const Transaction* invite : requests_of(one, "INVITE", false))
        if (!invite->in_dialog) look_at_turns(one, sent_on(one, *invite));
    std::vector<const Transaction*> first = requests_of(one, "INVITE", true);
    std::erase_if(first, [](const Transaction* each) { return each->in_dialog; });
    std::vector<const Transaction*> of_one_client;
    for (const Transaction* each : first)
        if (each->client == first.front()->client) of_one_client.push_back(each);
    look_at_turns(one, of_one_client);
}

bool begins_something(const Transaction& of) {
    return of.request != calls::none && !of.in_dialog && of.method != "ACK" && of.method != "CANCEL" &&
           of.method != "PRACK" && of.method != "BYE";
}

// Requests that begin something, by who sends to whom, in order.
using Ends = std::pair<std::size_t, std::size_t>;
using Begun = std::map<Ends, std::vector<const Transaction*>>;

Begun begun_in(const Case& all) {
    Begun begun;
    for (const Transaction& each : all.calls.transactions)
        if (begins_something(each)) begun[{each.client, each.server}].push_back(&each);
    for (auto& [ends, some] : begun) std::ranges::stable_sort(some, {}, &Transaction::request);
    return begun;
}

// By a proxy, which may go elsewhere with the next request.
bool only_carried_back(const Case& all, std::size_t index) {
    const std::vector<std::size_t>& beside = all.calls.stories[all.transaction(index).story].transactions;
    return std::ranges::any_of(beside, [&](std::size_t other) {
        return all.transaction(other).parent == index && all.transaction(other).status == all.transaction(index).status;
    });
}

// When the refusal had certainly arrived: whoever acknowledges it has read it. What was sent before crossed it.
std::size_t heard_at(const Transaction& refusal) { return refusal.ack != calls::none ? refusal.ack : refusal.final; }

// RFC 3261 21.5.4: 503 with Retry-After speaks of the server, whatever is asked of it.
void look_at_retries(const Case& all, const std::vector<const Transaction*>& begun, const Transaction& refusal) {
    const auto retry = seconds_in(all.message(refusal.final), "Retry-After");
    if (!retry || *retry == 0) return;
    // By its name alone it may be another server of the same domain.
    if (refusal.server == calls::none || !all.calls.parties[refusal.server].address.known()) return;
    const auto later = std::ranges::upper_bound(begun, heard_at(refusal), {}, &Transaction::request);
    constexpr double round_trip = 0.25;  // seconds; without ACK it is not known when the refusal arrived
    const auto timed = std::find_if(later, begun.end(), [&](const Transaction* each) {
        return is_timed(all, each->request) &&
               (refusal.ack != calls::none || all.seconds_between(refusal.final, each->request) >= round_trip);
    });
    if (timed == begun.end()) return;
    const Transaction& next = **timed;
    const double seconds = all.seconds_between(refusal.final, next.request);
    if (seconds >= static_cast<double>(*retry)) return;
    all.find_in(refusal.story, "retry-too-early", {refusal.final, next.request},
                {{"method", std::string(next.method)},
                 {"by", all.party(next.client)},
                 {"at", all.party(next.server)},
                 {"retry", *retry},
                 {"seconds", seconds}},
                {"Retry-After"});
}

// What the server took meanwhile: one that takes much of it only refuses what is too much.
std::size_t taken_between(const std::vector<const Transaction*>& begun, std::size_t first, std::size_t last) {
    return static_cast<std::size_t>(std::ranges::count_if(begun, [&](const Transaction* each) {
        return each->request >= first && each->request <= last && each->status > 100 && each->status < 300;
    }));
}

// The first run of so many within that time or more, one after the other; empty where there is none.
std::vector<std::size_t> first_run(const Case& all, const std::vector<std::size_t>& requests, std::size_t wanted,
                                   double within) {
    const auto dense = [&](std::size_t first) {
        return first + wanted <= requests.size() &&
               all.seconds_between(requests[first], requests[first + wanted - 1]) <= within;
    };
    std::size_t first = 0;
    while (first < requests.size() && !dense(first)) ++first;
    if (first == requests.size()) return {};
    std::size_t last = first;
    while (dense(last + 1)) ++last;
    return {requests.begin() + static_cast<std::ptrdiff_t>(first),
            requests.begin() + static_cast<std::ptrdiff_t>(last + wanted)};
}

// What speaks of the server, whatever is asked of it (RFC 3261 21.5.4), or of one request that is made again and again.
struct Refused {
    Ends ends;
    int status = 0;
    std::string_view method, caller, callee;  // "" for those that speak of the server

    bool operator<(const Refused& other) const {
        return std::tie(ends, status, method, caller, callee) <
               std::tie(other.ends, other.status, other.method, other.caller, other.callee);
    }
};

Refused refused_by(const Case& all, const Transaction& of) {
    if (of.status == 503) return {{of.client, of.server}, of.status, {}, {}, {}};
    const calls::Story& story = all.calls.stories[of.story];
    return {{of.client, of.server}, of.status, of.method, calls::uri_in(story.caller), calls::uri_in(story.callee)};
}

// Refused so often within a short time that the requests themselves keep the server busy.
void look_at_storms(const Case& all, const Begun& begun, const std::vector<const Transaction*>& refusals) {
    const auto wanted = static_cast<std::size_t>(all.threshold("retry-storm", "requests"));
    const auto alike_wanted = static_cast<std::size_t>(all.threshold("retry-storm", "repeats"));
    const auto within = static_cast<double>(all.threshold("retry-storm", "within_seconds"));
    std::map<Refused, std::vector<std::size_t>> alike;
    for (const Transaction* each : refusals) alike[refused_by(all, *each)].push_back(each->request);
    for (auto& [one, requests] : alike) {
        const Ends& ends = one.ends;
        const std::size_t fewest = one.method.empty() ? wanted : alike_wanted;
        if (fewest == 0 || requests.size() < fewest) continue;
        std::ranges::sort(requests);
        if (!is_timed(all, requests.front())) continue;
        const std::vector<std::size_t> rain = first_run(all, requests, fewest, within);
        if (rain.empty() || 2 * taken_between(begun.at(ends), rain.front(), rain.back()) >= rain.size()) continue;
        constexpr std::ptrdiff_t shown = 20;
        const std::vector<std::size_t> first(rain.begin(), rain.begin() + std::min(shown, std::ssize(rain)));
        all.find_in_all("retry-storm", first,
                        {{"by", all.party(ends.first)},
                         {"at", all.party(ends.second)},
                         {"count", static_cast<long>(rain.size())},
                         {"code", std::to_string(one.status)},
                         {"seconds", all.seconds_between(rain.front(), rain.back())}});
    }
}

}  // namespace

void look_at_attempts(const Case& one) {
    for (const Transaction* invite : requests_of(one, "INVITE", false)) look_at_redirect(one, *invite);
    look_at_circles(one);
    look_at_fail_over(one);
}

void look_over_attempts(const Case& all) {
    std::vector<const Transaction*> refusals;
    std::set<std::size_t> answered;  // challenges
    for (const Transaction& of : all.calls.transactions) answered.insert(of.after_challenge);
    for (std::size_t index = 0; index < all.calls.transactions.size(); ++index) {
        const Transaction& of = all.calls.transactions[index];
        // Whoever answers no challenge is refused by it.
        const bool challenged = (of.status == 401 || of.status == 407) && !answered.contains(index);
        if ((of.status / 100 == 5 || challenged) && of.has_final() && begins_something(of) &&
            !only_carried_back(all, index))
            refusals.push_back(&of);
    }
    if (refusals.empty()) return;
    const Begun begun = begun_in(all);
    for (const Transaction* refusal : refusals)
        if (refusal->status == 503) look_at_retries(all, begun.at({refusal->client, refusal->server}), *refusal);
    look_at_storms(all, begun, refusals);
}

}  // namespace sipdex::findings
