// What is known about SIP, as plain values. Tokens such as "do-not-retry" are those of data/README.md.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace sipdex::catalog {

struct Sourced {
    std::string value;   // a token
    std::string source;  // "RFC 3261 §21.6.2"
    bool operator==(const Sourced&) const = default;
};

struct Methods {
    std::vector<std::string> of;      // the methods it answers; empty: any
    std::vector<std::string> except;  // of any
    std::string source;
    bool operator==(const Methods&) const = default;
};

struct HeaderFact {
    std::string name;      // a header field, "body" or "reason-phrase"
    std::string strength;  // "must", "should", "may"
    std::string when;      // the condition on which that holds, a token of data/README.md; empty: always
    std::string source;
    bool operator==(const HeaderFact&) const = default;
};

struct Cause {
    std::string id;
    std::string where;  // where the fault lies
    bool operator==(const Cause&) const = default;
};

struct Step {
    std::string id;
    std::string who;  // who acts
    bool operator==(const Step&) const = default;
};

// A row of RFC 3398's tables, or of a code's own RFC: how ISUP and SIP say the same.
struct Q850Mapping {
    int cause = 0;
    std::string name;       // "Call rejected", as the ITU has it
    std::string condition;  // a token, or empty
    std::string source;
    bool operator==(const Q850Mapping&) const = default;
};

struct Response {
    std::string id;  // "607"; a profile has a longer one: "603-network-blocked"
    int code = 0;
    std::string phrase;
    std::string status;  // "registered", "historic", "vendor", "profile"
    std::string defined_in;
    std::vector<Sourced> generated_by;
    Methods methods;
    Sourced dialog, retry, proxy, failover;
    std::vector<HeaderFact> headers;
    std::vector<std::string> related;  // ids
    std::vector<std::string> sources;
    std::vector<Cause> causes;
    std::vector<Step> steps;
    std::vector<Q850Mapping> from_q850;  // causes that a gateway turns into this code
    std::vector<Q850Mapping> to_q850;    // what a gateway makes of this code

    bool registered() const { return status == "registered"; }
    bool final() const { return code >= 200; }
    bool operator==(const Response&) const = default;
};

struct Pair {
    std::vector<std::string> ids;  // two, ascending
    std::vector<std::string> sources;
};

struct Term {
    std::string id;
    std::string source;
    std::vector<std::string> see;
};

// Codes that answer the same complaint.
struct Group {
    std::string id;  // "not-answered"
    std::vector<std::string> responses;
    std::vector<std::string> sources;
};

// Questions and answers from what a customer says to the codes that may be behind it.
struct SymptomPath {
    struct Answer {
        std::string id;
        std::string to;  // a question or an outcome
    };
    struct Question {
        std::string id;
        std::vector<Answer> answers;
    };
    struct Outcome {
        std::string id;
        std::vector<std::string> responses;  // the candidates, the likeliest first
        std::vector<std::string> look_at;    // header fields and timers that separate them
    };
    // What the customer goes through, in the order in which paths are listed.
    static constexpr std::array<std::string_view, 6> experiences = {"calling", "called",   "talking",
                                                                    "phone",   "services", "operating"};
    std::string id;  // "drops-after-32-seconds"
    std::string experience;
    std::vector<Question> questions;  // the first is asked first
    std::vector<Outcome> outcomes;
    std::vector<std::string> sources;

    const Question* question(const std::string& name) const {
        for (const Question& each : questions)
            if (each.id == name) return &each;
        return nullptr;
    }
    const Outcome* outcome(const std::string& name) const {
        for (const Outcome& each : outcomes)
            if (each.id == name) return &each;
        return nullptr;
    }
};

