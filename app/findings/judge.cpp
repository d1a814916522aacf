// Every family of rules looks at every story, some once at all of them; what better findings withdraw is left out.
#include "findings/families.h"

namespace sipdex::findings {

std::vector<Finding> judge(const capture::Captured& captured, const calls::Calls& calls,
                           const std::vector<catalog::FindingRule>& rules, const Thresholds& thresholds) {
    Report report(rules, thresholds);
    Case one(captured, calls, report);
    for (std::size_t story = 0; story < calls.stories.size(); ++story) {
        one.turn_to(story);
        for (const Family look : families) look(one);
    }
    one.turn_to(calls::none);
    for (const Family look : families_of_all) look(one);
    for (std::size_t story = 0; story < calls.stories.size(); ++story) {
        one.turn_to(story);
        look_last_at_refusals(one);
    }
    return report.take();
}

}  // namespace sipdex::findings
