// A home server is the registrar of a domain and the proxy that calls for its people come to: it looks up where they
// registered and passes requests on (RFC 3261 16.5, RFC 3327 5.4, RFC 5626 7).
//
// Whoever has not registered gets 480, whoever is no user 404. A text message may be kept until its receiver
// registers (RFC 3428 7).
#pragma once
#include <map>
#include <string>
#include <vector>

#include "simulator/engine/errands.h"
#include "simulator/servers/flow_targets.h"
#include "simulator/servers/forwarder.h"
#include "simulator/servers/registrar.h"

namespace sipdex::simulator {

class HomeServer : public Registrar {
public:
    static void check(source::Table& options);

    HomeServer(Stage& stage, std::size_t actor);

    void on_request(TransactionId server, const sip::Message& request) override;
    void on_ack(const sip::Message& ack) override;
    void on_response(TransactionId client, const sip::Message& response) override;
    void on_timeout(TransactionId client, const sip::Message& request) override;
    void on_end(TransactionId id) override;

protected:
    void on_registered(const std::string& address_of_record) override;

private:
    struct Role {
        std::string domain;
        std::vector<std::string> users;  // who has an account: "bob"
        bool stores_messages = false;
    };
    static Role read_role(source::Table& options);

    std::vector<Flow> flows_to(const std::string& address_of_record, const sip::Message& request) const;
    void deliver(TransactionId server, const sip::Message& received, sip::Message request);
    void forward(TransactionId server, const sip::Message& received, std::vector<Flow> flows);
    void nobody_there(TransactionId server, const sip::Message& request, const std::string& address_of_record);
    void drop_gone(const std::string& address_of_record, const Flow& gone);

    const Role role_;
    Forwarder forwarder_;
    Errands errands_;
    std::map<std::string, std::vector<sip::Message>> stored_;  // messages, by address of record
};

}  // namespace sipdex::simulator
