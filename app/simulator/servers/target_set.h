// The target set of one request: where it may go, and in which order that is tried (RFC 3261 16.5, 16.6).
//
// A proxy tries all of equal preference at once (fork_targets.h), an edge proxy and a home server one flow after
// another (flow_targets.h).
#pragma once
#include <vector>

#include "simulator/plan/recorded.h"
#include "sip/message.h"

namespace sipdex::simulator {

class ResponseContext;

// One place to try.
struct Branch {
    sip::Message request;              // as it shall go there, without a Via of this element
    std::vector<std::size_t> servers;  // for it, the preferred one first (RFC 3263 4.3)
    Time patience{};                   // waits so long for a final response; 0: as long as SIP does
};

class TargetSet {
public:
    virtual ~TargetSet() = default;

    // Nothing is left to be tried.
    virtual bool empty() const = 0;

    // Has the context forward its request to those that come next; only while there are any.
    virtual void try_next(ResponseContext& context) = 0;

    // A branch has failed, with this response or, where there is none, by silence. What the context is to keep of it
    // may be changed; false where nothing is kept.
    virtual bool keeps_failure(ResponseContext& context, sip::Message* response) = 0;
};

}  // namespace sipdex::simulator
