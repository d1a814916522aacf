#include "simulator/servers/authentication_service.h"

#include <algorithm>

#include "simulator/session/date.h"
#include "sip/name_addr.h"
#include "sip/passport.h"

namespace sipdex::simulator {

namespace {

// A UUID of version 4 from 32 hexadecimal digits (RFC 4122 4.4).
std::string uuid_from(std::string digits) {
    digits[12] = '4';
    digits[16] = '8';
    for (const std::size_t at : {20u, 16u, 12u, 8u}) digits.insert(at, "-");
    return digits;
}

}  // namespace

AuthenticationService::Plan AuthenticationService::read_plan(source::Table& options) {
    Plan plan;
    auto fields = options.table("signs");
    if (!fields) {
        options.problem("signs", "an authentication service needs 'signs' with its key and info");
        return plan;
    }
    plan.key = fields->text("key");
    plan.info = fields->text("info");
    plan.numbers = fields->texts("numbers");
    plan.knows_customers = fields->flag_or("knows_customers", true);
    plan.clock_behind = fields->duration_or("clock_behind", Time{});
    fields->done();
    return plan;
}

void AuthenticationService::check(source::Table& options) {
    Proxy::check(options);
    read_plan(options);
}

AuthenticationService::AuthenticationService(Stage& stage, std::size_t actor)
    : Proxy(stage, actor),
      signs_(options_of(stage, actor, read_plan)),
      origin_id_(uuid_from(stage.identifiers.nonce())) {}

// RFC 8588 4: full when the customer has the right to the number, partial when only the customer is known,
// gateway when neither is.
std::string AuthenticationService::attestation_of(const std::string& origin) const {
    const bool own = std::any_of(signs_.numbers.begin(), signs_.numbers.end(), [&](const std::string& number) {
        return sip::canonical_identity(*sip::parse_uri("tel:" + number)) == origin;
    });
    return own ? "A" : signs_.knows_customers ? "B" : "C";
}

// RFC 8224 6.1, by its steps.
void AuthenticationService::prepare(sip::Message& request) {
    const auto from = sip::address_in(request, "From"), to = sip::address_in(request, "To");
    if (request.method != "INVITE" || !from || !to) return;
    const Time now = stage_.clock.now() - signs_.clock_behind;
    sip::Passport passport;
    passport.credential = signs_.info;
    passport.origin = sip::canonical_identity(from->uri);  // 1
    passport.destination = sip::canonical_identity(to->uri);
    passport.attestation = attestation_of(passport.origin);  // 2
    passport.issued_at = unix_time(now);                     // 3
    passport.origin_id = origin_id_;
    if (!request.header("Date")) request.add("Date", date_text(now));
    const std::string token = sip::signed_token(passport, signs_.key);  // 4
    request.add("Identity", sip::to_text(sip::Identity{token, signs_.info, passport.algorithm, passport.extension}));
    stage_.decided(actor_, "signs-identity", {passport.origin, passport.destination, passport.attestation},
                   "RFC 8224 §6.1");
}

}  // namespace sipdex::simulator