// A header field, method, timer, warning code, Reason protocol or Q.850 cause.
struct Entry {
    std::string kind;   // "header", "method", "timer", "warning", "reason", "cause"
    std::string name;   // "Retry-After", "INVITE", "B", "399", "STIR", "21"
    std::string title;  // as the registry has it: "Call rejected"; empty where the name says it
    std::string source;
    std::vector<Sourced> facts;          // value, and in `source` which fact it is: "compact", "usage"
    std::vector<std::string> responses;  // the codes it belongs to
};

// What may be behind a refusal, whoever says it and in whatever words: "limit-reached".
struct Situation {
    std::string id;
    std::string who;    // whose turn it is to act: an addressee
    std::string retry;  // what trying again is worth: a rule
    std::string where;  // where the fault lies
    struct Case {       // what shows it, whoever speaks: these answers to this method
        std::string method;
        std::vector<std::string> responses;  // none: every final one
        bool operator==(const Case&) const = default;
    };
    std::vector<Case> cases;
    bool operator==(const Situation&) const = default;
};

// Who may stand behind a message: a product, an operator or a kind of network, by what it puts on the wire.
struct Speaker {
    struct Sign {  // what tells that it is speaking
        std::string id;
        std::string in;         // where it stands: "phrase", "server", "field", "reason-text" …
        std::string name;       // of the header field; empty elsewhere
        std::string pattern;    // "*" any text, "#" a digit, "@" a capital letter; case does not matter elsewhere
        std::string certainty;  // "sure", "likely", "possible"
        std::string source;
        bool operator==(const Sign&) const = default;
    };
    struct Phrase {  // what it means by its words
        std::string id;
        std::string in;                  // as of a sign; "number" and "name" besides
        std::string name;                // of the header field; empty elsewhere
        std::string text;                // a pattern
        std::vector<std::string> codes;  // the responses that carry it; none: any, or no response at all
        std::string method;              // that is answered or that carries it; empty: any
        std::string situation;
        int cause = 0;  // of Q.850, that a name stands for; 0: none
        std::string source;
        bool operator==(const Phrase&) const = default;
    };
    struct Mapping {  // between SIP and Q.850
        int cause = 0;
        std::string response;
        std::string source;
        bool operator==(const Mapping&) const = default;
    };
    struct Failover {                        // what makes it try the next trunk or route
        std::string does;                    // "next", "stays", "set" (the operator sets it)
        std::vector<std::string> responses;  // none: every other one
        std::string source;
        bool operator==(const Failover&) const = default;
    };
    std::string id;       // "asterisk"
    std::string name;     // "Asterisk"
    std::string kind;     // "pbx", "proxy", "sbc", "carrier", "cloud", "client", "network"
    std::string runs_on;  // another speaker, whose signs it shows, too; may be empty
    std::vector<Sign> signs;
    std::vector<Phrase> phrases;
    std::vector<Mapping> from_q850, to_q850;
    std::vector<Failover> failover;
    std::vector<std::string> sources;
};

// A rule by which a call, a registration or a whole capture is judged: what is said when it speaks.
struct FindingRule {
    struct Threshold {
        std::string name;  // with its unit where it has one: "late_ms"
        long value = 0;
        bool operator==(const Threshold&) const = default;
    };
    std::string id;                         // "ack-lost"
    std::string family;                     // the file that holds it: "transactions"
    std::string severity;                   // "note", "warning", "fault"
    std::string who;                        // whose turn it is: an addressee, or "nobody"
    std::string source;                     // "RFC 3261 §17.2.1"; of practice, where that is written down
    bool practice = false;                  // it rests on what products do, not on what an RFC demands
    std::vector<std::string> arguments;     // what its words may name: "code", "seconds"
    std::vector<std::string> withdrawn_by;  // rules that know better about the same call
    std::vector<Threshold> thresholds;      // that whoever reads may set otherwise
    bool operator==(const FindingRule&) const = default;
};

struct Exchange {
    std::string id;                  // "607-unwanted"
    std::vector<std::string> shows;  // the responses that somebody receives in it, the main one first
    std::string script;              // what the simulator reads
};

}  // namespace sipdex::catalog
