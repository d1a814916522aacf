#include "sip/dialog.h"

#include <algorithm>

#include "sip/contact.h"
#include "sip/cseq.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

std::optional<Uri> contact_of(const Message& message) {
    auto contact = first_contact_in(message);
    if (!contact || contact->all) return {};
    return std::move(contact->address.uri);
}

// What both sides of a dialog read from the request and the response that establish it.
struct Beginning {
    NameAddr from, to;
    std::string call_id;
    std::uint32_t number = 0;
    Uri target;
};

std::optional<Beginning> beginning_of(const Message& request, const Message& response, const Message& peers) {
    // RFC 3261 12.1: only 2xx, and 101-199 with a To tag, establish a dialog.
    if (request.method != "INVITE" || response.status <= 100 || response.status >= 300) return {};
    auto from = address_in(request, "From"), to = address_in(response, "To");
    const auto call_id = request.header("Call-ID");
    const auto cseq = cseq_of(request);
    auto target = contact_of(peers);
    if (!from || !to || !call_id || !cseq || !target) return {};
    if (response.status < 200 && to->tag().empty()) return {};
    return Beginning{*std::move(from), *std::move(to), std::string(*call_id), cseq->number, *std::move(target)};
}

std::vector<NameAddr> reversed(std::vector<NameAddr> routes) {
    std::ranges::reverse(routes);
    return routes;
}

void copy(const Message& from, std::string_view name, Message& to) {
    for (const HeaderField& field : from.fields)
        if (same_field(field.name(), name))
            to.fields.push_back(field.name() == name ? field : HeaderField(std::string(name), field.value()));
}

// With the tag, unless it has one.
void copy_to(const Message& request, std::string_view tag, Message& response) {
    for (const HeaderField& field : request.fields) {
        if (!same_field(field.name(), "To")) continue;
        const auto address = tag.empty() ? std::nullopt : parse_name_addr(field.value());
        const bool untagged = address && address->tag().empty();
        if (!untagged && field.name() == "To") response.fields.push_back(field);
        else response.add("To", untagged ? field.value() + ";tag=" + std::string(tag) : field.value());
    }
}

Message request_with(std::string method, std::string uri) {
    Message message;
    message.method = std::move(method);
    message.request_uri = std::move(uri);
    return message;
}

std::string cseq_text(const Message& request, std::string_view method) {
    const auto cseq = cseq_of(request);
    return to_text(CSeq{cseq ? cseq->number : 0, std::string(method)});
}

// ACK for a failure and CANCEL: for the hop that the request went over, with its branch and its route.
Message for_the_same_hop(const Message& request, std::string method, const Message& with_to) {
    Message message = request_with(method, request.request_uri);
    if (const auto via = top_via(request)) message.add("Via", to_text(*via));
    message.add("Max-Forwards", "70");
    copy(request, "Route", message);
    copy(request, "From", message);
    copy(with_to, "To", message);
    copy(request, "Call-ID", message);
    message.add("CSeq", cseq_text(request, method));
    return message;
}

// A request within the dialog, with the number given.
Message request_numbered(const Dialog& dialog, std::string method, const Via& via, std::uint32_t number) {
    std::vector<NameAddr> routes = dialog.route_set;
    Uri target = dialog.remote_target;
    // RFC 3261 12.2.1.1: a strict router wants its own URI as Request-URI and the target at the end of the route.
    if (!routes.empty() && !routes.front().uri.is_loose()) {
        routes.push_back({{}, false, target, {}});
        target = as_request_uri(routes.front().uri);
        routes.erase(routes.begin());
    }
    Message message = request_with(method, to_text(target));
    message.add("Via", to_text(via));
    message.add("Max-Forwards", "70");
    for (const NameAddr& route : routes) message.add("Route", to_text(route));
    message.add("From", to_text(dialog.local));
    message.add("To", to_text(dialog.remote));
    message.add("Call-ID", dialog.id.call_id);
    message.add("CSeq", to_text(CSeq{number, std::move(method)}));
    return message;
}

