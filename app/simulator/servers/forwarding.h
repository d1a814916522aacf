// Passes requests on to one place at a time, and brings back what comes: the part of a proxy (RFC 3261 16) that an
// edge proxy and a home server share.
//
// A place that fails is followed by the next one as RFC 5626 7 allows: always after 430 and 408, and otherwise only
// when it belongs to another instance.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "simulator/engine/transactions.h"

namespace sipdex::simulator {

// One place to try.
struct Hop {
    sip::Message request;  // as it shall go there, but without a Via of ours
    std::size_t to = 0;    // an actor
    std::string instance;  // whose flow it is (RFC 5626); empty: nobody's in particular
    std::string flow;      // which of them: its reg-id
};

class Forwarding {
public:
    // Called for each flow that is gone. Who has this is the authoritative proxy, and lets no 430 out of its domain.
    using OnFlowFailed = std::function<void(const Hop& failed)>;

    // Keeps references.
    Forwarding(Stage& stage, std::size_t actor, Transactions& transactions, OnFlowFailed on_flow_failed = {});

    // `hops` has one at least.
    void forward(TransactionId server, std::vector<Hop> hops);
    // An ACK for a 2xx has no transaction (RFC 3261 16.11).
    void pass_ack(Hop hop);

    bool take(TransactionId client, const sip::Message& response);  // false: none of its own
    bool time_out(TransactionId client);
    bool cancel(const sip::Message& cancel);  // false: nothing to cancel
    void on_end(TransactionId id);

private:
    struct Context {
        TransactionId server = 0;
        TransactionId client = 0;
        std::vector<Hop> hops;  // the present one first
        bool provisional = false;
        bool cancel_wanted = false;
        bool over = false;
        Clock::Alarm timer_c = 0;
    };
    using ContextPtr = std::shared_ptr<Context>;

    void try_first(const ContextPtr& context);
    void set_timer_c(const ContextPtr& context);
    void stop_timer_c(const ContextPtr& context);
    void finish(const ContextPtr& context, sip::Message response);
    void send_cancel(const ContextPtr& context);
    void note_timer_c(TimerEvent::What what, Time lasts, const char* section);

    static constexpr Time lasts_c = std::chrono::seconds(181);  // RFC 3261 16.6: more than three minutes

    Stage& stage_;
    const std::size_t actor_;
    Transactions& transactions_;
    OnFlowFailed on_flow_failed_;
    std::map<TransactionId, ContextPtr> by_client_;
    std::map<TransactionId, ContextPtr> by_server_;
};

// What the checks of RFC 3261 16.3 refuse a request with, or 0; else Max-Forwards has been lowered (16.6) and
// Max-Breadth stands in it.
int check_and_set_limits(sip::Message& request);

}  // namespace sipdex::simulator
