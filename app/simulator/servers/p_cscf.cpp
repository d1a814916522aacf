#include "simulator/servers/p_cscf.h"

#include <algorithm>

namespace sipdex::simulator {

namespace {

// The number that a Request-URI dials: "112" of sip:112@example.com;user=phone and of tel:112.
std::string dialled(const sip::Message& request) {
    const auto uri = sip::parse_uri(request.request_uri);
    if (!uri) return "";
    return uri->is_sip() ? uri->user : uri->opaque.substr(0, uri->opaque.find(';'));
}

const char* const alternative =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
    "<ims-3gpp version=\"1\">\r\n"
    "  <alternative-service>\r\n"
    "    <type>emergency</type>\r\n"
    "    <reason>Emergency number: place an emergency call</reason>\r\n"
    "    <action>emergency-registration</action>\r\n"
    "  </alternative-service>\r\n"
    "</ims-3gpp>\r\n";

}  // namespace

std::vector<std::string> PCscf::read_numbers(source::Table& options) { return options.texts("emergency_numbers"); }

void PCscf::check(source::Table& options) {
    Proxy::check(options);
    read_numbers(options);
}

PCscf::PCscf(Stage& stage, std::size_t actor)
    : Proxy(stage, actor), emergency_numbers_(options_of(stage, actor, read_numbers)) {}

std::optional<sip::Message> PCscf::judge(const sip::Message& request) {
    const std::string number = dialled(request);
    if (request.method != "INVITE" ||
        std::find(emergency_numbers_.begin(), emergency_numbers_.end(), number) == emergency_numbers_.end())
        return std::nullopt;
    stage_.decided(actor_, "emergency-number-noticed", {number}, "RFC 3261 §21.3.5");
    sip::Message response = response_to(request, 380);
    response.add("Content-Type", "application/3gpp-ims+xml");
    response.body = alternative;
    return response;
}

}  // namespace sipdex::simulator
