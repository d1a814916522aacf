// An exchange in real time over real sockets: our parties on one side, SIPp as one of them on the other.
//
// Everybody has an address of his own in 127.0.0.0/8, and port 5060 as in the exchange. What our parties send to
// the one that SIPp plays leaves through a socket; what comes back is read as octets and delivered.
#pragma once
#include <cstddef>
#include <string>

#include "simulator/run.h"

namespace sipdex::test {

// The exchange moved from the addresses of documentation to 127.<network>.0.0/16, all of it by one transport.
simulator::Exchange on_loopback(simulator::Exchange exchange, int network, const std::string& transport);

struct Played {
    int code = -1;                   // SIPp's exit code: 0 when it saw and sent all of the scenario
    std::string log;                 // what it says of its errors
    recording::Recording recording;  // what our side of the network saw
};

// Plays an exchange that is on loopback, with SIPp running `scenario` as `party`. SIPp is given `arguments` besides,
// and at most `longest` of real time.
Played play_with_sipp(const simulator::Exchange& exchange, std::size_t party, const std::string& scenario,
                      const std::string& arguments, recording::Time longest);

}  // namespace sipdex::test
