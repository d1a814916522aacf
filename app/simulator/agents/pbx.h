// A private exchange: a back-to-back user agent (RFC 3261 §6). It takes a call itself and places another one to the
// phone; when nobody picks up there, it places one to where the calls of that user are forwarded.
//
//     extension = "sip:bob@198.51.100.21"
//     forwards_to = "sip:+12125550143@gw.example.com", forwards_after = "8s"
//
// Each of these calls is a dialog of its own. What one of them brings goes on to the other: that it rings, that it is
// answered, that somebody hangs up. The media pass through it, so each side gets its description.
#pragma once
#include <map>
#include <string>

#include "simulator/agents/phone.h"

namespace sipdex::simulator {

class Pbx : public Phone {
public:
    static void check(source::Table& options);

    Pbx(Stage& stage, std::size_t actor);

    void on_response(TransactionId client, const sip::Message& response) override;
    void on_end(TransactionId id) override;

protected:
    void on_invitation(TransactionId server, const sip::Message& invite) override;
    void on_cancel(TransactionId server, const sip::Message& cancel) override;
    void forget(const sip::DialogId& id) override;

private:
    struct Plan {
        std::string extension;    // the phone
        std::string forwards_to;  // empty: nowhere
        Time forwards_after{};    // since the call came in
    };
    static Plan read_plan(source::Table& options);

    void place(TransactionId server, const std::string& uri);
    void forward(TransactionId server);
    void outcome(TransactionId server, const AttemptPtr& attempt, const sip::Message& response);
    void pass_on(TransactionId server, const sip::Message& response);

    const Plan plan_;
    std::map<TransactionId, AttemptPtr> placed_;         // by the INVITE that came in: the call it has led to
    std::map<sip::DialogId, sip::DialogId> other_side_;  // of calls that are connected, in both directions
};

}  // namespace sipdex::simulator
