// Targets that are tried one after another, each over a flow of its own: the one that an edge proxy keeps, or those
// that somebody has registered with a home server.
//
// One that fails is followed by the next as RFC 5626 7 allows: always after 430 and silence, and otherwise only when
// that belongs to another instance.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "simulator/servers/target_set.h"

namespace sipdex::simulator {

struct Flow {
    Branch branch;
    std::string instance;  // whose it is; empty: nobody's in particular
    std::string reg_id;    // which of theirs
};

class FlowTargets : public TargetSet {
public:
    // Called for each flow that is gone. Who has this is the authoritative proxy, and lets no 430 out of its domain.
    using OnGone = std::function<void(const Flow& gone)>;

    // There is one flow at least.
    explicit FlowTargets(std::vector<Flow> flows, OnGone on_gone = {})
        : flows_(std::move(flows)), on_gone_(std::move(on_gone)) {}

    bool empty() const override { return flows_.empty(); }
    void try_next(ResponseContext& context) override;
    bool keeps_failure(ResponseContext& context, sip::Message* response) override;

private:
    std::vector<Flow> flows_;  // not tried yet
    OnGone on_gone_;
    Flow tried_;       // the latest one
    int failure_ = 0;  // with which it ended; 0: it has not
};

}  // namespace sipdex::simulator
