// Registered devices that requests no longer reach: their Contact is private, their NAT has closed, or they listen on
// another transport (RFC 3261 10.2.1, RFC 5626 3.5).
#include <algorithm>
#include <functional>

#include "findings/families.h"
#include "findings/zone.h"
#include "sip/contact.h"
#include "sip/via.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

constexpr int default_port = 5060;  // RFC 3261 19.1.2

// What a device said of itself when it registered last.
struct Device {
    std::size_t message = 0;  // the REGISTER
    std::string contact, from;
    std::optional<capture::Address> named;  // the Contact, where it is an address; with its port
    capture::Address seen;                  // where the REGISTER came from
    capture::Transport transport = capture::Transport::unknown;
    bool contact_by_udp = false;
    bool behind_nat = false;
    bool gone = false;  // it took its Contact back (RFC 3261 10.2.2)
};

std::optional<Device> device_of(const Case& all, const Transaction& of) {
    if (of.method != "REGISTER" || of.request == calls::none || of.status / 100 != 2) return std::nullopt;
    const sip::Message& request = all.message(of.request);
    const auto contact = sip::first_contact_in(request);
    const auto via = sip::top_via(request);
    if (!contact || contact->all || !via || sip::vias_in(request).size() != 1) return std::nullopt;
    const capture::Message& packet = all.captured.messages[of.request];
    const sip::Uri& uri = contact->address.uri;
    Device device{of.request,
                  uri.host + (uri.port ? ':' + std::to_string(*uri.port) : ""),
                  capture::to_text(packet.from),
                  address_named(uri.host),
                  packet.from,
                  packet.transport,
                  false,
                  false,
                  false};
    if (device.named) device.named->port = static_cast<std::uint16_t>(uri.port.value_or(default_port));
    const std::string transport = uri.parameters.value("transport").value_or("udp");
    device.contact_by_udp = uri.scheme == "sip" && sip::same_token(transport, "udp");
    // As it was seen where the capture was made: before the NAT it has its own address.
    const auto own = address_named(via->host);
    device.behind_nat =
        (own && packet.from.known() && !capture::same_host(*own, packet.from)) ||
        (device.named && zone_of(*device.named) == Zone::inside && zone_of(packet.from) == Zone::everywhere);
    device.gone = contact->expires ? *contact->expires == 0 : request.header("Expires").value_or("") == "0";
    return device;
}

struct Everybody {
    std::vector<Device> devices;  // by their REGISTER
    // Messages from each address, in order.
    std::map<std::string, std::vector<std::size_t>> from;
};

Everybody everybody_in(const Case& all) {
    Everybody known;
    for (const Transaction& each : all.calls.transactions)
        if (auto device = device_of(all, each)) {
            known.devices.push_back(std::move(*device));
            all.forget();
        }
    std::ranges::sort(known.devices, {}, &Device::message);
    if (known.devices.empty()) return known;
    for (std::size_t i = 0; i < all.captured.messages.size(); ++i)
        known.from[capture::to_text(all.captured.messages[i].from)].push_back(i);
    return known;
}

// The last REGISTER before the request of a device for which `is_it` holds.
const Device* registered_before(const Everybody& known, std::size_t request,
                                const std::function<bool(const Device&)>& is_it) {
    const Device* found = nullptr;
    for (const Device& each : known.devices)
        if (each.message < request && is_it(each)) found = &each;
    return found && !found->gone ? found : nullptr;
}

void look_at_unanswered(const Case& all, const Everybody& known, const Transaction& of) {
    const capture::Message& packet = all.captured.messages[of.request];
    std::vector<std::size_t> evidence;
    for (const std::size_t index : of.messages)
        if (all.placed(index).repeat != calls::Repeat::copy) evidence.push_back(index);
    if (static_cast<long>(evidence.size()) < all.threshold("request-unanswered", "sendings")) return;
    const std::string method(of.method);
    if (const Device* there = registered_before(known, of.request, [&](const Device& each) {
            return each.seen == packet.to && packet.transport == capture::Transport::udp && each.behind_nat;
        })) {
        const auto& heard = known.from.at(there->from);
        const auto next = std::ranges::lower_bound(heard, of.request);
        const double silent = all.seconds_between(*(next - 1), of.request);
        if (silent < static_cast<double>(all.threshold("registration-unreached", "seconds"))) return;
        evidence.insert(evidence.end(), {there->message, *(next - 1)});
        return all.find_in(of.story, "registration-unreached", evidence,
                           {{"method", method}, {"to", there->from}, {"contact", there->contact}, {"seconds", silent}},
                           {"Contact", "Expires"});
    }
    const Device* there = registered_before(known, of.request,
                                            [&](const Device& each) { return each.named && *each.named == packet.to; });
    if (!there) return;
    evidence.push_back(there->message);
    if (there->behind_nat && zone_of(*there->named) == Zone::inside)
        all.find_in(of.story, "contact-private-unreached", evidence,
                    {{"contact", there->contact}, {"from", there->from}, {"method", method}}, {"Contact"});
    else if (there->contact_by_udp && there->transport != capture::Transport::udp &&
             there->transport != capture::Transport::unknown && packet.transport == capture::Transport::udp)
        all.find_in(of.story, "contact-transport", evidence,
                    {{"contact", there->contact},
                     {"used", std::string(capture::name_of(there->transport))},
                     {"method", method}},
                    {"Contact", "Via"});
}

}  // namespace

void look_over_registered(const Case& all) {
    const Everybody known = everybody_in(all);
    if (known.devices.empty()) return;
    for (const Transaction& each : all.calls.transactions)
        if (each.status == 0 && each.request != calls::none && each.method != "ACK" && each.method != "REGISTER")
            look_at_unanswered(all, known, each);
}

}  // namespace sipdex::findings
