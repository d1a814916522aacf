// What happened is at home in recording/; the simulator, which fills it, calls it by its short names.
#pragma once
#include "recording/recording.h"

namespace sipdex::simulator {

using recording::Actor;
using recording::Decision;
using recording::Move;
using recording::Recording;
using recording::StateChange;
using recording::Time;
using recording::TimerEvent;
using recording::Transmission;

}  // namespace sipdex::simulator
