// Addresses that are handed out (RFC 3261 8.1.1.8, 18.2): whether whoever got them can reach them, and whether responses
// find their way back through a NAT (RFC 3581).
#include <algorithm>
#include <utility>

#include "findings/families.h"
#include "findings/zone.h"
#include "sip/contact.h"
#include "sip/values.h"
#include "sip/via.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

constexpr std::string_view handing_out[] = {"INVITE", "REGISTER", "SUBSCRIBE"};

// Whoever made the message sent it itself: no proxy that stands in the way of what is sent back.
bool comes_from_its_maker(const sip::Message& message) {
    return sip::vias_in(message).size() == 1 && message.headers("Record-Route").empty() &&
           message.headers("Path").empty();
}

// One side is on a public address, as far as the capture shows: what is private to the other cannot be reached.
bool leaves_for_outside(const capture::Message& packet) {
    return zone_of(packet.from) == Zone::everywhere || zone_of(packet.to) == Zone::everywhere;
}

std::string place_of(const sip::Uri& uri) { return uri.host + (uri.port ? ':' + std::to_string(*uri.port) : ""); }

bool is_unanswered(const Case& one, const Transaction& of) {
    return of.status == 0 &&
           static_cast<long>(one.sendings_of(of.request).size()) >= one.threshold("request-unanswered", "sendings");
}

bool is_answered(const Transaction& of) { return of.status > 100; }

// Whether what went to the host was heard there: requests by their responses, the ACK of a 2xx by its silence; and what
// goes to where the device was seen needs no Contact.
struct Sent {
    std::size_t unheard = calls::none;  // a transaction
    bool heard = false;
};

bool names(const Case& one, std::size_t request, const capture::Address& host) {
    const auto uri = sip::parse_uri(one.message(request).request_uri);
    const auto named = uri ? address_named(uri->host) : std::nullopt;
    return (named && capture::same_host(*named, host)) || capture::same_host(one.captured.messages[request].to, host);
}

// To what the Contact says, and not to where the device was seen.
bool trusts_contact(const Case& one, std::size_t request, std::size_t handed_out) {
    return !capture::same_host(one.captured.messages[request].to, one.captured.messages[handed_out].from);
}

bool repeated_after(const Case& one, std::size_t message, std::size_t after) {
    return one.sendings_of(message).back() > after;
}

Sent sent_to(const Case& one, const Transaction& of, const capture::Address& host, std::size_t after) {
    Sent sent;
    // An ACK after which the answer is not repeated has arrived, by whatever way.
    sent.heard = after == of.final && of.ack != calls::none && !repeated_after(one, of.final, of.ack);
    for (const std::size_t index : one.story().transactions) {
        const Transaction& each = one.transaction(index);
        const std::size_t request = each.method == "ACK" ? each.messages.front() : each.request;
        if (request == calls::none || request <= after || !names(one, request, host)) continue;
        if (each.status > 100 || !trusts_contact(one, request, after)) {
            sent.heard = true;
        } else if (each.method == "ACK") {
            if (of.ack == request && repeated_after(one, of.final, request)) sent.unheard = index;
        } else if (is_unanswered(one, each)) {
            sent.unheard = index;
        }
    }
    return sent;
}

// RFC 5626 6: this registrar sends by the flow on which the REGISTER came, whatever the Contact says.
bool keeps_flow(const Case& one, const Transaction& of) {
    if (of.method != "REGISTER" || of.final == calls::none) return false;
    const auto required = sip::values_of(one.message(of.final), "Require");
    return std::ranges::any_of(required, [](std::string_view option) { return sip::same_token(option, "outbound"); });
}

// The server noticed the NAT, and may be trusted to send there what it has to say (RFC 3261 18.2.1, RFC 3581 4).
bool noticed(const Case& one, const Transaction& of) {
    const std::size_t response = of.final != calls::none ? of.final : of.provisional;
    if (response == calls::none || !one.placed(response).may_tell_nat) return false;
    const auto via = sip::top_via(one.message(response));
    if (!via || !via->received()) return false;
    const auto seen = address_named(*via->received()), own = address_named(via->host);
    return seen && own ? !capture::same_host(*seen, *own) : *via->received() != via->host;
}

// Of a log without addresses the message tells whether it ever left the host: by its Via and where it asks to go.
bool stays_on_its_host(const sip::Message& message) {
    const auto via = sip::top_via(message);
    if (!via || zone_of(via->host) != Zone::itself) return false;
    const auto uri = message.is_request() ? sip::parse_uri(message.request_uri) : std::nullopt;
    return !message.is_request() || (uri && zone_of(uri->host) == Zone::itself);
}

