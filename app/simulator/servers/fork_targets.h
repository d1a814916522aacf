// Targets as a proxy tries them: those of equal preference at once, lesser ones after them (RFC 3261 16.6), no more at
// a time than Max-Breadth allows (RFC 5393 5.3.3), and none twice. A redirection may bring more (RFC 3261 16.7, step 4).
#pragma once
#include <functional>
#include <set>
#include <string>

#include "simulator/servers/max_breadth.h"
#include "simulator/servers/routing.h"
#include "simulator/servers/target_set.h"

namespace sipdex::simulator {

class ForkTargets : public TargetSet {
public:
    struct Plan {
        bool recurses = false;        // on 3xx (RFC 3261 16.7, step 4)
        bool forks_serially = false;  // when the breadth does not suffice (RFC 5393 5.3.3)
        std::size_t max_breadth = usual_breadth;
        Time routing_timeout = std::chrono::seconds(2);  // for an answer of the routing server
    };
    static Plan read_plan(source::Table& options);

    // The request as it goes to a target with its share of the breadth (RFC 3261 16.6, steps 1 to 7).
    using BranchTo = std::function<Branch(const sip::Message& request, const sip::Uri& target, std::size_t breadth)>;

    // Keeps a reference to the plan. Something has been found.
    ForkTargets(const Plan& plan, Routing::Found found, BranchTo branch_to)
        : plan_(plan), found_(std::move(found)), branch_to_(std::move(branch_to)) {}

    bool empty() const override { return found_.groups.empty(); }
    void try_next(ResponseContext& context) override;
    bool keeps_failure(ResponseContext& context, sip::Message* response) override;

private:
    using Group = std::vector<Routing::Target>;

    Group next_group();
    bool fit(ResponseContext& context, Group& group, std::size_t breadth);

    const Plan& plan_;
    Routing::Found found_;  // not tried yet
    BranchTo branch_to_;
    std::set<std::string> ever_;  // all that were tried (RFC 3261 16.5: each once)
};

}  // namespace sipdex::simulator
