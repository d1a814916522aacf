// What a server checks before it takes a request: each row one reason to refuse, with the response that the RFC
// wants and its header fields. The rows stand in the order in which they are tried (RFC 3261 8.2).
//
//     methods = ["INVITE", "ACK", "BYE"]     405 with Allow, or 501      RFC 3261 §8.2.1
//     largest_body = 400                     413                         RFC 3261 §21.4.11
//
// Phones ask it for each request. Registrars and proxies can ask it, too: what a screening leaves out is not checked.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/plan/answer.h"
#include "simulator/session/session.h"
#include "sip/message.h"
#include "source/table.h"

namespace sipdex::simulator {

// What somebody can do and insists on. Everything absent is not checked.
struct Screening {
    using List = std::optional<std::vector<std::string>>;

    List methods;                                 // supported: the others give 405, and those it has never heard of 501
    List recognizes;                              // methods it has heard of; absent: all that are registered
    List schemes;                                 // of the Request-URI
    List supports;                                // option tags
    std::vector<std::string> requires_of_caller;  // option tags without which it cannot answer (key `requires`)
    List content_types;                           // bodies it understands
    List encodings;                               // Content-Encodings it understands
    List responds_with;                           // bodies it can write where an Accept asks for one
    std::size_t largest_message = 0, largest_uri = 0, largest_body = 0;  // octets; 0: any
    std::string busy_for;  // Retry-After of a 413: the body is too large only for now
    bool decrypts = true;
    std::optional<Media> media;  // what an offer must have in common with it (keys `codecs`, `profile`)
    bool for_all = false;        // it knows that the user's other devices are no better: 606 instead of 488
    List info_packages;
    List resource_priorities;   // "ets.0"
    long long min_session = 0;  // seconds
    bool needs_location = false;
    bool reads_alerts = false;    // emergency alerts (RFC 8876)
    bool needs_referrer = false;  // a Referred-By token in what a REFER has caused
    bool refuses_anonymous = false;
    List consents;                            // URIs that have agreed to get what is sent to a list
    bool reserves = true;                     // can reserve what a precondition demands
    std::vector<std::string> without_credit;  // callers
    std::string agent;                        // who speaks in a Warning
};

// Reads the keys of all rows from the options of a party.
Screening read_screening(source::Table& options, Screening otherwise = {});

// What phones do unless their options say otherwise: SIP as RFC 3261 has it, sessions in SDP.
Screening screening_of_phone();

struct Refusal {
    Answer answer;
    std::string rule;     // "RFC 3261 §8.2.1"
    std::string because;  // what was refused, as it stands on the wire: "REFER", "100rel"
};

// The first row that refuses; nothing when the request may pass. ACK and CANCEL always pass: nobody can refuse
// the one (RFC 3261 17.1.1.3), and the other belongs to a request that was let in (9.2).
std::optional<Refusal> refusal_of(const sip::Message& request, const Screening& screening);

// "INVITE, ACK, CANCEL, BYE, OPTIONS": a list as header fields hold it; empty for an absent one.
std::string listed(const Screening::List& list);

}  // namespace sipdex::simulator
