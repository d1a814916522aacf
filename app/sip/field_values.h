// Readings of header field values that nobody needs taken apart, only looked at: what their grammar forbids is noted.
//
//     Retry-After: 18000 (I'm in a meeting);duration=3600
#pragma once
#include <string_view>

#include "sip/name_addr.h"
#include "sip/parameters.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

using ValueReader = bool (*)(std::string_view value, Flaws* flaws);

// Heads of values, before their parameters.
bool read_media_range(std::string_view text, Flaws* flaws);  // application/sdp, text/*
bool read_language(std::string_view text, Flaws* flaws);     // en-GB, *
bool read_call_id(std::string_view text, Flaws* flaws);
bool read_event_type(std::string_view text, Flaws* flaws);  // presence.winfo
bool read_priority(std::string_view text, Flaws* flaws);    // dsn.flash
bool read_star(std::string_view text, Flaws* flaws);
bool read_identity_token(std::string_view text, Flaws* flaws);
bool read_seconds(std::string_view text, Flaws* flaws);
bool read_seconds_or_date(std::string_view text, Flaws* flaws);

// Whole values.
bool read_text(std::string_view value, Flaws* flaws);      // anything
bool read_products(std::string_view value, Flaws* flaws);  // SoftPhone/1.0 (Debian)
bool read_retry_after(std::string_view value, Flaws* flaws);
bool read_timestamp(std::string_view value, Flaws* flaws);     // 54.1 0.3
bool read_mime_version(std::string_view value, Flaws* flaws);  // 1.0
bool read_rack(std::string_view value, Flaws* flaws);          // 776656 1 INVITE
bool read_authenticate(std::string_view value, Flaws* flaws);  // challenges; schemes other than Digest by name only
bool read_authorization(std::string_view value, Flaws* flaws);
bool read_contacts(std::string_view value, Flaws* flaws);  // "*" alone, or addresses

// A number up to a limit.
template <const Limit& largest>
bool read_up_to(std::string_view value, Flaws* flaws) {
    return read_number(value, largest, flaws);
}

// A head, then parameters.
template <ValueReader head, const ParameterGrammar& grammar>
bool read_with_parameters(std::string_view value, Flaws* flaws) {
    const std::string_view first = trimmed(value.substr(0, value.find(';')));
    const bool read = head(first, flaws);
    return read_parameters(value.substr(first.size()), grammar, nullptr, flaws) && read;
}

// An address, of which some header fields want angle brackets and some not even a name.
enum class AddressForm { any, in_brackets, only_brackets };
template <AddressForm form, const ParameterGrammar& grammar>
bool read_address(std::string_view value, Flaws* flaws) {
    const bool named = form != AddressForm::only_brackets;
    const bool bracketed = named ? value.find('<') != std::string_view::npos : value.starts_with('<');
    if (form != AddressForm::any && !bracketed) return refuse(flaws, Fault::brackets, value);
    return read_name_addr(value, grammar, nullptr, flaws);
}

// One value after the other, between commas.
template <ValueReader each, char separator = ','>
bool read_list(std::string_view value, Flaws* flaws) {
    bool read = true;
    Gaps gaps(value, separator);
    for (Parts parts(value, separator); const auto part = parts.next();) {
        if (!part->empty()) read = each(*part, flaws) && read;
        else if (const auto commas = gaps.around(*part)) read = refuse(flaws, Fault::separator, *commas);
    }
    return read;
}

}  // namespace sipdex::sip
