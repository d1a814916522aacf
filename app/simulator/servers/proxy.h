// A proxy forwards requests to where people are and brings back one answer (RFC 3261 16).
//
// It is stateful: each request has a response context with one branch for every place tried. Places of
// equal preference are tried at once, lesser ones after them. proxy.cpp holds the way of requests (16.3 to 16.6),
// proxy_responses.cpp that of responses (16.7 to 16.10).
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "simulator/engine/doorkeeper.h"
#include "simulator/engine/party.h"
#include "simulator/servers/max_breadth.h"
#include "simulator/servers/routing.h"
#include "sip/uri.h"

namespace sipdex::simulator {

class Proxy : public Party {
public:
    static void check(Fields& options);

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
        bool record_route = false;
        bool recurses = false;                                  // on 3xx (RFC 3261 16.7, step 4)
        bool detects_loops = true;                              // RFC 5393 4.2
        bool forks_serially = false;                            // when the breadth does not suffice (RFC 5393 5.3.3)
        std::size_t max_breadth = usual_breadth;
        Time timer_c = std::chrono::seconds(181);
        Time routing_timeout = std::chrono::seconds(2);         // for an answer of the routing server
        std::vector<std::string> supports;                      // option tags in Proxy-Require
        std::string presents;                                   // the address shown in From, as SBCs rewrite it
        Doorkeeper::Plan doorkeeper;
    };
    static Plan read_plan(Fields& options);

    // One place that was tried.
    struct Branch {
        TransactionId client = 0;
        sip::Message request;
        sip::Uri target;
        std::vector<std::size_t> servers;       // to turn to when this one fails (RFC 3263 4.3)
        std::size_t server = 0;
        bool provisional = false;
        bool cancel_wanted = false;
        bool cancelled = false;
        bool over = false;
        std::set<std::string> early;            // tags of its early dialogs that have not ended
        Clock::Alarm timer_c = 0;
        Clock::Alarm patience = 0;              // with a routing server
    };

    // RFC 3261 16.2: what is known about one forwarded request.
    struct Context {
        TransactionId server = 0;
        sip::Message request;                   // as received, without this proxy's Route and credentials
        std::string mark;                       // by which it is known should it come back (RFC 5393 4.2.1)
        Routing::Groups groups;                 // not tried yet, the preferred first
        std::set<std::string> targets;          // all that ever were (RFC 3261 16.5: each is tried once)
        std::vector<std::shared_ptr<Branch>> branches;
        std::vector<sip::Message> finals;       // received, Via already removed
        bool responsible = false;               // for the Request-URI, so that targets may be added
        bool asks = false;                      // a routing server, which answers with 3xx
        bool answered = false;                  // a final response went upstream
        bool closed = false;                    // a 6xx or a CANCEL forbids new branches
    };
    using ContextPtr = std::shared_ptr<Context>;
    using BranchPtr = std::shared_ptr<Branch>;

    bool passes_checks(TransactionId server, const sip::Message& request);
    bool loops(TransactionId server, const sip::Message& request);
    bool knows_extensions(TransactionId server, const sip::Message& request);
    void drop_own_route(sip::Message& request) const;
    bool is_own(const sip::Uri& uri) const;
    void refuse(TransactionId server, const sip::Message& request, const Routing::Refusal& refusal);
    void forward_group(const ContextPtr& context);
    bool fits_breadth(const ContextPtr& context, std::size_t branches);
    void forward(const ContextPtr& context, const Routing::Target& target, std::size_t breadth);
    void present_number(sip::Message& request) const;
    void send_branch(const ContextPtr& context, const BranchPtr& branch);
    void set_timer_c(const ContextPtr& context, const BranchPtr& branch);
    void timer_c_fired(const ContextPtr& context, const BranchPtr& branch);
    void patience_ended(const ContextPtr& context, const BranchPtr& branch);
    void end_branch(const BranchPtr& branch);
    void take_provisional(const ContextPtr& context, const BranchPtr& branch, sip::Message response);
    void take_final(const ContextPtr& context, const BranchPtr& branch, sip::Message response);
    bool try_next_server(const ContextPtr& context, const BranchPtr& branch, const std::string& cause);
    bool recurse(const ContextPtr& context, const sip::Message& redirection);
    void report_early_ends(const ContextPtr& context, const BranchPtr& branch, int status);
    void go_on(const ContextPtr& context);
    void send_best(const ContextPtr& context);
    void stay_silent(const ContextPtr& context);
    void send_upstream(const ContextPtr& context, sip::Message response);
    void cancel_pending(const ContextPtr& context, int because);
    void cancel(const BranchPtr& branch, int because);
    void give_up(const BranchPtr& branch);
    void answer_cancel(TransactionId server, const sip::Message& cancel);

    const Plan plan_;
    Doorkeeper doorkeeper_;
    std::map<TransactionId, ContextPtr> by_server_;
    std::map<TransactionId, std::pair<ContextPtr, BranchPtr>> by_client_;
};

}  // namespace sipdex::simulator
