#include "simulator/agents/q850_mapping.h"

namespace sipdex::simulator {

using facts::Condition;

facts::FromQ850 status_for(int cause, bool by_user, bool new_number) {
    const auto holds = [&](Condition condition) {
        switch (condition) {
            case Condition::location_user: return by_user;
            case Condition::with_diagnostic: return new_number;
            case Condition::without_diagnostic: return !new_number;
            default: return true;  // also of ANSI's ISUP: only there is such a cause heard
        }
    };
    // Of several rows for a cause, those with a condition come first.
    for (const facts::FromQ850& row : facts::from_q850())
        if (row.cause == cause && holds(row.condition)) return row;
    return {cause, "", facts::default_from_q850(), Condition::always, false};
}

int cause_for(int status) {
    // What is translated is what nothing has remedied. 488 and 606 go by their Warning, and none that parties give here
    // speaks of a bearer capability.
    for (const facts::ToQ850& row : facts::to_q850())
        if (row.status == status && row.condition != Condition::warning_bearer_capability) return row.cause;
    return facts::default_to_q850();
}

}  // namespace sipdex::simulator
