#include "simulator/engine/errands.h"

#include <algorithm>

#include "simulator/engine/party.h"
#include "sip/cseq.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::simulator {

namespace {

// By which rule a client may ask again after 423.
std::string rule_of_longer(const std::string& method) {
    if (method == "REGISTER") return "RFC 3261 §10.2.8";
    if (method == "PUBLISH") return "RFC 3903 §5";
    return "RFC 6665 §4.2.1.1";
}

}  // namespace

Errands::Errands(Stage& stage, std::size_t actor, Transactions& transactions, Credentials credentials)
    : stage_(stage), actor_(actor), transactions_(transactions), credentials_(std::move(credentials)) {}

void Errands::send(sip::Message request, Done done) {
    const auto errand = std::make_shared<Errand>();
    errand->request = std::move(request);
    errand->done = std::move(done);
    const auto servers = next_servers(stage_, errand->request);
    if (servers.empty()) {
        stage_.decided(actor_, "no-server", {errand->request.request_uri}, "RFC 3261 §8.1.3.1");
        return errand->done(errand->request, nullptr);
    }
    errand->server = servers.front();
    transmit(errand);
}

void Errands::transmit(const std::shared_ptr<Errand>& errand) {
    errand->request.remove_all("Via");
    errand->request.fields.insert(errand->request.fields.begin(), {"Via", sip::to_text(stage_.new_via(actor_))});
    errands_[transactions_.start(errand->request, errand->server)] = errand;
}

bool Errands::take(TransactionId client, const sip::Message& response) {
    const auto found = errands_.find(client);
    if (found == errands_.end()) return false;
    if (response.status < 200) return true;
    const std::shared_ptr<Errand> errand = found->second;
    errands_.erase(found);
    if (retries(*errand, response))
        transmit(errand);
    else
        errand->done(errand->request, &response);
    return true;
}

bool Errands::retries(Errand& errand, const sip::Message& response) {
    if (response.status == 401 || response.status == 407) {
        if (!credentials_(errand.request, response)) return false;
    } else if (response.status == 423 && !errand.lengthened) {
        const auto least = sip::number_of(response.header("Min-Expires").value_or(""));
        if (!least) return false;
        errand.lengthened = true;
        errand.request.set("Expires", std::to_string(*least));
        stage_.decided(actor_, "asks-for-longer", {std::to_string(*least)}, rule_of_longer(errand.request.method));
    } else {
        return false;
    }
    raise_cseq(errand.request);
    return true;
}

bool Errands::time_out(TransactionId client) {
    const auto found = errands_.find(client);
    if (found == errands_.end()) return false;
    const std::shared_ptr<Errand> errand = found->second;
    errands_.erase(found);
    stage_.decided(actor_, "timeout-as-408", {}, "RFC 3261 §8.1.3.1");
    errand->done(errand->request, nullptr);
    return true;
}

sip::Message request_outside(Stage& stage, std::size_t actor, const std::string& method, const std::string& uri,
                             const std::string& from, const std::string& to) {
    sip::Message request;
    request.method = method;
    request.request_uri = uri;
    request.add("Max-Forwards", "70");
    request.add("From", from + ";tag=" + stage.identifiers.tag());
    request.add("To", "<" + to + ">");
    request.add("Call-ID", stage.identifiers.call_id(stage.addresses[actor].host));
    request.add("CSeq", "1 " + method);
    return request;
}

void raise_cseq(sip::Message& request) {
    const auto cseq = sip::cseq_of(request);
    request.set("CSeq", sip::to_text(sip::CSeq{cseq ? cseq->number + 1 : 1, request.method}));
}

long long expires_of(const sip::Message& message, long long otherwise) {
    const auto seconds = sip::number_of(message.header("Expires").value_or(""));
    return seconds ? *seconds : otherwise;
}

}  // namespace sipdex::simulator
