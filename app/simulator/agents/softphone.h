// A softphone is a phone that registers as apps and phones of today do: over several flows (outbound, RFC 5626), with a
// push service (RFC 8599), under a security agreement (RFC 3329). It also sends and takes text messages (RFC 3428).
//
// What the registrar refuses it does without, where the RFC leaves that to the phone: outbound after 439, push after
// 555.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "simulator/agents/phone.h"

namespace sipdex::simulator {

class Softphone : public Phone {
public:
    static void check(source::Table& options);
    static bool check_action(const std::string& does,
                             source::Table& options);  // "register", "message", and those of a phone

    Softphone(Stage& stage, std::size_t actor);

    void act(const ActionPlan& action) override;
    void on_request(TransactionId server, const sip::Message& request) override;

protected:
    bool add_credentials(sip::Message& request, const sip::Message& challenge) override;

private:
    struct Device {
        std::string instance;                 // the URN that stays for life (RFC 5626 4.1)
        std::vector<std::string> algorithms;  // of digests that it knows; empty: all
    };
    static Device read_device(source::Table& options);

    struct Registration {
        std::string registrar;             // "sip:example.com"
        std::string address_of_record;     // whose; empty: its own
        std::vector<std::string> through;  // outbound proxies, each for a flow of its own
        std::size_t flow = 0;              // which of them, from 1
        bool outbound = false;
        bool all = false;  // Contact: *
        bool sec_agree = false;
        std::string push;  // "apns"
        long long expires = 3600;
        std::vector<std::string> headers;
    };
    static Registration read_registration(source::Table& options);

    struct Text {
        std::string to;
        std::string text;
    };
    static Text read_text(source::Table& options);

    void enroll(const Registration& registration);
    void conclude(Registration registration, const sip::Message& sent, const sip::Message* response);
    bool agree(const Registration& registration, const sip::Message& sent, const sip::Message& response);
    std::string binding(const Registration& registration) const;

    const Device device_;
    std::map<std::size_t, RegistrationSeries> series_;  // by flow
};

}  // namespace sipdex::simulator
