// Requests within a dialog that their receiver does not know (RFC 3261 12.2.2), and how calls came to an end (15).
#include <algorithm>
#include <cmath>
#include <set>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/name_addr.h"
#include "sip/reason.h"

namespace sipdex::findings {

namespace {

using calls::Dialog;
using calls::Transaction;

bool of_subscription(const Transaction& of) { return of.method == "SUBSCRIBE" || of.method == "NOTIFY"; }

// A dialog of the story whose beginning was captured and with which a request shares one tag, but not both.
const Dialog* nearly(const Case& one, std::string_view from_tag, std::string_view to_tag) {
    for (const std::size_t index : one.story().dialogs) {
        const Dialog& dialog = one.calls.dialogs[index];
        if (dialog.begun_before || dialog.confirmed_by == calls::none) continue;
        const bool forth = (dialog.caller_tag == from_tag) != (dialog.callee_tag == to_tag);
        const bool back = (dialog.callee_tag == from_tag) != (dialog.caller_tag == to_tag);
        const bool right = (dialog.caller_tag == from_tag && dialog.callee_tag == to_tag) ||
                           (dialog.callee_tag == from_tag && dialog.caller_tag == to_tag);
        if (right) return nullptr;
        if (forth || back) return &dialog;
    }
    return nullptr;
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
        if (of.method != "BYE" || sip::tag_in(message, "From") != from) return index;
        if (bye.cseq != of.cseq && bye.status / 100 == 2) return index;
    }
    return calls::none;
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
    const bool known = dialog && !dialog->begun_before && dialog->confirmed_by != calls::none;
    if (const std::size_t bye = dialog ? met_bye(one, of) : calls::none; bye != calls::none)
        return one.find("dialog-over", {bye, of.request, of.final}, {{"method", method}, {"at", at}});
    if (of_subscription(of)) {
        const auto event = one.message(of.request).header("Event");
        return one.find("subscription-forgotten", {of.request, of.final},
                        {{"method", method}, {"at", at}, {"event", std::string(event.value_or("none"))}}, {"Event"});
    }
    if (!known) return one.find("dialog-unknown", {of.request, of.final}, {{"method", method}, {"at", at}});
    const std::size_t place = one.placed(of.request).dialog;
    if (!took_part(one, place, of.server, of.request))
        return one.find("dialog-other-server", {dialog->confirmed_by, of.request, of.final},
                        {{"method", method}, {"at", at}, {"made", one.party(dialog->callee)}}, {"Contact", "Route"});
    if (!told.insert(place).second) return;
    one.find("dialog-forgotten", {dialog->confirmed_by, of.request, of.final},
             {{"method", method}, {"at", at}, {"seconds", one.seconds_between(dialog->confirmed_by, of.final)}});
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
    if (dialog.begun_before || dialog.confirmed_by == calls::none || dialog.ended_by == calls::none) return;
    const sip::Message& bye = one.message(dialog.ended_by);
    if (bye.method != "BYE" || !is_timed(one, dialog.ended_by)) return;
    const bool caller = sip::tag_in(bye, "From") == dialog.caller_tag;
    const std::string by = one.party(one.placed(dialog.ended_by).from);
    const double seconds = one.seconds_between(dialog.confirmed_by, dialog.ended_by);
    one.find("call-ended", {dialog.confirmed_by, dialog.ended_by},
             {{"side", caller ? "caller" : "called"}, {"by", by}, {"seconds", seconds}});
    look_at_reason(one, dialog.ended_by);
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
            !passed_back(one, of))
            look_at_unknown(one, of, told);
    }
    if (one.story().kind != calls::Kind::call) return;
    for (const std::size_t index : one.story().dialogs) look_at_end(one, one.calls.dialogs[index]);
}

}  // namespace sipdex::findings
