#include "simulator/servers/registrar.h"

#include <algorithm>

#include "simulator/engine/errands.h"
#include "simulator/plan/header_line.h"
#include "sip/cseq.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::simulator {

namespace {

std::string parameter(const sip::NameAddr& contact, const char* name) {
    return contact.parameters.value(name).value_or("");
}

bool any_reg_id(const std::vector<sip::Contact>& contacts) {
    return std::any_of(contacts.begin(), contacts.end(),
                       [](const sip::Contact& contact) { return contact.address.parameters.has("reg-id"); });
}

}  // namespace

std::string address_of_record(const sip::Uri& uri) {
    sip::Uri canonical = uri;
    canonical.parameters = {};
    return sip::to_text(canonical);
}

Registrar::Plan Registrar::read_plan(source::Table& options) {
    Plan plan;
    plan.domain = options.text("domain");
    plan.doorkeeper = Doorkeeper::read_plan(options);
    plan.shortest = options.number_or("min_expires", plan.shortest);
    plan.usual = options.number_or("expires", plan.usual);
    plan.headers = options.texts("headers");
    plan.knows_push = options.has("push");
    plan.push = options.texts("push");
    return plan;
}

void Registrar::check(source::Table& options) { read_plan(options); }

Registrar::Registrar(Stage& stage, std::size_t actor)
    : Party(stage, actor), plan_(options_of(stage, actor, read_plan)), doorkeeper_(plan_.doorkeeper, false) {}

std::vector<Registrar::Binding> Registrar::bindings_of(const std::string& address_of_record) const {
    std::vector<Binding> live;
    const auto found = bindings_.find(address_of_record);
    if (found == bindings_.end()) return live;
    std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(live),
                 [&](const Binding& binding) { return binding.until > stage_.clock.now(); });
    return live;
}

void Registrar::drop(const std::string& address_of_record, const Binding& binding) {
    std::erase_if(bindings_[address_of_record], [&](const Binding& other) {
        return other.call_id == binding.call_id && other.contact.uri == binding.contact.uri;
    });
}

// The steps of RFC 3261 10.3, in their order.
void Registrar::on_request(TransactionId server, const sip::Message& request) {
    if (request.method != "REGISTER") {
        sip::Message refusal = response_to(request, 405);
        refusal.add("Allow", "REGISTER");
        return transactions_.respond(server, std::move(refusal));
    }
    const auto domain = sip::parse_uri(request.request_uri);
    const auto to = sip::address_in(request, "To");
    if (!to || !domain) return answer(server, request, 400);
    if (!authorized(server, request, to->uri.user)) return;
    if (!sip::same_token(domain->host, plan_.domain) || !sip::same_token(to->uri.host, plan_.domain))
        return answer(server, request, 404);
    Update update;
    update.address_of_record = address_of_record(to->uri);
    update.bindings = bindings_of(update.address_of_record);
    if (!push_possible(server, request) || !path_welcome(server, request) || !takes_outbound(server, request, update))
        return;
    if (!bind(server, request, update)) return;
    bindings_[update.address_of_record] = update.bindings;
    confirm(server, request, update);
    on_registered(update.address_of_record);
}

// Steps 3 and 4: who asks, and whether this address is theirs to register.
bool Registrar::authorized(TransactionId server, const sip::Message& request, const std::string& user) {
    if (!doorkeeper_.asks()) return true;
    const auto admitted = doorkeeper_.admitted(request);
    if (!admitted) {
        sip::Message challenge = response_to(request, 401);
        doorkeeper_.challenge(challenge, stage_.identifiers);
        return transactions_.respond(server, std::move(challenge)), false;
    }
    if (*admitted == user) return true;
    stage_.decided(actor_, "not-theirs-to-register", {*admitted, user}, "RFC 3261 §10.3");
    return answer(server, request, 403), false;
}

// RFC 8599 5.6.1.1, 8.1: a service that cannot be had is refused, for a phone that relied on it would never wake.
bool Registrar::push_possible(TransactionId server, const sip::Message& request) {
    if (!plan_.knows_push) return true;
    for (const sip::Contact& contact : sip::contacts_in(request)) {
        if (contact.all || !contact.address.uri.parameters.has("pn-provider")) continue;
        const std::string wanted = contact.address.uri.parameters.value("pn-provider").value_or("");
        // Without a value the parameter asks what there is (RFC 8599 4.1.5).
        const bool served = wanted.empty()
                                ? !plan_.push.empty()
                                : std::find(plan_.push.begin(), plan_.push.end(), wanted) != plan_.push.end();
        if (served) continue;
        stage_.decided(actor_, "no-such-push-service", {wanted}, "RFC 8599 §8.1");
        return answer(server, request, 555), false;
    }
    return true;
}

// RFC 3327 5.3: a phone that does not know of Path should learn that somebody added one.
bool Registrar::path_welcome(TransactionId server, const sip::Message& request) {
    if (!request.header("Path") || sip::lists(request, "Supported", "path")) return true;
    sip::Message refusal = response_to(request, 420);
    refusal.add("Unsupported", "path");
    return transactions_.respond(server, std::move(refusal)), false;
}

