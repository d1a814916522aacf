// Registrations (RFC 3261 10): refused, renewed too often or too late, without effect, removed by somebody else.
#include <algorithm>
#include <functional>

#include "findings/families.h"
#include "findings/hops.h"
#include "findings/zone.h"
#include "sip/contact.h"
#include "sip/token.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

// A contact that was bound, or taken away.
struct Binding {
    std::string user;  // whose: the URI of To
    sip::Uri contact;
    bool all = false;  // "*"
    long asked = 0, granted = 0;
    std::size_t client = calls::none;
    std::size_t request = calls::none, response = calls::none;
    std::size_t story = calls::none;
    std::string instance{};  // RFC 5626 4.1, of any contact of the request
};

bool same_contact(const sip::Uri& one, const sip::Uri& other) {
    return one.user == other.user && sip::same_token(one.host, other.host) &&
           one.port.value_or(5060) == other.port.value_or(5060);
}

bool same_user(const sip::Contact& one, const sip::Uri& other) {
    return !one.all && sip::unescaped(one.address.uri.user) == sip::unescaped(other.user);
}

// As it was bound, or as a server before a NAT wrote it anew, where several devices have one account. Nothing where it is
// not to be told which of them it is.
const sip::Contact* granted_for(const std::vector<sip::Contact>& all, const sip::Uri& uri,
                                const capture::Address& sender) {
    const sip::Contact* alike = nullptr;
    for (const sip::Contact& each : all)
        if (!each.all && same_contact(each.address.uri, uri)) return &each;
    for (const sip::Contact& each : all) {
        if (!same_user(each, uri)) continue;
        const auto named = address_named(each.address.uri.host);
        if (named && capture::same_host(*named, sender)) return &each;
        if (alike) return nullptr;
        alike = &each;
    }
    return alike;
}

// RFC 3261 10.2: all registrations of a device may have one Call-ID, whosever they are.
bool same_binding(const Binding& one, const Binding& other) {
    return one.user == other.user && same_contact(one.contact, other.contact);
}

std::string user_of(const sip::Message& request) {
    auto to = sip::address_in(request, "To");
    if (!to) return "";
    to->uri.parameters = {};
    return sip::to_text(to->uri);
}

// 0 where the answer leaves open which of its contacts it is.
std::optional<long> granted_to(const sip::Message& response, const sip::Uri& contact, const capture::Address& sender) {
    const auto told = sip::contacts_in(response);
    const sip::Contact* const own = granted_for(told, contact, sender);
    if (own && own->expires) return static_cast<long>(*own->expires);
    if (const auto all = seconds_in(response, "Expires")) return all;
    const bool listed = std::ranges::any_of(told, [&](const sip::Contact& each) { return same_user(each, contact); });
    return own || !listed ? std::nullopt : std::optional(0L);
}

// What a REGISTER that was accepted at its first hop did.
std::vector<Binding> bindings_in(const Case& one, const Transaction& of) {
    std::vector<Binding> all;
    if (of.method != "REGISTER" || of.request == calls::none || of.parent != calls::none || !of.has_final() ||
        of.status >= 300)
        return all;
    const sip::Message &request = one.message(of.request), &response = one.message(of.final);
    const long usual = seconds_in(request, "Expires").value_or(3600);
    for (const sip::Contact& contact : sip::contacts_in(request)) {
        Binding binding{user_of(request), contact.address.uri, contact.all, usual,   0,
                        of.client,        of.request,          of.final,    of.story};
        binding.instance = contact.address.parameters.value("+sip.instance").value_or("");
        if (contact.expires) binding.asked = static_cast<long>(*contact.expires);
        binding.granted =
            granted_to(response, contact.address.uri, one.captured.messages[of.request].from).value_or(binding.asked);
        all.push_back(binding);
    }
    for (const Binding& each : all)
        if (!each.instance.empty())
            for (Binding& other : all) other.instance = each.instance;
    return all;
}

std::vector<Binding> bindings_of(const Case& one) {
    std::vector<Binding> all;
    for (const std::size_t index : one.story().transactions)
        for (Binding& each : bindings_in(one, one.transaction(index))) all.push_back(std::move(each));
    return all;
}

// Accepted registrations that other stories hold, as of a device that begins anew with another Call-ID.
bool accepted_in_others(const Case& one, std::size_t client, std::size_t after, std::size_t before,
                        const std::function<bool(const Transaction&)>& is_it) {
    constexpr std::ptrdiff_t enough = 100;  // a proxy sends those of everybody
    const auto& all = one.registrations_of(client);
    const auto request_of = [&](std::size_t place) { return one.transaction(place).request; };
    const auto next = std::ranges::upper_bound(all, after, {}, request_of);
    return std::any_of(next, next + std::min(enough, all.end() - next), [&](std::size_t place) {
        const Transaction& other = one.transaction(place);
        return other.story != one.number() && other.request < before && is_it(other);
    });
}

