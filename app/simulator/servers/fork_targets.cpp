#include "simulator/servers/fork_targets.h"

#include "simulator/servers/response_context.h"
#include "sip/contact.h"

namespace sipdex::simulator {

ForkTargets::Plan ForkTargets::read_plan(source::Table& options) {
    Plan plan;
    plan.recurses = options.flag_or("recurses", false);
    plan.forks_serially = options.flag_or("forks_serially", false);
    plan.max_breadth = static_cast<std::size_t>(options.number_or("max_breadth", usual_breadth));
    plan.routing_timeout = options.duration_or("routing_timeout", plan.routing_timeout);
    return plan;
}

void ForkTargets::try_next(ResponseContext& context) {
    // RFC 3261 21.5.5: the first to be asked may be a server that has to say where the others are.
    const Time patience = found_.asks && ever_.empty() ? plan_.routing_timeout : Time{};
    const std::size_t breadth = breadth_of(context.request(), plan_.max_breadth);
    Group group = next_group();
    if (!fit(context, group, breadth)) return context.send_upstream(context.own_response(440));
    std::vector<std::string> uris;
    for (const Routing::Target& target : group) uris.push_back(sip::to_text(target.uri));
    if (group.size() > 1) context.decided("forks", uris, "RFC 3261 §16.6");
    for (std::size_t i = 0; i < group.size(); ++i) {
        const std::size_t share = breadth / group.size() + (i < breadth % group.size() ? 1 : 0);
        Branch branch = branch_to_(context.request(), group[i].uri, share);
        branch.patience = patience;
        context.forward(std::move(branch));
    }
}

ForkTargets::Group ForkTargets::next_group() {
    Group group = std::move(found_.groups.front());
    found_.groups.erase(found_.groups.begin());
    // RFC 3261 16.5: a place is tried once.
    std::erase_if(group, [&](const Routing::Target& target) { return !ever_.insert(sip::to_text(target.uri)).second; });
    return group;
}

// RFC 5393 5.3.3. Where a group is too large, its members become groups of their own, or there is no way at all.
bool ForkTargets::fit(ResponseContext& context, Group& group, std::size_t breadth) {
    if (group.size() <= breadth) return true;
    context.decided(plan_.forks_serially ? "forks-one-by-one" : "breadth-exceeded",
                    {std::to_string(group.size()), std::to_string(breadth)}, "RFC 5393 §5.3.3");
    for (; plan_.forks_serially && group.size() > 1; group.pop_back()) {
        ever_.erase(sip::to_text(group.back().uri));
        found_.groups.insert(found_.groups.begin(), {group.back()});
    }
    return plan_.forks_serially;
}

// RFC 3261 16.7, step 4: the Contacts of a redirection become targets, and the response is forgotten.
bool ForkTargets::keeps_failure(ResponseContext& context, sip::Message* response) {
    if (!response || response->status >= 400 || !found_.responsible || context.closed()) return true;
    if (!plan_.recurses && !found_.asks) return true;
    // 305 names a proxy and 380 a service, neither of them a place where the user is.
    if (response->status == 305 || response->status == 380) return true;
    Group targets;
    std::vector<std::string> uris{std::to_string(response->status)};
    for (const sip::Contact& contact : sip::contacts_in(*response)) {
        if (!contact.address.uri.is_sip() || ever_.contains(sip::to_text(contact.address.uri))) continue;
        targets.push_back({contact.address.uri, contact.q.value_or(1)});
        uris.push_back(sip::to_text(contact.address.uri));
    }
    if (targets.empty()) return true;
    context.decided("recurses", uris, "RFC 3261 §16.7");
    const Routing::Groups groups = Routing::grouped(std::move(targets));
    found_.groups.insert(found_.groups.begin(), groups.begin(), groups.end());
    return false;
}

}  // namespace sipdex::simulator
