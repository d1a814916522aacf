// An attempt is one request of a caller's: outside of dialogs here, within a call in change.h.
//
// It follows redirections by the choice that the exchange prescribes, tries again where a rule says how (remedies.h),
// acknowledges and cancels (RFC 3261 8.1.3.4, 9.1, 13.2).
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "simulator/agents/caller.h"
#include "simulator/agents/remedies.h"
#include "simulator/engine/errand.h"
#include "sip/contact.h"

namespace sipdex::simulator {

class Caller::Attempt : public Errand {
public:
    // Keeps a reference.
    explicit Attempt(Caller& caller, CallPlan how = {}) : plan(std::move(how)), caller_(caller) {}

    CallPlan plan;
    Means means;
    std::optional<Media> answers_with;     // its INVITE has no offer; what it is able to answer
    RegistrationSeries* series = nullptr;  // that a REGISTER belongs to

    void cancel();  // as soon as somebody has answered at all

    // A higher number than any that it has used under its Call-ID, in whichever dialog (RFC 3578 3.2).
    std::uint32_t next_cseq() const;

    bool given_up() const override { return cancel_ != Cancel::no; }
    void sent() override;
    void progress(const sip::Message& provisional) override;
    void refused(const sip::Message& response) override;
    void ended() override;
    std::optional<Time> mend(const sip::Message& refusal) override;
    void raise_cseq() override;
    void done(const sip::Message* response, int status) override;

protected:
    void heard();  // something provisional

    // Acknowledges a 2xx, with an answer where it has brought an offer. False where there is no session.
    bool acknowledge(const sip::Message& ok, Call& call);
    // The same ACK again; false where none has been sent (RFC 3261 13.2.2.4).
    bool acknowledge_again(const std::string& tag);

    void decided(std::string id, std::vector<std::string> details, std::string rule);

    Caller& caller_;

private:
    void acknowledge_reliable(const sip::Message& response);
    bool answer_offer(const sip::Message& response, sip::Message& with, Call& call);
    void accepted(const sip::Message& response);
    void redirected(const sip::Message& response);
    void try_target();
    void call_openly();

    static constexpr Time patience = std::chrono::minutes(5);

    std::vector<sip::Contact> targets_;  // Contacts not tried yet
    std::set<std::string> tried_;        // every URI that was called or listed
    bool use_proxy_ = false;             // they name a proxy to go through (RFC 3261 21.3.4)
    bool provisional_ = false;
    bool answered_ = false;
    enum class Cancel { no, wanted, sent } cancel_ = Cancel::no;
    Clock::Alarm patience_ = 0;
    std::map<std::string, sip::Message> acks_;    // by the tag of who answered
    std::map<std::string, std::uint32_t> rseqs_;  // the last one acknowledged, by the same
    std::set<std::string> answered_offers_;       // by the same: the offer of a reliable response
};

}  // namespace sipdex::simulator
