// What a user agent does when requests reach it within a call: BYE, re-INVITE, UPDATE, INFO and the like, each answered
// by the rules for what is under way at that moment (RFC 3261 12.2.2, 14.2, RFC 3311 5.2), and the session timer (RFC 4028).
#pragma once
#include <map>

#include "simulator/agents/user_agent.h"

namespace sipdex::simulator {

class InCall : public UserAgent {
public:
    // Options of this part: how long its user takes to agree to a change of the session.
    static void check(source::Table& options);

    InCall(Stage& stage, std::size_t actor);

    void on_ack(const sip::Message& ack) override;

protected:
    void on_request_within(TransactionId server, const sip::Message& request, Call& call) override;
    virtual void on_prack(TransactionId server, const sip::Message& prack, Call&) { answer(server, prack, 481); }
    virtual void on_refer(TransactionId server, const sip::Message& refer, Call& call) = 0;
    virtual void on_notify(const sip::Message& notify, Call& call) = 0;
    virtual void on_change(Call&) {}                    // an UPDATE has been agreed to
    virtual void refresh(const sip::DialogId& id) = 0;  // half of the session interval is over

    void forget(const sip::DialogId& id) override;

    // Sends the 2xx to an INVITE and repeats it until it is acknowledged. Where the INVITE had no offer and the 2xx has
    // one, the ACK brings the answer (RFC 3261 13.2.1).
    void accept(TransactionId server, const sip::Message& invite, sip::Message ok, Call& call);
    // The session description that answers the one in the request; an offer where it has none (RFC 3261 13.2.1).
    void describe_answer(sip::Message& response, const sip::Message& request, Call& call);
    // Its offer in a 2xx waits for the answer.
    bool awaits_answer(const sip::DialogId& id) const;
    // Takes the session timer of a 2xx that was sent or received; `asked` by this side or the other.
    void take_timer(Call& call, const sip::Message& ok, bool asked);
    // Remembers the Min-SE of a 422 or of a refresh (RFC 4028 7.4).
    static void hear_min_se(const sip::Message& message, Call& call);
    // Answers a wish for a session timer in the 2xx (RFC 4028 9).
    void answer_timer(sip::Message& ok, const sip::Message& request, Call& call);

private:
    void end(TransactionId server, const sip::Message& bye, const Call& call);
    void change(TransactionId server, const sip::Message& request, Call& call);
    void agree(TransactionId server, const sip::DialogId& id);
    void refuse_for_now(TransactionId server, const sip::Message& request);
    void await_ack(const sip::DialogId& id);
    void watch(Call& call);

    // A 2xx waits for its ACK (RFC 3261 13.3.1.4).
    struct Unacknowledged {
        TransactionId server = 0;
        sip::Message ok;
        bool offers = false;  // the answer comes in the ACK
        Time interval{};
        Time waited{};
        Clock::Alarm alarm = 0;
    };

    const Time agrees_after_;
    std::map<sip::DialogId, Unacknowledged> unacknowledged_;
};

}  // namespace sipdex::simulator
