// What a party stands on: time, network, names, chance, and the recording that it writes to.
//
// Parties know each other by their numbers, which are those of the actors in the recording.
#pragma once
#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "simulator/engine/clock.h"
#include "simulator/engine/network.h"
#include "simulator/plan/exchange.h"
#include "simulator/plan/identifiers.h"
#include "simulator/plan/names.h"
#include "sip/timers.h"
#include "sip/via.h"

namespace sipdex::simulator {

struct Stage {
    // `exchange` must outlive this.
    Stage(const Exchange& plan, std::uint64_t seed, Network::Deliver deliver);
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    const Exchange& exchange;
    Clock clock;
    Identifiers identifiers;
    Recording recording;
    Names names;
    Network network;
    std::map<std::string, std::string>
        web;  // what can be fetched by HTTPS, by its URI; a certificate is the name of its key
    sip::BaseTimes times;
    std::vector<Address> addresses;  // where each actor is at present

    // Whether nothing listens there: a datagram is lost without a word, a connection is refused.
    bool silent(std::size_t actor) const;

    // From now on an actor has another address, and nobody the one it had. Responses under way still reach it.
    void move(std::size_t actor, const Address& address);

    // A Via of an actor with a new branch, asking for the port of the answer (RFC 3581 3). Its transport is filled
    // in when the message is sent.
    sip::Via new_via(std::size_t actor);

    // What a request goes by: as the NAPTR records of its next hop say (RFC 3263 4.1), else as the network has it. Who
    // asks for these records the first time has it told.
    std::string transport_for(std::size_t from, std::size_t to, const sip::Message& request);

    void decided(std::size_t actor, std::string id, std::vector<std::string> details, std::string rule);

    // Notes what became of a timer; name and section have to last. `lasts` is for one that was set.
    void timer(std::size_t actor, std::string_view name, TimerEvent::What what, std::string_view section,
               Time lasts = {});

    // As a Date header field wants it; exchanges begin at noon on the first of January 2026.
    std::string date() const;

private:
    void tell_lookup(std::size_t actor, std::size_t server, const Lookup& lookup);

    std::set<std::pair<std::size_t, std::string>> looked_up_;  // by whom, and which name
};

}  // namespace sipdex::simulator
