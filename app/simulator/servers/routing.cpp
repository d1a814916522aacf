#include "simulator/servers/routing.h"

#include <algorithm>

#include "sip/name_addr.h"
#include "sip/token.h"

namespace sipdex::simulator {

namespace {

std::string key_of(const sip::Uri& uri) {
    return uri.is_sip() ? "sip:" + uri.user + "@" + sip::lowered(uri.host) : sip::to_text(uri);
}

// A telephone number with its separators removed; nothing for a name (RFC 3966 5.1.1).
std::optional<std::string> number_in(const sip::Uri& uri) {
    std::string number;
    for (const char letter : uri.is_sip() ? uri.user : uri.opaque.substr(0, uri.opaque.find(';'))) {
        if (std::string_view("-.()").find(letter) != std::string_view::npos) continue;
        const bool plus = letter == '+' && number.empty();
        if (!plus && (letter < '0' || letter > '9')) return std::nullopt;
        number += letter;
    }
    if (number.empty()) return std::nullopt;
    return number;
}

sip::Uri sent_to(sip::Uri uri, const std::string& server) {
    const auto hop = sip::parse_uri(server);
    if (hop) uri.host = hop->host, uri.port = hop->port;
    return uri;
}

// Whether a name is one of the words of a user, which dots separate.
bool has_word(std::string_view user, std::string_view word) {
    for (;;) {
        const auto dot = user.find('.');
        if (sip::same_token(user.substr(0, dot), word)) return true;
        if (dot == std::string_view::npos) return false;
        user.remove_prefix(dot + 1);
    }
}

Routing::Found refused(int status, std::string decision, std::vector<std::string> details, std::string rule,
                       std::vector<std::string> headers = {}) {
    Routing::Found found;
    found.refusal =
        Routing::Refusal{status, std::move(decision), std::move(details), std::move(rule), std::move(headers)};
    return found;
}

}  // namespace

Routing Routing::read(source::Table& options) {
    Routing routing;
    routing.domains_ = options.texts("domains");
    if (auto users = options.table("users"))
        for (const std::string& user : users->keys()) {
            routing.users_[user];  // known, even with no place to be reached at
            for (const std::string& place : users->texts(user)) {
                const auto address = sip::parse_name_addr(place);
                if (!address) {
                    users->problem(user,
                                   "'" + place + "' is no address; write it as \"<sip:bob@192.0.2.4:5060>;q=0.7\"");
                    continue;
                }
                const auto q = address->parameters.value("q");
                routing.users_[user].push_back({address->uri, q ? std::strtod(q->c_str(), nullptr) : 1.0});
            }
        }
    for (source::Table& fields : options.tables("dial_plan")) {
        const Row row{fields.text("begins"), static_cast<std::size_t>(fields.number("digits")),
                      fields.text("next_hop")};
        if (!sip::parse_uri(row.next_hop)) fields.problem("next_hop", "'" + row.next_hop + "' is no URI");
        fields.done();
        routing.dial_plan_.push_back(row);
    }
    routing.gone_ = options.texts("gone");
    routing.schemes_ = options.texts("schemes");
    if (routing.schemes_.empty()) routing.schemes_ = {"sip", "sips"};
    routing.barred_ = options.texts("barred");
    routing.next_hop_ = options.text_or("next_hop", "");
    routing.routing_server_ = options.text_or("routing_server", "");
    routing.authoritative_ = options.flag_or("authoritative", false);
    routing.match_names_ = options.flag_or("match_names", false);
    return routing;
}

bool Routing::understands(const sip::Uri& uri) const {
    return std::any_of(schemes_.begin(), schemes_.end(),
                       [&](const std::string& scheme) { return sip::same_token(scheme, uri.scheme); });
}

bool Routing::responsible_for(const sip::Uri& uri) const {
    if (!uri.is_sip()) return !domains_.empty();  // a number or a service belongs to no domain but that of who is asked
    return std::any_of(domains_.begin(), domains_.end(),
                       [&](const std::string& domain) { return sip::same_token(domain, uri.host); });
}

std::optional<Routing::Refusal> Routing::barred(const sip::Uri& uri) const {
    const auto number = number_in(uri);
    for (const std::string& beginning : barred_)
        if (number && number->starts_with(beginning))
            return Refusal{403, "number-barred", {*number, beginning}, "RFC 3261 §21.4.4", {}};
    return std::nullopt;
}

Routing::Found Routing::targets_of(const sip::Message& request) const {
    const sip::Uri uri = *sip::parse_uri(request.request_uri);
    if (auto refusal = barred(uri)) {
        Found found;
        found.refusal = std::move(refusal);
        return found;
    }
    if (sip::first_address_in(request, "Route") || !responsible_for(uri))
        return {{{{uri, 1}}}, std::nullopt, false, false};
    Found found = by_user(uri);
    found.responsible = true;
    return found;
}

Routing::Found Routing::by_user(const sip::Uri& uri) const {
    const std::string key = key_of(uri);
    if (const auto user = users_.find(key); user != users_.end()) return at(user->second);
    if (std::find(gone_.begin(), gone_.end(), key) != gone_.end())
        return refused(410, "user-left", {key}, "RFC 3261 §21.4.10");
    if (!dial_plan_.empty() && number_in(uri)) return by_number(uri);
    if (!routing_server_.empty()) return {{{{sent_to(uri, routing_server_), 1}}}, std::nullopt, true, true};
    if (!next_hop_.empty()) return {{{{sent_to(uri, next_hop_), 1}}}, std::nullopt, true, false};
    if (match_names_) return by_part_of_name(uri);
    if (authoritative_) return refused(604, "exists-nowhere", {key}, "RFC 3261 §21.6.3");
    return refused(404, "unknown-user", {key}, "RFC 3261 §16.5");
}

Routing::Found Routing::by_number(const sip::Uri& uri) const {
    const std::string number = *number_in(uri);
    const std::size_t dialled = number.size() - (number.front() == '+' ? 1 : 0);
    for (const Row& row : dial_plan_) {
        // RFC 3261 21.4.22: fewer digits than the plan has are worth waiting for, unless they lead elsewhere.
        const bool fits = number.starts_with(row.begins) || row.begins.starts_with(number);
        if (fits && dialled < row.digits)
            return refused(484, "number-incomplete", {number, std::to_string(dialled), std::to_string(row.digits)},
                           "RFC 3261 §21.4.22");
        if (fits && dialled == row.digits) return {{{{sent_to(uri, row.next_hop), 1}}}, std::nullopt, true, false};
    }
    return refused(404, "no-route", {number}, "RFC 3261 §16.5");
}

// RFC 3261 21.4.23: one who is meant is called, several are listed for the caller to choose.
Routing::Found Routing::by_part_of_name(const sip::Uri& uri) const {
    std::vector<std::string> meant;
    for (const auto& [user, places] : users_)
        if (const auto known = sip::parse_uri(user);
            known && sip::same_token(known->host, uri.host) && has_word(known->user, uri.user))
            meant.push_back(user);
    if (meant.empty()) return refused(404, "unknown-user", {key_of(uri)}, "RFC 3261 §16.5");
    if (meant.size() == 1) return at(users_.at(meant.front()));
    std::vector<std::string> headers;
    for (const std::string& user : meant) headers.push_back("Contact: <" + user + ">");
    meant.insert(meant.begin(), uri.user);
    return refused(485, "ambiguous-name", std::move(meant), "RFC 3261 §21.4.23", std::move(headers));
}

Routing::Found Routing::at(const std::vector<Target>& places) const {
    if (places.empty()) return refused(480, "reachable-nowhere", {}, "RFC 3261 §16.5");
    return {grouped(places), std::nullopt, true, false};
}

Routing::Groups Routing::grouped(std::vector<Target> targets) {
    std::stable_sort(targets.begin(), targets.end(), [](const Target& a, const Target& b) { return a.q > b.q; });
    Groups groups;
    for (const Target& target : targets) {
        if (groups.empty() || groups.back().front().q != target.q) groups.emplace_back();
        groups.back().push_back(target);
    }
    return groups;
}

}  // namespace sipdex::simulator
