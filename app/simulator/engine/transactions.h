// The transactions of one party: the tables of sip/transaction.h, run with timers on the virtual clock.
//
// Messages from the network go in by `receive`; each finds its transaction or begins one. What concerns
// the party comes out at its `TransactionUser`. Every state entered and every timer goes into the recording.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "simulator/engine/stage.h"
#include "sip/transaction.h"

namespace sipdex::simulator {

using TransactionId = std::uint64_t;  // 0 is never a transaction

class TransactionUser {
public:
    virtual ~TransactionUser() = default;

    // A request that began a server transaction. Answer with Transactions::respond.
    virtual void on_request(TransactionId server, const sip::Message& request) = 0;
    // An ACK that belongs to no transaction: that of a 2xx.
    virtual void on_ack(const sip::Message& ack) = 0;
    // A response that a client transaction passes up; each 2xx to an INVITE, retransmissions included.
    virtual void on_response(TransactionId client, const sip::Message& response) = 0;
    // Nobody answered the request for 64*T1 (timers B and F).
    virtual void on_timeout(TransactionId client, const sip::Message& request) = 0;
    // Nobody acknowledged the final response for 64*T1 (timer H).
    virtual void on_unacknowledged(TransactionId) {}
    // The transaction exists no longer.
    virtual void on_end(TransactionId) {}
};

class Transactions {
public:
    Transactions(Stage& stage, std::size_t actor, TransactionUser& user);

    // Sends a request, whose top Via is this party's, in a client transaction of its own. Where the connection is
    // refused, the user gets a 503 that never was on the wire (RFC 3261 8.1.3.1).
    TransactionId start(sip::Message request, std::size_t to);

    // Sends a response in a server transaction. Does nothing when that is over.
    void respond(TransactionId server, sip::Message response);

    // Sends a request outside of any transaction: the ACK for a 2xx.
    void send(sip::Message request, std::size_t to, std::string rule);

    void receive(const sip::Message& message, std::size_t from);

    // Ends a transaction that nobody waits for any longer, by the rule of that section. Nothing when it is over.
    void abandon(TransactionId id, std::string_view section = "RFC 3261 §9.1");

    // The INVITE's server transaction that a CANCEL means; 0 when there is none (RFC 3261 9.2).
    TransactionId cancelled_by(const sip::Message& cancel) const;

    // Another ongoing server transaction holds the same request, which came by another way (RFC 3261 8.2.2.2).
    bool is_merged(TransactionId server) const;

    // The request that began a transaction, with the Via parameters added on receipt; null when it is over.
    const sip::Message* request_of(TransactionId id) const;
    sip::State state_of(TransactionId id) const;  // terminated when it is over

private:
    // A message that may have to be sent again, or answered. Once it is sent it stands in the recording, which outlasts
    // all transactions, and need not be kept twice.
    class Kept {
    public:
        Kept() = default;
        explicit Kept(sip::Message message) : own_(std::make_unique<sip::Message>(std::move(message))) {}

        const sip::Message* get() const { return recorded_ ? recorded_ : own_.get(); }  // null: there is none
        const sip::Message& operator*() const { return *get(); }
        sip::Message to_send() {  // which is the end of its own, if it had any
            if (recorded_) return *recorded_;
            return std::move(*own_);
        }
        void was_sent_as(const sip::Message& recorded) { recorded_ = &recorded, own_.reset(); }

    private:
        std::unique_ptr<sip::Message> own_;
        const sip::Message* recorded_ = nullptr;
    };

    struct Running {
        sip::Machine machine{};
        std::string transport;  // of all its messages
        sip::State state = sip::State::none;
        std::string key;
        std::string branch;  // as recorded with its states
        std::string origin;  // of a request received: who sent it first, and as which of theirs
        std::size_t peer = 0;
        Kept request;
        Kept response;  // the latest one sent
        Kept ack;
        struct RunningTimer {
            sip::Timer timer{};
            Clock::Alarm alarm = 0;
            Time lasts{};
        };
        std::vector<RunningTimer> timers;                                // in the order of their letters
        std::vector<RunningTimer>::iterator place_of(sip::Timer timer);  // where it is, or would be
        bool runs(sip::Timer timer);
        Clock::Alarm trying = 0;
    };

    TransactionId create(sip::Machine machine, std::string key, std::size_t peer, sip::Message request,
                         std::string branch, std::string transport);
    std::string transport_for(const sip::Message& request, std::size_t to) const;
    void transmit(TransactionId id, const Running& running, Kept& message, std::string_view section);
    // Feeds an event into a transaction; `message` is what was received or is to be sent, if anything.
    void feed(TransactionId id, sip::Event event, const sip::Message* message);
    void enter(Running& running, sip::State next, std::string_view section);
    void destroy(TransactionId id, std::string_view section);
    void perform(TransactionId id, Running& running, const sip::Row& row, const sip::Action& action,
                 const sip::Message* message);
    void set_timer(TransactionId id, Running& running, const sip::Row& row, const sip::Action& action);
    void stop_timer(Running& running, sip::Timer timer, std::string_view section);
    void receive_request(const sip::Message& received, std::size_t from);
    void receive_response(const sip::Message& response);

    Stage& stage_;
    std::size_t actor_;
    TransactionUser& user_;
    TransactionId last_ = 0;
    std::unordered_map<TransactionId, std::shared_ptr<Running>> running_;
    std::unordered_map<std::string, TransactionId> clients_;
    std::unordered_map<std::string, TransactionId> servers_;
    std::unordered_map<std::string, int> origins_;  // how many server transactions have the same
};

}  // namespace sipdex::simulator
