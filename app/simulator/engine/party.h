// A party takes part in an exchange: it receives messages, acts when the exchange file says so, and sends
// what follows by the rules of its kind.
//
// Each kind stands in a file of its own and in one line of kinds.cpp.
#pragma once
#include <cstddef>
#include <string>

#include "simulator/engine/stage.h"
#include "simulator/engine/transactions.h"

namespace sipdex::simulator {

class Party : public TransactionUser {
public:
    Party(Stage& stage, std::size_t actor);
    Party(const Party&) = delete;
    Party& operator=(const Party&) = delete;

    virtual void receive(const sip::Message& message, std::size_t from);

    // Does what an action of the exchange asks for; its kind has checked that it can.
    virtual void act(const ActionPlan&) {}

    void on_ack(const sip::Message&) override {}
    void on_response(TransactionId, const sip::Message&) override {}
    void on_timeout(TransactionId, const sip::Message&) override {}

protected:
    const PartyPlan& plan() const { return stage_.exchange.parties[actor_]; }
    std::string name() const {
        return plan().host.empty() ? to_text(plan().address) : plan().host;
    }  // in a URI of its own
    const Address& address() const { return stage_.addresses[actor_]; }

    // A response of this party's own, with the tag it uses for all responses to this request and its CANCEL. Without a
    // phrase it gets the usual one.
    sip::Message response_to(const sip::Message& request, int status, const std::string& phrase = {});
    void answer(TransactionId server, const sip::Message& request, int status, const std::string& phrase = {});

    Stage& stage_;
    const std::size_t actor_;
    Transactions transactions_;

private:
    std::map<std::string, std::string> tags_;  // by the branch that a request and its CANCEL came with
};

// The options of a party as its kind reads them. Their mistakes were reported when the exchange was read.
template <class Read>
auto options_of(const Stage& stage, std::size_t actor, Read read) {
    source::Problems none;
    source::Table fields(stage.exchange.parties[actor].options, none);
    return read(fields);
}

// The same for the options of an action.
template <class Read>
auto options_of(const ActionPlan& action, Read read) {
    source::Problems none;
    source::Table fields(action.options, none);
    return read(fields);
}

// The servers that a request can be sent to, by its next hop, the preferred one first.
std::vector<std::size_t> next_servers(const Stage& stage, const sip::Message& request);

}  // namespace sipdex::simulator
