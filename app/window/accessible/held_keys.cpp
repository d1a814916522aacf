#include "window/accessible/held_keys.h"

#include <utility>

namespace sipdex::window::accessible {

namespace {
constexpr double patience = 0.3;  // seconds; whoever types must not notice a reader that hangs
}

void HeldKeys::key(int code, unsigned number, double now, Act act) {
    held_.push_back({Held::Kind::key, code, number, now + patience, {}, std::move(act)});
}

void HeldKeys::repeated(int code, Act act) {
    held_.push_back({Held::Kind::repeated, code, 0, 0, {}, std::move(act)});
    hand_on(0);
}

void HeldKeys::character(Act act) {
    held_.push_back({Held::Kind::character, 0, 0, 0, {}, std::move(act)});
    hand_on(0);
}

void HeldKeys::answered(unsigned number, bool kept) {
    for (Held& one : held_)
        if (one.kind == Held::Kind::key && one.number == number) one.kept = kept;
}

void HeldKeys::hand_on(double now) {
    while (!held_.empty()) {
        Held& first = held_.front();
        bool kept = last_was_kept_;
        if (first.kind == Held::Kind::key) {
            if (!first.kept && now < first.until) return;
            kept = first.kept.value_or(false);
            if (kept) kept_codes_.insert(first.code);
            else kept_codes_.erase(first.code);
        } else if (first.kind == Held::Kind::repeated) {
            kept = kept_codes_.contains(first.code);
        }
        last_was_kept_ = kept;
        const Act act = std::move(first.act);
        held_.pop_front();
        if (!kept) act();
    }
}

}  // namespace sipdex::window::accessible
