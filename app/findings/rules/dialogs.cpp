// Requests within a dialog that their receiver does not know (RFC 3261 12.2.2), and how calls came to an end (15).
#include <algorithm>
#include <cmath>
#include <set>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/contact.h"
#include "sip/name_addr.h"
#include "sip/reason.h"
#include "sip/token.h"

namespace sipdex::findings {

namespace {

using calls::Dialog;
using calls::Transaction;

bool of_subscription(const Transaction& of) { return of.method == "SUBSCRIBE" || of.method == "NOTIFY"; }

// The response that made it was captured, or the NOTIFY that came before.
bool begun_here(const Case& one, const Dialog& dialog) {
    return !dialog.begun_before && dialog.made_by != calls::none &&
           (one.status(dialog.made_by) != 0 || one.placed(dialog.made_by).method == "NOTIFY");
}

// A dialog of the story with which a request shares one tag, but not both; nothing where it is of another, as of a branch
// of the same fork.
const Dialog* nearly(const Case& one, std::string_view from_tag, std::string_view to_tag) {
    const Dialog* near = nullptr;
    for (const std::size_t index : one.story().dialogs) {
        const Dialog& dialog = one.calls.dialogs[index];
        if (!begun_here(one, dialog)) continue;
        const bool by_caller = dialog.caller_tag == from_tag, to_callee = dialog.callee_tag == to_tag;
        const bool by_callee = dialog.callee_tag == from_tag, to_caller = dialog.caller_tag == to_tag;
        if ((by_caller && to_callee) || (by_callee && to_caller)) return nullptr;
        if (!near && dialog.confirmed_by != calls::none && (by_caller != to_callee || by_callee != to_caller))
            near = &dialog;
    }
    return near;
}

const Dialog* dialog_of(const Case& one, const Transaction& of) {
    const std::size_t index = one.placed(of.request).dialog;
    return index == calls::none ? nullptr : &one.calls.dialogs[index];
}

// Whether a party took part in a dialog before a message.
bool took_part(const Case& one, std::size_t dialog, std::size_t party, std::size_t before) {
    return std::ranges::any_of(one.story().messages, [&](std::size_t index) {
        const calls::Placed& placed = one.placed(index);
        return index < before && placed.dialog == dialog && (placed.from == party || placed.to == party);
    });
}

// It went to the host that answered, at whatever port, or to the Contact of the other side, which a proxy had passed on.
bool is_meant(const Case& one, const Dialog& dialog, const Transaction& of) {
    const capture::Address& to = one.captured.messages[of.request].to;
    const bool to_caller = sip::tag_in(one.message(of.request), "From") == dialog.callee_tag;
    const std::size_t invite = one.transaction(dialog.transaction).request;
    const std::size_t told = to_caller ? invite : dialog.confirmed_by;
    if (told == calls::none || !to.known()) return false;
    const auto contact = sip::first_contact_in(one.message(told));
    const auto named = contact ? capture::parse_address(contact->address.uri.host) : std::nullopt;
    return capture::same_host(one.captured.messages[told].from, to) || (named && capture::same_host(*named, to));
}

// Refused itself, so that the call goes on; not because there was none.
bool ends_nothing(const Transaction& bye) { return refused(bye) && bye.status != 408 && bye.status != 481; }

// The BYE that had ended the call before its request was refused; not the same one at another hop, and of its own side's
// only one that was accepted.
std::size_t met_bye(const Case& one, const Transaction& of) {
    const std::string from = sip::tag_in(one.message(of.request), "From");
    for (const std::size_t index : one.story().messages) {
        if (index > of.final) break;
        if (one.placed(index).dialog != one.placed(of.request).dialog) continue;
        const sip::Message& message = one.message(index);
        if (message.method != "BYE" || one.placed(index).transaction == calls::none) continue;
        const Transaction& bye = one.transaction(one.placed(index).transaction);
        if (ends_nothing(bye)) continue;
        if (of.method != "BYE" || sip::tag_in(message, "From") != from) return index;
        if (bye.cseq != of.cseq && bye.status / 100 == 2) return index;
    }
    return calls::none;
}

// An early dialog ends with the INVITE, or when another branch has answered (RFC 3261 13.2.2.3, 13.2.2.4).
bool early_is_over(const Case& one, const Dialog& dialog, const Transaction& of) {
    if (dialog.confirmed_by != calls::none) return false;
    if (dialog.state == Dialog::State::failed && dialog.ended_by < of.final) return true;
    return std::ranges::any_of(one.story().dialogs, [&](std::size_t index) {
        const Dialog& other = one.calls.dialogs[index];
        return begun_here(one, other) && other.confirmed_by < of.final;
    });
}

// One side had ended it before, or does so with this very request (RFC 6665 4.1.2.3, 4.4.1).
bool subscription_over(const Case& one, const Transaction& of) {
    return std::ranges::any_of(one.story().messages, [&](std::size_t index) {
        if (index > of.final || one.placed(index).dialog != one.placed(of.request).dialog) return false;
        const sip::Message& message = one.message(index);
        if (message.method == "SUBSCRIBE") return seconds_in(message, "Expires") == 0;
        return message.method == "NOTIFY" &&
               sip::same_token(message.header("Subscription-State").value_or("").substr(0, 10), "terminated");
    });
}

void look_at_subscription(const Case& one, const Transaction& of) {
    const std::string event(one.message(of.request).header("Event").value_or("none"));
    // Whoever transferred a call need not hear what became of it (RFC 3515 2.4.4).
    if (subscription_over(one, of) || sip::same_token(event.substr(0, event.find(';')), "refer")) return;
    one.find("subscription-forgotten", {of.request, of.final},
             {{"method", std::string(of.method)}, {"at", one.party(of.server)}, {"event", event}}, {"Event"});
}

void look_at_wrong_tag(const Case& one, const Transaction& of, const Dialog& near, const std::string& from,
                       const std::string& to) {
    const bool by_caller = near.caller_tag == from || near.callee_tag == to;
    const std::string_view right_from = by_caller ? near.caller_tag : near.callee_tag;
    const std::string_view right_to = by_caller ? near.callee_tag : near.caller_tag;
    const bool is_to = from == right_from;
    one.find("dialog-wrong-tag", {near.confirmed_by, of.request, of.final},
             {{"method", std::string(of.method)},
              {"from", one.party(of.client)},
              {"field", is_to ? "To" : "From"},
              {"sent", is_to ? to : from},
              {"right", std::string(is_to ? right_to : right_from)}},
             {"From", "To"});
}

// `told`: dialogs of which it was said before; whoever learns that a call is over sends BYE, which is then refused too.
void look_at_unknown(const Case& one, const Transaction& of, std::set<std::size_t>& told) {
    const std::string method(of.method), at = one.party(of.server);
    const std::string from = sip::tag_in(one.message(of.request), "From");
    const std::string to = sip::tag_in(one.message(of.request), "To");
    if (const Dialog* near = nearly(one, from, to)) return look_at_wrong_tag(one, of, *near, from, to);
    const Dialog* dialog = dialog_of(one, of);
    if (const std::size_t bye = dialog ? met_bye(one, of) : calls::none; bye != calls::none)
        return one.find("dialog-over", {bye, of.request, of.final}, {{"method", method}, {"at", at}});
    if (of_subscription(of)) return look_at_subscription(one, of);
    if (!dialog || dialog->begun_before)
        return one.find("dialog-unknown", {of.request, of.final}, {{"method", method}, {"at", at}});
    if (early_is_over(one, *dialog, of)) return;
    const std::size_t place = one.placed(of.request).dialog, answer = dialog->confirmed_by;
    if (answer != calls::none && !took_part(one, place, of.server, of.request) && !is_meant(one, *dialog, of))
        return one.find("dialog-other-server", {answer, of.request, of.final},
                        {{"method", method}, {"at", at}, {"made", one.party(dialog->callee)}}, {"Contact", "Route"});
    if (!told.insert(place).second) return;
    one.find("dialog-forgotten", {answer == calls::none ? dialog->made_by : answer, of.request, of.final},
             {{"method", method},
              {"at", at},
              {"seconds", answer == calls::none ? 0.0 : one.seconds_between(answer, of.final)}});
}

// Causes of Q.850 by which no person ends a call: a destination, a line or a network that fails (27, 34 to 47), and errors
// of the protocol with its timers (95 to 111). Of SIP those by which servers fail.
bool is_failure(const sip::Reason& reason) {
    const int cause = *reason.cause;
    if (reason.is("Q.850")) return cause == 27 || (cause >= 34 && cause <= 47) || (cause >= 95 && cause <= 111);
    return reason.is("SIP") && (cause == 408 || (cause >= 500 && cause < 600));
}

// RFC 3326: other than the normal end of a call, Q.850 cause 16.
void look_at_reason(const Case& one, std::size_t bye) {
    if (!one.may_have(bye, "Reason")) return;
    for (const sip::Reason& reason : sip::reasons_of(one.message(bye))) {
        if (!reason.cause || (reason.is("Q.850") && reason.cause == 16)) continue;
        one.find(is_failure(reason) ? "call-cut-for-reason" : "call-ended-for-reason", {bye},
                 {{"by", one.party(one.placed(bye).from)},
                  {"protocol", reason.protocol},
                  {"cause", static_cast<long>(*reason.cause)},
                  {"text", reason.text.empty() ? "none" : reason.text}},
                 {"Reason"});
    }
}

// RFC 3261 13.3.1.4: an answer is repeated until its ACK is there; whoever still repeats it when it hangs up has got none.
bool repeated_until(const Case& one, const Dialog& dialog, std::size_t bye) {
    const std::vector<std::size_t> sent = one.sendings_of(dialog.confirmed_by);
    return static_cast<long>(sent.size()) > one.threshold("dropped-without-ack", "repeats") &&
           one.seconds_between(sent.back(), bye) <=
               static_cast<double>(one.threshold("dropped-without-ack", "pause_seconds"));
}

void look_at_end(const Case& one, const Dialog& dialog) {
    if (dialog.ended_by == calls::none) return;
    const sip::Message& bye = one.message(dialog.ended_by);
    if (bye.method != "BYE") return;
    look_at_reason(one, dialog.ended_by);
    if (dialog.begun_before || dialog.confirmed_by == calls::none || !is_timed(one, dialog.ended_by)) return;
    const bool caller = sip::tag_in(bye, "From") == dialog.caller_tag;
    const std::string by = one.party(one.placed(dialog.ended_by).from);
    const double seconds = one.seconds_between(dialog.confirmed_by, dialog.ended_by);
    one.find("call-ended", {dialog.confirmed_by, dialog.ended_by},
             {{"side", caller ? "caller" : "called"}, {"by", by}, {"seconds", seconds}});
    if (!caller && seconds >= static_cast<double>(one.threshold("dropped-without-ack", "from_seconds")) &&
        seconds <= static_cast<double>(one.threshold("dropped-without-ack", "to_seconds")) &&
        repeated_until(one, dialog, dialog.ended_by))
        one.find("dropped-without-ack", {dialog.confirmed_by, dialog.ended_by}, {{"by", by}, {"seconds", seconds}});
    const auto step = 60.0 * static_cast<double>(one.threshold("dropped-on-the-minute", "minutes"));
    const double near = std::round(seconds / step);
    if (near >= 1 && std::abs(seconds - near * step) * 1000 <=
                         static_cast<double>(one.threshold("dropped-on-the-minute", "tolerance_ms")))
        one.find("dropped-on-the-minute", {dialog.confirmed_by, dialog.ended_by},
                 {{"by", by}, {"minutes", static_cast<long>(near * step / 60)}});
}

}  // namespace

void look_at_dialogs(const Case& one) {
    std::set<std::size_t> told;
    for (const std::size_t index : one.story().transactions) {
        const Transaction& of = one.transaction(index);
        if (of.status == 481 && of.has_final() && of.request != calls::none && of.in_dialog && of.method != "CANCEL" &&
            of.method != "PRACK" && !passed_back(one, of))
            look_at_unknown(one, of, told);
    }
    if (one.story().kind != calls::Kind::call) return;
    for (const std::size_t index : one.story().dialogs) look_at_end(one, one.calls.dialogs[index]);
}

}  // namespace sipdex::findings
