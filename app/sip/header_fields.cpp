#include "sip/header_fields.h"

#include <algorithm>
#include <array>

#include "sip/cseq.h"
#include "sip/date.h"
#include "sip/message.h"
#include "sip/reason.h"
#include "sip/uri.h"
#include "sip/via.h"

namespace sipdex::sip {

namespace {

using enum HeaderFieldRule::Occurs;
using enum HeaderFieldRule::Empty;

bool is_refresher(std::string_view text) { return same_token(text, "uac") || same_token(text, "uas"); }

bool is_bracketed_uri(std::string_view text) {
    return text.starts_with('<') && text.ends_with('>') && read_uri(text.substr(1, text.size() - 2), nullptr, nullptr);
}

constexpr ParameterGrammar any{};

constexpr auto q_rules = std::to_array<ParameterRule>({{"q", is_q}});
constexpr ParameterGrammar with_q{.known = q_rules};

constexpr auto tag_rules = std::to_array<ParameterRule>({{"tag", is_token}});
constexpr ParameterGrammar with_tag{.known = tag_rules};

constexpr auto purpose_rules = std::to_array<ParameterRule>({{"purpose", is_token}});
constexpr ParameterGrammar with_purpose{.known = purpose_rules};

constexpr auto handling_rules = std::to_array<ParameterRule>({{"handling", is_token}});
constexpr ParameterGrammar with_handling{.known = handling_rules};

constexpr auto id_rules = std::to_array<ParameterRule>({{"id", is_token}});
constexpr ParameterGrammar with_id{.known = id_rules};

constexpr auto cid_rules = std::to_array<ParameterRule>({in_quotes("cid")});
constexpr ParameterGrammar with_cid{.known = cid_rules};

constexpr auto refresher_rules = std::to_array<ParameterRule>({{"refresher", is_refresher}});
constexpr ParameterGrammar with_refresher{.known = refresher_rules};

constexpr auto substate_rules =
    std::to_array<ParameterRule>({{"expires", is_number}, {"reason", is_token}, {"retry-after", is_number}});
constexpr ParameterGrammar with_substate{.known = substate_rules};

constexpr auto dialog_rules = std::to_array<ParameterRule>(
    {{.name = "from-tag", .fits = is_token, .needed = true}, {.name = "to-tag", .fits = is_token, .needed = true}});
constexpr ParameterGrammar with_dialog{.known = dialog_rules};

constexpr auto identity_rules = std::to_array<ParameterRule>({{"alg", is_token}, {"info", is_bracketed_uri}});
constexpr ParameterGrammar with_identity{.known = identity_rules};

constexpr auto security_rules =
    std::to_array<ParameterRule>({{"d-alg", is_token}, {"d-qop", is_token}, in_quotes("d-ver"), {"q", is_q}});
constexpr ParameterGrammar with_security{.known = security_rules};

constexpr auto authentication_info_rules = std::to_array<ParameterRule>(
    {in_quotes("cnonce"), in_quotes("nextnonce"), {"qop", is_token}, in_quotes("rspauth")});
constexpr ParameterGrammar authentication_info{.known = authentication_info_rules, .separator = ',', .bare = false};

bool read_authentication_info(std::string_view value, Flaws* flaws) {
    return read_parameters(value, authentication_info, nullptr, flaws);
}
bool read_via_only(std::string_view value, Flaws* flaws) { return read_via(value, nullptr, flaws); }
bool read_cseq_only(std::string_view value, Flaws* flaws) { return read_cseq(value, nullptr, flaws); }
bool read_reason_only(std::string_view value, Flaws* flaws) { return read_reason(value, nullptr, flaws); }
bool read_warning_only(std::string_view value, Flaws* flaws) { return read_warning(value, nullptr, flaws); }

constexpr ValueReader addresses = read_list<read_address<AddressForm::any, any>>;
constexpr ValueReader bracketed = read_list<read_address<AddressForm::only_brackets, any>>;
constexpr ValueReader call_infos = read_list<read_address<AddressForm::only_brackets, with_purpose>>;
constexpr ValueReader encodings = read_list<read_with_parameters<read_token, with_q>>;
constexpr ValueReader event = read_with_parameters<read_event_type, with_id>;
constexpr ValueReader identity = read_with_parameters<read_identity_token, with_identity>;
constexpr ValueReader info_package = read_with_parameters<read_token, any>;
constexpr ValueReader languages = read_list<read_with_parameters<read_language, with_q>>;
constexpr ValueReader media_ranges = read_list<read_with_parameters<read_media_range, with_q>>;
constexpr ValueReader other_dialog = read_with_parameters<read_call_id, with_dialog>;
constexpr ValueReader party = read_address<AddressForm::any, with_tag>;
constexpr ValueReader preferences = read_list<read_with_parameters<read_star, any>>;
constexpr ValueReader routes = read_list<read_address<AddressForm::in_brackets, any>>;
constexpr ValueReader security = read_list<read_with_parameters<read_token, with_security>>;
constexpr ValueReader substate = read_with_parameters<read_token, with_substate>;
constexpr ValueReader tokens = read_list<read_token>;

constexpr auto rules = std::to_array<HeaderFieldRule>({
    {"Accept", repeatedly, allowed, media_ranges, "RFC 3261 §20.1"},
    {"Accept-Contact", repeatedly, never, preferences, "RFC 3841 §10"},
    {"Accept-Encoding", repeatedly, allowed, encodings, "RFC 3261 §20.2"},
    {"Accept-Language", repeatedly, allowed, languages, "RFC 3261 §20.3"},
    {"Accept-Resource-Priority", repeatedly, allowed, read_list<read_priority>, "RFC 4412 §3.2"},
    {"Alert-Info", repeatedly, never, bracketed, "RFC 3261 §20.4"},
    {"Allow", repeatedly, allowed, tokens, "RFC 3261 §20.5"},
    {"Allow-Events", repeatedly, never, read_list<read_event_type>, "RFC 6665 §8.2.2"},
    {"Authentication-Info", once, never, read_authentication_info, "RFC 3261 §20.6"},
    {"Authorization", repeatedly, never, read_authorization, "RFC 3261 §20.7"},
    {"Call-ID", once, never, read_call_id, "RFC 3261 §20.8"},
    {"Call-Info", repeatedly, never, call_infos, "RFC 3261 §20.9"},
    {"Contact", repeatedly, never, read_contacts, "RFC 3261 §20.10"},
    {"Content-Disposition", once, never, read_with_parameters<read_token, with_handling>, "RFC 3261 §20.11"},
    {"Content-Encoding", repeatedly, never, tokens, "RFC 3261 §20.12"},
    {"Content-Language", repeatedly, never, read_list<read_language>, "RFC 3261 §20.13"},
    {"Content-Length", once, never, read_up_to<largest_32_bits>, "RFC 3261 §20.14"},
    {"Content-Type", once, never, read_with_parameters<read_media_range, any>, "RFC 3261 §20.15"},
    {"CSeq", once, never, read_cseq_only, "RFC 3261 §20.16"},
    {"Date", once, never, read_date, "RFC 3261 §20.17"},
    {"Error-Info", repeatedly, never, bracketed, "RFC 3261 §20.18"},
    {"Event", once, never, event, "RFC 6665 §8.2.1"},
    {"Expires", once, never, read_seconds_or_date, "RFC 3261 §20.19"},
    {"Flow-Timer", once, never, read_seconds, "RFC 5626 §11.1"},
    {"From", once, never, party, "RFC 3261 §20.20"},
    {"Geolocation", repeatedly, never, bracketed, "RFC 6442 §4.1"},
    {"Identity", repeatedly, never, identity, "RFC 8224 §4"},
    {"Identity-Info", once, never, read_address<AddressForm::only_brackets, any>, "RFC 4474 §9"},
    {"In-Reply-To", repeatedly, never, read_list<read_call_id>, "RFC 3261 §20.21"},
    {"Info-Package", once, never, info_package, "RFC 6086 §9.2"},
    {"Join", once, never, other_dialog, "RFC 3911 §7.1"},
    {"Max-Breadth", once, never, read_up_to<largest_32_bits>, "RFC 5393 §5.8"},
    {"Max-Forwards", once, never, read_up_to<largest_octet>, "RFC 3261 §20.22"},
    {"MIME-Version", once, never, read_mime_version, "RFC 3261 §20.24"},
    {"Min-Expires", once, never, read_seconds, "RFC 3261 §20.23"},
    {"Min-SE", once, never, read_with_parameters<read_seconds, any>, "RFC 4028 §5"},
    {"Organization", once, allowed, read_text, "RFC 3261 §20.25"},
    {"P-Asserted-Identity", repeatedly, never, addresses, "RFC 3325 §9.1"},
    {"P-Preferred-Identity", repeatedly, never, addresses, "RFC 3325 §9.2"},
    {"Path", repeatedly, never, routes, "RFC 3327 §4"},
    {"Priority", once, never, read_token, "RFC 3261 §20.26"},
    {"Privacy", once, never, read_list<read_token, ';'>, "RFC 3323 §4.2"},
    {"Proxy-Authenticate", repeatedly, never, read_authenticate, "RFC 3261 §20.27"},
    {"Proxy-Authorization", repeatedly, never, read_authorization, "RFC 3261 §20.28"},
    {"Proxy-Require", repeatedly, never, tokens, "RFC 3261 §20.29"},
    {"RAck", once, never, read_rack, "RFC 3262 §7.2"},
    {"Reason", repeatedly, never, read_list<read_reason_only>, "RFC 3326 §2"},
    {"Record-Route", repeatedly, never, routes, "RFC 3261 §20.30"},
    {"Recv-Info", repeatedly, allowed, read_list<info_package>, "RFC 6086 §9.2"},
    {"Refer-To", once, never, read_address<AddressForm::any, any>, "RFC 3515 §2.1"},
    {"Referred-By", once, never, read_address<AddressForm::any, with_cid>, "RFC 3892 §3"},
    {"Reject-Contact", repeatedly, never, preferences, "RFC 3841 §10"},
    {"Replaces", once, never, other_dialog, "RFC 3891 §6.1"},
    {"Reply-To", once, never, read_address<AddressForm::any, any>, "RFC 3261 §20.31"},
    {"Request-Disposition", repeatedly, never, tokens, "RFC 3841 §10"},
    {"Require", repeatedly, never, tokens, "RFC 3261 §20.32"},
    {"Resource-Priority", repeatedly, never, read_list<read_priority>, "RFC 4412 §3.1"},
    {"Retry-After", once, never, read_retry_after, "RFC 3261 §20.33"},
    {"Route", repeatedly, never, routes, "RFC 3261 §20.34"},
    {"RSeq", once, never, read_up_to<largest_32_bits>, "RFC 3262 §7.1"},
    {"Security-Client", repeatedly, never, security, "RFC 3329 §2.2"},
    {"Security-Server", repeatedly, never, security, "RFC 3329 §2.2"},
    {"Security-Verify", repeatedly, never, security, "RFC 3329 §2.2"},
    {"Server", once, never, read_products, "RFC 3261 §20.35"},
    {"Service-Route", repeatedly, never, routes, "RFC 3608 §5"},
    {"Session-Expires", once, never, read_with_parameters<read_seconds, with_refresher>, "RFC 4028 §4"},
    {"SIP-ETag", once, never, read_token, "RFC 3903 §11.3.1"},
    {"SIP-If-Match", once, never, read_token, "RFC 3903 §11.3.2"},
    {"Subject", once, allowed, read_text, "RFC 3261 §20.36"},
    {"Subscription-State", once, never, substate, "RFC 6665 §8.2.3"},
    {"Supported", repeatedly, allowed, tokens, "RFC 3261 §20.37"},
    {"Timestamp", once, never, read_timestamp, "RFC 3261 §20.38"},
    {"To", once, never, party, "RFC 3261 §20.39"},
    {"Unsupported", repeatedly, never, tokens, "RFC 3261 §20.40"},
    {"User-Agent", once, never, read_products, "RFC 3261 §20.41"},
    {"Via", repeatedly, never, read_list<read_via_only>, "RFC 3261 §20.42"},
    {"Warning", repeatedly, never, read_list<read_warning_only>, "RFC 3261 §20.43"},
    {"WWW-Authenticate", repeatedly, never, read_authenticate, "RFC 3261 §20.44"},
});

constexpr bool comes_before(std::string_view one, std::string_view other) {
    return std::ranges::lexicographical_compare(
        one, other, {}, [](char c) { return lowered(c); }, [](char c) { return lowered(c); });
}
static_assert(std::ranges::is_sorted(rules, comes_before, &HeaderFieldRule::name));

// RFC 3261 8.1.1 also names Max-Forwards, which devices of RFC 2543 did not send.
constexpr auto needed = std::to_array<NeededField>({
    {"", "Call-ID", "RFC 3261 §8.1.1"},
    {"", "CSeq", "RFC 3261 §8.1.1"},
    {"", "From", "RFC 3261 §8.1.1"},
    {"", "To", "RFC 3261 §8.1.1"},
    {"", "Via", "RFC 3261 §8.1.1"},
    {"NOTIFY", "Event", "RFC 6665 §3.1.3"},
    {"NOTIFY", "Subscription-State", "RFC 6665 §4.2.2"},
    {"PRACK", "RAck", "RFC 3262 §7.1"},
    {"PUBLISH", "Event", "RFC 3903 §4"},
    {"REFER", "Refer-To", "RFC 3515 §2.4.1"},
    {"SUBSCRIBE", "Event", "RFC 6665 §3.1.2"},
});

}  // namespace

std::span<const HeaderFieldRule> header_field_rules() { return rules; }

const HeaderFieldRule* rule_of(std::string_view name) {
    if (name.size() == 1) name = full_name(name);
    const auto at = std::ranges::lower_bound(rules, name, comes_before, &HeaderFieldRule::name);
    return at != rules.end() && same_token(at->name, name) ? &*at : nullptr;
}

std::span<const NeededField> needed_fields() { return needed; }

}  // namespace sipdex::sip
