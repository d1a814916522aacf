// A caller places calls, registers, sends messages, and changes the calls it is in: a user agent client with somebody
// in front of it.
//
// It follows redirections by the choice that the exchange prescribes, answers challenges, tries again where a rule says
// how (remedies.h), acknowledges, cancels and hangs up (RFC 3261 8.1, 9.1, 10.2, 13.2, 14.1, 15.1).
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "simulator/agents/in_call.h"
#include "simulator/agents/remedies.h"
#include "sip/contact.h"

namespace sipdex::simulator {

class Caller : public InCall {
public:
    static void check(Fields& options);
    static bool check_action(const std::string& does, Fields& options);

    Caller(Stage& stage, std::size_t actor);

    void act(const ActionPlan& action) override;
    void on_response(TransactionId client, const sip::Message& response) override;
    void on_timeout(TransactionId client, const sip::Message& request) override;
    void on_end(TransactionId id) override;

protected:
    // RFC 3261 10.2: one Call-ID for all registrations of a kind, so that the registrar sees their order.
    struct Series {
        std::string call_id;
        std::uint32_t cseq = 0;
    };

    void on_invitation(TransactionId server, const sip::Message& invite) override;
    void on_cancel(TransactionId server, const sip::Message& cancel) override;
    void on_refer(TransactionId server, const sip::Message& refer, Call& call) override;
    void on_notify(const sip::Message& notify, Call& call) override;
    void refresh(const sip::DialogId& id) override;

    // What every request of the caller's may have.
    struct RequestPlan {
        std::string to;
        std::string outbound_proxy;         // "sip:proxy.example.net;lr", put into Route (RFC 3261 8.1.2)
        std::vector<std::string> headers;   // added
        std::vector<std::string> without;   // header fields that faulty software leaves out
        std::string version;                // of the start line, "SIP/2.0" in sound software
        std::vector<Content> contents;      // the body; with several, those that follow are other forms of the first
    };
    static RequestPlan read_request(Fields& options);

    struct CallPlan {
        RequestPlan request;
        Time hang_up_after{};               // since it was answered; 0: the other side hangs up
        Time cancel_after{};                // since it was placed; 0: never
        std::string choose;                 // of the Contacts of a 3xx: "best", "none", or a URI
        Time choose_after{};                // how long that takes
        std::vector<Media> offers;          // the first is made first, the others after a 488 or 606
        bool delayed_offer = false;         // the INVITE leaves the offer to the other side, which the first then answers
        bool forgets_answer = false;        // and answers nothing, as faulty software does
        std::vector<Content> parts;         // beside the session description
        std::vector<std::string> more_digits;   // the same number longer, after a 484
        std::vector<std::string> holds_back;    // extensions that it supports and does not mention at first
        long long session_expires = 0;      // seconds; 0: asks for no session timer
        bool anonymous = false;
        Time reveals_after{};               // a 433, its user agrees to call with the name shown; 0: never
        std::function<void(const sip::Message&)> told;      // of the final response that ends the attempt
    };
    static CallPlan read_call(Fields& options, const Screening& screening);

    struct RegisterPlan {
        std::string registrar;              // "sip:example.com"
        std::optional<std::vector<std::string>> contacts;   // absent: its own; none: asks which there are (RFC 3261 10.2.3)
        bool all = false;                   // Contact: *
        long long expires = 3600;
        std::vector<std::string> headers;
    };
    static RegisterPlan read_register(Fields& options);

    static Address read_move(Fields& options);

    // A change of the session in the latest call: "hold", "resume", "reinvite" or "update".
    struct ChangePlan {
        std::string method;                 // "INVITE" or "UPDATE"
        std::optional<Media> media;         // absent: as before
        std::string direction;
        bool delayed_offer = false;         // the INVITE leaves the offer to the other side
        std::vector<Media> offers;          // after a 488
        std::vector<std::string> attributes;    // of the stream
        bool impatient = false;             // does not wait for what is under way, against RFC 3261 14.1
    };
    static ChangePlan read_change(const std::string& does, Fields& options);

