// The subjects a reader can open, each as one document.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "page/reader.h"
#include "recording/differences.h"
#include "recording/recording.h"
#include "simulator/what_if/changeable.h"
#include "simulator/what_if/fork_lab.h"
#include "simulator/what_if/what_if.h"

namespace sipdex::page {

// Everything known of a response. An unknown id gives a notice that says what a receiver makes of it.
document::Document response(const Reader& reader, const std::string& id);

// Two to five responses side by side, in the order given. An unknown one gives a notice; one alone, its page.
document::Document comparison(const Reader& reader, const std::vector<std::string>& ids);

// Where nothing is compared yet: the pairs that are often confused, each a link to its comparison. Those of the code that is
// chosen already come first, and those of its page that are not curated with them; `chosen` is empty where none is.
document::Document pairs(const Reader& reader, const std::string& chosen = {});

// What goes into a ticket of a response's page or of what was pasted: the answer, the checks, what to ask the other side
// for, when to escalate, the sentence for the customer.
document::Document ticket_note(const document::Document& page);

// All registered codes on one page, class by class, each with its gloss and whether to try again: for a wall, with a sentence
// each, or for a card on the desk, a line each. What the signs mean stands last.
enum class Overview { wall, desk };
document::Document overview(const Reader& reader, Overview how);

document::Document term(const Reader& reader, const std::string& id);

// The id of a page that `term` opens, by what a reader calls it: "Retry-After", "INVITE", "timer B", "early-dialog",
// "path/busy-at-once"; nothing when there is none.
std::optional<std::string> term_called(const Reader& reader, const std::string& name);

// An exchange run and told: the story, the ladder, every message with what happened and why.
document::Document exchange(const Reader& reader, const std::string& id);

// The same for stepping through: the recording, and the narration of each of its messages.
struct Narration {
    document::Text what, why;
    document::Text rule;  // a link to the section
};

// A choice that a party took by a rule, in words.
struct ToldDecision {
    std::size_t before = 0;  // the message before which it was taken; the number of messages: after all
    recording::Time at{};
    std::size_t actor = 0;
    std::string id;
    document::Text words;
    document::Text rule;  // a link to the section
};

// Where the exchange stops to ask a trainee: at a 300 for the Contact, at a 401 for the password, at a 488 for the
// offer. A choice is made by a change; a wrong one plays out as it would.
struct Choice {
    document::Text words;
    simulator::Change change;
    bool taken = false;  // what the exchange does as it stands
};

struct Question {
    std::size_t message = 0;  // the response that asks
    document::Text words;
    document::Text rule;
    std::vector<Choice> choices;  // two or more
};

struct Replay {
    std::string id;
    std::string title;
    recording::Recording recording;
    std::vector<std::string> roles;       // of the actors, in the reader's language
    std::vector<Narration> narration;     // one for each message
    std::vector<ToldDecision> decisions;  // in the order they were taken
    std::vector<Question> questions;      // in the order of their messages
    // What was changed and at which message the course departs from that of the exchange; both empty without changes.
    std::vector<document::Text> changes;
    std::optional<std::size_t> departs;
    // With changes: where both runs first differ, in more than time if they do, said in one sentence, and the message of
    // each run; the number of messages where a run has ended by then.
    struct FirstDifference {
        document::Text words;
        std::size_t as_it_is = 0, changed = 0;
    };
    std::optional<FirstDifference> difference;
    // Of a fork lab: what the caller gets, and what the proxy decided for that, by which rule.
    document::Text outcome, outcome_why;
};

// Nothing when there is no such exchange. From the message on at which changes alter its course, or at
// which a request reaches whoever answers differently, the story gives way to what holds in every exchange. Each change must be without a problem (change_from, Question).
std::optional<Replay> replay(const Reader& reader, const std::string& id,
                             const std::vector<simulator::Change>& changes = {});

// A change as a person writes it ("bob answers 603 after 2s") and what it means, or one sentence: what is wrong and
// the remedy.
struct AskedChange {
    std::optional<simulator::Change> change;
    document::Text words;
    std::string problem;
};
// `earlier` are changes that are made before it.
AskedChange change_from(const Reader& reader, const std::string& exchange, const std::string& text,
                        const std::vector<simulator::Change>& earlier = {});

// What could be changed in an exchange, `earlier` changes made; nothing of an unknown one.
struct Offer {
    std::vector<simulator::Changeable> parties;
    bool loses_messages = false;
};
Offer offer_of(const Reader& reader, const std::string& exchange, const std::vector<simulator::Change>& earlier);

// An exchange as it is and as it would be: what was changed, where the two first differ, both ladders, and every
// message of both side by side. Each change must be without a problem.
document::Document what_if(const Reader& reader, const std::string& id, const std::vector<simulator::Change>& changes);

// What differs first, in whole sentences; one sentence when nothing does.
std::vector<document::Text> difference_words(const Reader& reader, const recording::Recording& first,
                                             const recording::Recording& second,
                                             const recording::Differences& differences);

// A proxy rings two to five phones: which response the caller gets, when, and by which rule.
document::Document fork_lab(const Reader& reader, const std::vector<simulator::ForkPhone>& phones);
Replay fork_replay(const Reader& reader, const std::vector<simulator::ForkPhone>& phones);

// A phone as a person writes it ("486@3s", "180", "off"), or one sentence: what is wrong and the remedy.
struct AskedPhone {
    std::optional<simulator::ForkPhone> phone;
    std::string problem;
};
AskedPhone phone_from(const Reader& reader, const std::string& text);

// A recording as a ladder; `roles` of the actors in the reader's language. Labels may come from anybody and are made fit
// to be drawn. `differs` marks a message.
document::Ladder ladder_of(const recording::Recording& recording, const std::vector<std::string>& roles,
                           std::optional<std::size_t> differs = {});

}  // namespace sipdex::page
