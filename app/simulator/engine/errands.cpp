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

// Tells the outcome and nothing else.
class Plain : public Errand {
public:
    Plain(Stage& stage, std::size_t actor, Errands::Done done) : stage_(stage), actor_(actor), done_(std::move(done)) {}

    std::optional<Time> mend(const sip::Message& refusal) override {
        const auto least = sip::number_of(refusal.header("Min-Expires").value_or(""));
        if (refusal.status != 423 || lengthened_ || !least) return std::nullopt;
        lengthened_ = true;
        request.set("Expires", std::to_string(*least));
        stage_.decided(actor_, "asks-for-longer", {std::to_string(*least)}, rule_of_longer(request.method));
        return Time{};
    }

    void done(const sip::Message* response, int) override { done_(request, response); }

private:
    Stage& stage_;
    const std::size_t actor_;
    Errands::Done done_;
    bool lengthened_ = false;
};

}  // namespace

void Errand::raise_cseq() { simulator::raise_cseq(request); }

Errands::Errands(Stage& stage, std::size_t actor, Transactions& transactions, Credentials credentials)
    : stage_(stage), actor_(actor), transactions_(transactions), credentials_(std::move(credentials)) {}

void Errands::send(sip::Message request, Done done) {
    const auto errand = std::make_shared<Plain>(stage_, actor_, std::move(done));
    errand->request = std::move(request);
    send(errand);
}

void Errands::send(const ErrandPtr& errand) {
    errand->servers = next_servers(stage_, errand->request);
    if (errand->servers.empty()) {
        stage_.decided(actor_, "no-server", {errand->request.request_uri}, "RFC 3261 §8.1.3.1");
        return errand->done(nullptr, 503);
    }
    send_to_next_server(*errand);
}

void Errands::send_to_next_server(Errand& errand) {
    errand.server = errand.servers.front();
    errand.servers.erase(errand.servers.begin());
    transmit(errand);
}

void Errands::send_off(sip::Message request) {
    const auto servers = next_servers(stage_, request);
    if (!servers.empty()) transactions_.start(std::move(request), servers.front());
}

void Errands::transmit(Errand& errand) {
    if (errand.transaction != 0) errand.request.remove_all("Via");  // RFC 3261 8.1.1.7: a new branch each time
    if (!errand.request.header("Via")) errand.request.put_first("Via", sip::to_text(stage_.new_via(actor_)));
    errand.transaction = transactions_.start(errand.request, errand.server);
    errands_[errand.transaction] = errand.shared_from_this();
    errand.sent();
}

void Errands::repeat(Errand& errand) {
    errand.raise_cseq();
    transmit(errand);
}

ErrandPtr Errands::errand_of(TransactionId client) const {
    const auto found = errands_.find(client);
    return found == errands_.end() ? nullptr : found->second;
}

bool Errands::take(TransactionId client, const sip::Message& response) {
    const ErrandPtr errand = errand_of(client);
    if (!errand) return false;
    if (response.status < 200) {
        errand->progress(response);
    } else if (response.status < 300) {
        errand->done(&response, response.status);
    } else if (!errand->lapsed()) {
        errand->refused(response);
        if (errand->given_up() || !tries_again(errand, response)) errand->done(&response, response.status);
    }
    return true;
}

bool Errands::tries_again(const ErrandPtr& errand, const sip::Message& response) {
    if (response.status == 401 || response.status == 407) {
        if (!credentials_ || !credentials_(errand->request, response)) return false;
        repeat(*errand);
        return true;
    }
    const std::string target = errand->request.request_uri;
    if (const auto wait = errand->mend(response)) {
        send_mended(errand, *wait, target);
        return true;
    }
    // RFC 3263 4.3: 503 and silence are failures of the server, not of the request.
    return (response.status == 503 || response.status == 408) && tries_next_server(*errand);
}

void Errands::send_mended(const ErrandPtr& errand, Time wait, const std::string& target) {
    stage_.clock.after(wait, [this, errand, target] {
        if (errand->lapsed() || errand->given_up()) return;
        if (target == errand->request.request_uri) return repeat(*errand);
        errand->raise_cseq();
        send(errand);
    });
}

bool Errands::tries_next_server(Errand& errand) {
    if (errand.servers.empty()) return false;
    stage_.decided(actor_, "tries-next-server", {stage_.recording.actors[errand.servers.front()].id}, "RFC 3263 §4.3");
    send_to_next_server(errand);
    return true;
}

bool Errands::time_out(TransactionId client) {
    const ErrandPtr errand = errand_of(client);
    if (!errand || errand->over) return errand != nullptr;
    stage_.decided(actor_, "timeout-as-408", {}, "RFC 3261 §8.1.3.1");
    if (!errand->lapsed() && (errand->given_up() || !tries_next_server(*errand))) errand->done(nullptr, 408);
    return true;
}

void Errands::on_end(TransactionId id) {
    const ErrandPtr errand = errand_of(id);
    errands_.erase(id);
    if (errand && errand->transaction == id) errand->ended();
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
