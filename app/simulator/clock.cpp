#include "simulator/clock.h"

namespace sipdex::simulator {

Clock::Alarm Clock::after(Time delay, std::function<void()> what) {
    const Time at = now_ + delay;
    queue_.emplace(Place{at, ++last_}, std::move(what));
    due_.emplace(last_, at);
    return last_;
}

void Clock::cancel(Alarm alarm) {
    const auto due = due_.find(alarm);
    if (due == due_.end()) return;
    queue_.erase({due->second, alarm});
    due_.erase(due);
}

bool Clock::step() {
    if (queue_.empty()) return false;
    auto next = queue_.extract(queue_.begin());
    now_ = next.key().first;
    due_.erase(next.key().second);
    next.mapped()();
    return true;
}

}  // namespace sipdex::simulator
