// A proxy forwards requests to where people are and brings back one answer (RFC 3261 16).
//
// It is stateful: each request has a response context with one branch for every place tried. Places of
// equal preference are tried at once, lesser ones after them.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulator/doorkeeper.h"
#include "simulator/party.h"
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

private:
    struct Target {
        sip::Uri uri;
        double q = 1;
    };
    struct Plan {
        std::vector<std::string> domains;                       // this proxy is responsible for
        std::map<std::string, std::vector<Target>> users;       // address of record → where they are
        std::string next_hop;                                   // where everybody of its domains is reached instead
        bool record_route = false;
        Time timer_c = std::chrono::seconds(181);
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
        Clock::Alarm timer_c = 0;
    };

    // RFC 3261 16.2: what is known about one forwarded request.
    struct Context {
        TransactionId server = 0;
        sip::Message request;                   // as received
        std::vector<std::vector<Target>> groups;    // not tried yet, the preferred first
        std::vector<std::shared_ptr<Branch>> branches;
        std::vector<sip::Message> finals;       // received, Via already removed
        bool answered = false;                  // a final response went upstream
        bool closed = false;                    // a 6xx or a CANCEL forbids new branches
    };
    using ContextPtr = std::shared_ptr<Context>;

    bool passes_checks(TransactionId server, const sip::Message& request);
    void drop_own_route(sip::Message& request) const;
    bool is_own(const sip::Uri& uri) const;
    bool responsible_for(const sip::Uri& uri) const;
    std::vector<std::vector<Target>> targets_of(const sip::Message& request, int& refusal) const;
    void forward_group(const ContextPtr& context);
    void forward(const ContextPtr& context, const Target& target);
    void send_branch(const ContextPtr& context, const std::shared_ptr<Branch>& branch);
    void set_timer_c(const ContextPtr& context, const std::shared_ptr<Branch>& branch);
    void timer_c_fired(const ContextPtr& context, const std::shared_ptr<Branch>& branch);
    void end_branch(const std::shared_ptr<Branch>& branch);
    void take_final(const ContextPtr& context, const std::shared_ptr<Branch>& branch, sip::Message response);
    bool try_next_server(const ContextPtr& context, const std::shared_ptr<Branch>& branch, const std::string& cause);
    void go_on(const ContextPtr& context);
    void send_best(const ContextPtr& context);
    void send_upstream(const ContextPtr& context, sip::Message response);
    void cancel_pending(const ContextPtr& context, int because);
    void cancel(const std::shared_ptr<Branch>& branch, int because);
    void give_up(const std::shared_ptr<Branch>& branch);
    void answer_cancel(TransactionId server, const sip::Message& cancel);

    const Plan plan_;
    Doorkeeper doorkeeper_;
    std::map<TransactionId, ContextPtr> by_server_;
    std::map<TransactionId, std::pair<ContextPtr, std::shared_ptr<Branch>>> by_client_;
};

}  // namespace sipdex::simulator
