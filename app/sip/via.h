// One hop of the path that responses take back (RFC 3261 20.42).
//
//     SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK74b21;received=192.0.2.9;rport=5062
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/message.h"
#include "sip/parameters.h"

namespace sipdex::sip {

struct Via {
    std::string protocol = "SIP/2.0";
    std::string transport = "UDP";  // as written
    std::string host;               // as written; an IPv6 address in its brackets
    std::optional<int> port;
    Parameters parameters;

    std::string branch() const { return parameters.value("branch").value_or(""); }
    std::optional<std::string> received() const { return parameters.value("received"); }
    bool wants_rport() const { return parameters.has("rport"); }  // RFC 3581
    std::optional<int> rport() const;                             // the value a server filled in
    std::string sent_by() const;                                  // "192.0.2.1:5060"
    bool operator==(const Via&) const = default;
};

// The branch of a transaction starts with this (RFC 3261 8.1.1.7).
inline constexpr std::string_view magic_cookie = "z9hG4bK";

// White space around "/" and ":" is allowed. Nothing without a transport, a host or a readable port.
std::optional<Via> parse_via(std::string_view text);
bool read_via(std::string_view text, Via* via, Flaws* flaws);

std::string to_text(const Via& via);

std::vector<Via> vias_in(const Message& message);    // top first; unreadable ones are left out
std::optional<Via> top_via(const Message& message);  // nothing when the first value is unreadable

// Replaces the first value, leaving others of the same line: to add "received".
void set_top_via(Message& message, const Via& via);

// Takes the first value away, and its line when it was alone: a proxy does so with each response.
void remove_top_via(Message& message);

// TCP, TLS, SCTP, WS and so on; not UDP (RFC 3261 17.1.1.2: timer A runs only over unreliable transports).
bool is_reliable(std::string_view transport);

}  // namespace sipdex::sip
