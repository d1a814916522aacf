// Forwards requests for one element. Each has a response context, and what comes back finds it by its transaction
// (RFC 3261 16.7, step 1).
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "simulator/servers/response_context.h"
#include "sip/name_addr.h"

namespace sipdex::simulator {

class Forwarder {
public:
    explicit Forwarder(Element element) : element_(std::move(element)) {}
    Forwarder(const Forwarder&) = delete;
    Forwarder& operator=(const Forwarder&) = delete;

    // `targets` is not empty; the mark is that of response_context.h.
    void forward(TransactionId server, const sip::Message& request, std::unique_ptr<TargetSet> targets,
                 const std::string& mark = {});

    // An ACK for a 2xx goes its own way along the route, without a context (RFC 3261 16.11, 17.1).
    void pass_ack(sip::Message ack, const std::vector<std::size_t>& servers);

    void answer_cancel(TransactionId server, const sip::Message& cancel);  // RFC 3261 16.10
    bool take(TransactionId client, const sip::Message& response);         // false: of no request that was forwarded
    bool time_out(TransactionId client);
    void on_end(TransactionId id) { contexts_.erase(id); }

private:
    std::shared_ptr<ResponseContext> context_of(TransactionId id) const;

    const Element element_;
    ResponseContexts contexts_;
};

// What the checks of RFC 3261 16.3 refuse a request with, or 0; else its limits have been lowered, with what is left of
// the breadth, at most `allowed`.
int check_and_set_limits(sip::Message& request, std::size_t allowed);

// One hop fewer (RFC 3261 16.6, step 3) of one at least, and no more branches than that (RFC 5393 5.3.3).
void lower_limits(sip::Message& request, std::size_t breadth);

// The value on top of Route, taken away if it names that element (RFC 3261 16.4). Loose routing only: whoever sends to
// an element in a dialog learnt of it from its ;lr.
std::optional<sip::NameAddr> take_own_route(const Stage& stage, std::size_t actor, sip::Message& request);

}  // namespace sipdex::simulator
