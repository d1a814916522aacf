// Preconditions of a session: what the network has to reserve before anybody's phone rings (RFC 3312).
//
//     a=curr:qos e2e none
//     a=des:qos mandatory e2e sendrecv
//
// Both sides keep a status table, each seen from where it stands: "send" is what leaves here, "local" the network here.
#pragma once
#include <string>
#include <vector>

#include "simulator/session/session.h"

namespace sipdex::simulator {

struct StatusRow {
    std::string segment;            // "e2e", "local", "remote"
    bool sends = false;             // the direction: "send" or "recv"
    std::string strength = "none";  // "mandatory", "optional", "none": what is desired
    bool reserved = false;          // what is current
    bool confirm = false;           // who wrote it wants to be told when it is reserved

    // What this side learns from its own network: the local segment, and end to end what it sends (RFC 3312 §13.1).
    bool own() const { return segment == "local" || (segment == "e2e" && sends); }
};
using StatusTable = std::vector<StatusRow>;

// The table of a stream as its writer sees it; empty where nothing is demanded of the network (type "qos").
StatusTable status_in(const Media& media);
StatusTable seen_from_other_side(StatusTable table);

// An offer, seen from this side, brings the table up to date: what is learnt here stays, the rest is as the offer says
// (RFC 3312 §5.2, RFC 4032 §4.1).
void take_offer(StatusTable& table, const StatusTable& offered);

// This side has got from its network what the session needs.
void reserve_own(StatusTable& table);

// The rows that are mandatory and not reserved; without any, the call may go on (RFC 3312 §6).
StatusTable unmet_in(const StatusTable& table);

// The lines of a table without "a=" (RFC 3312 §5.1.1). With `asks`, it asks to be told of what is missing and cannot be
// learnt here (§6, §7).
std::vector<std::string> attributes_of(const StatusTable& table, bool asks);

// "des:qos failure e2e send": the lines for what could not be had (RFC 3312 §8).
std::vector<std::string> failures_of(const StatusTable& unmet);

// What a 580 carries: the last description of the other side with these lines, and no port (RFC 3312 §8).
std::string failure_after(const Media& last, const StatusTable& unmet, const std::string& host);

}  // namespace sipdex::simulator
