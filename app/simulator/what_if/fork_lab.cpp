#include "simulator/what_if/fork_lab.h"
#include "source/duration.h"

#include <algorithm>

#include "facts/facts.h"
#include "simulator/engine/party.h"
#include "simulator/read_exchange.h"
#include "sip/cseq.h"

namespace sipdex::simulator {

namespace {

// Short enough for the heads of seven columns.
std::string name_of(std::size_t phone) { return "phone" + std::to_string(phone + 1); }
std::string host_of(std::size_t phone) { return "198.51.100." + std::to_string(21 + phone); }

// What a response must have to say what it says, where the lab was told nothing better.
std::vector<std::string> usual_headers(int status, std::size_t phone) {
    const std::string number = std::to_string(phone + 1);
    // RFC 3261 22.2: each phone asks for credentials of its own realm, so that one can see them gathered.
    const std::string challenge = R"(Digest realm="phone)" + number + R"(.example.com", nonce="5f3c0a1e7b9d)" + number +
                                  R"(", algorithm=MD5, qop="auth")";
    if (status == 401) return {"WWW-Authenticate: " + challenge};
    if (status == 407) return {"Proxy-Authenticate: " + challenge};
    if (status >= 300 && status <= 302)
        return {"Contact: <sip:bob@voicemail" + number + ".example.net>"};  // RFC 3261 21.3
    if (status == 405) return {"Allow: OPTIONS, BYE"};                      // RFC 3261 21.4.6
    if (status == 415) return {"Accept: application/sdp"};                  // RFC 3261 21.4.13
    if (status == 420) return {"Unsupported: 100rel"};                      // RFC 3261 21.4.15
    return {};
}

std::string in_quotes(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string answer_of(int status, Time after, const std::string& phrase, const std::vector<std::string>& headers) {
    std::string text = "{ after = \"" + source::duration_text(after) + "\", status = " + std::to_string(status) +
                       ", phrase = " + in_quotes(phrase);
    std::string lines;
    for (const std::string& line : headers) lines += (lines.empty() ? "" : ", ") + in_quotes(line);
    return text + (lines.empty() ? " }" : ", headers = [" + lines + "] }");
}

std::string answers_of(const ForkPhone& phone, std::size_t index) {
    constexpr Time rings_after = std::chrono::milliseconds(150);
    const bool ends = phone.status >= 200;
    std::string answers;
    if (!ends || phone.after > rings_after) answers = answer_of(180, rings_after, facts::reason_phrase(180), {});
    if (!ends) return answers;
    const std::string phrase = phone.phrase.empty() ? facts::reason_phrase(phone.status) : phone.phrase;
    const auto headers = phone.headers.empty() ? usual_headers(phone.status, index) : phone.headers;
    return answers + (answers.empty() ? "" : ", ") +
           answer_of(phone.status, phone.after, phrase.empty() ? "-" : phrase, headers);
}

bool answers_invite(const Transmission& sent) {
    const auto cseq = sip::cseq_of(sent.message);
    return !sent.message.is_request() && sent.message.status >= 200 && cseq && cseq->method == "INVITE";
}

}  // namespace

std::optional<ForkPhone> read_fork_phone(std::string_view text) {
    ForkPhone phone;
    if (text == "off") return phone;
    const auto at = text.find('@');
    const std::string status(text.substr(0, at));
    if (status.size() != 3 || status.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    phone.status = std::stoi(status);
    if (phone.status == 180 && at == std::string_view::npos) return phone;
    if (phone.status < 200 || phone.status > 699) return std::nullopt;
    if (at == std::string_view::npos) return phone;
    const auto after = source::read_duration(text.substr(at + 1));
    // Nobody waits longer for an answer: the proxy's timer C is 3 minutes (RFC 3261 16.6).
    if (!after || *after > std::chrono::minutes(3)) return std::nullopt;
    phone.after = *after;
    return phone;
}

std::string to_text(const ForkPhone& phone) {
    if (phone.status == 0) return "off";
    if (phone.after == Time{}) return std::to_string(phone.status);
    return std::to_string(phone.status) + "@" + source::duration_text(phone.after);
}

// Written as an exchange file, so that the lab can do nothing that such a file cannot.
Exchange fork_lab(const std::vector<ForkPhone>& phones) {
    std::string text = R"(
shows = []
seed = 3261
party = [
  { id = "alice", kind = "caller", name = "Alice", address = "192.0.2.1", uri = "sip:alice@example.net" },
  { id = "proxy", kind = "proxy", name = "example.com", address = "192.0.2.10", host = "proxy.example.com", domains = ["example.com"], users = { "sip:bob@example.com" = [)";
    for (std::size_t i = 0; i < phones.size(); ++i)
        text += (i > 0 ? ", " : "") + in_quotes("<sip:bob@" + host_of(i) + ":5060>");
    text += "] } },\n";
    for (std::size_t i = 0; i < phones.size(); ++i)
        text += "  { id = " + in_quotes(name_of(i)) + ", kind = \"phone\", name = " + in_quotes(name_of(i)) +
                ", address = " + in_quotes(host_of(i)) +
                ", uri = \"sip:bob@example.com\", off = " + (phones[i].status == 0 ? "true" : "false") +
                ", answers = [" + answers_of(phones[i], i) + "] },\n";
    text += R"(]
action = [{ party = "alice", does = "call", to = "sip:bob@example.com", choose = "none", hang_up_after = "3s" }]
names = { "example.com" = ["proxy"] }
network = { latency = "15ms" }
)";
    source::Problems none;
    auto table = source::read_toml({"fork-lab.toml", std::move(text)}, none);
    return read_exchange(table.value());
}

std::optional<ForkOutcome> fork_outcome(const Recording& recording) {
    ForkOutcome outcome;
    for (std::size_t i = 0; i < recording.messages.size(); ++i) {
        const Transmission& sent = recording.messages[i];
        if (recording.actors[sent.to].kind == "caller" && answers_invite(sent) && sent.received && !sent.retransmission)
            outcome.responses.push_back(i);
    }
    if (outcome.responses.empty()) return std::nullopt;
    const Transmission& got = recording.messages[outcome.responses.front()];
    for (const Decision& decision : recording.decisions)
        if (decision.actor == got.from && decision.at == got.sent &&
            (decision.id.starts_with("best-response") || decision.id == "503-becomes-500" ||
             decision.id == "no-response-408"))
            outcome.decision = decision;
    if (!outcome.decision.id.empty()) return outcome;
    // RFC 3261 16.7, step 5: a 2xx is never weighed against others. A lone response leaves no choice (step 6).
    const std::string status = std::to_string(got.message.status);
    const char* const id = got.message.status < 300 ? "passes-on-2xx" : "passes-on-only";
    outcome.decision = {got.from, id, {status}, got.sent, "RFC 3261 §16.7", outcome.responses.front()};
    return outcome;
}

}  // namespace sipdex::simulator
