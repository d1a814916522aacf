// A recording, seen from one of its parties, as a scenario for SIPp: SIPp then plays this party in front of a
// real system, which must behave as the others did.
//
//     sipp -sf 486-busy.xml -m 1 192.0.2.10:5060
//
// What the party sent is sent again, with identifiers, addresses and credentials of SIPp's own; what it received
// is waited for. Retransmissions are left to SIPp, provisional responses may stay away where nothing hangs on them.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "recording/recording.h"

namespace sipdex::recording {

// The parties that SIPp can play: those that talk to a single other one, over a single transport, in words of their
// own (who forwards requests does not) and in text, and in the call
// that reaches them first, if any does. Calls that they make themselves may be several.
std::vector<std::size_t> parties_for_sipp(const Recording& recording);

// The scenario of one of these, as XML. Credentials come from SIPp's command line (-au, -ap, -auth_uri); a comment
// at its head names the whole command.
std::string sipp_of(const Recording& recording, std::size_t party);

}  // namespace sipdex::recording
