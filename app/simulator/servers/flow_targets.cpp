#include "simulator/servers/flow_targets.h"

#include "simulator/servers/response_context.h"

namespace sipdex::simulator {

void FlowTargets::try_next(ResponseContext& context) {
    const Flow next = std::move(flows_.front());
    flows_.erase(flows_.begin());
    const bool same = !next.instance.empty() && next.instance == tried_.instance;
    if (failure_ != 0)
        context.decided(same ? "tries-other-flow" : "tries-next-contact",
                        {std::to_string(failure_), same ? next.reg_id : next.branch.request.request_uri},
                        same ? "RFC 5626 §7" : "RFC 3261 §16.6");
    tried_ = next;
    context.forward(next.branch);
}

bool FlowTargets::keeps_failure(ResponseContext& context, sip::Message* response) {
    failure_ = response ? response->status : 408;
    if (failure_ != 430 && failure_ != 408 && !tried_.instance.empty())
        std::erase_if(flows_, [&](const Flow& flow) { return flow.instance == tried_.instance; });
    if (failure_ != 430 || !on_gone_) return true;
    on_gone_(tried_);
    if (!flows_.empty() && !context.closed()) return false;
    // RFC 5626 11.5: no endpoint should ever see a 430; to the caller, nobody can be reached at present.
    context.decided("no-flow-left", {tried_.reg_id}, "RFC 5626 §11.5");
    *response = context.own_response(480);
    return true;
}

}  // namespace sipdex::simulator
