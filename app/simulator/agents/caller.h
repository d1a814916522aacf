// A caller places calls, registers, sends messages, and changes the calls it is in: a user agent client with somebody
// in front of it (RFC 3261 8.1, 10.2, 13.2, 14.1, 15.1).
//
// What it is told to do stands in caller_plans.h, what becomes of each request in attempt.h and change.h.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "simulator/agents/caller_plans.h"
#include "simulator/agents/in_call.h"
#include "simulator/agents/registration_series.h"

namespace sipdex::simulator {

class Caller : public InCall {
public:
    static bool check_action(const std::string& does, source::Table& options) {
        return check_caller_action(does, options);
    }

    Caller(Stage& stage, std::size_t actor) : InCall(stage, actor) {}

    void act(const ActionPlan& action) override;

protected:
    class Attempt;
    class Change;
    using AttemptPtr = std::shared_ptr<Attempt>;

    void on_refer(TransactionId server, const sip::Message& refer, Call& call) override;
    void on_notify(const sip::Message& notify, Call& call) override;
    void refresh(const sip::DialogId& id) override;

    void call(const CallPlan& plan);
    sip::Message new_invite(const CallPlan& plan);  // without a body
    void enroll(const RegisterPlan& plan);
    void send_alone(const std::string& method, const RequestPlan& plan);
    sip::Message new_request(const std::string& method, const RequestPlan& plan, const std::string& to) const;

    // Within a call.
    void send_within(const std::string& method, const RequestPlan& plan);
    void change(const ChangePlan& plan, const sip::DialogId& id);
    void move(const Address& address);

    // Preconditions (caller_preconditions.cpp).
    void begin_reservation(const sip::Message& invite, const sip::Message& response, const sip::DialogId& id);
    void tell_reservation(const sip::DialogId& id);

    // Transfer (transfer.cpp).
    void refer(const std::string& refer_to, const RequestPlan& plan);
    void notify(const sip::DialogId& id, int status, const std::string& phrase);

private:
    std::map<std::string, RegistrationSeries> registrations_;  // by registrar
};

}  // namespace sipdex::simulator
