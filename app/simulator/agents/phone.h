// A phone is called and answers as the exchange prescribes: a user agent server (RFC 3261 8.2, 9.2, 13.3).
// It can do what a caller can, too: place calls and register.
//
// What it is able to do decides before that script does: a request that its screening refuses, or a call that finds
// all lines taken, never gets so far.
#pragma once
#include <map>
#include <set>
#include <vector>

#include "simulator/agents/caller.h"
#include "simulator/plan/answer.h"

namespace sipdex::simulator {

class Phone : public Caller {
public:
    static void check(source::Table& options);

    Phone(Stage& stage, std::size_t actor);

    void receive(const sip::Message& message, std::size_t from) override;
    void on_end(TransactionId id) override;

protected:
    void on_invitation(TransactionId server, const sip::Message& invite) override;
    void on_cancel(TransactionId server, const sip::Message& cancel) override;
    void on_prack(TransactionId server, const sip::Message& prack, Call& call) override;
    void forget(const sip::DialogId& id) override;
    void on_change(Call& call) override;
    virtual void follow_script(TransactionId server);  // the call has a line, and nothing that it demands is missing
    void give(TransactionId server, const Answer& answer);  // nothing once the request is answered

private:
    struct Script {
        std::vector<Answer> answers;     // in the order of the file
        Time hang_up_after{};            // since it answered; 0: the caller hangs up
        std::size_t lines = 0;           // calls at once; 0: any number
        bool queues = false;             // calls wait for a line (182) instead of being told that it is busy
        Time news_every{};               // how often those who wait hear of it
        Time restarts_at{};              // loses power and with it all calls; 0: never
        Time restart_takes{};            // hears nothing meanwhile
        bool reservation_fails = false;  // what a precondition demands cannot be had here, as turns out in time
    };
    static Script read_script(source::Table& options);

    // A provisional response that waits for its PRACK (RFC 3262 3).
    struct Reliable {
        std::uint32_t rseq = 0;
        sip::Message response;   // the latest one
        bool described = false;  // one of them carried the session description
        bool offers = false;     // the latest one carries an offer, which the PRACK answers (RFC 3262 5)
        bool waiting = false;
        Time interval{};
        Time waited{};
        Clock::Alarm alarm = 0;
        std::vector<Answer> held;  // what must not be sent before
    };

    void serve(TransactionId server);

    // Preconditions (phone_preconditions.cpp): the call waits until all that it demands is reserved.
    bool must_wait(const sip::Message& invite) const;
    void suspend(TransactionId server);
    void end_reservation(TransactionId server);
    void resume_when_met(TransactionId server);
    void fail_precondition(TransactionId server, const StatusTable& unmet);
    Call* early_call(TransactionId server);

    void queue(TransactionId server);
    bool stop(std::map<TransactionId, Clock::Alarm>& alarms, TransactionId id);  // false: there was none
    void tell_place(TransactionId server);
    void next_in_queue();
    void give_success(TransactionId server, const sip::Message& invite, sip::Message response);
    void ring_on(TransactionId server, const Answer& answer);
    void give_reliably(TransactionId server, const sip::Message& invite, sip::Message response, const Call& described);
    void repeat_reliable(TransactionId server);
    void restart();

    static constexpr Time rings_at_most = std::chrono::minutes(4);

    const Script script_;
    std::map<TransactionId, Clock::Alarm>
        ringing_;                       // calls that have a line, with the alarm of those without an answer in sight
    std::vector<TransactionId> queue_;  // calls that have none
    std::map<TransactionId, Time> queued_at_;
    std::map<TransactionId, Reliable> reliable_;
    std::map<TransactionId, Clock::Alarm> rings_on_;  // until the latest provisional response is repeated
    std::set<TransactionId> suspended_;               // wait for what is to be reserved
    unsigned life_ = 0;                               // since the last restart
    Time deaf_until_{};
};

}  // namespace sipdex::simulator
