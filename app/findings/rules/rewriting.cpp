// What somebody on the way has changed in a message: a SIP ALG in a router, which knows half of SIP, or a media relay,
// which is meant to (RFC 2663 2.9; RFC 3261 18.3 for the length of the body).
#include <algorithm>

#include "findings/families.h"
#include "findings/zone.h"
#include "sip/contact.h"
#include "sip/sdp.h"
#include "sip/token.h"
#include "sip/via.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

// The body as it came; message.body ends where Content-Length says.
std::string_view body_of(const capture::Message& packet) {
    for (const std::string_view end : {"\r\n\r\n", "\n\n"})
        if (const std::size_t at = packet.octets.find(end); at != std::string_view::npos)
            return packet.octets.substr(at + end.size());
    return {};
}

// RFC 3261 18.3: over UDP a response whose body is too short is discarded, so it comes again; a request gets 400. Where the
// capture ends, nobody knows.
bool suffered(const Case& one, const Transaction& of, std::size_t index) {
    if (one.placed(index).status == 0) {
        if (of.method == "ACK" || of.ack == index) return false;
        return of.status == 400 || (of.status == 0 && one.sendings_of(index).size() > 2);
    }
    return one.status(index) >= 200 && of.method == "INVITE" && of.ack == calls::none &&
           one.sendings_of(index).size() > 2;
}

void look_at_length(const Case& one, std::size_t index) {
    const capture::Message& packet = one.captured.messages[index];
    if (packet.missing > 0 || packet.rebuilt || packet.transport != capture::Transport::udp) return;
    if (one.placed(index).length_fits || one.placed(index).repeat == calls::Repeat::retransmission) return;
    const sip::Message& message = one.message(index);
    const auto told = message.header("Content-Length");
    const auto length = told ? sip::number_of(*told) : std::nullopt;
    if (!length || (message.method.empty() && message.status == 0)) return;
    const std::string_view body = body_of(packet);
    const auto said = static_cast<long>(*length), came = static_cast<long>(body.size());
    const std::vector<std::pair<std::string, Value>> values = {
        {"said", said}, {"came", came}, {"from", capture::to_text(packet.from)}};
    const std::size_t place = one.placed(index).transaction;
    if (came < said) {
        const bool broke = place != calls::none && suffered(one, one.transaction(place), index);
        one.find(broke ? "body-short-refused" : "body-short", {index}, values, {"Content-Length"});
    } else if (came > said && body.substr(*length).find_first_not_of(std::string_view("\r\n\0 ", 4)) != body.npos) {
        one.find("body-long", {index}, values, {"Content-Length"});
    }
}

std::string place_of(const sip::Uri& uri) { return uri.host + (uri.port ? ':' + std::to_string(*uri.port) : ""); }

std::string contact_of(const sip::Message& message) {
    const auto contact = sip::first_contact_in(message);
    return contact && !contact->all ? place_of(contact->address.uri) : std::string();
}

// Where it wants to receive media; empty without any.
sip::TransportAddress media_of(const std::optional<sip::SessionDescription>& session) {
    if (session)
        for (const sip::MediaDescription& each : session->media)
            if (!each.refused()) return each.address;
    return {};
}
sip::TransportAddress media_of(const sip::Message& message) { return media_of(sip::session_of(message)); }

std::string written(const sip::TransportAddress& address) {
    return address.host.empty() ? std::string() : address.host + ':' + std::to_string(address.port);
}

// A NAT changes addresses of packets and nothing within them.
void compare(const Case& one, std::size_t before, std::size_t after) {
    const sip::Message &first = one.message(before), &second = one.message(after);
    const auto tell = [&](const char* field, const std::string& was, const std::string& is) {
        if (sip::same_token(was, is) || was.empty() || is.empty()) return;  // hosts have no case
        one.find("changed-on-way", {before, after}, {{"field", std::string(field)}, {"before", was}, {"after", is}},
                 {field});
    };
    // Of a response the Via is written by whoever asked, and gets `received` where it arrives.
    const auto via = sip::top_via(first), via_after = sip::top_via(second);
    if (via && via_after) tell("Via", via->sent_by(), via_after->sent_by());
    tell("Contact", contact_of(first), contact_of(second));
    tell("c=", media_of(first).host, media_of(second).host);
    if (media_of(first).host == media_of(second).host) tell("m=", written(media_of(first)), written(media_of(second)));
}

// Where a log tells no addresses, nothing says that it is the same message further on: documents that tell of several calls
// may give them the same Call-ID and branches, as RFC 4916 5 does.
bool is_placed(const capture::Message& packet) { return packet.from.known() || packet.to.known(); }

void look_at_ways(const Case& one) {
    for (const std::size_t index : one.story().messages) {
        if (one.placed(index).repeat != calls::Repeat::relayed) continue;
        const std::size_t before = one.placed(index).repeats;
        if (is_placed(one.captured.messages[before]) && is_placed(one.captured.messages[index]))
            compare(one, before, index);
    }
}

