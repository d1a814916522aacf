// What can be changed in an exchange, so that a reader picks a change instead of writing one (what_if.h).
#pragma once
#include <string>
#include <vector>

#include "simulator/plan/exchange.h"

namespace sipdex::simulator {

// An option of a party, or of what it does, that a short text can set.
struct ChangeableOption {
    enum class Takes { text, number, duration, flag };
    std::string name;   // "password", as in an exchange file
    std::string value;  // as it stands: "secret", "PCMU, PCMA", "10s", "true"; empty: it has none
    Takes takes = Takes::text;
};

struct Changeable {
    std::string party;
    bool answers = false;                   // it can be made to answer, never to answer
    bool accepts = false;                   // with a 2xx, too
    bool delays = false;                    // it gives a final answer, which could come at another time
    bool off = false;                       // as it stands
    bool chooses = false;                   // among the Contacts of a 3xx
    std::vector<ChangeableOption> options;  // all but `choose`
};

// Of every party, in the order of the columns.
std::vector<Changeable> changeables(const Exchange& exchange);

bool loses_messages(const Exchange& exchange);

}  // namespace sipdex::simulator
