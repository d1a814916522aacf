// A change is an attempt within a call: to change its session, to refresh it, or to send INFO and the like
// (RFC 3261 12.2, 14.1, RFC 3311 5).
#pragma once
#include "simulator/agents/attempt.h"

namespace sipdex::simulator {

class Caller::Change : public Attempt {
public:
    // A request within the dialog of the call, which may end meanwhile.
    Change(Caller& caller, Call& call, const std::string& method);

    void start();

    bool lapsed() const override;
    void sent() override;
    void progress(const sip::Message&) override { heard(); }
    void refused(const sip::Message& response) override;
    void raise_cseq() override;
    void done(const sip::Message* response, int status) override;

private:
    Call* call() const { return caller_.call_of(within_); }
    bool is_offer() const { return request.method == "INVITE" || request.method == "UPDATE"; }
    void agreed(const sip::Message& response, Call& call);
    void failed(const sip::Message& response, Call& call);
    void wait_and_repeat(Time wait);

    const sip::DialogId within_;
    bool waited_ = false;  // for a Retry-After or after a 491
};

}  // namespace sipdex::simulator
