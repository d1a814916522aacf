// Where requests go: in a circle (RFC 3261 16.3, RFC 5393), too far (Max-Forwards), or past a proxy that had recorded its
// route (RFC 3261 12.2.1.1).
#include <algorithm>

#include "findings/families.h"
#include "findings/hops.h"
#include "findings/zone.h"
#include "sip/name_addr.h"
#include "sip/values.h"
#include "sip/via.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

// Of one request, hop by hop from where it began.
std::vector<const Transaction*> way_to(const Case& one, const Transaction& last) {
    std::vector<const Transaction*> way{&last};
    while (way.back()->parent != calls::none) {
        const Transaction& before = one.transaction(way.back()->parent);
        if (before.request == calls::none) break;
        way.push_back(&before);
    }
    std::ranges::reverse(way);
    return way;
}

bool ends_a_way(const Case& one, const Transaction& of) { return sent_on(one, of).empty(); }

// RFC 5393 4.2: what decides where a request goes is alike. A server to which an application server gives the request back
// finds another Route in it.
bool same_request(const sip::Message& first, const sip::Message& second) {
    return first.request_uri == second.request_uri && sip::values_of(first, "Route") == sip::values_of(second, "Route");
}

struct Round {
    std::size_t party = calls::none;
    std::vector<std::size_t> same, other;  // requests to it that were alike, and those that were not
};

// A log that names neither addresses nor parties leaves the receiver to be guessed by the request's own URI, which a proxy
// that sends it on need not change.
bool is_placed(const capture::Message& message) { return message.to.known() || !message.to_name.empty(); }

// The party that a request passed most often.
Round round_in(const Case& one, const std::vector<const Transaction*>& way) {
    std::map<std::size_t, std::vector<std::size_t>> by_party;
    for (const Transaction* each : way)
        if (is_placed(one.captured.messages[each->request])) by_party[each->server].push_back(each->request);
    Round round;
    for (const auto& [party, requests] : by_party) {
        if (requests.size() < 2) continue;
        // The first may have come with another address than those in the circle.
        constexpr std::size_t enough = 8;
        for (std::size_t first = 0; first < std::min(requests.size(), enough); ++first) {
            Round here{party, {}, {}};
            for (const std::size_t each : requests)
                (same_request(one.message(requests[first]), one.message(each)) ? here.same : here.other)
                    .push_back(each);
            const bool larger = here.same.size() > round.same.size(),
                       earlier = here.same.size() == round.same.size() && here.same.front() < round.same.front();
            if (round.party == calls::none || larger || earlier) round = here;
        }
    }
    return round;
}

// A sent-by that stands in several Via of one request; "" for none.
std::string repeated_via(const sip::Message& request, long* times) {
    std::map<std::string, long> seen;
    for (const sip::Via& via : sip::vias_in(request)) {
        const std::string by = via.sent_by();
        if (++seen[by] >= 2) *times = seen[by];
    }
    for (const auto& [by, count] : seen)
        if (count >= 2) return by;
    return "";
}

// The same request as it came to the same server on other ways; with the refused one.
std::vector<const Transaction*> merged_with(const Case& one, const Transaction& refused_one) {
    const auto way = way_to(one, refused_one);
    std::vector<const Transaction*> all;
    for (const Transaction* other : requests_of(one, refused_one.method, false)) {
        if (other->server != refused_one.server || other->cseq != refused_one.cseq ||
            other->from_tag != refused_one.from_tag)
            continue;
        if (other == &refused_one || std::ranges::find(way, other) == way.end()) all.push_back(other);
    }
    return all;
}

// All that were refused are told at once.
void look_at_merged(const Case& one, const std::vector<const Transaction*>& ways) {
    std::vector<std::size_t> evidence;
    for (const Transaction* each : ways) {
        evidence.push_back(each->request);
        if (each->status == 482) evidence.push_back(each->final);
    }
    one.find("merged-request", evidence,
             {{"at", one.party(ways.front()->server)}, {"count", static_cast<long>(ways.size())}}, {"Via"});
}

