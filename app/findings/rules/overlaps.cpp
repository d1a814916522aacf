// Two INVITEs of one call at a time (RFC 3261 14): from both sides (491), or from one (500 with Retry-After).
#include <algorithm>

#include "findings/families.h"
#include "findings/hops.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

using Requests = std::vector<const Transaction*>;

// Those within the dialog that whoever is not captured before them made: a re-INVITE, an UPDATE.
Requests changes_of(const Case& one) {
    Requests all;
    for (const std::string_view method : {"INVITE", "UPDATE"})
        for (const Transaction* each : requests_of(one, method, true))
            if (each->in_dialog) all.push_back(each);
    std::ranges::sort(all, {}, &Transaction::request);
    return all;
}

// The same sender's next that was accepted.
const Transaction* accepted_after(const Requests& all, const Transaction& before) {
    for (const Transaction* each : all)
        if (each->request > before.final && each->client == before.client && each->has_final() && each->status < 300)
            return each;
    return nullptr;
}

// Those of one side that got 491 and were never accepted.
struct Refused {
    const Transaction* last = nullptr;
    std::vector<std::size_t> evidence;
    long count = 0;
};

void look_at_glare(const Case& one, const Requests& all) {
    std::vector<std::size_t> met;
    const Transaction* resolved = nullptr;
    std::map<std::size_t, Refused> by_side;
    for (const Transaction* each : all) {
        if (each->status != 491 || !each->has_final()) continue;
        met.insert(met.end(), {each->request, each->final});
        if (const Transaction* again = accepted_after(all, *each)) {
            resolved = again;
            met.push_back(again->final);
            continue;
        }
        Refused& refused = by_side[each->client];
        refused.last = each;
        ++refused.count;
        refused.evidence.insert(refused.evidence.end(), {each->request, each->final});
    }
    bool repeated = false;
    for (const auto& [side, refused] : by_side) {
        if (refused.count < one.threshold("glare-repeated", "times")) continue;
        repeated = true;
        one.find("glare-repeated", refused.evidence,
                 {{"count", refused.count},
                  {"method", std::string(refused.last->method)},
                  {"by", one.party(refused.last->client)},
                  {"at", one.party(given_at(one, *refused.last).server)}});
    }
    if (repeated) return;
    if (resolved) one.find("glare-resolved", met, {{"seconds", one.seconds_between(met.front(), resolved->final)}});
}

// RFC 3261 14.2: an INVITE that came before the answer to another of the same side.
// It came again, whatever became of it, or there was no call any more.
bool needs_no_more(const Case& one, const Transaction& refused) {
    const std::size_t again = next_request(one, refused.final, "INVITE"), end = next_request(one, refused.final, "BYE");
    return end != calls::none || (again != calls::none && one.placed(again).from == refused.client);
}

void look_at_overlap(const Case& one, const Requests& all) {
    const Requests invites = requests_of(one, "INVITE", true);  // also the first, while its answer is awaited
    for (const Transaction* each : all) {
        if (each->method != "INVITE" || each->status != 500 || !each->has_final()) continue;
        const bool pending = std::ranges::any_of(invites, [&](const Transaction* other) {
            return other != each && other->client == each->client && other->request < each->request &&
                   (!other->has_final() || other->final > each->request);
        });
        if (!pending) continue;
        const auto retry = seconds_in(one.message(each->final), "Retry-After");
        const std::vector<std::pair<std::string, Value>> values = {{"by", one.party(each->client)},
                                                                   {"at", one.party(given_at(one, *each).server)},
                                                                   {"retry", retry ? std::to_string(*retry) : "none"}};
        if (const Transaction* again = accepted_after(all, *each))
            one.find("overlap-refused", {each->request, each->final, again->request, again->final}, values,
                     {"Retry-After"});
        else if (!needs_no_more(one, *each) &&
                 one.watched_for(each->final, std::chrono::seconds(one.threshold("overlap-lost", "seconds"))))
            one.find("overlap-lost", {each->request, each->final}, values, {"Retry-After"});
    }
}

}  // namespace

void look_at_overlaps(const Case& one) {
    if (one.story().kind != calls::Kind::call) return;
    const Requests all = changes_of(one);
    look_at_glare(one, all);
    look_at_overlap(one, all);
}

}  // namespace sipdex::findings
