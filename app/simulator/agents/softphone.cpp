#include "simulator/agents/softphone.h"

#include <algorithm>

#include "simulator/plan/header_line.h"
#include "simulator/session/security_agreement.h"
#include "sip/token.h"

namespace sipdex::simulator {

namespace {

// What the push service must know of the app (RFC 8599 10 to 12): team and topic for Apple's, the project for
// Google's, nothing for Web Push.
std::string_view push_parameter(std::string_view service) {
    if (service == "apns") return "ABCDE12345.com.example.phone.voip";
    return service == "fcm" ? "example-phone" : "";
}

}  // namespace

Softphone::Device Softphone::read_device(source::Table& options) {
    Device device{options.text_or("instance", "urn:uuid:00000000-0000-1000-8000-aabbccddeeff"),
                  options.texts("digests")};
    for (const std::string& algorithm : device.algorithms)
        if (!sip::is_known_algorithm(algorithm))
            options.problem("digests", "unknown digest algorithm '" + algorithm + "'");
    return device;
}

Softphone::Registration Softphone::read_registration(source::Table& options) {
    Registration registration;
    registration.registrar = options.text("registrar");
    registration.address_of_record = options.text_or("for", "");
    registration.through = options.texts("through");
    registration.outbound = options.flag_or("outbound", false);
    registration.all = options.flag_or("all", false);
    registration.sec_agree = options.flag_or("sec_agree", false);
    registration.push = options.text_or("push", "");
    registration.expires = options.number_or("expires", registration.expires);
    registration.headers = options.texts("headers");
    check_uri(options, "registrar", registration.registrar);
    check_uri(options, "for", registration.address_of_record);
    for (const std::string& proxy : registration.through) check_uri(options, "through", proxy);
    return registration;
}

Softphone::Text Softphone::read_text(source::Table& options) {
    Text text{options.text("to"), options.text("text")};
    check_uri(options, "to", text.to);
    return text;
}

void Softphone::check(source::Table& options) {
    Phone::check(options);
    read_device(options);
}

bool Softphone::check_action(const std::string& does, source::Table& options) {
    if (does == "register") read_registration(options);
    else if (does == "message") read_text(options);
    else return Phone::check_action(does, options);
    return true;
}

Softphone::Softphone(Stage& stage, std::size_t actor)
    : Phone(stage, actor), device_(options_of(stage, actor, read_device)) {}

void Softphone::act(const ActionPlan& action) {
    if (action.does == "message") {
        const Text text = options_of(action, read_text);
        // RFC 3428 4: no dialog, and therefore no Contact.
        sip::Message message = request_outside(stage_, actor_, "MESSAGE", text.to, from_value(), text.to);
        message.add("Date", stage_.date());
        message.add("Content-Type", "text/plain");
        message.body = text.text;
        return errands_.send(std::move(message), [](const sip::Message&, const sip::Message*) {});
    }
    if (action.does != "register") return Phone::act(action);
    Registration registration = options_of(action, read_registration);
    if (registration.through.empty()) return enroll(registration);
    // RFC 5626 4.2.1: a REGISTER through each outbound proxy, with a Call-ID and a reg-id of its own.
    for (registration.flow = 1; registration.flow <= registration.through.size(); ++registration.flow)
        enroll(registration);
}

std::string Softphone::binding(const Registration& registration) const {
    if (registration.all) return "*";
    sip::NameAddr contact = sip::parse_name_addr(this->contact()).value_or(sip::NameAddr{});
    if (!registration.push.empty()) {
        // RFC 8599 4.1.1, 8.7.
        contact.uri.parameters.set("pn-provider", registration.push);
        if (const std::string_view parameter = push_parameter(registration.push); !parameter.empty())
            contact.uri.parameters.set("pn-param", std::string(parameter));
        contact.uri.parameters.set("pn-prid", "8c1f5a02e6b74d39");
    }
    std::string text = sip::to_text(contact);
    if (registration.outbound)
        text += ";reg-id=" + std::to_string(std::max<std::size_t>(registration.flow, 1)) + ";+sip.instance=\"<" +
                device_.instance + ">\"";
    return text;
}

void Softphone::enroll(const Registration& registration) {
    const std::string& of = registration.address_of_record.empty() ? identity_.uri : registration.address_of_record;
    sip::Message request = request_outside(stage_, actor_, "REGISTER", registration.registrar, from_value(), of);
    series_[registration.flow].number(request);
    if (registration.flow > 0) request.add("Route", "<" + registration.through[registration.flow - 1] + ">");
    request.add("Contact", binding(registration));
    request.add("Expires", std::to_string(registration.expires));
    const std::string supported = std::string(registration.flow > 0 || registration.outbound ? ", path" : "") +
                                  (registration.outbound ? ", outbound" : "") +
                                  (registration.sec_agree ? ", sec-agree" : "");
    if (!supported.empty()) request.add("Supported", supported.substr(2));
    if (registration.sec_agree) {
        // RFC 3329 2.3.1.
        request.add("Security-Client", "digest");
        request.add("Require", "sec-agree");
        request.add("Proxy-Require", "sec-agree");
    }
    repeat_credentials(request);
    for (const std::string& line : registration.headers) add_field(request, line);
    errands_.send(std::move(request), [this, registration](const sip::Message& sent, const sip::Message* response) {
        conclude(registration, sent, response);
    });
}

void Softphone::conclude(Registration registration, const sip::Message& sent, const sip::Message* response) {
    series_[registration.flow].keep_up_with(sent);
    if (!response) return;
    const int status = response->status;
    if ((status == 494 || status == 421) && registration.sec_agree) {
        agree(registration, sent, *response);
    } else if (status == 439 && registration.outbound) {
        stage_.decided(actor_, "registers-without-outbound", {}, "RFC 5626 §4.2.1");
        registration.outbound = false;
        enroll(registration);
    } else if (status == 555 && !registration.push.empty()) {
        stage_.decided(actor_, "registers-without-push", {registration.push}, "RFC 8599 §4.1.1");
        registration.push.clear();
        enroll(registration);
    }
}

// RFC 3329 2.3.1: it begins the best mechanism that both know, and repeats the list that it was given.
bool Softphone::agree(const Registration& registration, const sip::Message& sent, const sip::Message& response) {
    sip::Message request = sent;
    if (sent.header("Security-Verify") || chosen_mechanism(response).empty() || !add_credentials(request, response))
        return false;
    const auto credentials = sip::parse_credentials(request.header("Proxy-Authorization").value_or(""));
    if (!credentials) return false;
    const std::string list = security_list(response, "Security-Server");
    stage_.decided(actor_, "chooses-mechanism", {chosen_mechanism(response)}, "RFC 3329 §2.3.1");
    request.remove_all("Security-Client");
    request.add("Security-Verify",
                security_verify(list, digest_verify(*credentials, identity_.account.password, request.method, list)));
    raise_cseq(request);
    request.remove_all("Via");
    errands_.send(std::move(request), [this, registration](const sip::Message& again, const sip::Message* outcome) {
        conclude(registration, again, outcome);
    });
    return true;
}

// It answers the first challenge whose algorithm it knows, and overlooks the others (RFC 8760 2.4).
bool Softphone::add_credentials(sip::Message& request, const sip::Message& challenge) {
    sip::Message understood = challenge;
    std::erase_if(understood.fields, [&](const sip::HeaderField& field) {
        const auto asked =
            sip::same_token(field.name(), "WWW-Authenticate") ? sip::parse_challenge(field.value()) : std::nullopt;
        if (!asked || device_.algorithms.empty()) return false;
        const std::string algorithm = asked->algorithm.empty() ? "MD5" : asked->algorithm;
        return std::none_of(device_.algorithms.begin(), device_.algorithms.end(),
                            [&](const std::string& known) { return sip::same_token(known, algorithm); });
    });
    return Phone::add_credentials(request, understood);
}

void Softphone::on_request(TransactionId server, const sip::Message& request) {
    if (request.method != "MESSAGE") return Phone::on_request(server, request);
    answer(server, request, 200);  // RFC 3428 7: at once, and without a body
}

}  // namespace sipdex::simulator
