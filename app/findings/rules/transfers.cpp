// Transfers (RFC 3515): whether the REFER was accepted, and what its NOTIFY told of the new call.
#include <algorithm>
#include <charconv>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/header_fields.h"
#include "sip/name_addr.h"
#include "sip/token.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

// "sip:carol@192.0.2.9", without what stands behind it: the call to be replaced is no part of who is called.
std::string target_of(const sip::Message& refer) {
    std::string_view uri = refer.header("Refer-To").value_or("");
    if (const std::size_t bracket = uri.find('<'); bracket != std::string_view::npos) uri.remove_prefix(bracket + 1);
    const std::string_view target = uri.substr(0, uri.find_first_of(";?> "));
    return target.empty() ? "?" : std::string(target);
}

// RFC 3515 2.4.5: the body of the NOTIFY is a message/sipfrag that begins with a status line. 0 where there is none.
int status_in(const sip::Message& notify) {
    constexpr std::string_view version = "SIP/2.0 ";
    const std::string_view body = notify.body;
    if (!body.starts_with(version) || body.size() < version.size() + 3) return 0;
    int status = 0;
    const char* digits = body.data() + version.size();
    const auto [end, error] = std::from_chars(digits, digits + 3, status);
    return error == std::errc() && status >= 100 && status < 700 ? status : 0;
}

// RFC 3515 2.4.6: of several REFERs of a dialog "refer;id=2" names the one with that number; nothing for those that do not.
std::optional<std::uint32_t> number_in(std::string_view event) {
    return sip::number_of(calls::parameter_in(event, "id"));
}

struct Told {
    std::vector<std::size_t> notifies;
    int status = 0;  // the latest
};

using Refers = std::vector<const Transaction*>;

Told told_after(const Case& one, const Transaction& refer, const Refers& all) {
    const auto names_another = [&](std::optional<std::uint32_t> number) {
        return number && *number != refer.cseq && std::ranges::find(all, *number, &Transaction::cseq) != all.end();
    };
    Told told;
    const std::string refer_by = sip::tag_in(one.message(refer.request), "From");
    bool another = false;  // a later REFER of the same dialog has its own NOTIFY
    for (const std::size_t index : one.story().messages) {
        if (index < refer.request || one.placed(index).repeat != calls::Repeat::original) continue;
        const sip::Message& message = one.message(index);
        another = another || (message.method == "REFER" && one.placed(index).from == refer.client &&
                              one.placed(index).transaction != one.placed(refer.request).transaction);
        if (message.method != "NOTIFY" || sip::tag_in(message, "To") != refer_by) continue;
        const int status = status_in(message);
        const auto event = message.header("Event");
        if (status == 0 && !(event && event->starts_with("refer"))) continue;
        const auto number = event ? number_in(*event) : std::nullopt;
        if (names_another(number) || (another && number != refer.cseq)) continue;
        told.notifies.push_back(index);
        if (status != 0) told.status = status;
    }
    return told;
}

bool wants_no_notify(const Case& one, const Transaction& refer) {
    // Without the subscription that a REFER otherwise makes: by option tags (RFC 7614), or by Refer-Sub (RFC 4488 4).
    for (const std::string_view tag : {"nosub", "explicitsub"})
        if (sip::lists(one.message(refer.request), "Require", tag)) return true;
    for (const std::size_t index : {refer.request, refer.final})
        if (const auto value = one.message(index).header("Refer-Sub"); value && value->starts_with("false"))
            return true;
    return false;
}

bool accepted_later(const Case& one, const Transaction& refer, const Refers& all) {
    const std::string target = target_of(one.message(refer.request));
    return std::ranges::any_of(all, [&](const Transaction* again) {
        return again->client == refer.client && again->request > refer.final && again->has_final() &&
               again->status < 300 && target_of(one.message(again->request)) == target;
    });
}

void look_at_transfer(const Case& one, const Transaction& refer, const Refers& all) {
    const std::string target = target_of(one.message(refer.request));
    const std::string by = one.party(refer.client), at = one.party(given_at(one, refer).server);
    const auto code = static_cast<long>(refer.status);
    if (refused(refer)) {
        if (code != 401 && code != 407 && !accepted_later(one, refer, all))
            one.find("transfer-refused", {refer.request, refer.final},
                     {{"by", by}, {"at", at}, {"target", target}, {"code", code}}, {"Refer-To"});
        return;
    }
    if (!refer.has_final() || refer.status >= 300) return;
    const Told told = told_after(one, refer, all);
    std::vector<std::size_t> evidence{refer.request, refer.final};
    evidence.insert(evidence.end(), told.notifies.begin(), told.notifies.end());
    const auto status = static_cast<long>(told.status);
    if (told.notifies.empty()) {
        const bool over = next_request(one, refer.final, "BYE") != calls::none;
        if (!over && !wants_no_notify(one, refer) &&
            one.watched_for(refer.final, std::chrono::seconds(one.threshold("transfer-without-notify", "seconds"))))
            one.find("transfer-without-notify", evidence, {{"at", at}, {"code", code}, {"target", target}});
        return;
    }
    const std::vector<std::pair<std::string, Value>> values = {{"by", by}, {"target", target}, {"code", status}};
    if (told.status >= 300) return one.find("transfer-failed", evidence, values, {"Refer-To"});
    if (told.status >= 200) return one.find("transfer-done", evidence, values);
    // Whoever hangs up meanwhile does not want to know (RFC 5359 2.4 has it so).
    if (told.status == 0 || next_request(one, told.notifies.back(), "BYE") != calls::none) return;
    const std::chrono::seconds wait(one.threshold("transfer-unfinished", "seconds"));
    if (one.watched_for(told.notifies.back(), wait))
        one.find("transfer-unfinished", evidence,
                 {{"by", by},
                  {"target", target},
                  {"code", status},
                  {"seconds", one.seconds_between(told.notifies.back(), one.captured.messages.size() - 1)}});
}

}  // namespace

void look_at_transfers(const Case& one) {
    const Refers all = requests_of(one, "REFER", true);
    for (const Transaction* refer : all) look_at_transfer(one, *refer, all);
}

}  // namespace sipdex::findings
