// A recording is what happened when an exchange ran: every message octet by octet, every timer, state
// and decision, in the order of the virtual clock. The same exchange and seed give the same recording.
//
// All times count from the beginning of the exchange.
#pragma once
#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/message.h"

namespace sipdex::recording {

using Time = std::chrono::microseconds;

struct Actor {
    std::string id;       // "alice", as in the exchange file; columns stand in this order
    std::string kind;     // "caller", "phone", "proxy", "redirect-server", "registrar" ...
    std::string name;     // "Alice"; proper names are not translated
    std::string address;  // "192.0.2.1:5060"
};

// One message on its way from one party to another.
struct Transmission {
    std::size_t from = 0;  // an actor
    std::size_t to = 0;    // an actor
    Time sent{};
    std::optional<Time> received;  // nothing: the network lost it
    bool retransmission = false;   // the same octets went the same way before
    std::string transport;         // "UDP", "TCP"
    sip::Message message;
    std::string written;  // its octets, where somebody else has written them; empty: as the message gives them
    std::string step;     // id of its narration: the exchange's own, or a common one such as "ack-failure"
    std::string rule;     // "RFC 3261 §17.1.1.3": the rule by which it was sent
    std::vector<std::string> marked;  // header fields to look at in this message
    bool untimed = false;             // nobody knows when: `sent` and `received` give the order only
    std::size_t number = 0;           // by which it is called where it was captured; 0: by its place in the recording

    std::string octets() const { return written.empty() ? sip::octets_of(message) : written; }
};

struct TimerEvent {
    enum class What { set, fired, stopped };
    std::size_t actor = 0;
    std::string_view timer;  // "A", "B", "C", "H"; this and the section are texts of the program, which last
    What what = What::set;
    Time at{};
    Time lasts{};              // for `set`
    std::string_view section;  // "RFC 3261 §17.1.1.2"
};

struct StateChange {
    std::size_t actor = 0;
    std::string_view machine;  // "INVITE client transaction"; all but the branch are texts of the program
    std::string branch;
    std::string_view from;
    std::string_view to;
    Time at{};
    std::string_view section;
};

// A choice a party took by a rule: "prefers 6xx over 486", "tries the next Contact".
struct Decision {
    std::size_t actor = 0;
    std::string id;                    // names a message of the interface: "best-response-6xx"
    std::vector<std::string> details;  // "486", "603"
    Time at{};
    std::string rule;
    std::size_t before = 0;  // how many messages had been sent when it was taken
};

// A party took another address, as a telephone that changes from one network into another.
struct Move {
    std::size_t actor = 0;
    Time at{};
    std::string address;  // "192.0.2.100:5060"
};

struct Recording {
    std::string exchange;  // the id of the exchange that ran
    std::vector<Actor> actors;
    std::deque<Transmission> messages;  // each stays where it is while others are added
    std::deque<TimerEvent> timers;
    std::deque<StateChange> states;
    std::vector<Decision> decisions;
    std::vector<Move> moves;  // since the beginning, when each is at the address of its actor
    Time ended{};             // nothing is pending any more
    bool cut_off = false;     // stopped at the limit of events or time before it came to rest
};

// What people call a message by.
inline std::size_t number_of(const Recording& recording, std::size_t message) {
    const std::size_t given = recording.messages[message].number;
    return given > 0 ? given : message + 1;
}

}  // namespace sipdex::recording
