// A watcher subscribes to somebody's state and is told of it by NOTIFY (RFC 6665 4.1).
//
// It refreshes when its exchange says so, takes 202 for 200, subscribes anew when the other side has forgotten
// it, and gives up when no NOTIFY comes within timer N.
#pragma once
#include <list>
#include <optional>
#include <string>

#include "simulator/agents/user_agent.h"

namespace sipdex::simulator {

class Watcher : public UserAgent {
public:
    static void check(source::Table& options);
    // "subscribe", "refresh", "unsubscribe"; "restart": it forgets what it subscribed to.
    static bool check_action(const std::string& does, source::Table& options);

    Watcher(Stage& stage, std::size_t actor) : UserAgent(stage, actor) {}

    void act(const ActionPlan& action) override;
    void on_request(TransactionId server, const sip::Message& request) override;

private:
    struct Wish {
        std::string to;  // "sip:bob@example.com"
        std::string event = "presence";
        std::string accept;  // what documents it reads
        long long expires = 600;
    };
    static Wish read_wish(source::Table& options);

    struct Refreshing {
        long long expires = 600;
        bool conditional = false;  // "no NOTIFY, please, if nothing has changed" (RFC 5839)
    };
    static Refreshing read_refreshing(source::Table& options, const std::string& does);

    struct Subscription {
        Wish wish;
        sip::Message first;                 // the SUBSCRIBE that began it
        std::optional<sip::Dialog> dialog;  // since the first NOTIFY
        std::string etag;                   // of the state that it knows
        bool leaving = false;               // unsubscribed
        Clock::Alarm timer_n = 0;
    };
    using Place = std::list<Subscription>::iterator;

    void subscribe(const Wish& wish);
    void refresh(Place subscription, const Refreshing& how);
    void conclude(Place subscription, const sip::Message& sent, const sip::Message* response, bool first);
    void take_notify(TransactionId server, const sip::Message& notify);
    Place subscription_for(const sip::Message& notify);
    void set_timer_n(Place subscription);
    void stop_timer_n(Place subscription);
    void let_go(Place subscription);

    std::list<Subscription> subscriptions_;
};

}  // namespace sipdex::simulator