// RFC 5626 6: outbound works only if whoever is first in the way keeps the flow, which "ob" in its Path tells.
bool Registrar::takes_outbound(TransactionId server, const sip::Message& request, Update& update) {
    const auto contacts = sip::contacts_in(request);
    if (!any_reg_id(contacts)) return true;
    const auto lasting = std::count_if(contacts.begin(), contacts.end(),
                                       [](const sip::Contact& c) { return c.expires.value_or(1) > 0; });
    if (lasting > 1) return answer(server, request, 400), false;
    const bool first_hop = sip::vias_in(request).size() == 1;
    const auto path = sip::addresses_in(request, "Path");
    const bool kept = first_hop || (!path.empty() && path.front().uri.parameters.has("ob"));
    const bool supported = sip::lists(request, "Supported", "outbound");
    if (!kept && supported) {
        stage_.decided(actor_, "first-hop-without-outbound", {}, "RFC 5626 §6");
        return answer(server, request, 439), false;
    }
    update.outbound = kept && supported && !parameter(contacts.front().address, "+sip.instance").empty();
    return true;
}

bool Registrar::refuse_interval(TransactionId server, const sip::Message& request) {
    sip::Message brief = response_to(request, 423);
    brief.add("Min-Expires", std::to_string(plan_.shortest));
    return transactions_.respond(server, std::move(brief)), false;
}

// Steps 6 and 7.
bool Registrar::bind(TransactionId server, const sip::Message& request, Update& update) {
    const auto cseq = sip::cseq_of(request);
    const auto general = sip::number_of(request.header("Expires").value_or(""));
    const std::string call_id(request.header("Call-ID").value_or(""));
    const auto contacts = sip::contacts_in(request);
    for (const sip::Contact& contact : contacts) {
        const long long wanted = contact.expires ? *contact.expires : general ? *general : plan_.usual;
        if (contact.all) {
            if (contacts.size() > 1 || wanted != 0) return answer(server, request, 400), false;
            update.bindings.clear();
            break;
        }
        if (wanted > 0 && wanted < 3600 && wanted < plan_.shortest) return refuse_interval(server, request);
        Binding fresh{contact.address,
                      call_id,
                      cseq ? cseq->number : 0,
                      stage_.clock.now() + std::chrono::seconds(wanted),
                      {},
                      {},
                      {}};
        fresh.contact.parameters.remove("expires");
        if (update.outbound) {
            fresh.instance = parameter(contact.address, "+sip.instance");
            fresh.reg_id = parameter(contact.address, "reg-id");
        }
        for (const std::string_view value : sip::values_of(request, "Path")) fresh.path.emplace_back(value);
        // RFC 5626 6: with outbound a binding is known by instance and reg-id, whatever its URI.
        const auto same = std::find_if(update.bindings.begin(), update.bindings.end(), [&](const Binding& b) {
            if (update.outbound) return b.instance == fresh.instance && b.reg_id == fresh.reg_id;
            return b.reg_id.empty() && b.contact.uri == fresh.contact.uri;
        });
        if (same != update.bindings.end()) {
            if (same->call_id == call_id && cseq && cseq->number <= same->cseq)
                return answer(server, request, 500), false;
            update.bindings.erase(same);
        }
        if (wanted > 0) update.bindings.push_back(std::move(fresh));
    }
    return true;
}

// RFC 8599 5.6.1, 5.6.1.2: only to who speaks of push: the service that was asked for, or all of them.
void Registrar::name_push_services(sip::Message& ok, const sip::Message& request) const {
    for (const sip::Contact& contact : sip::contacts_in(request)) {
        const auto wanted = contact.all ? std::nullopt : contact.address.uri.parameters.value("pn-provider");
        if (!wanted) continue;
        for (const std::string& service : plan_.push)
            if (wanted->empty() || *wanted == service) ok.add("Feature-Caps", "*;+sip.pns=\"" + service + "\"");
        return;
    }
}

// Step 8.
void Registrar::confirm(TransactionId server, const sip::Message& request, const Update& update) {
    sip::Message ok = response_to(request, 200);
    if (update.outbound) {
        ok.add("Supported", "path, outbound");
        ok.add("Require", "outbound");  // RFC 5626 6
    }
    for (const Binding& binding : update.bindings) {
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(binding.until - stage_.clock.now()).count();
        sip::NameAddr contact = binding.contact;
        contact.parameters.set("expires", std::to_string(left));
        ok.add("Contact", sip::to_text(contact));
    }
    for (const std::string_view value : request.headers("Path")) ok.add("Path", std::string(value));  // RFC 3327 5.3
    name_push_services(ok, request);
    for (const std::string& line : plan_.headers) add_field(ok, line);
    ok.add("Date", stage_.date());
    transactions_.respond(server, std::move(ok));
}

}  // namespace sipdex::simulator
