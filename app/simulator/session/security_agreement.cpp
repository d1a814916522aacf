#include "simulator/session/security_agreement.h"

#include <cstdlib>

#include "sip/parameters.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::simulator {

namespace {

std::string name_of(std::string_view mechanism) {
    return sip::lowered(sip::trimmed(mechanism.substr(0, mechanism.find(';'))));
}

sip::Parameters parameters_of(std::string_view mechanism) {
    const auto semicolon = mechanism.find(';');
    return semicolon == std::string_view::npos ? sip::Parameters{} : sip::parse_parameters(mechanism.substr(semicolon));
}

std::string joined(std::string list, std::string_view item) {
    if (!list.empty()) list += ", ";
    return list += item;
}

}  // namespace

std::string chosen_mechanism(const sip::Message& response) {
    std::string best;
    double highest = -1;
    for (const std::string_view mechanism : sip::values_of(response, "Security-Server")) {
        const double q = std::strtod(parameters_of(mechanism).value("q").value_or("0").c_str(), nullptr);
        if (name_of(mechanism) != "digest" || q <= highest) continue;
        best = name_of(mechanism);
        highest = q;
    }
    return best;
}

std::string security_list(const sip::Message& message, const char* field) {
    std::string list;
    for (const std::string_view mechanism : sip::values_of(message, field)) list = joined(std::move(list), mechanism);
    return list;
}

std::string digest_verify(const sip::Credentials& credentials, const std::string& password, const std::string& method,
                          const std::string& security_server) {
    const std::string& algorithm = credentials.algorithm;
    const auto h = [&](const std::string& text) { return sip::hashed(algorithm, text).value_or(""); };
    const std::string a1 = credentials.username + ":" + credentials.realm + ":" + password;
    const std::string a2 = method + ":" + credentials.uri + ":" + security_server;
    const std::string quality =
        credentials.qop.empty() ? "" : credentials.nc + ":" + credentials.cnonce + ":" + credentials.qop + ":";
    return h(h(a1) + ":" + credentials.nonce + ":" + quality + h(a2));
}

std::string security_verify(const std::string& security_server, const std::string& digest) {
    std::string list;
    for (const std::string_view mechanism : sip::values_of(security_server)) {
        list = joined(std::move(list), mechanism);
        if (name_of(mechanism) == "digest") list += ";d-ver=\"" + digest + "\"";
    }
    return list;
}

bool verifies_security(const sip::Message& request, const std::string& security_server,
                       const sip::Credentials& credentials, const std::string& password) {
    const std::string digest = digest_verify(credentials, password, request.method, security_server);
    return security_list(request, "Security-Verify") == security_verify(security_server, digest);
}

void remove_option(sip::Message& message, const char* field, const char* option) {
    std::string rest;
    for (const std::string_view value : sip::values_of(message, field))
        if (!sip::same_token(value, option)) rest = joined(std::move(rest), value);
    message.remove_all(field);
    if (!rest.empty()) message.add(field, rest);
}

}  // namespace sipdex::simulator
