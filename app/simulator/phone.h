// A phone is called and answers as the exchange prescribes: a user agent server (RFC 3261 8.2, 9.2, 13.3).
// It can do what a caller can, too: place calls and register.
#pragma once
#include <map>
#include <vector>

#include "simulator/answer.h"
#include "simulator/caller.h"

namespace sipdex::simulator {

class Phone : public Caller {
public:
    static void check(Fields& options);

    Phone(Stage& stage, std::size_t actor);

    void on_ack(const sip::Message& ack) override;
    void on_end(TransactionId id) override;

protected:
    void on_invitation(TransactionId server, const sip::Message& invite) override;
    void on_cancel(TransactionId server, const sip::Message& cancel) override;
    void on_dialog_over(const sip::DialogId& id) override;
    void give(TransactionId server, const Answer& answer);      // nothing once the request is answered

private:
    struct Script {
        std::vector<Answer> answers;    // in the order of the file
        Time hang_up_after{};           // since it answered; 0: the caller hangs up
    };
    static Script read_script(Fields& options);

    // A 2xx waits for its ACK (RFC 3261 13.3.1.4).
    struct Unacknowledged {
        TransactionId server = 0;
        sip::Message ok;
        Time interval{};
        Time waited{};
        Clock::Alarm alarm = 0;
    };

    void await_ack(const sip::DialogId& id);

    static constexpr Time rings_at_most = std::chrono::minutes(4);

    const Script script_;
    std::map<TransactionId, Clock::Alarm> ringing_;     // without an answer in sight
    std::map<sip::DialogId, Unacknowledged> unacknowledged_;
};

}  // namespace sipdex::simulator
