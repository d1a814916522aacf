// A response context is what an element knows about one request that it forwards: the branches on which it is tried,
// and what has come back on them (RFC 3261 16.2).
//
// It sends the branches (16.6, steps 8 to 11), gives one answer for all of them (16.7), loses patience with those that
// are silent (16.8), and cancels them (16.10). Where they lead is for the target set to say (target_set.h).
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "simulator/engine/clock.h"
#include "simulator/engine/transactions.h"
#include "simulator/servers/target_set.h"

namespace sipdex::simulator {

inline constexpr Time usual_timer_c = std::chrono::seconds(181);  // RFC 3261 16.6: more than three minutes

// Who forwards: a proxy, an edge proxy, a home server.
struct Element {
    Stage& stage;
    std::size_t actor;
    Transactions& transactions;
    std::function<sip::Message(const sip::Message& request, int status)> response_to;
    std::function<void(const sip::Message& request, sip::Message& response)> annotate = {};  // before it goes upstream
    Time timer_c = usual_timer_c;
};

class ResponseContext;
// By each of their transactions: a context lives as long as one of these (RFC 3261 16.7, step 9).
using ResponseContexts = std::map<TransactionId, std::shared_ptr<ResponseContext>>;

class ResponseContext : public std::enable_shared_from_this<ResponseContext> {
public:
    // Keeps references. `all` are the contexts of the element, to which this one adds itself for each branch. By a
    // mark the element can tell a request that comes back (RFC 5393 4.2.1).
    ResponseContext(const Element& element, ResponseContexts& all, TransactionId server, sip::Message request,
                    std::unique_ptr<TargetSet> targets, std::string mark);

    const sip::Message& request() const { return request_; }
    bool closed() const { return closed_; }       // no further place may be tried
    sip::Message own_response(int status) const;  // of this element, to the request

    void try_next();                                                // only where a target is left
    void cancel();                                                  // as whoever sent the request wishes
    void take(TransactionId client, const sip::Message& response);  // of one of its branches
    void time_out(TransactionId client);

    // For its target set.
    void forward(Branch to);
    void send_upstream(sip::Message response);
    void decided(std::string id, std::vector<std::string> details, std::string rule);

private:
    struct Tried : Branch {
        TransactionId client = 0;
        std::size_t server = 0;  // where it was sent last
        bool provisional = false;
        bool cancel_wanted = false;
        bool cancelled = false;
        bool over = false;
        std::set<std::string> early;  // tags of its early dialogs that have not ended
        Clock::Alarm timer_c = 0;
        Clock::Alarm patience_alarm = 0;
    };
    using TriedPtr = std::shared_ptr<Tried>;

    TriedPtr branch_of(TransactionId client) const;
    bool pending() const;
    void send(const TriedPtr& branch);
    bool try_next_server(const TriedPtr& branch, const std::string& cause);
    void take_provisional(const TriedPtr& branch, sip::Message response);
    void take_final(const TriedPtr& branch, sip::Message response);
    void end(const TriedPtr& branch);
    void report_early_ends(const TriedPtr& branch, int status);
    void go_on();
    void send_best();
    void stay_silent();
    void set_timer_c(const TriedPtr& branch);
    void timer_c_fired(const TriedPtr& branch);
    void patience_ended(const TriedPtr& branch);
    void cancel_pending(int because);
    void cancel(const TriedPtr& branch, int because);
    void give_up(const TriedPtr& branch);

    const Element& element_;
    ResponseContexts& all_;
    const TransactionId server_;
    const sip::Message request_;
    const std::unique_ptr<TargetSet> targets_;
    const std::string mark_;  // empty: none
    std::vector<TriedPtr> branches_;
    std::vector<sip::Message> finals_;  // received, Via already removed
    bool answered_ = false;             // a final response went upstream
    bool closed_ = false;               // a 6xx, a 2xx or a CANCEL forbids new branches
};

}  // namespace sipdex::simulator
