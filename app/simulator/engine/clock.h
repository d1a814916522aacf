// Virtual time: an ordered queue of things to do. Nothing waits; the clock jumps from one to the next.
//
// Things due at the same moment happen in the order in which they were planned, so a run is the same
// every time.
#pragma once
#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

#include "simulator/plan/recorded.h"

namespace sipdex::simulator {

class Clock {
public:
    using Alarm = std::uint64_t;  // 0 is never an alarm

    Time now() const { return now_; }

    // Plans something for `delay` from now.
    Alarm after(Time delay, std::function<void()> what);

    // Forgets it. Nothing happens when it is over already, or was 0.
    void cancel(Alarm alarm);

    // Does what is due next; false when nothing is planned.
    bool step();

    // When that will be; only while something is planned.
    Time next() const { return queue_.top().at; }
    bool idle() const { return queue_.empty(); }

private:
    struct Due {
        Time at{};
        Alarm alarm = 0;
        bool operator>(const Due& other) const { return at != other.at ? at > other.at : alarm > other.alarm; }
    };
    // What an alarm does stands at a place, which others take when it is over. An alarm has its own number in the upper
    // half, by which alarms follow each other, and its place in the lower.
    struct Planned {
        Alarm alarm = 0;  // 0: the place is free
        std::function<void()> what;
    };
    Planned* planned(Alarm alarm);  // null when it is over
    std::function<void()> take(Planned& planned);
    void drop_forgotten();

    Time now_{};
    std::uint32_t last_ = 0;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> queue_;  // the earliest on top, and never one forgotten
    std::vector<Planned> planned_;
    std::vector<std::uint32_t> free_;  // places
};

}  // namespace sipdex::simulator
