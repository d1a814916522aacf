// A proxy of the called side that checks who signed a call: the verification service of RFC 8224 6.2.
//
//     requires_identity = true
//     trusts = ["Example STI CA"]
//     certificates = [{ url = "https://cert.example.net/shaken.pem", key = "example.net", issuer = "Example STI CA" }]
//
// `certificates` stands for what HTTPS would bring: a URL that is not listed cannot be fetched.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulator/servers/proxy.h"
#include "sip/passport.h"

namespace sipdex::simulator {

class VerificationService : public Proxy {
public:
    static void check(source::Table& options);

    VerificationService(Stage& stage, std::size_t actor);

protected:
    std::optional<sip::Message> judge(const sip::Message& request) override;
    void annotate(const sip::Message& request, sip::Message& response) override;

private:
    struct Certificate {
        std::string url;
        std::string key;  // names the test key whose public half it holds
        std::string issuer;
    };
    struct Plan {
        bool requires_identity = false;  // a call without a signature is refused with 428
        bool lets_pass = false;          // a bad signature is reported in Reason instead (RFC 9410)
        Time freshness = std::chrono::seconds(60);
        std::vector<std::string> trusts;  // certification authorities
        std::vector<Certificate> certificates;
    };
    static Plan read_plan(source::Table& options);

    struct Finding {
        int status = 0;      // 0: the identity is proven
        std::string phrase;  // where it says more than the registered one
        std::string decision;
        std::vector<std::string> details;
        std::string rule;
    };
    Finding verify(const sip::Message& request) const;
    Finding verify(const sip::Message& request, const sip::Identity& identity) const;
    Finding compare(const sip::Message& request, const sip::Passport& passport) const;
    bool is_fresh(std::int64_t when) const;

    const Plan verifies_;
    std::map<std::string, std::string> reports_;  // by Call-ID: a Reason that waits for a response
};

}  // namespace sipdex::simulator
