#include "simulator/registrar.h"

#include <algorithm>

#include "sip/contact.h"
#include "sip/cseq.h"
#include "sip/token.h"

namespace sipdex::simulator {

Registrar::Plan Registrar::read_plan(Fields& options) {
    Plan plan;
    plan.domain = options.text("domain");
    plan.doorkeeper = Doorkeeper::read_plan(options);
    plan.shortest = options.number_or("min_expires", plan.shortest);
    plan.usual = options.number_or("expires", plan.usual);
    plan.headers = options.texts("headers");
    return plan;
}

void Registrar::check(Fields& options) { read_plan(options); }

Registrar::Registrar(Stage& stage, std::size_t actor)
    : Party(stage, actor), plan_([&] {
          std::vector<Problem> none;
          Fields fields(stage.exchange.parties[actor].options, "", none);
          return read_plan(fields);
      }()),
      doorkeeper_(plan_.doorkeeper, false) {}

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
    if (doorkeeper_.asks()) {
        const auto user = doorkeeper_.admitted(request);
        if (!user) {
            sip::Message challenge = response_to(request, 401);
            doorkeeper_.challenge(challenge, stage_.identifiers);
            return transactions_.respond(server, std::move(challenge));
        }
        if (*user != to->uri.user) return answer(server, request, 403);
    }
    if (!sip::same_token(domain->host, plan_.domain) || !sip::same_token(to->uri.host, plan_.domain))
        return answer(server, request, 404);
    sip::Uri canonical = to->uri;
    canonical.parameters = {};
    bind(server, request, sip::to_text(canonical));
}

void Registrar::bind(TransactionId server, const sip::Message& request, const std::string& address_of_record) {
    std::vector<Binding> updated = bindings_[address_of_record];
    const auto cseq = sip::cseq_of(request);
    const auto general = sip::number_of(request.header("Expires").value_or(""));
    const std::string call_id(request.header("Call-ID").value_or(""));
    const auto contacts = sip::contacts_in(request);
    for (const sip::Contact& contact : contacts) {
        const long long wanted = contact.expires ? *contact.expires : general ? *general : plan_.usual;
        if (contact.all) {
            if (contacts.size() > 1 || wanted != 0) return answer(server, request, 400);
            updated.clear();
            break;
        }
        if (wanted > 0 && wanted < 3600 && wanted < plan_.shortest) {
            sip::Message brief = response_to(request, 423);
            brief.add("Min-Expires", std::to_string(plan_.shortest));
            return transactions_.respond(server, std::move(brief));
        }
        const std::string uri = sip::to_text(contact.address.uri);
        const auto same = std::find_if(updated.begin(), updated.end(), [&](const Binding& b) { return b.contact == uri; });
        if (same != updated.end()) {
            if (same->call_id == call_id && cseq && cseq->number <= same->cseq) return answer(server, request, 500);
            updated.erase(same);
        }
        if (wanted > 0)
            updated.push_back({uri, call_id, cseq ? cseq->number : 0, stage_.clock.now() + std::chrono::seconds(wanted)});
    }
    bindings_[address_of_record] = std::move(updated);
    confirm(server, request, address_of_record);
}

void Registrar::confirm(TransactionId server, const sip::Message& request, const std::string& address_of_record) {
    sip::Message ok = response_to(request, 200);
    for (const Binding& binding : bindings_[address_of_record]) {
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(binding.until - stage_.clock.now()).count();
        if (left > 0) ok.add("Contact", "<" + binding.contact + ">;expires=" + std::to_string(left));
    }
    for (const std::string& line : plan_.headers) add_field(ok, line);
    ok.add("Date", stage_.date());
    transactions_.respond(server, std::move(ok));
}

}  // namespace sipdex::simulator
