#include "window/ladder/ladder_lanes.h"

#include <algorithm>
#include <map>

namespace sipdex::window {

namespace {

using recording::StateChange;
using recording::TimerEvent;

constexpr std::size_t most_slots = 5;  // of a kind, beside one party

// A group is what must stand in one slot: all states of a transaction, or one timer.
using Group = std::vector<LaneBar>;

std::vector<Group> transactions_of(const recording::Recording& recording, std::size_t actor) {
    std::vector<Group> groups;
    std::map<std::string, std::size_t> open;  // by machine and branch
    for (const StateChange& change : recording.states) {
        if (change.actor != actor) continue;
        const std::string key = std::string(change.machine) + "/" + change.branch;
        const auto running = open.find(key);
        if (running != open.end()) {
            groups[running->second].back().to = change.at;
            groups[running->second].back().end = LaneBar::End::entered;
        }
        if (change.to.empty() || change.to == "Terminated") {
            open.erase(key);
            continue;
        }
        const bool first = running == open.end();
        if (first) {
            open[key] = groups.size();
            groups.emplace_back();
        }
        groups[open[key]].push_back({std::string(change.to),
                                     std::string(change.machine),
                                     std::string(change.section),
                                     change.at,
                                     recording.ended,
                                     {},
                                     LaneBar::End::open,
                                     first});
    }
    return groups;
}

std::vector<Group> timers_of(const recording::Recording& recording, std::size_t actor) {
    std::vector<Group> groups;
    std::map<std::string, std::vector<std::size_t>> open;  // by name, the earliest first
    for (const TimerEvent& event : recording.timers) {
        if (event.actor != actor) continue;
        std::vector<std::size_t>& running = open[std::string(event.timer)];
        if (event.what == TimerEvent::What::set) {
            running.push_back(groups.size());
            groups.push_back({{std::string(event.timer),
                               {},
                               std::string(event.section),
                               event.at,
                               event.at + event.lasts,
                               event.lasts,
                               LaneBar::End::open,
                               true}});
            continue;
        }
        // Events do not say which of several timers of one name they mean. One that fires is due now.
        const auto due = std::find_if(running.begin(), running.end(),
                                      [&](std::size_t i) { return groups[i].front().to == event.at; });
        const auto meant = event.what == TimerEvent::What::fired && due != running.end() ? due : running.begin();
        if (meant == running.end()) continue;
        LaneBar& bar = groups[*meant].front();
        bar.to = event.at;
        bar.end = event.what == TimerEvent::What::fired ? LaneBar::End::fired : LaneBar::End::stopped;
        running.erase(meant);
    }
    for (auto& [name, left] : open)
        for (const std::size_t i : left) groups[i].front().to = std::min(groups[i].front().to, recording.ended);
    return groups;
}

// The slot that is free by then; of several, the one whose last bar had the same name: A below A below A.
LaneSlot* slot_for(std::vector<LaneSlot>& slots, const Group& group) {
    LaneSlot* found = nullptr;
    for (LaneSlot& slot : slots) {
        if (slot.bars.back().to > group.front().from) continue;
        const bool same = slot.bars.back().name == group.front().name;
        if (!found || same) found = &slot;
        if (same) break;
    }
    if (!found && slots.size() < most_slots) found = &slots.emplace_back();
    return found;
}

void arrange(std::vector<Group> groups, bool timers, PartyLanes& lanes) {
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& one, const Group& other) { return one.front().from < other.front().from; });
    std::vector<LaneSlot> slots;
    for (const Group& group : groups) {
        // What begins and ends in the same moment has no length to draw.
        if (group.back().to <= group.front().from) continue;
        LaneSlot* slot = slot_for(slots, group);
        if (!slot) continue;
        slot->timers = timers;
        for (const LaneBar& bar : group) {
            if (bar.name.size() > slot->longest.size()) slot->longest = bar.name;
            slot->bars.push_back(bar);
        }
    }
    std::move(slots.begin(), slots.end(), std::back_inserter(lanes.slots));
}

}  // namespace

std::vector<PartyLanes> lanes_of(const recording::Recording& recording) {
    std::vector<PartyLanes> all(recording.actors.size());
    for (std::size_t actor = 0; actor < all.size(); ++actor) {
        arrange(transactions_of(recording, actor), false, all[actor]);
        arrange(timers_of(recording, actor), true, all[actor]);
    }
    return all;
}

}  // namespace sipdex::window