bool renewed_between(const Case& one, const Binding& first, const Binding& second) {
    return accepted_in_others(one, first.client, first.response, second.request, [&](const Transaction& other) {
        return std::ranges::any_of(bindings_in(one, other),
                                   [&](const Binding& each) { return each.asked > 0 && same_binding(each, first); });
    });
}

void look_at_refusals(const Case& one) {
    std::vector<std::size_t> evidence;
    const Transaction* last = nullptr;
    long count = 0;
    for (const Transaction* each : requests_of(one, "REGISTER", true)) {
        if (each->has_final() && each->status < 300) {
            evidence.clear();
            last = nullptr;
            count = 0;
        }
        if (each->status != 403 && each->status != 404) continue;
        evidence.insert(evidence.end(), {each->request, each->final});
        last = each;
        ++count;
    }
    if (!last) return;
    const std::string user = user_of(one.message(last->request));
    if (accepted_in_others(one, last->client, last->final, calls::none,
                           [&](const Transaction& other) { return user_of(one.message(other.request)) == user; }))
        return;
    one.find("registration-refused", evidence,
             {{"user", user},
              {"code", static_cast<long>(last->status)},
              {"at", one.party(given_at(one, *last).server)},
              {"count", count},
              {"credentials", one.message(last->request).header("Authorization") ? "sent" : "none"}},
             {"Authorization", "To"});
}

// What is said of one acceptance.
void look_at_binding(const Case& one, const Binding& binding) {
    if (binding.all || binding.asked == 0) return;
    const std::string at = one.party(one.placed(binding.response).from), contact = sip::to_text(binding.contact);
    const sip::Message& response = one.message(binding.response);
    const auto told = sip::contacts_in(response);
    // It lists some, in which somebody has written words for the address.
    if (told.empty() && !response.header("Contact").value_or("").empty()) return;
    if (std::ranges::none_of(told, [&](const sip::Contact& each) { return same_user(each, binding.contact); })) {
        one.find("registration-contact-missing", {binding.request, binding.response},
                 {{"at", at}, {"contact", contact}, {"count", static_cast<long>(told.size())}}, {"Contact"});
    } else if (binding.granted > 0 && binding.granted < one.threshold("registration-short", "seconds")) {
        one.find("registration-short", {binding.request, binding.response},
                 {{"at", at}, {"contact", contact}, {"granted", binding.granted}}, {"Contact", "Expires"});
    }
}

void look_at_renewals(const Case& one, const std::vector<Binding>& all) {
    std::vector<std::size_t> often;
    long count = 0;
    double shortest = 0;
    const Binding *of_often = nullptr, *lapsed = nullptr;
    std::size_t lapsed_until = calls::none;
    double longest = 0;
    for (std::size_t i = 1; i < all.size(); ++i) {
        const auto before = std::find_if(all.rbegin() + static_cast<std::ptrdiff_t>(all.size() - i), all.rend(),
                                         [&](const Binding& each) { return same_binding(each, all[i]); });
        if (before == all.rend() || before->asked == 0 || all[i].asked == 0 || before->granted <= 0) continue;
        const double gap = one.seconds_between(before->response, all[i].request);
        const auto granted = static_cast<double>(before->granted);
        const double share = static_cast<double>(one.threshold("registration-too-often", "percent")) / 100;
        if (before->granted >= one.threshold("registration-too-often", "granted_seconds") && gap >= 1 &&
            gap < granted * share) {
            often.push_back(all[i].request);
            shortest = count == 0 ? gap : std::min(shortest, gap);
            of_often = &*before;
            ++count;
        }
        if (gap - granted >= static_cast<double>(one.threshold("registration-lapsed", "seconds")) &&
            gap - granted > longest && !renewed_between(one, *before, all[i])) {
            longest = gap - granted;
            lapsed = &*before;
            lapsed_until = all[i].request;
        }
    }
    if (of_often && count >= one.threshold("registration-too-often", "times"))
        one.find("registration-too-often", often,
                 {{"by", one.party(of_often->client)},
                  {"interval", shortest},
                  {"granted", of_often->granted},
                  {"count", count}},
                 {"Expires"});
    if (lapsed)
        one.find("registration-lapsed", {lapsed->response, lapsed_until},
                 {{"by", one.party(lapsed->client)},
                  {"contact", sip::to_text(lapsed->contact)},
                  {"granted", lapsed->granted},
                  {"seconds", longest}},
                 {"Expires", "Contact"});
}

bool same_place(const Case& one, std::size_t party, std::size_t other) {
    if (party == other) return true;
    if (party == calls::none || other == calls::none) return false;
    const capture::Address &first = one.calls.parties[party].address, &second = one.calls.parties[other].address;
    return first.known() && second.known() && capture::same_host(first, second);
}

