#include "simulator/engine/doorkeeper.h"

#include <algorithm>

#include "sip/digest.h"
#include "sip/token.h"

namespace sipdex::simulator {

Doorkeeper::Plan Doorkeeper::read_plan(source::Table& options) {
    Plan plan;
    plan.realm = options.text_or("realm", "");
    if (auto accounts = options.table("accounts"))
        for (const std::string& user : accounts->keys()) plan.accounts[user] = accounts->text(user);
    plan.algorithms = options.texts("algorithms");
    for (const std::string& algorithm : plan.algorithms)
        if (!sip::is_known_algorithm(algorithm))
            options.problem("algorithms", "unknown digest algorithm '" + algorithm + "'");
    if (plan.algorithms.empty()) plan.algorithms = {"MD5"};
    if (!plan.realm.empty() && plan.accounts.empty()) options.problem("realm", "a realm needs 'accounts'");
    return plan;
}

std::optional<std::string> Doorkeeper::admitted(const sip::Message& request) {
    for (const std::string_view value : request.headers(field())) {
        const auto credentials = sip::parse_credentials(value);
        if (!credentials || credentials->realm != plan_.realm || !nonces_.contains(credentials->nonce)) continue;
        // RFC 3261 22.4, item 6: a request that was forwarded on its way has another URI than its credentials.
        const auto account = plan_.accounts.find(credentials->username);
        if ((!proxy_ && credentials->uri != request.request_uri) || account == plan_.accounts.end()) continue;
        if (sip::verifies(*credentials, account->second, request.method, request.body)) return credentials->username;
    }
    return std::nullopt;
}

void Doorkeeper::challenge(sip::Message& response, Identifiers& identifiers) {
    for (const std::string& algorithm : plan_.algorithms) {
        sip::Challenge challenge;
        challenge.realm = plan_.realm;
        challenge.nonce = identifiers.nonce();
        challenge.algorithm = algorithm;
        challenge.qop = {"auth"};
        nonces_.insert(challenge.nonce);
        response.add(proxy_ ? "Proxy-Authenticate" : "WWW-Authenticate", sip::to_text(challenge));
    }
}

void Doorkeeper::consume(sip::Message& request) const {
    std::erase_if(request.fields, [&](const sip::HeaderField& header) {
        if (!sip::same_token(header.name(), field())) return false;
        const auto credentials = sip::parse_credentials(header.value());
        return credentials && credentials->realm == plan_.realm;
    });
}

}  // namespace sipdex::simulator
