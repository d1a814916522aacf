// What an exchange file has a caller do, each action as its options say it.
//
//     does = "call", to = "sip:bob@example.com", cancel_after = "2s"
//
// A mistake in them is a problem of the fields that they are read from.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "simulator/agents/screening.h"
#include "simulator/plan/exchange.h"
#include "simulator/session/body.h"
#include "simulator/session/session.h"

namespace sipdex::simulator {

// What every request of the caller's may have.
struct RequestPlan {
    std::string to;
    std::string outbound_proxy;        // "sip:proxy.example.net;lr", put into Route (RFC 3261 8.1.2)
    std::vector<std::string> headers;  // added
    std::vector<std::string> without;  // header fields that faulty software leaves out
    std::string version;               // of the start line, "SIP/2.0" in sound software
    std::vector<Content> contents;     // the body; with several, those that follow are other forms of the first
};
RequestPlan read_request(source::Table& options);

// Reports a text that is no URI; an empty one was reported before or may be left out.
void check_uri(source::Table& options, std::string_view key, const std::string& uri);

// Adds and leaves out what the plan says.
void furnish(sip::Message& request, const RequestPlan& plan);

struct CallPlan {
    RequestPlan request;
    Time hang_up_after{};         // since it was answered; 0: the other side hangs up
    Time cancel_after{};          // since it was placed; 0: never
    std::string choose;           // of the Contacts of a 3xx: "best", "none", or a URI
    Time choose_after{};          // how long that takes
    std::vector<Media> offers;    // the first is made first, the others after a 488 or 606
    bool delayed_offer = false;   // the INVITE leaves the offer to the other side, which the first then answers
    bool forgets_answer = false;  // and answers nothing, as faulty software does
    std::vector<Content> parts;   // beside the session description
    std::vector<std::string> more_digits;  // the same number longer, after a 484
    std::vector<std::string> holds_back;   // extensions that it supports and does not mention at first
    long long session_expires = 0;         // seconds; 0: asks for no session timer
    bool anonymous = false;
    Time reveals_after{};                           // a 433, its user agrees to call with the name shown; 0: never
    std::function<void(const sip::Message&)> told;  // of the final response that ends the attempt
};
CallPlan read_call(source::Table& options, const Screening& screening);

struct RegisterPlan {
    std::string registrar;                             // "sip:example.com"
    std::optional<std::vector<std::string>> contacts;  // absent: its own; none: asks which there are (RFC 3261 10.2.3)
    bool all = false;                                  // Contact: *
    long long expires = 3600;
    std::vector<std::string> headers;
};
RegisterPlan read_register(source::Table& options);

// A change of the session in the latest call: "hold", "resume", "reinvite" or "update".
struct ChangePlan {
    std::string method;          // "INVITE" or "UPDATE"
    std::optional<Media> media;  // absent: as before
    std::string direction;
    bool delayed_offer = false;           // the INVITE leaves the offer to the other side
    std::vector<Media> offers;            // after a 488
    std::vector<std::string> attributes;  // of the stream
    bool impatient = false;               // does not wait for what is under way, against RFC 3261 14.1
};
ChangePlan read_change(const std::string& does, source::Table& options);

Address read_move(source::Table& options);

// A request that a caller can be told to send by itself, and its method. Those within a call concern the latest one.
struct SingleRequest {
    std::string_view does;  // "message-in-call"
    std::string_view method;
    bool within = false;
};
const SingleRequest* single_request(std::string_view does);  // null for other actions

// Reports what is wrong with an action of a caller; false where that is none.
bool check_caller_action(const std::string& does, source::Table& options);

}  // namespace sipdex::simulator
