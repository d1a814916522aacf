// A gateway between SIP and the telephone network. What happens on the ISUP side is scripted; what SIP hears of it
// follows from the tables of RFC 3398.
//
//     isup = [{ after = "700ms", event = "alerting" }, { after = "4s", event = "release", cause = 17, location = "LN" }]
#pragma once
#include <string>
#include <vector>

#include "simulator/phone.h"

namespace sipdex::simulator {

class Gateway : public Phone {
public:
    static void check(Fields& options);

    Gateway(Stage& stage, std::size_t actor);

    void on_response(TransactionId client, const sip::Message& response) override;

protected:
    void on_invitation(TransactionId server, const sip::Message& invite) override;

private:
    struct Event {
        Time after{};               // since the INVITE arrived
        std::string name;           // "progress", "alerting", "answer", "release"
        int cause = 0;              // of a release (Q.850)
        std::string location;       // who gave it, as RFC 8606 writes it: "U" user, "LN" local network of the called side
        std::string new_number;     // the diagnostic of cause 22
        long long retry_after = 0;  // seconds
    };
    struct Plan {
        std::vector<Event> events;
        std::string only_through;   // "sip:proxy.example.com;lr": calls that come another way are sent there
    };
    static Plan read_plan(Fields& options);

    bool came_through_proxy(const sip::Message& invite) const;
    Answer answer_to(const Event& event, const sip::Message& invite);
    Answer released(const Event& event, const sip::Message& invite);

    const Plan isup_;
};

}  // namespace sipdex::simulator
