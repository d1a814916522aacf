// Header fields that hold several values: on lines of their own, or separated by commas.
//
//     Contact: "Bell, Alexander" <sip:a@example.com;x=1,2>, <sip:watson@example.com>
//
// holds two. Commas within quotes or angle brackets separate nothing (RFC 3261 7.3.1).
#pragma once
#include <string_view>
#include <vector>

#include "sip/message.h"

namespace sipdex::sip {

// Splits at a separator outside quotes and angle brackets. Parts are trimmed; empty ones are kept, so that
// a reader of damaged messages can see them. Nothing but white space gives no parts.
std::vector<std::string_view> split(std::string_view text, char separator);

// The values of one header field, without empty ones.
std::vector<std::string_view> values_of(std::string_view field);

// The values of all occurrences, in order. They live as long as the message stays unchanged.
std::vector<std::string_view> values_of(const Message& message, std::string_view name);

// Whether a header field of option tags, methods or types holds a value; parameters behind ";" and case do not count.
bool lists(const Message& message, std::string_view name, std::string_view value);

}  // namespace sipdex::sip
