// What the RFCs say about each header field: its grammar, whether a message may have several, whether its value may be
// empty.
//
//     Session-Expires   once   seconds, then parameters   RFC 4028 §4
#pragma once
#include <span>
#include <string_view>

#include "sip/field_values.h"

namespace sipdex::sip {

struct HeaderFieldRule {
    std::string_view name;
    enum class Occurs { once, repeatedly } occurs;  // RFC 3261 7.3.1: lists and those of authentication may
    enum class Empty { never, allowed } empty;
    ValueReader read;
    std::string_view source;  // "RFC 4028 §4"
};

// By name, without regard to case.
std::span<const HeaderFieldRule> header_field_rules();

// Compact forms are understood. Nothing for a header field whose grammar is not known here.
const HeaderFieldRule* rule_of(std::string_view name);

// A header field without which a request makes no sense.
struct NeededField {
    std::string_view method;  // empty: every message
    std::string_view field;
    std::string_view source;
};
std::span<const NeededField> needed_fields();

}  // namespace sipdex::sip
