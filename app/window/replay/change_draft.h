// A change to an exchange while it is being picked: who, does what, with which value.
//
// What has been picked stays while the reader tries another verb, so that nothing is picked twice. Times are
// typed in seconds, as the reader's language writes numbers: "2,5" or "2.5".
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "window/kit/library.h"

namespace sipdex::window {

struct ChangeDraft {
    enum class Does {
        answers,
        answers_later,
        never_answers,
        goes_off,
        comes_on,
        chooses,
        has_option,  // a party
        loses,
        loses_nothing,
        delays
    };  // the network

    std::string party;  // its id; empty: the network
    Does does = Does::answers;
    int status = 0;
    std::string seconds;           // typed; of an answer, empty: when it comes anyway
    std::string field;             // typed: a header field of the answer, "Retry-After: 60"
    std::string contact = "best";  // "best", "none", a URI
    std::string option, value;
    std::string message;     // a pattern: "200 to INVITE bob -> proxy"
    std::size_t nth = 0;     // of those that fit, from 1; 0: each
    std::string one, other;  // the ends of a way
};

// What a party, or the network, can be made to do; the likeliest first.
std::vector<ChangeDraft::Does> deeds_of(const Offer& offer, const std::string& party);

// Nothing for a party that is not there.
const simulator::Changeable* changeable_of(const Offer& offer, const std::string& party);

// One message of a recording as a change names it, and how often it was sent up to `message`.
struct NamedMessage {
    std::string pattern;    // "200 to INVITE bob -> proxy"
    std::size_t first = 0;  // the first message of this name
    std::size_t count = 0;
};
std::vector<NamedMessage> named_messages(const recording::Recording& recording);         // in the order of their first
NamedMessage named_message(const recording::Recording& recording, std::size_t message);  // `count`: up to it

// A draft that begins with the message that is looked at: whoever answers it answers otherwise; it is the one lost.
ChangeDraft draft_for(const Offer& offer, const recording::Recording& recording, std::optional<std::size_t> message);

// "2,5", "2.5", "300ms", "3m" as an exchange file writes it ("2.5s"); nothing for what is no time up to an hour.
std::optional<std::string> duration_of(const std::string& typed);

// What was picked as a person writes it, or one sentence that says what is still wrong with it.
struct DraftedChange {
    std::string change;
    std::string problem;  // empty when nothing is
    bool wrong = false;   // what was entered is; what is only not yet entered is no mistake
};
DraftedChange drafted(const ChangeDraft& draft, const Offer& offer, const language::Words& words);

}  // namespace sipdex::window
