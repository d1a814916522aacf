// A gateway between SIP and the telephone network. What happens on the ISUP side is scripted; what SIP hears of it
// follows from the tables of RFC 3398.
//
//     isup = [{ after = "700ms", event = "alerting" }, { after = "4s", event = "release", cause = 17, location = "LN" }]
//
// It also brings calls of the telephone network into SIP whose number is still being dialled (RFC 3578): an IAM with the
// first digits, then SAMs with the others.
//
//     does = "dial", to = "sip:+12125550@example.com;user=phone", digits = [{ after = "700ms", digits = "1" }], least = 8
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "simulator/agents/phone.h"

namespace sipdex::simulator {

class Gateway : public Phone {
public:
    static void check(source::Table& options);
    static bool check_action(const std::string& does, source::Table& options);

    Gateway(Stage& stage, std::size_t actor);

    void act(const ActionPlan& action) override;
    void on_response(TransactionId client, const sip::Message& response) override;

protected:
    void on_invitation(TransactionId server, const sip::Message& invite) override;
    void follow_script(TransactionId server) override;

private:
    struct Event {
        Time after{};            // since the call went into the telephone network
        std::string name;        // "progress", "alerting", "answer", "release"
        int cause = 0;           // of a release (Q.850)
        std::string location;    // who gave it, as RFC 8606 writes it: "U" user, "LN" local network of the called side
        std::string new_number;  // the diagnostic of cause 22
        long long retry_after = 0;  // seconds
    };
    struct Plan {
        std::vector<Event> events;
        std::string only_through;  // "sip:proxy.example.com;lr": calls that come another way are sent there
    };
    static Plan read_plan(source::Table& options);

    bool came_through_proxy(const sip::Message& invite) const;
    Answer answer_to(const Event& event, const sip::Message& invite);
    Answer released(const Event& event, const sip::Message& invite);
    void take_as_subsequent(TransactionId server, const sip::Message& invite);

    // A call from the telephone network, dialled digit by digit (gateway_overlap.cpp).
    struct Digits {
        Time after{};        // since the IAM
        std::string digits;  // of one SAM; "#" at their end: that was all
    };
    struct DialPlan {
        RequestPlan request;  // its URI has the digits of the IAM
        std::vector<Digits> digits;
        std::size_t least = 0;  // so many digits a number has at least
        bool en_bloc = false;   // waits for the whole number and sends one INVITE (RFC 3578 §2)
        Time t10{}, t35{};      // waits so long for the next digit, and for the least number of digits
        Time hang_up_after{};   // since the answer; 0: the other side hangs up
    };
    static DialPlan read_dialling(source::Table& options);

    struct Dialling {
        DialPlan plan;
        sip::Uri number;         // with all digits so far
        Clock::Alarm timer = 0;  // T10, or T35 before that
        bool complete = false;   // no further digits are taken
        bool answered = false;
        std::vector<AttemptPtr> attempts;  // one INVITE each, the shortest number first
        std::vector<sip::Message> failures;
    };
    using DiallingPtr = std::shared_ptr<Dialling>;

    void dial(const DialPlan& plan);
    void take_digits(const DiallingPtr& call, const Digits& more);
    void wait_for_digits(const DiallingPtr& call);
    void digits_are_over(const DiallingPtr& call);
    void invite_with_digits(const DiallingPtr& call);
    std::uint32_t next_cseq(const Dialling& call);
    void overlap_told(const DiallingPtr& call, const sip::Message& response);
    void release_when_all_failed(Dialling& call);

    const Plan isup_;
    std::map<std::string, TransactionId> invited_;  // the latest INVITE of a call from SIP, by Call-ID and From tag
    std::map<std::string, DiallingPtr> overlaps_;   // by Call-ID
};

}  // namespace sipdex::simulator
