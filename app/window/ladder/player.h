// A player steps through recordings under one clock.
//
// Each step is one message; messages that two recordings send at the same moment share a step. While it
// plays, a step lasts long enough to be read and a long wait is shortened, so that a timer of 32 s does
// not empty the room; the clock shown is always the virtual one.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "recording/recording.h"

namespace sipdex::window {

using recording::Time;

class Player {
public:
    struct Step {
        Time at{};
        std::vector<std::optional<std::size_t>> messages;  // of each recording, the one sent in this step
        std::vector<std::optional<std::size_t>> latest;    // of each recording, the last one sent by then
    };

    Player() = default;
    explicit Player(const std::vector<const recording::Recording*>& recordings);

    const std::vector<Step>& steps() const { return steps_; }
    bool empty() const { return steps_.empty(); }
    std::size_t step() const { return step_; }     // the current one; 0 without any
    double progress() const { return progress_; }  // within it, from 0 to 1
    double position() const;                       // over all steps, from 0 to 1
    Time clock() const;                            // virtual

    bool playing() const { return playing_; }
    double speed() const { return speed_; }
    void set_speed(double speed) { speed_ = speed; }

    void play();  // from the start again when at the end
    void pause() { playing_ = false; }
    void forward();  // to the next step, paused
    void back();
    void to_start();
    void to_end();
    void seek(double position);  // from 0 to 1, paused
    void go(std::size_t step);   // paused

    // Lets real seconds pass; stops at the end.
    void advance(double seconds);

    // The latest message of a recording at this step; nothing before its first.
    std::optional<std::size_t> latest(std::size_t recording) const;

private:
    double seconds_of(std::size_t step) const;  // that it lasts at speed 1

    std::vector<Step> steps_;
    std::size_t step_ = 0;
    double progress_ = 0, speed_ = 1;
    bool playing_ = false;
};

}  // namespace sipdex::window
