#include "cli/sipp_scenario.h"

#include "cli/command_line.h"
#include "recording/sipp.h"

namespace sipdex::cli {

std::string sipp_scenario(const Session& session, const recording::Recording& recording, const std::string& asked) {
    std::string players;
    for (const std::size_t party : recording::parties_for_sipp(recording)) {
        const std::string& id = recording.actors[party].id;
        if (asked.empty() || asked == id) return recording::sipp_of(recording, party);
        players += (players.empty() ? "" : ", ") + id;
    }
    throw Failure{session.words.sipp_cannot_play(asked.empty() ? "-" : asked, players.empty() ? "-" : players)};
}

}  // namespace sipdex::cli
