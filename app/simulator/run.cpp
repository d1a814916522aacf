#include "simulator/run.h"

#include <memory>
#include <set>

#include "simulator/kinds.h"
#include "simulator/plan/narration.h"

namespace sipdex::simulator {

Recording run(const Exchange& exchange, const Options& options) {
    std::vector<std::unique_ptr<Party>> parties;
    Stage stage(
        exchange, options.seed.value_or(exchange.seed),
        [&](std::size_t to, const sip::Message& message, std::size_t from) { parties[to]->receive(message, from); });
    for (std::size_t actor = 0; actor < exchange.parties.size(); ++actor)
        parties.push_back(kind_of(exchange.parties[actor]).make(stage, actor));
    for (const ActionPlan& action : exchange.actions)
        for (std::size_t actor = 0; actor < parties.size(); ++actor)
            if (exchange.parties[actor].id == action.party)
                stage.clock.after(action.at, [&party = *parties[actor], &action] { party.act(action); });

    std::size_t events = 0;
    while (!stage.clock.idle()) {
        if (++events > options.most_events || stage.clock.next() > options.longest) {
            stage.recording.cut_off = true;
            break;
        }
        stage.clock.step();
    }
    stage.recording.ended = stage.clock.now();
    narrate(stage.recording, exchange.steps, options.common);
    return std::move(stage.recording);
}

std::vector<int> delivered(const Recording& recording) {
    std::set<int> codes;
    for (const Transmission& transmission : recording.messages)
        if (transmission.received && !transmission.message.is_request()) codes.insert(transmission.message.status);
    return {codes.begin(), codes.end()};
}

}  // namespace sipdex::simulator