// RFC 3261 10.2: a device keeps its Call-ID, and an instance that it names (RFC 5626 4.1), when its address changes.
bool same_device(const Case& all, const Binding& one, const Binding& other) {
    return one.story == other.story || (!one.instance.empty() && one.instance == other.instance) ||
           same_place(all, one.client, other.client);
}

using Bindings = std::map<std::string, std::vector<Binding>>;  // by user, in order

// At the server that took the registration, and not after it had rung anywhere: RFC 3261 21.4.5 and 21.4.18.
bool says_not_here(const Case& all, std::size_t place) {
    const Transaction& of = all.transaction(place);
    if ((of.method != "INVITE" && of.method != "MESSAGE") || of.in_dialog || of.request == calls::none ||
        !of.has_final() || (of.status != 404 && of.status != 480) || of.provisional != calls::none)
        return false;
    const std::vector<std::size_t>& beside = all.calls.stories[of.story].transactions;
    return all.legs_of(of.story).empty() &&
           std::ranges::none_of(beside, [&](std::size_t other) { return all.transaction(other).parent == place; });
}

// The one that lasts longest of those before the request; nullptr where none is left, or where it was taken away.
const Binding* last_to_end(const Case& all, const std::vector<Binding>& bound, const Transaction& of) {
    std::vector<const Binding*> left;
    for (const Binding& each : bound) {
        if (each.response > of.request) break;
        std::erase_if(left, [&](const Binding* old) { return each.all || same_contact(old->contact, each.contact); });
        if (each.asked > 0 && each.granted > 0 && same_place(all, all.placed(each.response).from, of.server))
            left.push_back(&each);
    }
    const auto ends = [&](const Binding* each) {
        return all.seconds_between(each->response, of.request) - static_cast<double>(each->granted);
    };
    const auto last = std::ranges::min_element(left, {}, ends);
    return last == left.end() ? nullptr : *last;
}

// Who is called had registered at the very server that says it does not know where.
void look_for_absent(const Case& all, const Bindings& bound) {
    for (std::size_t place = 0; place < all.calls.transactions.size(); ++place) {
        if (!says_not_here(all, place)) continue;
        const Transaction& of = all.transaction(place);
        auto uri = sip::parse_uri(all.message(of.request).request_uri);
        if (!uri || !is_timed(all, of.request)) continue;
        uri->parameters = {};
        const auto known = bound.find(sip::to_text(*uri));
        const Binding* const binding = known == bound.end() ? nullptr : last_to_end(all, known->second, of);
        if (binding == nullptr) continue;
        const double age = all.seconds_between(binding->response, of.request);
        const double over = age - static_cast<double>(binding->granted);
        const std::vector<std::size_t> evidence{binding->request, binding->response, of.request, of.final};
        const std::string at = all.party(of.server);
        const auto code = static_cast<long>(of.status);
        if (over > 0)
            all.find_in(
                of.story, "registration-over", evidence,
                {{"user", known->first}, {"at", at}, {"code", code}, {"granted", binding->granted}, {"seconds", over}},
                {"Expires", "Contact"});
        else if (of.status == 404)  // 480 may be "do not disturb", set at the server
            all.find_in(of.story, "registered-not-found", evidence,
                        {{"user", known->first}, {"at", at}, {"granted", binding->granted}, {"seconds", age}},
                        {"Expires", "Contact"});
    }
}

}  // namespace

void look_at_registrations(const Case& one) {
    if (one.story().kind != calls::Kind::registration) return;
    look_at_refusals(one);
    const std::vector<Binding> all = bindings_of(one);
    for (const Binding& each : all) look_at_binding(one, each);
    look_at_renewals(one, all);
}

void look_over_registrations(const Case& all) {
    Bindings bound, every;  // what holds at the time, and all there were
    for (const Transaction& of : all.calls.transactions) {
        for (Binding& each : bindings_in(all, of)) {
            every[each.user].push_back(each);
            std::vector<Binding>& known = bound[each.user];
            if (!each.all && each.asked > 0) {
                std::erase_if(known, [&](const Binding& old) { return same_contact(old.contact, each.contact); });
                known.push_back(std::move(each));
                continue;
            }
            for (const Binding& old : known) {
                if (!each.all && !same_contact(old.contact, each.contact)) continue;
                const double age = all.seconds_between(old.response, each.request);
                if (same_device(all, old, each) || age > static_cast<double>(old.granted)) continue;
                all.find_in(each.story, "registration-removed-by-other", {old.request, each.request, each.response},
                            {{"user", each.user},
                             {"by", all.party(each.client)},
                             {"contact", sip::to_text(old.contact)},
                             {"of", all.party(old.client)}},
                            {"Contact", "Expires"});
            }
            std::erase_if(known,
                          [&](const Binding& old) { return each.all || same_contact(old.contact, each.contact); });
        }
    }
    for (auto& [user, some] : every) std::ranges::stable_sort(some, {}, &Binding::response);
    look_for_absent(all, every);
}

}  // namespace sipdex::findings
