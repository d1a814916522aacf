// A stand-in takes the place of a proxy, a registrar or any other server that would answer by its own rules, and
// answers every request as it is told: what if the proxy said 503?
#pragma once
#include <vector>

#include "simulator/engine/party.h"
#include "simulator/plan/answer.h"

namespace sipdex::simulator {

class StandIn : public Party {
public:
    static void check(source::Table& options);

    StandIn(Stage& stage, std::size_t actor);

    void receive(const sip::Message& message, std::size_t from) override;
    void on_request(TransactionId server, const sip::Message& request) override;

private:
    void give(TransactionId server, const Answer& answer);

    const std::vector<Answer> answers_;
};

}  // namespace sipdex::simulator
