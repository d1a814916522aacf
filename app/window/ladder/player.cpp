#include "window/ladder/player.h"

#include <algorithm>
#include <cmath>

namespace sipdex::window {

namespace {

constexpr double shortest_step = 1.0;  // seconds
constexpr double longest_step = 2.6;

std::vector<std::size_t> by_time(const recording::Recording& recording) {
    std::vector<std::size_t> order(recording.messages.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
        return recording.messages[one].sent < recording.messages[other].sent;
    });
    return order;
}

}  // namespace

Player::Player(const std::vector<const recording::Recording*>& recordings) {
    std::vector<std::vector<std::size_t>> orders;
    for (const auto* recording : recordings) orders.push_back(by_time(*recording));
    std::vector<std::size_t> next(recordings.size(), 0);
    for (;;) {
        std::optional<Time> soonest;
        for (std::size_t r = 0; r < recordings.size(); ++r)
            if (next[r] < orders[r].size()) {
                const Time at = recordings[r]->messages[orders[r][next[r]]].sent;
                soonest = soonest ? std::min(*soonest, at) : at;
            }
        if (!soonest) break;
        Step step{*soonest, std::vector<std::optional<std::size_t>>(recordings.size()), {}};
        for (std::size_t r = 0; r < recordings.size(); ++r)
            if (next[r] < orders[r].size() && recordings[r]->messages[orders[r][next[r]]].sent == *soonest)
                step.messages[r] = orders[r][next[r]++];
        step.latest = step.messages;
        for (std::size_t r = 0; r < recordings.size() && !steps_.empty(); ++r)
            if (!step.latest[r]) step.latest[r] = steps_.back().latest[r];
        steps_.push_back(std::move(step));
    }
}

double Player::position() const {
    if (steps_.size() < 2) return 0;
    return std::min(1.0, (double(step_) + progress_) / double(steps_.size() - 1));
}

Time Player::clock() const {
    if (empty()) return {};
    const Time here = steps_[step_].at;
    if (step_ + 1 >= steps_.size()) return here;
    return here + Time(std::llround(progress_ * double((steps_[step_ + 1].at - here).count())));
}

double Player::seconds_of(std::size_t step) const {
    if (step + 1 >= steps_.size()) return shortest_step;
    const double gap = double((steps_[step + 1].at - steps_[step].at).count()) / 1e6;
    return std::clamp(gap, shortest_step, longest_step);
}

void Player::play() {
    if (empty()) return;
    if (step_ + 1 >= steps_.size()) to_start();
    playing_ = steps_.size() > 1;
}

void Player::go(std::size_t step) {
    playing_ = false;
    progress_ = 0;
    step_ = empty() ? 0 : std::min(step, steps_.size() - 1);
}

void Player::forward() { go(step_ + 1); }
void Player::back() { go(progress_ > 0 || step_ == 0 ? step_ : step_ - 1); }
void Player::to_start() { go(0); }
void Player::to_end() { go(empty() ? 0 : steps_.size() - 1); }

void Player::seek(double position) {
    if (steps_.size() < 2) return go(0);
    go(std::size_t(std::lround(std::clamp(position, 0.0, 1.0) * double(steps_.size() - 1))));
}

void Player::advance(double seconds) {
    if (!playing_) return;
    double left = seconds * speed_;
    while (left > 0 && playing_) {
        const double whole = seconds_of(step_);
        const double rest = (1 - progress_) * whole;
        if (left < rest) {
            progress_ += left / whole;
            return;
        }
        left -= rest;
        progress_ = 0;
        ++step_;
        if (step_ + 1 >= steps_.size()) playing_ = false;
    }
}

std::optional<std::size_t> Player::latest(std::size_t recording) const {
    return empty() || recording >= steps_[step_].latest.size() ? std::nullopt : steps_[step_].latest[recording];
}

}  // namespace sipdex::window
