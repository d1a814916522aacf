// What several families of rules ask of the hops of one story: which requests went on from where, and what of them came
// back.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "findings/case.h"

namespace sipdex::findings {

// The same request as its receiver sent it on; more than one where it forks or tries one target after the other.
std::vector<const calls::Transaction*> sent_on(const Case& one, const calls::Transaction& request);

// Requests of a method in their order, of which the request itself was captured. `first_hop`: only those that no other
// captured hop made; what proxies carry on is the same request.
std::vector<const calls::Transaction*> requests_of(const Case& one, std::string_view method, bool first_hop);

// The final response came from further on, and was only carried back here: a hop behind has the same status and To tag.
bool passed_back(const Case& one, const calls::Transaction& hop);

// The hop at which the final response was given; the hop itself where that is not to be seen.
const calls::Transaction& given_at(const Case& one, const calls::Transaction& hop);

// The same request got through on another way: another branch of a fork, or another server that was tried (RFC 3261 16.7,
// RFC 3263 4.3). What failed here broke nothing then.
bool accepted_elsewhere(const Case& one, const calls::Transaction& of);

// Both parties are at one address, whatever the ports.
bool of_one_host(const Case& one, std::size_t party, std::size_t other);

// A server in between made a call of its own of this one (a back-to-back user agent), and that is in the capture and failed:
// what went wrong is told there.
bool failed_behind(const Case& one);

// Its CANCEL; nothing where there is none.
const calls::Transaction* cancel_of(const Case& one, const calls::Transaction& hop);

// The first message of the story from that place on that is a request of this method and no repetition; calls::none.
std::size_t next_request(const Case& one, std::size_t after, std::string_view method);

// The first BYE behind a message that is of the same dialog; calls::none.
std::size_t next_bye(const Case& one, std::size_t after);

// "18000 (I'm in a meeting);duration=3600" gives 18000; nothing where the header field is not there or no number.
std::optional<long> seconds_in(const sip::Message& message, std::string_view field);

// Whether it is known when a message came; logs may not tell.
bool is_timed(const Case& one, std::size_t message);

// Of responses to be said: 400 and above.
inline bool refused(const calls::Transaction& one) { return one.has_final() && one.status >= 400; }

// RFC 3261 17.1.1.2: how long a client waits for any answer, 64*T1.
inline constexpr std::chrono::seconds patience{32};

}  // namespace sipdex::findings
