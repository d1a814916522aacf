// A registrar remembers where people can be reached (RFC 3261 10.3).
#pragma once
#include <map>
#include <string>
#include <vector>

#include "simulator/doorkeeper.h"
#include "simulator/party.h"

namespace sipdex::simulator {

class Registrar : public Party {
public:
    static void check(Fields& options);

    Registrar(Stage& stage, std::size_t actor);

    void on_request(TransactionId server, const sip::Message& request) override;

private:
    struct Plan {
        std::string domain;                 // "example.com"
        Doorkeeper::Plan doorkeeper;
        long long shortest = 60;            // seconds; less is refused with 423
        long long usual = 3600;             // where the request asks for nothing
        std::vector<std::string> headers;   // added to the 200, such as Feature-Caps
    };
    static Plan read_plan(Fields& options);

    struct Binding {
        std::string contact;                // the URI
        std::string call_id;
        std::uint32_t cseq = 0;
        Time until{};
    };

    void bind(TransactionId server, const sip::Message& request, const std::string& address_of_record);
    void confirm(TransactionId server, const sip::Message& request, const std::string& address_of_record);

    const Plan plan_;
    Doorkeeper doorkeeper_;
    std::map<std::string, std::vector<Binding>> bindings_;      // by address of record
};

}  // namespace sipdex::simulator
