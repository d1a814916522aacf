// Calls with their media, written out line by line as they pass, in milliseconds:
//
//     0        1 > 2 INVITE sdp=audio:192.0.2.1:6000:0.8
//     500      2 > 1 200 to=y sdp=audio:192.0.2.2:7000:0
//     510      1 > 2 ACK to=y
//     520-9000 192.0.2.1:6000 > 192.0.2.2:7000 pt=0 lose=5.6
//     9000     1 > 2 BYE cseq=2 to=y
//
// Numbers are the last of 192.0.2.n, port 5060; an address with its port stands for itself. Of a message: `branch`,
// `from`, `to` (tags), `cseq`, `of` (the method that a response answers), `call`; of `sdp` each stream is its media,
// address, port, formats and perhaps a direction, several streams are separated by "+", and what follows " | " are further
// lines of the body, separated by " ; ". Of media: `pt`, `ssrc`, `every` (20), `lose` (numbers from 1), `octets`,
// `jitter` (by which every other packet comes late); "rtcp", and `reported` losses in it.
#pragma once
#include <string>
#include <string_view>

#include "capture/captured.h"

namespace sipdex::test {

std::string scripted_octets(std::string_view script);  // a pcap file
capture::Captured scripted(std::string_view script);   // read and arranged

}  // namespace sipdex::test
