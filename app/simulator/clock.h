// Virtual time: an ordered queue of things to do. Nothing waits; the clock jumps from one to the next.
//
// Things due at the same moment happen in the order in which they were planned, so a run is the same
// every time.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "simulator/recording.h"

namespace sipdex::simulator {

class Clock {
public:
    using Alarm = std::uint64_t;        // 0 is never an alarm

    Time now() const { return now_; }

    // Plans something for `delay` from now.
    Alarm after(Time delay, std::function<void()> what);

    // Forgets it. Nothing happens when it is over already, or was 0.
    void cancel(Alarm alarm);

    // Does what is due next; false when nothing is planned.
    bool step();

    // When that will be; only while something is planned.
    Time next() const { return queue_.begin()->first.first; }
    bool idle() const { return queue_.empty(); }

private:
    using Place = std::pair<Time, Alarm>;
    Time now_{};
    Alarm last_ = 0;
    std::map<Place, std::function<void()>> queue_;
    std::map<Alarm, Time> due_;
};

}  // namespace sipdex::simulator
