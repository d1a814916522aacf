#include "simulator/engine/clock.h"

#include <utility>

namespace sipdex::simulator {

namespace {

std::uint32_t place_of(Clock::Alarm alarm) { return static_cast<std::uint32_t>(alarm); }

}  // namespace

Clock::Alarm Clock::after(Time delay, std::function<void()> what) {
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(planned_.size()));
        planned_.emplace_back();
    }
    const std::uint32_t place = free_.back();
    free_.pop_back();
    const Alarm alarm = Alarm{++last_} << 32 | place;
    planned_[place] = {alarm, std::move(what)};
    queue_.push({now_ + delay, alarm});
    return alarm;
}

void Clock::cancel(Alarm alarm) {
    Planned* const found = planned(alarm);
    if (!found) return;
    take(*found);
    drop_forgotten();
}

bool Clock::step() {
    if (queue_.empty()) return false;
    now_ = queue_.top().at;
    const std::function<void()> what = take(*planned(queue_.top().alarm));
    queue_.pop();
    drop_forgotten();
    what();
    return true;
}

Clock::Planned* Clock::planned(Alarm alarm) {
    const std::uint32_t place = place_of(alarm);
    return alarm != 0 && planned_[place].alarm == alarm ? &planned_[place] : nullptr;
}

std::function<void()> Clock::take(Planned& planned) {
    free_.push_back(place_of(planned.alarm));
    planned.alarm = 0;
    return std::exchange(planned.what, nullptr);
}

void Clock::drop_forgotten() {
    while (!queue_.empty() && !planned(queue_.top().alarm)) queue_.pop();
}

}  // namespace sipdex::simulator