// A server with one leg in each network sends to a phone of its own one.
bool next_to(const capture::Address& receiver, const std::string& host) {
    const auto address = address_named(host);
    return address && zone_of(receiver) == Zone::inside && receiver.length == address->length &&
           std::equal(receiver.octets.begin(), receiver.octets.begin() + 2, address->octets.begin());
}

bool names(const std::string& host, const capture::Address& address) {
    const auto named = address_named(host);
    return named && capture::same_host(*named, address);
}

bool leaves_for_outside(const capture::Message& packet) {
    return zone_of(packet.from) == Zone::everywhere || zone_of(packet.to) == Zone::everywhere;
}

// Somebody put the public address into one place and forgot another.
void look_at_halves(const Case& one, std::size_t index) {
    const capture::Message& packet = one.captured.messages[index];
    if (!leaves_for_outside(packet) || !one.may_have(index, "Contact") || one.placed(index).has_record_route) return;
    const sip::Message& message = one.message(index);
    const auto vias = sip::vias_in(message);
    if (vias.size() != 1) return;
    const auto contact = sip::first_contact_in(message);
    if (!contact || contact->all) return;
    const std::string &host = contact->address.uri.host, via = vias.front().host;
    const std::string from = capture::to_text(packet.from);
    // RFC 5626 4.3: with "ob" requests shall come back on the way that is open already, wherever the address points.
    const bool by_flow = contact->address.uri.parameters.has("ob");
    if (message.is_request() && !by_flow && zone_of(host) == Zone::inside && zone_of(via) == Zone::everywhere &&
        names(via, packet.from))
        one.find("contact-left-private", {index},
                 {{"contact", place_of(contact->address.uri)}, {"via", via}, {"from", from}}, {"Via", "Contact"});
    if (!one.placed(index).has_body || zone_of(host) != Zone::everywhere) return;
    const auto session = sip::session_of(message);
    const std::string media = media_of(session).host;
    const bool ice = session && std::ranges::any_of(session->media, &sip::MediaDescription::ice);
    if (!ice && zone_of(media) == Zone::inside && !next_to(packet.to, media))
        one.find("session-left-private", {index},
                 {{"contact", place_of(contact->address.uri)}, {"media", media}, {"from", from}}, {"Contact"});
}

bool same_body(const capture::Message& one, const capture::Message& other) {
    return sip::sdp_in_message(one.octets) == sip::sdp_in_message(other.octets);
}

// A proxy carries on the description as it is; one that stands in the way of the media puts itself into it.
bool look_at_relay(const Case& one, const Transaction& of) {
    if (of.method != "INVITE" || of.parent == calls::none || of.request == calls::none) return false;
    const Transaction& before = one.transaction(of.parent);
    if (before.request == calls::none || !one.placed(of.request).has_body || !one.placed(before.request).has_body)
        return false;
    if (same_body(one.captured.messages[before.request], one.captured.messages[of.request])) return false;
    const std::string was = written(media_of(one.message(before.request))),
                      is = written(media_of(one.message(of.request)));
    if (was.empty() || is.empty() || was == is) return false;
    one.find("media-relayed", {before.request, of.request},
             {{"by", one.party(before.server)}, {"before", was}, {"after", is}});
    return true;
}

}  // namespace

void look_at_rewriting(const Case& one) {
    for (const std::size_t index : one.originals()) look_at_length(one, index);
    look_at_ways(one);
    bool relayed = false;
    for (const std::size_t index : one.story().transactions) {
        const Transaction& of = one.transaction(index);
        if (of.method == "INVITE" && !of.in_dialog) {
            if (of.request != calls::none) look_at_halves(one, of.request);
            if (of.status / 100 == 2) look_at_halves(one, of.final);
        }
        relayed = relayed || look_at_relay(one, of);
    }
}

namespace {

// Two Call-IDs that are alike up to the address in them.
bool alike(std::string_view one, std::string_view other) {
    const std::size_t at = one.find('@');
    return one != other && at != std::string_view::npos && at >= 8 && one.substr(0, at + 1) == other.substr(0, at + 1);
}

}  // namespace

// RFC 3261 8.1.1.4, 8.1.1.7: branch and From tag are unique in space and time, so one request is in two stories.
void look_over_rewriting(const Case& all) {
    std::map<std::pair<std::string_view, std::string_view>, const Transaction*> by_branch;
    for (const Transaction& each : all.calls.transactions) {
        if (each.request == calls::none || !each.by_cookie || each.from_tag.empty() || each.in_dialog) continue;
        const auto [place, fresh] = by_branch.try_emplace({each.branch, each.from_tag}, &each);
        if (fresh) continue;
        const Transaction& before = *place->second;
        const std::string_view was = all.calls.stories[before.story].call_id,
                               is = all.calls.stories[each.story].call_id;
        if (before.method != each.method || before.cseq != each.cseq || !alike(was, is)) continue;
        all.find_in_all("call-id-changed", {before.request, each.request},
                        {{"before", std::string(was)}, {"after", std::string(is)}}, {"Call-ID"});
    }
}

}  // namespace sipdex::findings
