#include "simulator/servers/alg.h"

#include <algorithm>
#include <sstream>

#include "simulator/session/body.h"

namespace sipdex::simulator {

namespace {

// RFC 4566 5.7: what stands behind "c=" for an address.
std::string connection_of(const std::string& host) {
    return host.front() == '[' ? "IN IP6 " + host.substr(1, host.size() - 2) : "IN IP4 " + host;
}

}  // namespace

int Alg::read_media_port(source::Table& options) { return static_cast<int>(options.number_or("media_port", 2000)); }

void Alg::check(source::Table& options) {
    Proxy::check(options);
    if (options.has("record_route"))
        options.problem("record_route", "an ALG stays in the way in any case; leave this out");
    read_media_port(options);
}

Alg::Alg(Stage& stage, std::size_t actor)
    : Proxy(stage, actor), next_port_(options_of(stage, actor, read_media_port)) {}

void Alg::on_request(TransactionId server, const sip::Message& request) { Proxy::on_request(server, bridged(request)); }

void Alg::on_ack(const sip::Message& ack) { Proxy::on_ack(bridged(ack)); }

void Alg::prepare(sip::Message& request) {
    if (request.method == "INVITE") request.put_first("Record-Route", "<sip:" + name() + ";lr>");
}

// What a refusal says of media is not about a stream to come.
void Alg::annotate(const sip::Message&, sip::Message& response) {
    if (response.status < 300) response = bridged(response);
}

sip::Message Alg::bridged(sip::Message message) {
    const std::string description = description_in(message);
    if (description.empty()) return message;
    message.body.replace(message.body.find(description), description.size(),
                         bridged(description, std::string(message.header("Call-ID").value_or(""))));
    return message;
}

// One stream is what these parties describe; its "c=" stands above it (RFC 4566 5.7).
std::string Alg::bridged(const std::string& description, const std::string& call_id) {
    std::string host, rewritten;
    std::istringstream lines(description);
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        std::istringstream words(line.substr(std::min<std::size_t>(2, line.size())));
        std::string first, second, third;
        words >> first >> second >> third;
        if (line.starts_with("c=")) {
            host = third.find(':') == std::string::npos ? third : '[' + third + ']';
            line = "c=" + connection_of(plan().address.host);
        } else if (line.starts_with("m=") && second != "0") {
            line.replace(line.find(second), second.size(), std::to_string(port_for(call_id, host, second)));
        }
        rewritten += line + "\r\n";
    }
    return rewritten;
}

int Alg::port_for(const std::string& call_id, const std::string& host, const std::string& port) {
    const auto [known, opened] = ports_.emplace(call_id + ' ' + host + ':' + port, next_port_);
    if (!opened) return known->second;
    next_port_ += 2;  // RFC 3550 11: the odd one is for RTCP
    stage_.decided(actor_, "bridges-media",
                   {host + ":" + port, plan().address.host + ":" + std::to_string(known->second)}, "RFC 3665 §3.5");
    return known->second;
}

}  // namespace sipdex::simulator
