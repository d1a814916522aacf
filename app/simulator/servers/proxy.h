// A proxy forwards requests to where people are and brings back one answer (RFC 3261 16).
//
// It is stateful: each request has a response context with one branch for every place tried (response_context.h). Here
// stands what a request has to pass before that (16.3 to 16.6).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "simulator/engine/doorkeeper.h"
#include "simulator/engine/party.h"
#include "simulator/servers/fork_targets.h"
#include "simulator/servers/forwarder.h"
#include "simulator/servers/routing.h"

namespace sipdex::simulator {

class Proxy : public Party {
public:
    static void check(source::Table& options);

    Proxy(Stage& stage, std::size_t actor);

    void on_request(TransactionId server, const sip::Message& request) override;
    void on_ack(const sip::Message& ack) override;
    void on_response(TransactionId client, const sip::Message& response) override;
    void on_timeout(TransactionId client, const sip::Message& request) override;
    void on_end(TransactionId id) override;

protected:
    // A final response of this element's own accord instead of forwarding, or nothing. Asked once for each
    // request outside of dialogs, when all checks of RFC 3261 16.3 are passed.
    virtual std::optional<sip::Message> judge(const sip::Message&) { return std::nullopt; }

    // What this element adds to a request before it sends it on, outside of dialogs.
    virtual void prepare(sip::Message&) {}

    // What it adds to a response before it passes it back.
    virtual void annotate(const sip::Message& /*request*/, sip::Message& /*response*/) {}

private:
    struct Plan {
        Routing routing;
        ForkTargets::Plan forking;
        bool record_route = false;
        bool detects_loops = true;  // RFC 5393 4.2
        Time timer_c{};
        std::vector<std::string> supports;  // option tags in Proxy-Require
        std::string presents;               // the address shown in From, as SBCs rewrite it
        Doorkeeper::Plan doorkeeper;
    };
    static Plan read_plan(source::Table& options);

    bool passes_checks(TransactionId server, const sip::Message& request);
    bool loops(TransactionId server, const sip::Message& request);
    bool knows_extensions(TransactionId server, const sip::Message& request);
    void refuse(TransactionId server, const sip::Message& request, const Routing::Refusal& refusal);
    Branch branch_to(const sip::Message& request, const sip::Uri& target, std::size_t breadth);
    void present_number(sip::Message& request) const;

    const Plan plan_;
    Doorkeeper doorkeeper_;
    Forwarder forwarder_;
};

}  // namespace sipdex::simulator
