#include "simulator/agents/user_agent.h"

#include <algorithm>

#include "simulator/session/body.h"
#include "sip/cseq.h"

namespace sipdex::simulator {

namespace {

std::string call_id_of(const sip::Message& message) { return std::string(message.header("Call-ID").value_or("")); }

}  // namespace

UserAgent::Identity UserAgent::read_identity(source::Table& options) {
    Identity identity;
    identity.display = options.text("name");
    identity.uri = options.text("uri");
    if (!identity.uri.empty() && !sip::parse_uri(identity.uri))
        options.problem("uri", "'" + identity.uri + "' is no URI; write it as \"sip:alice@example.com\"");
    identity.display = options.text_or("display", identity.display);
    identity.account = {options.text_or("username", ""), options.text_or("password", "")};
    identity.media_port = static_cast<int>(options.number_or("media_port", 49170));
    identity.says_202 = options.flag_or("says_202", false);
    identity.reservation_takes = options.duration_or("reservation_takes", std::chrono::milliseconds(500));
    identity.off = options.flag_or("off", false);
    identity.screening = read_screening(options, screening_of_phone());
    return identity;
}

UserAgent::UserAgent(Stage& stage, std::size_t actor)
    : Party(stage, actor),
      identity_(options_of(stage, actor, read_identity)),
      errands_(stage, actor, transactions_, [this](sip::Message& request, const sip::Message& challenge) {
          return add_credentials(request, challenge);
      }) {}

void UserAgent::receive(const sip::Message& message, std::size_t from) {
    if (!identity_.off) Party::receive(message, from);
}

std::string UserAgent::user() const { return sip::parse_uri(identity_.uri).value_or(sip::Uri{}).user; }

std::string UserAgent::contact() const {
    return "<sip:" + (user().empty() ? "" : user() + "@") + to_text(address()) + ">";
}

std::string UserAgent::from_value() const {
    return sip::to_text(sip::NameAddr{identity_.display, true, sip::parse_uri(identity_.uri).value_or(sip::Uri{}), {}});
}

void UserAgent::add_abilities(sip::Message& request) const { add_abilities(request, request); }

void UserAgent::add_abilities(sip::Message& message, const sip::Message& request) const {
    message.add("Allow", listed(identity_.screening.methods));
    if (const std::string tags = listed(identity_.screening.supports); !tags.empty()) message.add("Supported", tags);
    // RFC 6086 5.2.3: which packages of INFO may come; a response does not bring the matter up by itself.
    const std::string packages = listed(identity_.screening.info_packages);
    if (!packages.empty() && (message.is_request() || request.header("Recv-Info"))) message.add("Recv-Info", packages);
}

void UserAgent::add_supported(sip::Message& request) const {
    if (supports("timer") && !request.header("Supported"))
        request.add("Supported", listed(identity_.screening.supports));
}

std::string UserAgent::description(const sip::Message& message, const Media& media) {
    Described& described = described_[call_id_of(message)];
    if (described.id == 0) described.id = described.version = 2890000000u + stage_.identifiers.number(1000000);
    else if (described.media != media || described.host != address().host) ++described.version;
    described.media = media;
    described.host = address().host;
    const auto from = sip::address_in(message, "From");
    const bool hidden = from && from->uri.host == "anonymous.invalid";
    const std::string name = hidden ? "" : user();
    // An origin's user name is one word (RFC 4566 5.2).
    const bool one_word = !name.empty() && name.find_first_of(" ;:") == std::string::npos;
    return session_of({one_word ? name : "-", described.id, described.version, address().host, identity_.media_port},
                      media);
}

void UserAgent::describe(sip::Message& message, const Media& media) {
    set_contents(message, {{"application/sdp", "", description(message, media)}}, "");
}

bool UserAgent::supports(std::string_view tag) const {
    const auto& tags = identity_.screening.supports;
    return tags && std::find(tags->begin(), tags->end(), tag) != tags->end();
}

void UserAgent::refuse(TransactionId server, const sip::Message& request, const Refusal& refusal) {
    stage_.decided(actor_, "refuses-request", {std::to_string(refusal.answer.status), refusal.because}, refusal.rule);
    sip::Message response = response_to(request, refusal.answer.status, refusal.answer.phrase);
    furnish(response, refusal.answer);
    transactions_.respond(server, std::move(response));
}

bool UserAgent::add_credentials(sip::Message& request, const sip::Message& response) {
    std::vector<Realm>& known = realms_[call_id_of(request)];
    std::vector<std::string> answered;  // realms of this response
    for (const bool proxy : {false, true}) {
        for (const std::string_view field : response.headers(proxy ? "Proxy-Authenticate" : "WWW-Authenticate")) {
            const auto challenge = sip::parse_challenge(field);
            if (!challenge || identity_.account.username.empty() || !sip::is_known_algorithm(challenge->algorithm))
                continue;
            // RFC 8760 2.4: of several challenges for one realm the first that is understood is answered.
            if (std::find(answered.begin(), answered.end(), challenge->realm) != answered.end()) continue;
            const auto same = std::find_if(known.begin(), known.end(), [&](const Realm& realm) {
                return realm.proxy == proxy && realm.challenge.realm == challenge->realm;
            });
            if (same != known.end() && !challenge->stale) return false;  // the same credentials would fail again
            if (same != known.end()) *same = {*challenge, proxy, 0};
            else known.push_back({*challenge, proxy, 0});
            answered.push_back(challenge->realm);
        }
    }
    if (answered.empty()) return false;
    request.remove_all("Authorization");
    request.remove_all("Proxy-Authorization");
    repeat_credentials(request);
    return true;
}

void UserAgent::repeat_credentials(sip::Message& request) {
    for (Realm& realm : realms_[call_id_of(request)]) {
        const auto credentials = sip::credentials_for(realm.challenge, identity_.account, request.method,
                                                      request.request_uri, stage_.identifiers.cnonce(), ++realm.count);
        if (credentials) request.add(realm.proxy ? "Proxy-Authorization" : "Authorization", sip::to_text(*credentials));
    }
}

Call* UserAgent::call_of(const sip::DialogId& id) {
    const auto found = calls_.find(id);
    return found == calls_.end() ? nullptr : &found->second;
}

Call* UserAgent::latest_call() {
    Call* latest = nullptr;
    for (auto& [id, call] : calls_)
        if (!call.dialog.early && (!latest || call.order > latest->order)) latest = &call;
    return latest;
}

std::vector<sip::DialogId> UserAgent::confirmed_calls() const {
    std::vector<sip::DialogId> ids;
    for (const auto& [id, call] : calls_)
        if (!call.dialog.early) ids.push_back(id);
    return ids;
}

Call& UserAgent::keep(const sip::Dialog& dialog, bool owner) {
    Call& call = calls_[dialog.id];
    call.dialog = dialog;
    call.owner = owner;
    call.order = ++counted_;
    return call;
}

void UserAgent::forget(const sip::DialogId& id) {
    const auto found = calls_.find(id);
    if (found == calls_.end()) return;
    stage_.clock.cancel(found->second.timer.alarm);
    calls_.erase(found);
}

void UserAgent::forget_all() {
    while (!calls_.empty()) forget(sip::DialogId(calls_.begin()->first));
}

void UserAgent::hang_up(const sip::DialogId& id) {
    Call* const open = call_of(id);
    if (!open) return;
    sip::Message bye = sip::request_in(open->dialog, "BYE", stage_.new_via(actor_));
    repeat_credentials(bye);
    add_supported(bye);
    // RFC 3261 15.1.1: the session is over as soon as the BYE is on its way.
    forget(id);
    errands_.send_off(std::move(bye));
}

void UserAgent::on_request(TransactionId server, const sip::Message& request) {
    if (request.method == "CANCEL") return on_cancel(server, request);
    if (transactions_.is_merged(server)) {
        stage_.decided(actor_, "merged-request", {}, "RFC 3261 §8.2.2.2");
        return answer(server, request, 482);
    }
    if (const auto refusal = refusal_of(request, identity_.screening)) return refuse(server, request, *refusal);
    if (!sip::tag_in(request, "To").empty()) {
        const auto id = sip::dialog_id_at_uas(request);
        Call* const open = id ? call_of(*id) : nullptr;
        if (!open) {
            stage_.decided(actor_, "knows-no-dialog", {request.method}, "RFC 3261 §12.2.2");
            return answer(server, request, 481);
        }
        if (!sip::take_note(open->dialog, request)) {
            stage_.decided(actor_, "out-of-order", {std::string(request.header("CSeq").value_or(""))},
                           "RFC 3261 §12.2.2");
            return answer(server, request, 500);
        }
        return on_request_within(server, request, *open);
    }
    if (request.method == "INVITE") return on_invitation(server, request);
    // What belongs into a call has none here.
    if (request.method != "OPTIONS" && request.method != "MESSAGE") return answer(server, request, 481);
    sip::Message ok = response_to(request, 200);
    if (request.method == "OPTIONS") {  // RFC 3261 11.2
        add_abilities(ok, request);
        ok.add("Accept", listed(identity_.screening.content_types));
    }
    transactions_.respond(server, std::move(ok));
}

void UserAgent::on_request_within(TransactionId server, const sip::Message& request, Call&) {
    sip::Message refusal = response_to(request, 405);
    refusal.add("Allow", listed(identity_.screening.methods));  // RFC 3261 8.2.1
    transactions_.respond(server, std::move(refusal));
}

}  // namespace sipdex::simulator
