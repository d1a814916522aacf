#include "simulator/engine/clock.h"

namespace sipdex::simulator {

Clock::Alarm Clock::after(Time delay, std::function<void()> what) {
    queue_.push({now_ + delay, ++last_});
    planned_.emplace(last_, std::move(what));
    return last_;
}

void Clock::cancel(Alarm alarm) {
    if (planned_.erase(alarm) != 0) drop_forgotten();
}

bool Clock::step() {
    if (queue_.empty()) return false;
    now_ = queue_.top().at;
    const auto next = planned_.extract(queue_.top().alarm);
    queue_.pop();
    drop_forgotten();
    next.mapped()();
    return true;
}

void Clock::drop_forgotten() {
    while (!queue_.empty() && !planned_.contains(queue_.top().alarm)) queue_.pop();
}

}  // namespace sipdex::simulator
