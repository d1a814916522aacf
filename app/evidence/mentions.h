// Responses and causes that a line speaks of without being a message.
//
//     -- Got SIP response 503 "Service Unavailable" back from 192.0.2.46:5060
//     SIP registration failed, status=408 (Request Timeout)
//     [ERR] switch_ivr_originate.c: Cause: NO_ROUTE_DESTINATION
#pragma once
#include <string_view>
#include <vector>

#include "evidence/found.h"
#include "evidence/vocabulary.h"

namespace sipdex::evidence {

// In the order of the line. A number in brackets such as "(480/SL)" is an internal one of whoever wrote it and no
// response; sizes, times, ports and addresses are none either.
std::vector<Mention> mentions_in(std::string_view line, std::size_t number, const Vocabulary& vocabulary);

}  // namespace sipdex::evidence
