// What a proxy knows about its domain: who lives there, who left, which numbers lead where. It turns a Request-URI into
// places to try, or into the reason why there are none (RFC 3261 16.5).
//
//     domains = ["example.com"]
//     users = { "sip:bob@example.com" = ["<sip:bob@192.0.2.4>;q=0.7"] }
//     gone = ["sip:carol@example.com"]
//     dial_plan = [{ begins = "+1", digits = 11, next_hop = "sip:gateways.example.com" }]
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sip/message.h"
#include "sip/uri.h"
#include "source/table.h"

namespace sipdex::simulator {

class Routing {
public:
    struct Target {
        sip::Uri uri;
        double q = 1;
    };
    using Groups = std::vector<std::vector<Target>>;  // the preferred first; those of one group at once

    struct Refusal {
        int status = 0;
        std::string decision;  // "number-incomplete"
        std::vector<std::string> details;
        std::string rule;
        std::vector<std::string> headers;  // that the response needs
    };

    struct Found {
        Groups groups;
        std::optional<Refusal> refusal;  // where there is no group
        bool responsible = false;        // further targets may be added (RFC 3261 §16.5)
        bool asks = false;               // the only target is a server that knows the way
    };

    static Routing read(source::Table& options);

    // The scheme of a Request-URI is one that this proxy can route by (RFC 3261 §16.3).
    bool understands(const sip::Uri& uri) const;

    // Where a request goes that has passed all checks; its Request-URI can be read.
    Found targets_of(const sip::Message& request) const;

    // Ordered by q, those of equal q together (RFC 3261 §16.6).
    static Groups grouped(std::vector<Target> targets);

private:
    struct Row {
        std::string begins;      // "+1"
        std::size_t digits = 0;  // of a complete number, "+" not counted
        std::string next_hop;
    };

    bool responsible_for(const sip::Uri& uri) const;
    std::optional<Refusal> barred(const sip::Uri& uri) const;
    Found by_number(const sip::Uri& uri) const;
    Found by_user(const sip::Uri& uri) const;
    Found by_part_of_name(const sip::Uri& uri) const;
    Found at(const std::vector<Target>& places) const;

    std::vector<std::string> domains_;                  // this proxy is responsible for
    std::map<std::string, std::vector<Target>> users_;  // address of record → where they are
    std::vector<std::string> gone_;
    std::vector<std::string> schemes_;
    std::vector<std::string> barred_;  // beginnings of numbers
    std::vector<Row> dial_plan_;
    std::string next_hop_;  // where everybody of its domains is reached instead
    std::string routing_server_;
    bool authoritative_ = false;  // knows of every user anywhere
    bool match_names_ = false;    // "lee" stands for "carol.lee"
};

}  // namespace sipdex::simulator
