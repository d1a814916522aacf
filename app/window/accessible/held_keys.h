// Keys that wait for a screen reader's word: it hears of each before the window does, and may keep it. They are handed on
// in their order, and a key that is kept takes its characters with it.
#pragma once
#include <deque>
#include <functional>
#include <optional>
#include <set>

namespace sipdex::window::accessible {

class HeldKeys {
public:
    using Act = std::function<void()>;

    // A key that the reader was told of under this number; `act` is what the window does with it. A key that is held
    // down goes the way of its first press, without a number.
    void key(int code, unsigned number, double now, Act act);
    void repeated(int code, Act act);
    // What a key types comes right behind it.
    void character(Act act);

    void answered(unsigned number, bool kept);
    // Hands on what has been answered, and what has waited too long.
    void hand_on(double now);
    bool waiting() const { return !held_.empty(); }

private:
    struct Held {
        enum class Kind { key, repeated, character } kind = Kind::key;
        int code = 0;
        unsigned number = 0;
        double until = 0;
        std::optional<bool> kept = {};
        Act act;
    };
    std::deque<Held> held_;
    std::set<int> kept_codes_;  // of keys whose press was kept last
    bool last_was_kept_ = false;
};

}  // namespace sipdex::window::accessible
