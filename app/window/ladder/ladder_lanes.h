// Beside a party's own line stand its lanes: a bar for each transaction with the states it goes through, and a
// bracket for each timer from when it is set until it fires or is stopped.
//
// Arranging gives each bar a slot where nothing else stands at that time. Where a party has more at once than
// there are slots, the surplus is left out.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "recording/recording.h"

namespace sipdex::window {

using recording::Time;

struct LaneBar {
    enum class End { open, fired, stopped, entered };  // of a timer; of a state: another was entered
    std::string name;                                  // "A", "64*T1"; "Proceeding"
    std::string machine;                               // "INVITE client transaction"; empty for a timer
    std::string section;                               // the rule by which it began
    Time from{}, to{};
    Time lasts{};  // a timer, as it was set
    End end = End::open;
    bool first = true;  // of its transaction: the bar begins here
};

// Bars that stand below each other, in order of time.
struct LaneSlot {
    bool timers = false;
    std::string longest;  // name: what the slot must have room for
    std::vector<LaneBar> bars;
};

struct PartyLanes {
    std::vector<LaneSlot> slots;  // transactions, then timers
};

std::vector<PartyLanes> lanes_of(const recording::Recording& recording);

}  // namespace sipdex::window
