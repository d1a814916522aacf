// A presence server tells whoever subscribed how somebody is to be reached: notifier (RFC 6665 4.2, RFC 3856)
// and event state compositor (RFC 3903) in one.
//
//     domain = "example.com"
//     users = ["bob"]
//     min_expires = 60
#pragma once
#include <map>
#include <string>
#include <vector>

#include "simulator/engine/errands.h"
#include "simulator/engine/party.h"
#include "simulator/servers/compositor.h"
#include "sip/dialog.h"

namespace sipdex::simulator {

class PresenceServer : public Party {
public:
    static void check(source::Table& options);
    // "restart": all subscriptions and publications are forgotten; "approve", "reject": a pending `watcher`.
    static bool check_action(const std::string& does, source::Table& options);

    PresenceServer(Stage& stage, std::size_t actor);

    void act(const ActionPlan& action) override;
    void on_request(TransactionId server, const sip::Message& request) override;
    void on_response(TransactionId client, const sip::Message& response) override { errands_.take(client, response); }
    void on_timeout(TransactionId client, const sip::Message&) override { errands_.time_out(client); }
    void on_end(TransactionId id) override { errands_.on_end(id); }

private:
    struct Plan {
        std::string domain;
        std::vector<std::string> users;  // whose presence it knows: "bob"
        Compositor::Limits limits;
        bool conditional = true;  // knows Suppress-If-Match and 204 (RFC 5839)
        bool asks_first = false;  // somebody has to approve each watcher
        bool legacy = false;      // from the days of RFC 3265: accepts with 202
    };
    static Plan read_plan(source::Table& options);

    struct Subscription {
        sip::Dialog dialog;
        std::string resource;  // "bob@example.com"
        Time until{};
        bool pending = false;
        Clock::Alarm alarm = 0;
    };
    using Subscriptions = std::map<sip::DialogId, Subscription>;

    std::string resource_of(const sip::Message& request) const;  // "" where it is none of this server's
    void subscribe(TransactionId server, const sip::Message& request);
    void refresh(TransactionId server, const sip::Message& request, long long wanted);
    void accept(TransactionId server, const sip::Message& request, long long granted);
    void extend(const sip::DialogId& id, long long seconds);
    void publish(TransactionId server, const sip::Message& request);
    void refuse_event(TransactionId server, const sip::Message& request);
    void refuse_interval(TransactionId server, const sip::Message& request);
    void notify(Subscription& subscription, const std::string& ends_because = {});
    void end(const sip::DialogId& id, const std::string& reason);
    void remove(const sip::DialogId& id, const std::string& because);
    void tell_all(const std::string& resource);
    std::string etag_of(const std::string& resource);
    std::string contact() const;

    const Plan plan_;
    Compositor compositor_;
    Subscriptions subscriptions_;
    std::map<std::string, std::string> etags_;  // of resources, as last told
    Errands errands_;
};

}  // namespace sipdex::simulator
