// A caller places calls and registers: a user agent client with somebody in front of it.
//
// It follows redirections by the choice that the exchange prescribes, answers challenges, acknowledges,
// cancels and hangs up (RFC 3261 8.1, 9.1, 10.2, 13.2, 15.1).
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "simulator/user_agent.h"
#include "sip/contact.h"

namespace sipdex::simulator {

class Caller : public UserAgent {
public:
    static void check(Fields& options);
    static bool check_action(const std::string& does, Fields& options);

    Caller(Stage& stage, std::size_t actor);

    void act(const ActionPlan& action) override;
    void on_response(TransactionId client, const sip::Message& response) override;
    void on_timeout(TransactionId client, const sip::Message& request) override;
    void on_end(TransactionId id) override;

protected:
    void on_invitation(TransactionId server, const sip::Message& invite) override;
    void on_cancel(TransactionId server, const sip::Message& cancel) override;

private:
    struct CallPlan {
        std::string to;
        std::string outbound_proxy;         // "sip:proxy.example.net;lr", put into Route (RFC 3261 8.1.2)
        std::vector<std::string> headers;   // added to the INVITE
        Time hang_up_after{};               // since it was answered; 0: the other side hangs up
        Time cancel_after{};                // since it was placed; 0: never
        std::string choose;                 // of the Contacts of a 3xx: "best", "none", or a URI
        Time choose_after{};                // how long that takes
    };
    static CallPlan read_call(Fields& options);

    struct RegisterPlan {
        std::string registrar;              // "sip:example.com"
        long long expires = 3600;
        std::vector<std::string> headers;
    };
    static RegisterPlan read_register(Fields& options);

    // One request of the caller's own, from its first sending to its outcome.
    struct Attempt {
        CallPlan plan;
        sip::Message request;                   // as last sent
        TransactionId transaction = 0;
        std::vector<std::size_t> servers;       // not asked yet, for this Request-URI
        std::vector<sip::Contact> targets;      // Contacts not tried yet
        std::set<std::string> tried;            // every URI that was called or listed
        bool use_proxy = false;                 // they name a proxy to go through (RFC 3261 21.3.4)
        bool provisional = false;
        bool over = false;
        enum class Cancel { no, wanted, sent } cancel = Cancel::no;
        std::size_t server = 0;
        bool answered = false;
        std::map<std::string, sip::Message> acks;   // by the tag of who answered
    };

    void call(const CallPlan& plan);
    void enroll(const RegisterPlan& plan);
    sip::Message new_request(const std::string& method, const std::string& uri, const std::string& to) const;
    void send(const std::shared_ptr<Attempt>& attempt);         // to the first server for its Request-URI
    void send_again(const std::shared_ptr<Attempt>& attempt, std::size_t server);   // a new transaction
    void raise_cseq(sip::Message& request) const;
    void accepted(const std::shared_ptr<Attempt>& attempt, const sip::Message& response);
    void redirected(const std::shared_ptr<Attempt>& attempt, const sip::Message& response);
    void failed(const std::shared_ptr<Attempt>& attempt, int status);
    void try_target(const std::shared_ptr<Attempt>& attempt);
    void cancel(const std::shared_ptr<Attempt>& attempt);

    static constexpr Time patience = std::chrono::minutes(5);

    std::map<TransactionId, std::shared_ptr<Attempt>> attempts_;
    std::map<TransactionId, Clock::Alarm> patience_;
};

}  // namespace sipdex::simulator
