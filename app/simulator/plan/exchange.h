// What an exchange file says: who takes part, what each does, what the network does to their messages, and
// how the outcome is told. `data/README.md` describes the format.
//
//     shows = [607]
//     [[party]]
//     id = "alice"
//     kind = "caller"
//
// An exchange is plain data. It can be changed and run again; the options of a party are kept as values
// and read by its kind.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/plan/pattern.h"
#include "source/table.h"

namespace sipdex::simulator {

struct Address {
    std::string host;  // an IPv6 address in its brackets
    int port = 5060;
    bool operator==(const Address&) const = default;
};

std::string to_text(const Address& address);  // "192.0.2.1:5060"

// Reads "192.0.2.1", "192.0.2.1:5070", "[2001:db8::1]:5060"; nothing for an address outside the space
// set aside for documentation (RFC 5737, RFC 3849).
std::optional<Address> read_address(std::string_view text);
// The same of a key that must be there; what is wrong is reported.
std::optional<Address> read_address(source::Table& fields, std::string_view key);

struct PartyPlan {
    std::string id;    // "alice"
    std::string kind;  // "caller"
    std::string name;  // "Alice"
    Address address;
    std::string host;       // "proxy.example.com"; empty: known by its address only
    source::Value options;  // all its keys, read by its kind
    std::string played_by;  // another kind that takes its place (what_if.h); empty: its own
};

struct ActionPlan {
    Time at{};
    std::string party;      // its id
    std::string does;       // "call", "register": what its kind can do
    source::Value options;  // all its keys
};

struct Loss {
    Pattern of;
    std::vector<long long> nth;  // which of those that match, from 1; empty: each
};

struct NetworkPlan {
    struct Link {
        std::string one, other;  // party ids
        Time latency{};
        std::string transport;  // "UDP", "TCP"
    };
    Time latency = std::chrono::milliseconds(10);
    std::string transport = "UDP";
    std::vector<Link> links;  // those that differ
    std::vector<Loss> losses;
    double loss_percent = 0;  // of all messages, drawn from the seed
};

// One thing that the narration says, and the messages it belongs to.
struct Step {
    std::string id;  // keys its words: "caller-chooses"
    Pattern on;
    long long nth = 0;                 // of those that match, from 1; 0: each
    std::string rule;                  // "RFC 3261 §8.1.3.4"
    std::vector<std::string> look_at;  // header fields that matter
};

struct Exchange {
    std::string id;          // "607-unwanted", after its file
    std::vector<int> shows;  // codes that somebody receives
    std::uint64_t seed = 1;
    std::vector<PartyPlan> parties;  // in the order of the columns
    std::vector<ActionPlan> actions;
    std::map<std::string, std::vector<std::string>> names;  // domain → party ids, in the order of preference
    NetworkPlan network;
    std::vector<Step> steps;  // in the order of the file
};

}  // namespace sipdex::simulator
