#include "simulator/user_agent.h"

#include <algorithm>

#include "simulator/session.h"
#include "sip/cseq.h"

namespace sipdex::simulator {

namespace {

const char* const allowed = "INVITE, ACK, CANCEL, BYE, OPTIONS";

std::string call_id_of(const sip::Message& message) { return std::string(message.header("Call-ID").value_or("")); }

}  // namespace

UserAgent::Identity UserAgent::read_identity(Fields& options) {
    Identity identity;
    identity.display = options.text("name");
    identity.uri = options.text("uri");
    if (!identity.uri.empty() && !sip::parse_uri(identity.uri))
        options.problem("uri", "'" + identity.uri + "' is no URI; write it as \"sip:alice@example.com\"");
    identity.display = options.text_or("display", identity.display);
    identity.account = {options.text_or("username", ""), options.text_or("password", "")};
    identity.media_port = static_cast<int>(options.number_or("media_port", 49170));
    identity.off = options.flag_or("off", false);
    return identity;
}

UserAgent::UserAgent(Stage& stage, std::size_t actor)
    : Party(stage, actor), identity_([&] {
          std::vector<Problem> none;
          Fields fields(stage.exchange.parties[actor].options, "", none);
          return read_identity(fields);
      }()) {}

void UserAgent::receive(const sip::Message& message, std::size_t from) {
    if (!identity_.off) Party::receive(message, from);
}

std::string UserAgent::user() const { return sip::parse_uri(identity_.uri).value_or(sip::Uri{}).user; }

std::string UserAgent::contact() const {
    return "<sip:" + (user().empty() ? "" : user() + "@") + to_text(plan().address) + ">";
}

std::string UserAgent::from_value() const {
    return sip::to_text(sip::NameAddr{identity_.display, true, sip::parse_uri(identity_.uri).value_or(sip::Uri{}), {}});
}

void UserAgent::add_session(sip::Message& message) {
    if (session_id_ == 0) session_id_ = 2890000000u + stage_.identifiers.number(1000000);
    const std::string name = user();
    // An origin's user name is one word (RFC 4566 5.2).
    message.add("Content-Type", "application/sdp");
    message.body = session_of(name.empty() || name.find_first_of(" ;:") != std::string::npos ? "-" : name, session_id_, plan().address.host,
                              identity_.media_port);
}

bool UserAgent::add_credentials(sip::Message& request, const sip::Message& response) {
    std::vector<Realm>& known = realms_[call_id_of(request)];
    std::vector<std::string> answered;      // realms of this response
    for (const bool proxy : {false, true}) {
        for (const std::string_view field : response.headers(proxy ? "Proxy-Authenticate" : "WWW-Authenticate")) {
            const auto challenge = sip::parse_challenge(field);
            if (!challenge || identity_.account.username.empty() || !sip::is_known_algorithm(challenge->algorithm)) continue;
            // RFC 8760 2.4: of several challenges for one realm the first that is understood is answered.
            if (std::find(answered.begin(), answered.end(), challenge->realm) != answered.end()) continue;
            const auto same = std::find_if(known.begin(), known.end(), [&](const Realm& realm) {
                return realm.proxy == proxy && realm.challenge.realm == challenge->realm;
            });
            if (same != known.end() && !challenge->stale) return false;     // the same credentials would fail again
            if (same != known.end()) *same = {*challenge, proxy, 0};
            else known.push_back({*challenge, proxy, 0});
            answered.push_back(challenge->realm);
        }
    }
    if (answered.empty()) return false;
    request.remove_all("Authorization");
    request.remove_all("Proxy-Authorization");
    for (Realm& realm : known) {
        const auto credentials = sip::credentials_for(realm.challenge, identity_.account, request.method, request.request_uri,
                                                      stage_.identifiers.cnonce(), ++realm.count);
        if (credentials) request.add(realm.proxy ? "Proxy-Authorization" : "Authorization", sip::to_text(*credentials));
    }
    return true;
}

sip::Dialog* UserAgent::dialog(const sip::DialogId& id) {
    const auto found = dialogs_.find(id);
    return found == dialogs_.end() ? nullptr : &found->second;
}

void UserAgent::keep(const sip::Dialog& dialog) { dialogs_.insert_or_assign(dialog.id, dialog); }

void UserAgent::send_to_next_hop(sip::Message request) {
    const auto servers = next_servers(stage_, request);
    if (!servers.empty()) transactions_.start(std::move(request), servers.front());
}

void UserAgent::hang_up(const sip::DialogId& id) {
    sip::Dialog* const open = dialog(id);
    if (!open) return;
    sip::Message bye = sip::request_in(*open, "BYE", stage_.new_via(actor_));
    // RFC 3261 22.3: whoever asked for credentials under this Call-ID gets them again, unasked.
    for (Realm& realm : realms_[id.call_id]) {
        const auto credentials = sip::credentials_for(realm.challenge, identity_.account, "BYE", bye.request_uri,
                                                      stage_.identifiers.cnonce(), ++realm.count);
        if (credentials) bye.add(realm.proxy ? "Proxy-Authorization" : "Authorization", sip::to_text(*credentials));
    }
    // RFC 3261 15.1.1: the session is over as soon as the BYE is on its way.
    dialogs_.erase(id);
    send_to_next_hop(std::move(bye));
}

void UserAgent::on_request(TransactionId server, const sip::Message& request) {
    if (request.method == "CANCEL") return on_cancel(server, request);
    if (transactions_.is_merged(server)) {
        stage_.decided(actor_, "merged-request", {}, "RFC 3261 §8.2.2.2");
        return answer(server, request, 482);
    }
    const auto to = sip::address_in(request, "To");
    if (to && !to->tag().empty()) {
        const auto id = sip::dialog_id_at_uas(request);
        sip::Dialog* const open = id ? dialog(*id) : nullptr;
        if (!open) return answer(server, request, 481);
        if (!sip::take_note(*open, request)) return answer(server, request, 500);
        if (request.method == "BYE") {
            dialogs_.erase(*id);
            answer(server, request, 200);
            return on_dialog_over(*id);
        }
    } else if (request.method == "INVITE") {
        return on_invitation(server, request);
    } else if (request.method == "OPTIONS") {
        sip::Message ok = response_to(request, 200);
        ok.add("Allow", allowed);
        return transactions_.respond(server, std::move(ok));
    }
    sip::Message refusal = response_to(request, 405);
    refusal.add("Allow", allowed);
    transactions_.respond(server, std::move(refusal));
}

void UserAgent::on_response(TransactionId, const sip::Message&) {}
void UserAgent::on_timeout(TransactionId, const sip::Message&) {}

}  // namespace sipdex::simulator
