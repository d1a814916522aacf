// Captures written as lines, for tests of what messages make together.
#pragma once
#include <string_view>

#include "calls/calls.h"
#include "capture/captured.h"

namespace sipdex::test {

struct Flow {
    capture::Captured captured;
    calls::Calls calls;
};

// One line each: from, to, method or status, then what differs from the usual header fields; behind bars further header
// fields, and behind two of them the body, whose lines end in "~":
//
//     1 > 2 INVITE cseq=1 branch=a from=x to= call=one after=10 | Contact: <sip:a@192.0.2.1> || v=0~o=- 1 1 IN IP4 …
//
// Numbers are the last of 192.0.2.n, or whole addresses with ports; branches are written top first, separated by commas;
// `after` is in milliseconds, `uri` the Request-URI, `phrase` a reason phrase with "_" for spaces,
// `via` the sent-by of the Via with its parameters, where it is not the address of whoever asks; of several, each has
// its own, separated by commas. `caller` and `called` are the users of From and To.
Flow flow(std::string_view text);

}  // namespace sipdex::test
