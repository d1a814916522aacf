#include "calls/parties.h"

#include "sip/host_port.h"
#include "sip/token.h"
#include "sip/uri.h"

namespace sipdex::calls {

namespace {

constexpr std::uint16_t sip_port = 5060, sips_port = 5061;

std::uint16_t default_port_of(capture::Transport transport) {
    return transport == capture::Transport::tls ? sips_port : sip_port;
}

}  // namespace

std::size_t Parties::at(const capture::Address& address, bool inferred) {
    const auto known = listens_at_.find(address);
    const capture::Address& place = known == listens_at_.end() ? address : known->second;
    const auto [found, fresh] = by_address_.try_emplace(place, parties_.size());
    if (fresh) parties_.push_back({place, {}, inferred});
    return found->second;
}

std::size_t Parties::named(std::string_view name, bool inferred) {
    const auto [found, fresh] = by_name_.try_emplace(std::string(name), parties_.size());
    if (fresh) parties_.push_back({{}, std::string(name), inferred});
    return found->second;
}

std::size_t Parties::inferred(std::string_view host_port, std::uint16_t default_port) {
    if (host_port.empty()) return named({}, true);
    if (auto address = capture::parse_address(host_port)) {
        if (address->port == 0) address->port = default_port;
        return at(*address, true);
    }
    return named(host_port, true);
}

// A request says in its Via where its sender listens. That it sent from another port of the same host makes it no other
// party; another host in the Via would be a NAT, and what stands behind it is not what was captured.
void Parties::learn_port(const capture::Message& message, const Outline& outline) {
    if (!outline.is_request() || !message.from.known() || outline.sent_by.empty()) return;
    if (listens_at_.contains(message.from) || by_address_.contains(message.from)) return;
    auto place = capture::parse_address(outline.sent_by);
    if (!place || !same_host(*place, message.from)) return;
    if (place->port == 0) place->port = default_port_of(message.transport);
    if (place->port != message.from.port) listens_at_.emplace(message.from, *place);
}

Parties::Ends Parties::of(const capture::Message& message, const Outline& outline, Ends asked) {
    learn_port(message, outline);
    Ends ends;
    if (message.from.known()) ends.from = at(message.from, false);
    else if (!message.from_name.empty()) ends.from = named(message.from_name, false);
    if (message.to.known()) ends.to = at(message.to, false);
    else if (!message.to_name.empty()) ends.to = named(message.to_name, false);
    const std::uint16_t port = default_port_of(message.transport);
    // The sender of a request and the receiver of its response stand in the Via, received and rport before sent-by
    // (RFC 3261 18.2.2, RFC 3581 4).
    const auto client = [&] {
        const std::string_view received = parameter_in(outline.via, "received"),
                               rport = parameter_in(outline.via, "rport");
        const auto place = sip::parse_host_port(outline.sent_by);
        if (received.empty() && rport.empty()) return inferred(outline.sent_by, port);
        std::string text(received.empty() ? (place ? place->host : std::string(outline.sent_by))
                                          : std::string(received));
        if (sip::is_ipv6(text)) text = '[' + text + ']';
        // Some write the port into `received`.
        if (const auto whole = capture::parse_address(text); whole && whole->port != 0) return inferred(text, port);
        if (!rport.empty()) text.append(":").append(rport);
        else if (place && place->port) text += ':' + std::to_string(*place->port);
        return inferred(text, port);
    };
    if (outline.is_request()) {
        if (ends.from == none) ends.from = client();
        if (ends.to == none) {
            const auto uri = sip::parse_uri(outline.request_uri);
            std::string text = uri ? uri->host : std::string();
            if (uri && uri->port) text += ':' + std::to_string(*uri->port);
            ends.to = inferred(text, port);
            // A proxy may pass a request on whose URI still names the proxy.
            if (ends.to == ends.from) ends.to = named({}, true);
        }
    } else {
        if (ends.to == none) ends.to = asked.from != none ? asked.from : client();
        if (ends.from == none) ends.from = asked.to != none ? asked.to : named({}, true);
    }
    return ends;
}

}  // namespace sipdex::calls
