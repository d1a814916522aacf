// A registrar remembers where people can be reached (RFC 3261 10.3), by which way (Path, RFC 3327) and over which
// flow (outbound, RFC 5626).
#pragma once
#include <map>
#include <string>
#include <vector>

#include "simulator/engine/doorkeeper.h"
#include "simulator/engine/party.h"
#include "sip/contact.h"

namespace sipdex::simulator {

class Registrar : public Party {
public:
    static void check(source::Table& options);

    Registrar(Stage& stage, std::size_t actor);

    void on_request(TransactionId server, const sip::Message& request) override;

protected:
    struct Binding {
        sip::NameAddr contact;  // without `expires`
        std::string call_id;
        std::uint32_t cseq = 0;
        Time until{};
        std::string instance;  // with outbound: who, and over which of its flows; else both are empty
        std::string reg_id;
        std::vector<std::string> path;  // values of Path, in their order
    };

    // Those that have not run out, in the order in which they were made.
    std::vector<Binding> bindings_of(const std::string& address_of_record) const;
    // Takes away one that leads nowhere any more.
    void drop(const std::string& address_of_record, const Binding& binding);
    virtual void on_registered(const std::string&) {}

private:
    struct Plan {
        std::string domain;  // "example.com"
        Doorkeeper::Plan doorkeeper;
        long long shortest = 60;           // seconds; less is refused with 423
        long long usual = 3600;            // where the request asks for nothing
        std::vector<std::string> headers;  // added to the 200, such as Feature-Caps
        bool knows_push = false;           // RFC 8599; else it takes no notice of it
        std::vector<std::string> push;     // the services by which phones can be woken: "fcm"
    };
    static Plan read_plan(source::Table& options);

    // What is new in a REGISTER, before anything is stored (RFC 3261 10.3, step 7: all of it or nothing).
    struct Update {
        std::string address_of_record;
        std::vector<Binding> bindings;
        bool outbound = false;  // RFC 5626 applies
    };

    bool authorized(TransactionId server, const sip::Message& request, const std::string& user);
    bool push_possible(TransactionId server, const sip::Message& request);
    bool path_welcome(TransactionId server, const sip::Message& request);
    bool takes_outbound(TransactionId server, const sip::Message& request, Update& update);
    bool bind(TransactionId server, const sip::Message& request, Update& update);
    bool refuse_interval(TransactionId server, const sip::Message& request);
    void name_push_services(sip::Message& ok, const sip::Message& request) const;
    void confirm(TransactionId server, const sip::Message& request, const Update& update);

    const Plan plan_;
    Doorkeeper doorkeeper_;
    std::map<std::string, std::vector<Binding>> bindings_;  // by address of record
};

// "sip:bob@example.com": without parameters, as bindings and accounts are looked up (RFC 3261 10.3, step 5).
std::string address_of_record(const sip::Uri& uri);

}  // namespace sipdex::simulator
