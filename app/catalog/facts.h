// What is known about SIP, as plain values. Tokens such as "do-not-retry" are those of data/README.md.
#pragma once
#include <string>
#include <vector>

namespace sipdex::catalog {

struct Sourced {
    std::string value;          // a token
    std::string source;         // "RFC 3261 §21.6.2"
    bool operator==(const Sourced&) const = default;
};

struct Methods {
    std::vector<std::string> of;        // the methods it answers; empty: any
    std::vector<std::string> except;    // of any
    std::string source;
    bool operator==(const Methods&) const = default;
};

struct HeaderFact {
    std::string name;           // a header field, "body" or "reason-phrase"
    std::string strength;       // "must", "should", "may"
    bool conditional = false;   // in some cases only
    std::string source;
    bool operator==(const HeaderFact&) const = default;
};

struct Cause {
    std::string id;
    std::string where;          // where the fault lies
    bool operator==(const Cause&) const = default;
};

struct Step {
    std::string id;
    std::string who;            // who acts
    bool operator==(const Step&) const = default;
};

// A row of RFC 3398's tables, or of a code's own RFC: how ISUP and SIP say the same.
struct Q850Mapping {
    int cause = 0;
    std::string name;           // "Call rejected", as the ITU has it
    std::string condition;      // a token, or empty
    std::string source;
    bool operator==(const Q850Mapping&) const = default;
};

struct Response {
    std::string id;             // "607"; a profile has a longer one: "603-network-blocked"
    int code = 0;
    std::string phrase;
    std::string status;         // "registered", "historic", "vendor", "profile"
    std::string defined_in;
    std::vector<Sourced> generated_by;
    Methods methods;
    Sourced dialog, retry, proxy, failover;
    std::vector<HeaderFact> headers;
    std::vector<std::string> related;       // ids
    std::vector<std::string> sources;
    std::vector<Cause> causes;
    std::vector<Step> steps;
    std::vector<Q850Mapping> from_q850;     // causes that a gateway turns into this code
    std::vector<Q850Mapping> to_q850;       // what a gateway makes of this code

    bool registered() const { return status == "registered"; }
    bool final() const { return code >= 200; }
    bool operator==(const Response&) const = default;
};

struct Pair {
    std::vector<std::string> ids;       // two, ascending
    std::vector<std::string> sources;
};

struct Term {
    std::string id;
    std::string source;
    std::vector<std::string> see;
};

struct Exchange {
    std::string id;                     // "607-unwanted"
    std::vector<std::string> shows;     // the responses that somebody receives in it, the main one first
    std::string script;                 // what the simulator reads
};

}  // namespace sipdex::catalog