void look_at_way(const Case& one, const Transaction& last) {
    const auto way = way_to(one, last);
    const Round round = round_in(one, way);
    if (round.party != calls::none && round.same.size() > 1)
        return one.find("loop", round.same,
                        {{"party", one.party(round.party)},
                         {"uri", one.message(round.same.front()).request_uri},
                         {"times", static_cast<long>(round.same.size())}},
                        {"Via", "Max-Forwards"});
    if (round.party != calls::none && !round.other.empty()) {
        const std::size_t before = round.same.front(), again = round.other.back();
        const std::string &first = one.message(before).request_uri, &second = one.message(again).request_uri;
        // With the same address an application server gave it back.
        if (first != second)
            one.find("spiral", {before, again},
                     {{"party", one.party(round.party)}, {"first", first}, {"second", second}});
    }
    if (!last.has_final() || (last.status != 482 && last.status != 483)) return;
    const std::string method(last.method), at = one.party(last.server);
    const std::vector<std::size_t> evidence = {way.front()->request, last.request, last.final};
    if (last.status == 482)
        if (const auto ways = merged_with(one, last); ways.size() > 1) return look_at_merged(one, ways);
    if (accepted_elsewhere(one, last)) return;
    long times = 0;
    if (const std::string by = repeated_via(one.message(last.request), &times); !by.empty())
        return one.find("loop", evidence,
                        {{"party", by}, {"uri", one.message(last.request).request_uri}, {"times", times}},
                        {"Via", "Max-Forwards"});
    if (last.status == 482) return one.find("loop-refused", evidence, {{"at", at}, {"method", method}}, {"Via"});
    const long start = seconds_in(one.message(way.front()->request), "Max-Forwards").value_or(-1);
    // Where the capture begins in the middle, the Via tell how many hops were before, and who began.
    const auto vias = sip::vias_in(one.message(way.front()->request));
    const auto before = static_cast<long>(vias.size()) - 1;
    const bool low = start >= 0 && start + before < one.threshold("max-forwards-low", "least");
    // RFC 3261 11: who counts Max-Forwards up from 0 asks one server after the other what it can do.
    if (low && last.method == "OPTIONS") return;
    if (low)
        return one.find("max-forwards-low", evidence,
                        {{"by", before > 0 ? vias.back().sent_by() : one.party(way.front()->client)},
                         {"method", method},
                         {"start", start + std::max(before, 0L)},
                         {"at", at}},
                        {"Max-Forwards"});
    one.find("hops-exhausted", evidence, {{"at", at}, {"method", method}, {"start", start}}, {"Max-Forwards", "Via"});
}

// The last hop of the answer that made a dialog, and the first: where its two ends are.
struct Ends {
    const Transaction* caller = nullptr;
    const Transaction* callee = nullptr;
};

Ends ends_of(const Case& one, const calls::Dialog& dialog) {
    Ends ends;
    for (const Transaction* each : requests_of(one, "INVITE", false)) {
        if (each->in_dialog || !each->has_final() || each->status >= 300) continue;
        if (sip::tag_in(one.message(each->final), "To") != dialog.callee_tag) continue;
        if (each->parent == calls::none) ends.caller = each;
        if (!passed_back(one, *each)) ends.callee = each;
    }
    return ends;
}

bool is_at(const Case& one, std::size_t party, const sip::Uri& uri) {
    const auto address = address_named(uri.host);
    return address && party != calls::none && capture::same_host(*address, one.calls.parties[party].address);
}

// Requests of one end that should have followed its route set.
void look_at_route_set(const Case& one, std::size_t place, std::size_t end, const std::vector<sip::NameAddr>& routes) {
    if (routes.empty() || end == calls::none) return;
    for (const std::size_t index : one.story().messages) {
        const calls::Placed& placed = one.placed(index);
        if (placed.dialog != place || placed.from != end || placed.repeat != calls::Repeat::original) continue;
        if (placed.status != 0 || placed.has_route) continue;
        const sip::Message& request = one.message(index);
        if (!request.is_request() || request.method.empty() || request.header("Route")) continue;
        // Of what goes on from a proxy that is an end of the capture, and of the INVITE itself, nothing is said.
        if (sip::tag_in(request, "To").empty() || sip::vias_in(request).size() != 1) continue;
        if (request.method == "ACK" && one.transaction(placed.transaction).method != "ACK") continue;
        // RFC 3261 12.2.1.1: a strict router is named by the Request-URI.
        const auto uri = sip::parse_uri(request.request_uri);
        if (uri && !routes.front().uri.is_loose() && uri->host == routes.front().uri.host) continue;
        // It comes to the only server that wanted it all the same; one that has two legs records both.
        const auto is_there = [&](const sip::NameAddr& route) { return is_at(one, placed.to, route.uri); };
        if (std::ranges::all_of(routes, is_there)) continue;
        return one.find("route-set-ignored", {index},
                        {{"method", request.method},
                         {"by", one.party(end)},
                         {"to", one.party(placed.to)},
                         {"route", sip::to_text(routes.front().uri)}},
                        {"Record-Route", "Route"});
    }
}

void look_at_routes(const Case& one) {
    // Nobody wanted to stay on the way.
    if (std::ranges::none_of(one.story().messages,
                             [&](std::size_t index) { return one.placed(index).has_record_route; }))
        return;
    for (const std::size_t place : one.story().dialogs) {
        const calls::Dialog& dialog = one.calls.dialogs[place];
        if (dialog.begun_before || dialog.confirmed_by == calls::none) continue;
        const Ends ends = ends_of(one, dialog);
        // The caller follows the answer as it got it, backwards; the called side the INVITE as it got it.
        if (ends.caller && sip::vias_in(one.message(ends.caller->final)).size() == 1) {
            auto routes = sip::addresses_in(one.message(ends.caller->final), "Record-Route");
            std::ranges::reverse(routes);
            look_at_route_set(one, place, ends.caller->client, routes);
        }
        if (ends.callee && ends.callee->request != calls::none)
            look_at_route_set(one, place, ends.callee->server,
                              sip::addresses_in(one.message(ends.callee->request), "Record-Route"));
    }
}

}  // namespace

void look_at_routing(const Case& one) {
    for (const std::size_t index : one.story().transactions) {
        const Transaction& of = one.transaction(index);
        if (of.request != calls::none && of.method != "ACK" && of.method != "CANCEL" && ends_a_way(one, of))
            look_at_way(one, of);
    }
    if (one.story().kind == calls::Kind::call) look_at_routes(one);
}

}  // namespace sipdex::findings
