// The first server of a mobile network, as far as emergency calls go: a phone that dials an emergency number like any
// other is told to place an emergency call instead (380, RFC 3261 21.3.5).
//
//     emergency_numbers = ["112", "911"]
//
// How the body tells it is practice of the IMS, described by vendors and an expired draft; 3GPP's own text (TS 24.229)
// has not been read for this.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "simulator/servers/proxy.h"

namespace sipdex::simulator {

class PCscf : public Proxy {
public:
    static void check(source::Table& options);

    PCscf(Stage& stage, std::size_t actor);

protected:
    std::optional<sip::Message> judge(const sip::Message& request) override;

private:
    static std::vector<std::string> read_numbers(source::Table& options);

    const std::vector<std::string> emergency_numbers_;
};

}  // namespace sipdex::simulator