std::optional<DialogId> id_of(const Message& message, std::string_view local, std::string_view remote) {
    const auto us = address_in(message, local), them = address_in(message, remote);
    const auto call_id = message.header("Call-ID");
    if (!us || !them || !call_id) return {};
    return DialogId{std::string(*call_id), us->tag(), them->tag()};
}

}  // namespace

std::optional<Dialog> dialog_at_uac(const Message& request, const Message& response) {
    auto begun = beginning_of(request, response, response);
    if (!begun) return {};
    Dialog dialog;
    dialog.id = {begun->call_id, begun->from.tag(), begun->to.tag()};
    dialog.local = std::move(begun->from);
    dialog.remote = std::move(begun->to);
    dialog.remote_target = std::move(begun->target);
    dialog.route_set = reversed(addresses_in(response, "Record-Route"));
    dialog.local_cseq = begun->number;
    dialog.early = response.status < 200;
    return dialog;
}

std::optional<Dialog> dialog_at_uas(const Message& request, const Message& response) {
    auto begun = beginning_of(request, response, request);
    if (!begun) return {};
    Dialog dialog;
    dialog.id = {begun->call_id, begun->to.tag(), begun->from.tag()};
    dialog.local = std::move(begun->to);
    dialog.remote = std::move(begun->from);
    dialog.remote_target = std::move(begun->target);
    dialog.route_set = addresses_in(request, "Record-Route");
    dialog.remote_cseq = begun->number;
    dialog.early = response.status < 200;
    return dialog;
}

std::optional<DialogId> dialog_id_at_uas(const Message& request) { return id_of(request, "To", "From"); }

std::optional<DialogId> dialog_id_at_uac(const Message& response) { return id_of(response, "From", "To"); }

void confirm(Dialog& dialog, const Message& response) {
    dialog.early = false;
    dialog.route_set = reversed(addresses_in(response, "Record-Route"));
    if (auto target = contact_of(response)) dialog.remote_target = *std::move(target);
}

bool take_note(Dialog& dialog, const Message& request) {
    if (request.method == "ACK" || request.method == "CANCEL") return true;
    const auto cseq = cseq_of(request);
    if (!cseq || (dialog.remote_cseq && cseq->number < *dialog.remote_cseq)) return false;
    dialog.remote_cseq = cseq->number;
    // RFC 3261 12.2 and RFC 3311 5.1: these two refresh the target.
    if (request.method == "INVITE" || request.method == "UPDATE")
        if (auto target = contact_of(request)) dialog.remote_target = *std::move(target);
    return true;
}

Message request_in(Dialog& dialog, std::string method, const Via& via) {
    dialog.local_cseq = dialog.local_cseq.value_or(0) + 1;
    return request_numbered(dialog, std::move(method), via, *dialog.local_cseq);
}

Message ack_for_success(const Dialog& dialog, const Message& invite, const Via& via) {
    const auto cseq = cseq_of(invite);
    Message ack = request_numbered(dialog, "ACK", via, cseq ? cseq->number : 0);
    copy(invite, "Authorization", ack);
    copy(invite, "Proxy-Authorization", ack);
    return ack;
}

Message ack_for_failure(const Message& invite, const Message& response) {
    Message ack = for_the_same_hop(invite, "ACK", response);
    for (const char* credentials : {"Authorization", "Proxy-Authorization"})
        copy(invite, credentials, ack);  // RFC 3261 22.1
    return ack;
}

Message cancel_of(const Message& request) { return for_the_same_hop(request, "CANCEL", request); }

Message response_to(const Message& request, int status, std::string reason_phrase, std::string_view to_tag) {
    Message response;
    response.status = status;
    response.reason_phrase = std::move(reason_phrase);
    copy(request, "Via", response);
    if (request.method == "INVITE" && status > 100 && status < 300) copy(request, "Record-Route", response);
    copy(request, "From", response);
    copy_to(request, to_tag, response);
    copy(request, "Call-ID", response);
    copy(request, "CSeq", response);
    if (status == 100) copy(request, "Timestamp", response);
    return response;
}

std::optional<Uri> next_hop(const Message& request) {
    auto route = first_address_in(request, "Route");
    return route ? std::move(route->uri) : parse_uri(request.request_uri);
}

}  // namespace sipdex::sip
