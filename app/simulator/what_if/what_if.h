// What if: a change to an exchange, which is then run again beside the first.
//
//     bob answers 603 after 2s                    another answer, at another time
//     bob answers 486 with Retry-After: 60        another answer, with header fields of its own
//     bob answers after 10s                       the same answer, at another time
//     bob never answers
//     bob is off                                  receives nothing; "bob is on" for one that was off
//     link alice proxy 300ms                      how long messages take between two parties, both ways
//     lose 200 to INVITE bob -> proxy             a pattern (pattern.h): each message that fits
//     lose 2nd ACK alice -> bob                   only one of them
//     lose nothing
//     alice chooses sip:bob@desk.example.com      of the Contacts of a 3xx; "best" and "none", too
//     alice's password is wrong                   any option of the party or of what it does
//
// A change is plain data; applying it gives a new exchange and leaves the first as it was.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "simulator/plan/exchange.h"

namespace sipdex::simulator {

// A party that has `answers` gives this one; any other is replaced by one that answers so (stand_in.h).
struct Answers {
    std::string party;
    int status = 0;  // 0: as before
    std::string phrase;
    std::optional<Time> after;         // since the request arrived; nothing: as before
    std::vector<std::string> headers;  // "Retry-After: 60"
    bool operator==(const Answers&) const = default;
};

struct NeverAnswers {
    std::string party;
    bool operator==(const NeverAnswers&) const = default;
};

struct Switched {
    std::string party;
    bool off = true;
    bool operator==(const Switched&) const = default;
};

struct LinkTakes {
    std::string one, other;
    Time latency{};
    bool operator==(const LinkTakes&) const = default;
};

struct Loses {
    std::string message;  // a pattern; empty: nothing is lost any more
    long long nth = 0;    // of those that fit, from 1; 0: each
    bool operator==(const Loses&) const = default;
};

struct Sets {
    std::string party;
    std::string option;  // of one of its actions, otherwise of the party: "choose", "password"
    std::string value;   // as in an exchange file, without quotes; lists: "PCMU, PCMA"; "none": left out
    bool operator==(const Sets&) const = default;
};

using Change = std::variant<Answers, NeverAnswers, Switched, LinkTakes, Loses, Sets>;

// Why a change cannot be made; the words for it are the reader's.
struct ChangeProblem {
    enum class What {
        none,
        not_understood,    // subject: the text
        unknown_party,     // subject, known, meant
        unknown_verb,      // subject, known, meant
        wrong_duration,    // subject
        wrong_status,      // subject
        needs_phrase,      // subject: a status that no RFC gives a phrase
        only_calls,        // subject: a party that answers nothing; known: those that do
        cannot_accept,     // subject: a party that has nobody to pick up; known: those that have
        nothing_to_delay,  // subject: a party without a final answer
        wrong_message,     // subject: no pattern
        unknown_option,    // subject, of: the party, known, meant
        wrong_value,       // subject, of: the option
    };
    What what = What::none;
    std::string subject;
    std::string of;
    std::vector<std::string> known;
    std::string meant;  // one of `known`; may be empty
};

// The phrase of a status; empty where there is none.
using PhraseOf = std::function<std::string(int status)>;

struct ReadChange {
    std::optional<Change> change;
    ChangeProblem problem;  // where there is no change
};

// Reads the text form. Parties go by their ids or names.
ReadChange read_change(std::string_view text, const Exchange& exchange, const PhraseOf& phrase_of);
std::string to_text(const Change& change);

// What keeps a change from being made to this exchange; `none` when nothing does.
ChangeProblem problem_of(const Change& change, const Exchange& exchange);

// The exchange with the changes made, one after the other. The parties that they name must exist; what an earlier
// change has made impossible is left out.
Exchange changed(Exchange exchange, const std::vector<Change>& changes);

}  // namespace sipdex::simulator
