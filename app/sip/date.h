// A SIP-date (RFC 3261 20.17). Whether it is well-formed; nobody here reckons with it.
//
//     Sat, 13 Nov 2010 23:29:00 GMT
#pragma once
#include <string_view>

#include "sip/fault.h"

namespace sipdex::sip {

bool read_date(std::string_view text, Flaws* flaws);

}  // namespace sipdex::sip
