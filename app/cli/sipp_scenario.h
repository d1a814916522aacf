// What SIPp plays of a recording.
#pragma once
#include <string>

#include "cli/session.h"
#include "recording/recording.h"

namespace sipdex::cli {

// The scenario of the party asked for, or of the first that SIPp can play. Throws Failure where it can play none.
std::string sipp_scenario(const Session& session, const recording::Recording& recording, const std::string& asked);

}  // namespace sipdex::cli
