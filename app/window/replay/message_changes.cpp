#include "window/replay/message_changes.h"

#include <algorithm>

namespace sipdex::window {

namespace {

using Kind = FieldChange::Kind;
using Part = FieldChange::Part;
using recording::Transmission;

std::string start_line(const sip::Message& message) {
    const std::string octets = sip::octets_of(message);
    return octets.substr(0, octets.find("\r\n"));
}

std::vector<std::string> names_in(const sip::Message& one, const sip::Message& other) {
    std::vector<std::string> names;
    for (const sip::Message* message : {&one, &other})
        for (const sip::HeaderField& field : message->fields) {
            const std::string name(sip::full_name(field.name()));
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    return names;
}

// Values that only the first list has, each as often as it has it more.
std::vector<std::string> only_in(std::vector<std::string_view> one, const std::vector<std::string_view>& other) {
    for (const std::string_view value : other)
        if (const auto same = std::find(one.begin(), one.end(), value); same != one.end()) one.erase(same);
    return {one.begin(), one.end()};
}

void compare_field(const std::string& name, const sip::Message& before, const sip::Message& after,
                   std::vector<FieldChange>& changes) {
    const auto old = before.headers(name), now = after.headers(name);
    const auto gone = only_in(old, now), come = only_in(now, old);
    const std::size_t both = std::min(gone.size(), come.size());
    for (std::size_t i = 0; i < both; ++i) changes.push_back({Kind::changed, Part::field, name, gone[i], come[i]});
    for (std::size_t i = both; i < come.size(); ++i) changes.push_back({Kind::added, Part::field, name, {}, come[i]});
    for (std::size_t i = both; i < gone.size(); ++i) changes.push_back({Kind::removed, Part::field, name, gone[i], {}});
}

bool same_call(const Transmission& one, const Transmission& other) {
    return one.message.header("Call-ID") == other.message.header("Call-ID");
}

std::string_view number_of(const Transmission& sent) {
    const std::string_view cseq = sent.message.header("CSeq").value_or("");
    return cseq.substr(0, cseq.find(' '));
}

template <class Fits>
std::optional<std::size_t> latest(const recording::Recording& recording, std::size_t before, Fits fits) {
    for (std::size_t i = before; i-- > 0;)
        if (same_call(recording.messages[i], recording.messages[before]) && fits(recording.messages[i])) return i;
    return std::nullopt;
}

}  // namespace

std::vector<FieldChange> changes_between(const sip::Message& before, const sip::Message& after) {
    std::vector<FieldChange> changes;
    if (before.is_request() == after.is_request() && start_line(before) != start_line(after))
        changes.push_back({Kind::changed, Part::start_line, {}, start_line(before), start_line(after)});
    for (const std::string& name : names_in(after, before)) compare_field(name, before, after, changes);
    if (before.body != after.body)
        changes.push_back({before.body.empty()  ? Kind::added
                           : after.body.empty() ? Kind::removed
                                                : Kind::changed,
                           Part::body,
                           {},
                           {},
                           {}});
    return changes;
}

std::optional<std::size_t> message_before(const recording::Recording& recording, std::size_t index) {
    const Transmission& sent = recording.messages[index];
    const bool request = sent.message.is_request(), ack = sent.message.method == "ACK";
    if (sent.retransmission)
        if (const auto same = latest(recording, index, [&, octets = sent.octets()](const Transmission& one) {
                return one.from == sent.from && one.to == sent.to && one.octets() == octets;
            }))
            return same;
    // Came to the sender, as the same request or response: forwarded.
    const auto received = [&](const Transmission& one) {
        return one.to == sent.from && one.received && *one.received <= sent.sent && number_of(one) == number_of(sent);
    };
    if (const auto forwarded = latest(recording, index, [&](const Transmission& one) {
            return received(one) && one.message.is_request() == request && one.message.method == sent.message.method &&
                   one.message.status == sent.message.status;
        }))
        return forwarded;
    // An ACK answers a response, a response a request.
    if (ack || !request)
        if (const auto answered = latest(recording, index, [&](const Transmission& one) {
                if (!received(one) || one.message.is_request() == request) return false;
                return ack || one.message.header("CSeq") == sent.message.header("CSeq");
            }))
            return answered;
    // Or it is another attempt at the same: with credentials, at the next address, a CANCEL of what was sent.
    if (request)
        return latest(recording, index, [&](const Transmission& one) {
            return one.from == sent.from && one.message.is_request() &&
                   (one.message.method == sent.message.method || sent.message.method == "CANCEL");
        });
    return std::nullopt;
}

}  // namespace sipdex::window
