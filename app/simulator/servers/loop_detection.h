// How a proxy recognises a request that it has sent on before (RFC 5393 4.2).
//
//     branch=z9hG4bK5d1f09ac.3fe10b27
//
// Behind the dot stands a mark of what the request was routed by. A request that comes back with the same mark loops;
// one that comes back with another was redirected meanwhile, which is a spiral and harmless.
#pragma once
#include <string>

#include "sip/message.h"
#include "sip/via.h"

namespace sipdex::simulator {

// Of a request as it was received: Request-URI and Route, the same for every method.
std::string routing_mark(const sip::Message& request);

void add_mark(sip::Via& via, const std::string& mark);

// The branch of an earlier passage through `sent_by` ("192.0.2.10:5060") with the same mark; "" where there is none.
std::string earlier_passage(const sip::Message& request, const std::string& sent_by, const std::string& mark);

}  // namespace sipdex::simulator
