// Asks for credentials and checks them, for registrars (401) and proxies (407) alike (RFC 3261 22).
//
//     realm = "example.com"
//     accounts = { alice = "wonderland" }
//     algorithms = ["SHA-256", "MD5"]
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "simulator/plan/identifiers.h"
#include "sip/message.h"
#include "source/table.h"

namespace sipdex::simulator {

class Doorkeeper {
public:
    struct Plan {
        std::string realm;                            // empty: everybody may pass
        std::map<std::string, std::string> accounts;  // user name → password
        std::vector<std::string> algorithms;          // the most wanted first
    };
    static Plan read_plan(source::Table& options);

    // `proxy` chooses between Proxy-Authorization and Authorization.
    Doorkeeper(Plan plan, bool proxy) : plan_(std::move(plan)), proxy_(proxy) {}

    bool asks() const { return !plan_.realm.empty(); }

    // The user whose credentials a request carries; nothing when it carries none that hold.
    std::optional<std::string> admitted(const sip::Message& request);

    // Adds a challenge to a 401 or 407, one for each algorithm (RFC 8760 2.3: the most wanted on top).
    void challenge(sip::Message& response, Identifiers& identifiers);

    // Takes away the credentials that were meant for this realm, and leaves those for others.
    void consume(sip::Message& request) const;

private:
    std::string field() const { return proxy_ ? "Proxy-Authorization" : "Authorization"; }

    Plan plan_;
    bool proxy_;
    std::set<std::string> nonces_;
};

}  // namespace sipdex::simulator
