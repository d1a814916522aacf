// An edge proxy is the first hop of phones: it keeps the flows over which they can be reached (RFC 5626 5) and may ask
// for a security agreement (RFC 3329).
//
// The flow token in its Path names the flow that a REGISTER came over. After a restart it knows no flow any more, and
// what is sent to one is answered with 430.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/engine/doorkeeper.h"
#include "simulator/engine/party.h"
#include "simulator/servers/forwarder.h"

namespace sipdex::simulator {

class EdgeProxy : public Party {
public:
    static void check(source::Table& options);
    static bool check_action(const std::string& does, source::Table& options);  // "restart"

    EdgeProxy(Stage& stage, std::size_t actor);

    void act(const ActionPlan& action) override;
    void on_request(TransactionId server, const sip::Message& request) override;
    void on_ack(const sip::Message& ack) override;
    void on_response(TransactionId client, const sip::Message& response) override;
    void on_timeout(TransactionId client, const sip::Message& request) override;
    void on_end(TransactionId id) override;

private:
    struct Plan {
        std::string next_hop;         // where its users' requests go on to; empty: where they are addressed
        std::string security;         // its Security-Server; empty: it asks for no agreement
        Doorkeeper::Plan doorkeeper;  // of the agreement
    };
    static Plan read_plan(source::Table& options);

    bool has_agreed(TransactionId server, sip::Message& request);
    void ask_for_agreement(TransactionId server, const sip::Message& request);
    // Where a request goes; with nothing, `refusal` is what to answer.
    std::optional<Branch> route(sip::Message request, int& refusal);
    void add_path(sip::Message& request);
    std::string token_for(std::size_t phone);

    const Plan plan_;
    Doorkeeper doorkeeper_;
    Forwarder forwarder_;
    std::map<std::string, std::size_t> flows_;  // token → the actor at its other end
};

}  // namespace sipdex::simulator