    // One request of the caller's own, from its first sending to its outcome.
    struct Attempt {
        CallPlan plan;
        sip::Message request;                   // as last sent
        std::optional<sip::DialogId> within;    // the dialog that it belongs to
        TransactionId transaction = 0;
        Means means;
        std::vector<std::size_t> servers;       // not asked yet, for this Request-URI
        std::vector<sip::Contact> targets;      // Contacts not tried yet
        std::set<std::string> tried;            // every URI that was called or listed
        bool use_proxy = false;                 // they name a proxy to go through (RFC 3261 21.3.4)
        bool provisional = false;
        bool over = false;
        bool waited = false;                    // for a Retry-After or after a 491
        enum class Cancel { no, wanted, sent } cancel = Cancel::no;
        std::size_t server = 0;
        bool answered = false;
        std::map<std::string, sip::Message> acks;           // by the tag of who answered
        std::map<std::string, std::uint32_t> rseqs;         // the last one acknowledged, by the same
        std::optional<Media> answers_with;                  // its INVITE has no offer; what it is able to answer
        std::set<std::string> answered_offers;              // by the same: the offer of a reliable response
    };
    using AttemptPtr = std::shared_ptr<Attempt>;

    void call(const CallPlan& plan);
    void enroll(const RegisterPlan& plan);
    void send_alone(const std::string& method, const RequestPlan& plan);
    sip::Message new_request(const std::string& method, const RequestPlan& plan, const std::string& to) const;
    void furnish_request(sip::Message& request, const RequestPlan& plan) const;
    void send(const AttemptPtr& attempt);         // to the first server for its Request-URI
    void send_again(const AttemptPtr& attempt, std::size_t server);   // a new transaction
    void send_changed(const AttemptPtr& attempt);
    void raise_cseq(Attempt& attempt);
    void take_provisional(const AttemptPtr& attempt, const sip::Message& response);
    void accepted(const AttemptPtr& attempt, const sip::Message& response);
    bool acknowledge(const AttemptPtr& attempt, const sip::Message& ok, Call& call);       // false: there is no session
    bool answer_offer(const AttemptPtr& attempt, const sip::Message& response, sip::Message& with, Call& call);
    void refused(const AttemptPtr& attempt, const sip::Message& response);
    bool tries_again(const AttemptPtr& attempt, const sip::Message& response);
    void redirected(const AttemptPtr& attempt, const sip::Message& response);
    void failed(const AttemptPtr& attempt, const sip::Message& response);
    void try_target(const AttemptPtr& attempt);
    void cancel(const AttemptPtr& attempt);

    // Within a call (caller_in_call.cpp); actions are read and begun in caller_actions.cpp.
    void send_within(const std::string& method, const RequestPlan& plan);
    void change(const ChangePlan& plan, const sip::DialogId& id);
    void move(const Address& address);
    void start_within(const AttemptPtr& attempt, Call& call);
    void changed(const AttemptPtr& attempt, const sip::Message& response, Call& call);
    void refused_within(const AttemptPtr& attempt, const sip::Message& response, Call& call);
    void wait_and_repeat(const AttemptPtr& attempt, Time wait);
    void lose(const sip::DialogId& id, int status);

    // Preconditions (caller_preconditions.cpp).
    void begin_reservation(const Attempt& attempt, const sip::Message& response, const sip::DialogId& id);
    void tell_reservation(const sip::DialogId& id);

    // The card of a 608 (caller_redress.cpp).
    void read_redress(const Attempt& attempt, const sip::Message& response);

    // Transfer (transfer.cpp).
    void refer(const std::string& refer_to, const RequestPlan& plan);
    void notify(const sip::DialogId& id, int status, const std::string& phrase);

private:
    static constexpr Time patience = std::chrono::minutes(5);

    std::map<TransactionId, AttemptPtr> attempts_;
    std::map<TransactionId, Clock::Alarm> patience_;
    std::map<std::string, Series> registrations_;       // by registrar
};

}  // namespace sipdex::simulator
