// What the flows of a stream make together, in either direction: packets, types, loss, jitter, gaps, when they began and ended;
// and what each end reports by RTCP about what the other sends.
#pragma once
#include "calls/media.h"

namespace sipdex::calls {

// Fills both directions of a stream whose flows are known.
void add_up(const capture::Captured& captured, const MediaSession& session, Stream& stream);

}  // namespace sipdex::calls
