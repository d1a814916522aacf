// Who calls, as it is signed (RFC 8224, RFC 8588), told and withheld (RFC 3325, RFC 5079), and who blocked the call
// because of it (RFC 8197, RFC 8688, ATIS-1000099).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "findings/families.h"
#include "findings/hops.h"
#include "sip/name_addr.h"
#include "sip/passport.h"
#include "sip/reason.h"
#include "sip/redress_card.h"
#include "sip/values.h"

namespace sipdex::findings {

namespace {

using calls::Transaction;

// RFC 3261 20.17: "Sat, 13 Nov 2010 23:29:00 GMT", in seconds since 1970.
std::optional<std::int64_t> seconds_of(std::string_view date) {
    int day = 0, year = 0, hour = 0, minute = 0, second = 0;
    char month[4] = {};
    const std::string text(date);
    if (std::sscanf(text.c_str(), "%*3s, %d %3s %d %d:%d:%d", &day, month, &year, &hour, &minute, &second) != 6)
        return std::nullopt;
    const std::size_t at = std::string_view("JanFebMarAprMayJunJulAugSepOctNovDec").find(month);
    if (at == std::string_view::npos || at % 3 != 0) return std::nullopt;
    const std::chrono::year_month_day whole{std::chrono::year(year),
                                            std::chrono::month(static_cast<unsigned>(at / 3 + 1)),
                                            std::chrono::day(static_cast<unsigned>(day))};
    if (!whole.ok()) return std::nullopt;
    const std::chrono::sys_days days(whole);
    return std::chrono::duration_cast<std::chrono::seconds>(days.time_since_epoch()).count() +
           std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 + second;
}

// RFC 4474 wrote nothing but a signature in quotes; RFC 8224 7 has a compact form that begins with two dots.
bool is_of_rfc4474(std::string_view value) { return value.starts_with('"'); }
bool is_compact(const sip::Identity& identity) { return identity.token.starts_with(".."); }

std::vector<std::string_view> signatures_in(const sip::Message& message) { return sip::values_of(message, "Identity"); }

std::optional<sip::Identity> first_signature_in(const sip::Message& message) {
    for (const std::string_view value : signatures_in(message))
        if (auto one = sip::parse_identity(value)) return one;
    return std::nullopt;
}

// A number may have parameters of its own: "+12125550142;verstat=TN-Validation-Passed@example.com" (RFC 3261 19.1.6).
std::vector<std::string> numbers_in(const sip::Message& message, std::initializer_list<std::string_view> fields) {
    std::vector<std::string> all;
    for (const std::string_view field : fields)
        for (sip::NameAddr& each : sip::addresses_in(message, field)) {
            each.uri.user = each.uri.user.substr(0, each.uri.user.find(';'));
            all.push_back(sip::canonical_identity(each.uri));
        }
    return all;
}

bool is_number(std::string_view identity) {
    return !identity.empty() && identity.find_first_not_of("0123456789*#") == std::string_view::npos;
}

// With and without the country's code, which RFC 8224 8.3 adds before it compares: "0612345678" and "33612345678"; and as
// dialled within a PBX, "678".
bool same_number(std::string_view one, std::string_view other) {
    constexpr std::size_t enough = 3;
    const auto bare = [](std::string_view number) {
        return number.substr(std::min(number.find_first_not_of('0'), number.size()));
    };
    one = bare(one);
    other = bare(other);
    return one == other ||
           (one.size() >= enough && other.size() >= enough && (one.ends_with(other) || other.ends_with(one)));
}

// What is signed must be what is shown (RFC 8224 4.1.1, 8.3); of telephone numbers only, for a host may well change.
bool differs(const std::string& is_signed, const std::vector<std::string>& shown) {
    return is_number(is_signed) && !shown.empty() && std::ranges::all_of(shown, is_number) &&
           std::ranges::none_of(shown, [&](const std::string& each) { return same_number(is_signed, each); });
}

void compare(const Case& one, const Transaction& of, const char* field, const std::string& is_signed,
             const std::vector<std::string>& shown) {
    if (!differs(is_signed, shown)) return;
    const bool refused = of.status == 438;
    one.find(refused ? "identity-number-refused" : "identity-number-differs",
             {of.request, refused ? of.final : calls::none},
             {{"field", std::string(field)}, {"signed", is_signed}, {"shown", shown.front()}}, {"Identity", field});
}

// RFC 8224 6.2 step 4: by the Date, which the iat must not contradict either; of several signatures by the newest.
void look_at_date(const Case& one, const Transaction& of, std::int64_t issued, bool several) {
    const sip::Message& request = one.message(of.request);
    const capture::Message& packet = one.captured.messages[of.request];
    const auto date = request.header("Date");
    const auto told = date ? seconds_of(*date) : std::nullopt;
    const std::int64_t when = several ? issued : told.value_or(issued);
    const long limit = one.threshold("identity-stale", "seconds");
    const bool refused = of.status == 403 && of.final != calls::none &&
                         sip::same_token(one.message(of.final).reason_phrase, "Stale Date");
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(packet.time).count();
    // A log's clock is that of some time zone.
    const bool dated = packet.clock == capture::Clock::date && !packet.rebuilt && when != 0;
    const long age = dated ? static_cast<long>(now - when) : 0;
    if (refused && passed_back(one, of)) return;
    if (refused)
        one.find("identity-stale-refused", {of.request, of.final}, {{"from", one.party(of.server)}, {"seconds", age}},
                 {"Date", "Identity"});
    else if (std::abs(age) > limit && of.parent == calls::none)
        one.find("identity-stale", {of.request}, {{"seconds", age}, {"limit", limit}}, {"Date", "Identity"});
}

std::vector<sip::Passport> passports_in(const sip::Message& request) {
    std::vector<sip::Passport> all;
    for (const std::string_view value : signatures_in(request)) {
        const auto identity = sip::parse_identity(value);
        if (auto passport = identity ? sip::read_token(identity->token) : std::nullopt) all.push_back(*passport);
    }
    return all;
}

void look_at_form(const Case& one, const Transaction& of) {
    for (const std::string_view value : signatures_in(one.message(of.request))) {
        if (is_of_rfc4474(value)) continue;
        const auto identity = sip::parse_identity(value);
        const auto texts = identity ? sip::texts_of(identity->token) : std::nullopt;
        if (!identity || (!is_compact(*identity) && !(texts && texts->payload.starts_with('{'))))
            one.find("identity-unreadable", {of.request}, {{"from", one.party(of.client)}}, {"Identity"});
    }
}

// RFC 8224 6.2.1: of several signatures one that holds is enough. Where a call was forwarded, those of before are old, and
// are of another callee.
void look_at_signature(const Case& one, const Transaction& of, bool first) {
    const sip::Message& request = one.message(of.request);
    look_at_form(one, of);
    const std::vector<sip::Passport> passports = passports_in(request);
    std::int64_t newest = 0;
    for (const sip::Passport& each : passports) newest = std::max(newest, each.issued_at);
    if (std::ranges::any_of(signatures_in(request), [](std::string_view value) { return !is_of_rfc4474(value); }))
        look_at_date(one, of, newest, passports.size() > 1);
    std::vector<sip::Passport> own = passports;
    std::erase_if(own, [](const sip::Passport& each) { return each.extension.starts_with("div"); });  // RFC 8946
    const bool forwarded = own.size() < passports.size();
    const auto callers = numbers_in(request, {"P-Asserted-Identity", "From"}), callees = numbers_in(request, {"To"});
    const auto holds = [&](const sip::Passport& each) { return !differs(each.origin, callers); };
    if (!own.empty() && std::ranges::none_of(own, holds)) compare(one, of, "From", own.front().origin, callers);
    if (own.size() == 1 && !forwarded) compare(one, of, "To", own.front().destination, callees);
    if (!first) return;
    for (const sip::Passport& each : own)
        for (const auto& [level, rule] :
             {std::pair("A", "attested-full"), std::pair("B", "attested-partial"), std::pair("C", "attested-gateway")})
            if (each.attestation == level) one.find(rule, {of.request}, {{"number", each.origin}}, {"Identity"});
}

// What the network tells the called phone (3GPP TS 24.229): behind the number or the URI.
void look_at_verstat(const Case& one, const Transaction& of) {
    if (one.captured.messages[of.request].octets.find("verstat=") == std::string_view::npos) return;
    for (const char* field : {"P-Asserted-Identity", "From"})
        for (const std::string_view value : one.message(of.request).headers(field))
            if (sip::lowered(value).find("verstat=tn-validation-failed") != std::string::npos)
                return one.find("verification-failed", {of.request},
                                {{"field", std::string(field)}, {"from", one.party(of.client)}}, {field});
}

// Signed anew, for instance in the full form (RFC 8224 6.1.1), it was not refused again.
bool mended_later(const Case& one, const Transaction& of) {
    return std::ranges::any_of(one.story().transactions, [&](std::size_t index) {
        const Transaction& each = one.transaction(index);
        return each.request != calls::none && each.request > of.final && each.method == of.method &&
               each.client == of.client && each.status > 100 && each.status != 428 &&
               (each.status < 436 || each.status > 438);
    });
}

// 428, 436, 437, 438 (RFC 8224 6.2.2)
void look_at_check(const Case& one, const Transaction& of) {
    const sip::Message& request = one.message(of.request);
    const auto identity = first_signature_in(request);
    const std::string from = one.party(of.server), info = or_none(identity ? identity->info : "");
    const std::vector<std::size_t> evidence = {of.request, of.final};
    switch (of.status) {
        case 428:
            if (signatures_in(request).empty())
                return one.find("identity-missing", evidence, {{"from", from}, {"method", std::string(of.method)}},
                                {"Identity"});
            return one.find("identity-form", evidence,
                            {{"from", from}, {"form", or_none(identity ? identity->extension : "")}}, {"Identity"});
        case 436: return one.find("identity-certificate", evidence, {{"from", from}, {"info", info}}, {"Identity"});
        case 437:
            return one.find(
                "identity-credential", evidence,
                {{"from", from}, {"info", info}, {"algorithm", or_none(identity ? identity->algorithm : "")}},
                {"Identity"});
        default:
            one.find("identity-invalid", evidence, {{"from", from}, {"phrase", one.message(of.final).reason_phrase}},
                     {"Identity"});
    }
}

// "v=analytics1;url=https://block.example.com;email=redress@block.example.com" as the text of a Reason (ATIS-1000099).
std::string redress_in(const sip::Message& response) {
    std::string all;
    for (const sip::Reason& reason : sip::reasons_of(response)) {
        const sip::Parameters told = sip::parse_parameters(';' + reason.text);
        for (const char* way : {"url", "email", "tel"})
            if (const auto value = told.value(way); value && !value->empty()) all += (all.empty() ? "" : ", ") + *value;
    }
    return or_none(all);
}

// Where somebody on the way has put another phrase in place of "Network Blocked".
bool tells_analytics(const sip::Message& response) {
    return std::ranges::any_of(sip::reasons_of(response),
                               [](const sip::Reason& reason) { return reason.text.starts_with("v=analytics"); });
}

std::string card_in(const sip::Message& response) {
    for (const std::string_view value : sip::values_of(response, "Call-Info"))
        if (const auto card = sip::card_location(value)) return *card;
    return "none";
}

void look_at_block(const Case& one, const Transaction& of) {
    const sip::Message &request = one.message(of.request), &response = one.message(of.final);
    const std::string from = one.party(of.server);
    const std::vector<std::size_t> evidence = {of.request, of.final};
    if (of.status == 608)
        return one.find("blocked-by-analytics", evidence, {{"from", from}, {"card", card_in(response)}}, {"Call-Info"});
    if (of.status == 607) return one.find("call-unwanted", evidence, {{"from", from}});
    if (of.status == 603 && (sip::same_token(response.reason_phrase, "Network Blocked") || tells_analytics(response)))
        return one.find("network-blocked", evidence, {{"from", from}, {"redress", redress_in(response)}}, {"Reason"});
    if (of.status != 433) return;
    auto caller = sip::address_in(request, "From");
    if (caller) caller->parameters = {};
    one.find("anonymity-refused", evidence, {{"from", from}, {"caller", caller ? sip::to_text(*caller) : "none"}},
             {"From", "Privacy", "P-Asserted-Identity"});
}

// RFC 9410: the call went on, and a response tells what was wrong with the signature.
bool look_at_reports(const Case& one, const Transaction& of) {
    if (of.status >= 400) return false;
    for (const std::size_t index : of.messages)
        if (one.status(index) > 100 && one.may_have(index, "Reason"))
            for (const sip::Reason& reason : sip::reasons_of(one.message(index)))
                if (reason.is("STIR") && reason.cause) {
                    one.find("identity-problem-reported", {of.request, index},
                             {{"code", static_cast<long>(*reason.cause)}, {"from", one.party(of.server)}}, {"Reason"});
                    return true;
                }
    return false;
}

}  // namespace

void look_at_identity(const Case& one) {
    bool first = true, reported = false;
    for (const std::size_t index : one.story().transactions) {
        const Transaction& of = one.transaction(index);
        if (of.request == calls::none || of.method == "ACK" || of.method == "CANCEL" || of.in_dialog) continue;
        if (one.may_have(of.request, "Identity") && one.message(of.request).header("Identity")) {
            look_at_signature(one, of, first);
            first = false;
        }
        look_at_verstat(one, of);
        if (!reported && of.parent == calls::none) reported = look_at_reports(one, of);
        constexpr int told[] = {428, 433, 436, 437, 438, 603, 607, 608};
        if (!of.has_final() || std::ranges::find(told, of.status) == std::end(told) || one.passed_on(index)) continue;
        if (of.status != 428 && (of.status < 436 || of.status > 438)) look_at_block(one, of);
        else if (!mended_later(one, of)) look_at_check(one, of);
    }
}

}  // namespace sipdex::findings
