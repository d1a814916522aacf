// The facts of data/ that the code needs while it runs without a catalog: reason phrases, the two tables of RFC 3398,
// the timers, the methods.
//
// What stands behind these functions is generated from data/ by `sipdex-facts`; nothing here is written twice.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::facts {

// "Busy Here" for 486: the phrase of IANA's registry; empty for a status that is not registered. That of 202 ends with a
// remark of the registry's, "(Deprecated)", that does not belong on the wire.
std::string reason_phrase(int status);

// IANA's methods: "ACK", "BYE" …
const std::vector<std::string>& registered_methods();

// On what a row of RFC 3398 depends.
enum class Condition {
    always,
    location_user,       // the called user rejected the call, not the network
    with_diagnostic,     // the diagnostic field holds a new number
    without_diagnostic,  // it holds none
    ansi_isup,           // only ANSI's ISUP knows the cause
    no_credentials,
    not_remedied,
    warning_bearer_capability,
    other_warning
};

struct FromQ850 {
    int cause;
    std::string_view name;  // of the cause, as the ITU has it
    int status;
    Condition condition;
    bool later;  // a temporary failure: Retry-After may be added
};

struct ToQ850 {
    int status;
    int cause;
    Condition condition;
};

// RFC 3398 §7.2.4.1 and §8.2.6.1, in the order of data/q850.toml.
std::span<const FromQ850> from_q850();
std::span<const ToQ850> to_q850();

// What all causes and statuses become that have no row: 500 and 31.
int default_from_q850();
int default_to_q850();

struct TimerRow {
    std::string_view name;        // "T1", "A"
    std::string_view unreliable;  // over UDP: "64*T1"
    std::string_view reliable;    // over TCP, TLS, SCTP: "0 s", "not started"
    std::string_view section;     // "RFC 3261 §17.1.1.2"
    std::string_view meaning;     // as in table 4 of RFC 3261
};

// T1, T2, T4, then A to M: table 4 of RFC 3261 (annex A) with L and M of RFC 6026.
std::span<const TimerRow> timers();

}  // namespace sipdex::facts
