// What a caller that knows 608 learns from it: whom to ask to have the rejection put right (RFC 8688 3.3).
#pragma once
#include "simulator/engine/stage.h"

namespace sipdex::simulator {

// Fetches the card that a 608 to this INVITE refers to, and tells in a decision what came of it. Nothing where the
// caller knows nothing of 608, or the response of no card.
void read_redress(Stage& stage, std::size_t actor, const sip::Message& invite, const sip::Message& response);

}  // namespace sipdex::simulator
