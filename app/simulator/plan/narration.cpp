#include "simulator/plan/narration.h"

namespace sipdex::simulator {

namespace {

// Counts how often each step has fitted, and tells whether it is meant this time.
class Counted {
public:
    explicit Counted(const std::vector<Step>& steps) : steps_(steps), fitted_(steps.size()) {}

    const Step* first_for(const Recording& recording, const InviteBranches& invites, const Transmission& transmission) {
        const Step* found = nullptr;
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            if (!matches(steps_[i].on, recording, invites, transmission)) continue;
            ++fitted_[i];
            if (!found && (steps_[i].nth == 0 || steps_[i].nth == fitted_[i])) found = &steps_[i];
        }
        return found;
    }

private:
    const std::vector<Step>& steps_;
    std::vector<long long> fitted_;
};

}  // namespace

void narrate(Recording& recording, const std::vector<Step>& own, const std::vector<Step>& common) {
    Counted own_steps(own), common_steps(common);
    const InviteBranches invites(recording);
    for (Transmission& transmission : recording.messages) {
        const Step* const particular = own_steps.first_for(recording, invites, transmission);
        const Step* const general = common_steps.first_for(recording, invites, transmission);
        const Step* const step = particular ? particular : general;
        if (!step) continue;
        transmission.step = step->id;
        transmission.rule = step->rule;
        transmission.marked = step->look_at;
    }
}

}  // namespace sipdex::simulator