void look_at_contact(const Case& one, const Transaction& of, std::size_t message) {
    if (!one.may_have(message, "Contact") || one.placed(message).has_record_route) return;
    const capture::Message& packet = one.captured.messages[message];
    const sip::Message& handed = one.message(message);
    const auto contact = sip::first_contact_in(handed);
    if (!contact || contact->all || !comes_from_its_maker(handed)) return;
    const auto address = address_named(contact->address.uri.host);
    if (!address || capture::same_host(*address, packet.to)) return;
    const Zone zone = zone_of(*address);
    const std::string place = place_of(contact->address.uri), from = capture::to_text(packet.from);
    if (zone == Zone::nowhere || zone == Zone::itself) {
        const bool same_machine = zone_of(packet.to) == Zone::itself ||
                                  (packet.from.known() && capture::same_host(packet.from, packet.to)) ||
                                  (!packet.to.known() && stays_on_its_host(handed));
        if (!same_machine) one.find("contact-nowhere", {message}, {{"contact", place}, {"from", from}}, {"Contact"});
        return;
    }
    if (zone != Zone::inside || !leaves_for_outside(packet)) return;
    const Sent sent = sent_to(one, of, *address, message);
    if (sent.unheard != calls::none && !sent.heard) {
        const Transaction& lost = one.transaction(sent.unheard);
        std::vector<std::size_t> evidence = one.sendings_of(lost.messages.front());
        evidence.push_back(message);
        one.find("contact-private-unreached", evidence,
                 {{"contact", place}, {"from", from}, {"method", std::string(lost.method)}}, {"Contact"});
    } else if (!sent.heard && is_answered(of) && !noticed(one, of) && !keeps_flow(one, of) &&
               packet.transport == capture::Transport::udp) {
        // Over a connection everything goes back by it (RFC 5626 3.2), whatever the Contact says.
        one.find("contact-private", {message},
                 {{"contact", place}, {"from", from}, {"to", capture::to_text(packet.to)}}, {"Contact"});
    }
}

// NATs may change the port of what is sent again.
bool answers_a_sending(const Case& one, const Transaction& of, std::size_t response) {
    return std::ranges::any_of(of.messages, [&](std::size_t index) {
        return index < response && one.status(index) == 0 &&
               one.captured.messages[index].from == one.captured.messages[response].to;
    });
}

// Sent again when the response had long been there; what crosses it was on its way before.
bool repeated_since(const Case& one, std::size_t last_sending, std::size_t response) {
    constexpr double round_trip = 0.25;  // seconds; RFC 3261 17.1.1.1 takes at most twice as much for one
    return last_sending > response && one.seconds_between(response, last_sending) > round_trip;
}

// Where the response went, and whether that is where the request came from.
void look_at_way_back(const Case& one, const Transaction& of) {
    const std::size_t response = of.final != calls::none ? of.final : of.provisional;
    if (of.request == calls::none || response == calls::none) return;
    const capture::Message &asked = one.captured.messages[of.request], &answered = one.captured.messages[response];
    if (!asked.from.known() || asked.from.port == 0 || asked.transport != capture::Transport::udp ||
        !capture::same_host(asked.from, answered.to) || asked.from.port == answered.to.port ||
        answers_a_sending(one, of, response) || (of.ack != calls::none && of.ack > response))
        return;
    const auto via = sip::top_via(one.message(of.request));
    if (!via || via->parameters.has("maddr")) return;
    const std::vector<std::pair<std::string, Value>> values = {
        {"from", capture::to_text(asked.from)}, {"to", capture::to_text(answered.to)}, {"sent_by", via->sent_by()}};
    if (via->wants_rport()) return one.find("rport-ignored", {of.request, response}, values, {"Via"});
    // Without a NAT a client may well send from one port and listen at another.
    if (zone_of(via->host) != Zone::inside || zone_of(asked.from) != Zone::everywhere) return;
    std::vector<std::size_t> evidence = one.sendings_of(of.request);
    const bool repeated = repeated_since(one, evidence.back(), response);
    evidence.push_back(response);
    one.find(repeated ? "response-astray" : "rport-missing", evidence, values, {"Via"});
}

void note_nat(const Case& one, const Transaction& of) {
    if (of.request == calls::none || !noticed(one, of)) return;
    const std::size_t response = of.final != calls::none ? of.final : of.provisional;
    const auto via = sip::top_via(one.message(response));
    if (sip::vias_in(one.message(response)).size() != 1 || zone_of(via->host) != Zone::inside ||
        zone_of(*via->received()) != Zone::everywhere)
        return;
    const auto port = via->rport();
    one.find("nat-recognised", {of.request, response},
             {{"sent_by", via->sent_by()},
              {"seen", *via->received() + (port ? ':' + std::to_string(*port) : "")},
              {"by", one.party(of.server)}},
             {"Via"});
}

}  // namespace

void look_at_addresses(const Case& one) {
    bool noted = false, registered = false;
    for (const std::size_t index : one.story().transactions) {
        const Transaction& of = one.transaction(index);
        look_at_way_back(one, of);
        if (!noted && noticed(one, of)) {
            note_nat(one, of);
            noted = true;
        }
        if (std::ranges::find(handing_out, of.method) == std::end(handing_out)) continue;
        // Devices refresh their registration very often, and say the same each time.
        if (of.method == "REGISTER" && std::exchange(registered, true)) continue;
        if (of.request != calls::none && !of.in_dialog) look_at_contact(one, of, of.request);
        if (of.method == "INVITE" && of.status / 100 == 2 && !of.in_dialog) look_at_contact(one, of, of.final);
    }
}

}  // namespace sipdex::findings
