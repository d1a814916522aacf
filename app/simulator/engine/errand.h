// An errand is one request of a party's own, from its first sending to its outcome (RFC 3261 8.1).
//
// How it is sent, and sent again, is the same for all (errands.h). What its sender makes of the answers it says itself.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "simulator/engine/transactions.h"

namespace sipdex::simulator {

class Errand : public std::enable_shared_from_this<Errand> {
public:
    virtual ~Errand() = default;

    sip::Message request;              // as it was last sent
    TransactionId transaction = 0;     // the one that it was last sent in
    std::size_t server = 0;            // and where to
    std::vector<std::size_t> servers;  // not asked yet (RFC 3263 4.3)
    bool over = false;                 // its sender waits for nothing any more

    virtual bool lapsed() const { return over; }     // no failure matters any more
    virtual bool given_up() const { return false; }  // it may fail, but is not sent again

    virtual void sent() {}
    virtual void progress(const sip::Message& /*provisional*/) {}
    virtual void refused(const sip::Message& /*response*/) {}  // whatever is done about it
    virtual void ended() {}                                    // its transaction exists no longer

    // Changes the request as a refusal allows, and says how long to wait before it is sent. Nothing where there is no way.
    virtual std::optional<Time> mend(const sip::Message& /*refusal*/) { return std::nullopt; }
    // A changed request has a higher number (RFC 3261 8.1.3.5).
    virtual void raise_cseq();

    // Each 2xx, or the failure that nothing helped against. Without a response the status stands for what happened: 408
    // when nobody answered, 503 when there was nowhere to send it (RFC 3261 8.1.3.1).
    virtual void done(const sip::Message* response, int status) = 0;
};

using ErrandPtr = std::shared_ptr<Errand>;

}  // namespace sipdex::simulator
