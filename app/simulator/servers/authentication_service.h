// A proxy of the calling side that signs who is calling: the authentication service of RFC 8224 6.1, with the claims of
// SHAKEN (RFC 8588).
//
//     signs = { key = "example.net", info = "https://cert.example.net/shaken.pem", numbers = ["+12125550142"] }
#pragma once
#include <string>
#include <vector>

#include "simulator/servers/proxy.h"

namespace sipdex::simulator {

class AuthenticationService : public Proxy {
public:
    static void check(source::Table& options);

    AuthenticationService(Stage& stage, std::size_t actor);

protected:
    void prepare(sip::Message& request) override;

private:
    struct Plan {
        std::string key;                   // names the test key
        std::string info;                  // where its certificate can be fetched
        std::vector<std::string> numbers;  // assigned to customers: full attestation
        bool knows_customers = true;       // else the call came in from another network: gateway attestation
        Time clock_behind{};               // by which its clock is wrong
    };
    static Plan read_plan(source::Table& options);

    std::string attestation_of(const std::string& origin) const;

    const Plan signs_;
    const std::string origin_id_;
};

}  // namespace sipdex::simulator
