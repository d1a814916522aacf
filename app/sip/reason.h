// The Reason header field (RFC 3326): why a request was sent, or what a response rests on.
//
//     Reason: Q.850;cause=21;text="Call rejected"
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/message.h"
#include "sip/parameters.h"

namespace sipdex::sip {

struct Reason {
    std::string protocol;      // "SIP", "Q.850", "STIR"; as written
    std::optional<int> cause;  // nothing where it is missing or no number
    std::string text;          // without quotes; may be empty
    Parameters parameters;     // all of them

    bool is(std::string_view name) const;  // the protocol, without regard to case
};

// One value; nothing when it does not begin with a protocol.
std::optional<Reason> parse_reason(std::string_view value);
bool read_reason(std::string_view value, Reason* reason, Flaws* flaws);

// Every value of every Reason field, in order.
std::vector<Reason> reasons_of(const Message& message);

// A value of the Warning header field (RFC 3261 20.43): 399 proxy.example.com "Line is barred".
struct Warning {
    int code = 0;
    std::string agent;
    std::string text;
};
std::optional<Warning> parse_warning(std::string_view value);
bool read_warning(std::string_view value, Warning* warning, Flaws* flaws);
std::vector<Warning> warnings_of(const Message& message);

}  // namespace sipdex::sip
