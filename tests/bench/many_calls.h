// Very many calls through one proxy, one a millisecond, each answered and hung up: 13 messages a call.
#pragma once
#include <string_view>

#include "simulator/run.h"

namespace sipdex::bench {

// `transport` is "UDP" or "TCP"; with TCP each two parties share one connection.
simulator::Exchange many_calls(int calls, std::string_view transport = "UDP");

}  // namespace sipdex::bench
