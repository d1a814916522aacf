// What a caller changes in a request that was refused, before it tries once more: each row one status code with the
// rule that allows it (RFC 3261 8.1.3.5 and the RFCs of extensions).
//
//     420   takes the tags of Unsupported out of Require   RFC 3261 §8.1.3.5
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "simulator/plan/recorded.h"
#include "simulator/session/body.h"
#include "simulator/session/session.h"
#include "sip/message.h"

namespace sipdex::simulator {

// What the caller has left to try. Each remedy uses up what it takes, so that attempts come to an end.
struct Means {
    std::vector<Media> offers;         // for 488 and 606
    std::vector<Content> contents;     // other forms of the same content, for 413 and 415
    std::vector<std::string> numbers;  // with more digits, for 484
    std::vector<std::string> can_do;   // extensions that the first attempt did not mention, for 421
    std::string domain;                // makes a SIP URI of a tel: URI, for 416
    bool waits = true;                 // for a Retry-After, once
    std::function<void(sip::Message&, const Media&)> describe;  // puts an offer into the request
};

struct Remedy {
    std::string decision;              // "retries-without-extension"
    std::vector<std::string> details;  // what was changed, as it stands on the wire
    std::string rule;
    Time wait{};  // before the next attempt
};

// Applies the row for a response; nothing where no row fits or none helps.
std::optional<Remedy> mend(sip::Message& request, const sip::Message& response, Means& means);

// The seconds of Retry-After; nothing without one.
std::optional<Time> retry_after(const sip::Message& response);

}  // namespace sipdex::simulator
