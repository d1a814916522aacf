// What must hold for any network: random chains of proxies, phones, answers, losses and transports.
#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>

#include "recording/pcap.h"
#include "simulator/drawing.h"
#include "sip/cseq.h"
#include "sip/name_addr.h"
#include "sip/via.h"

using namespace sipdex;
using namespace sipdex::test;

namespace {

class Chance {
public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}
    int below(int limit) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(limit)); }
    bool one_in(int many) { return below(many) == 0; }
    template <class T>
    const T& of(const std::vector<T>& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }

private:
    std::mt19937_64 engine_;
};

std::string answers(Chance& chance) {
    static const std::vector<std::string> finals = {"200", "302", "404", "480", "486", "488",
                                                    "500", "503", "600", "603", "607"};
    std::string text = "answers = [";
    const bool rings = chance.one_in(2);
    if (rings) text += "{ after = \"" + std::to_string(50 + chance.below(900)) + "ms\", status = 180 }";
    if (chance.below(6) > 0)
        text += std::string(rings ? ", " : "") + "{ after = \"" + std::to_string(1000 + chance.below(9000)) +
                "ms\", status = " + chance.of(finals) + ", phrase = \"Answer\" }";
    return text + "]\n";
}

// A caller, one to three proxies in a row, one to four phones behind the last.
std::string random_exchange(std::uint64_t seed) {
    Chance chance(seed), more(seed + 1000);
    const bool reliable = more.one_in(2);
    const int proxies = 1 + chance.below(3), phones = 1 + chance.below(4);
    std::string text = "seed = " + std::to_string(seed) +
                       "\n[[party]]\nid = \"alice\"\nkind = \"caller\"\nname = \"Alice\"\naddress = \"192.0.2.1\"\nuri "
                       "= \"sip:alice@example.net\"\n"
                       "username = \"alice\"\npassword = \"wonderland\"\n";
    if (reliable) text += "supports = [\"100rel\"]\n";
    for (int i = 1; i <= proxies; ++i) {
        const std::string n = std::to_string(i);
        text += "[[party]]\nid = \"proxy" + n + "\"\nkind = \"proxy\"\nname = \"Proxy " + n +
                "\"\naddress = \"198.51.100." + n + "\"\nhost = \"proxy" + n +
                ".example.com\"\ndomains = [\"example.com\"]\n";
        if (chance.one_in(2)) text += "record_route = true\n";
        if (i == 1 && chance.one_in(3))
            text +=
                "realm = \"example.com\"\naccounts = { alice = \"wonderland\" }\nalgorithms = [\"SHA-256\", \"MD5\"]\n";
        if (i < proxies) {
            text += "next_hop = \"sip:198.51.100." + std::to_string(i + 1) + "\"\n";
            continue;
        }
        text += "users = { \"sip:bob@example.com\" = [";
        for (int phone = 1; phone <= phones; ++phone)
            text += std::string(phone > 1 ? ", " : "") + "\"<sip:bob@203.0.113." + std::to_string(phone) + ">;q=0." +
                    std::to_string(5 + chance.below(3)) + "\"";
        text += "] }\n";
    }
    for (int phone = 1; phone <= phones; ++phone) {
        const std::string n = std::to_string(phone);
        text += "[[party]]\nid = \"phone" + n + "\"\nkind = \"phone\"\nname = \"Phone " + n +
                "\"\naddress = \"203.0.113." + n + "\"\nuri = \"sip:bob@example.com\"\n";
        text += answers(chance);
        if (reliable && more.below(4) > 0) text += "supports = [\"100rel\"]\n";
        if (chance.one_in(2)) text += "hang_up_after = \"" + std::to_string(2 + chance.below(5)) + "s\"\n";
        if (chance.one_in(6)) text += "off = true\n";
    }
    text += "[[action]]\nparty = \"alice\"\ndoes = \"call\"\nto = \"sip:bob@example.com\"\n";
    if (chance.one_in(3)) text += "cancel_after = \"" + std::to_string(chance.below(12000)) + "ms\"\n";
    else if (chance.one_in(2)) text += "hang_up_after = \"3s\"\n";
    if (more.below(4) > 0) text += "delayed_offer = true\n";
    text += "[names]\n\"example.com\" = [\"proxy1\"]\n[network]\nlatency = \"" + std::to_string(1 + chance.below(200)) +
            "ms\"\n";
    text += "transport = \"" + std::string(chance.one_in(3) ? "TCP" : "UDP") +
            "\"\nloss_percent = " + std::to_string(chance.one_in(3) ? 0 : chance.below(50)) + "\n";
    return text;
}

// Transactions that did not end, by party and machine.
std::string left_open(const recording::Recording& recording) {
    std::map<std::string, std::string> states;
    for (const auto& change : recording.states)
        states[recording.actors[change.actor].id + " " + std::string(change.machine) + " " + change.branch] = change.to;
    std::string open;
    for (const auto& [machine, state] : states)
        if (state != "Terminated") open += machine + " is " + state + "\n";
    return open;
}

// The first response that does not match the request it answers; empty when all do.
std::string mismatched(const recording::Recording& recording) {
    std::map<std::string, const sip::Message*> requests;
    for (const auto& sent : recording.messages) {
        const auto via = sip::top_via(sent.message);
        const auto cseq = sip::cseq_of(sent.message);
        if (!via || !cseq) return "unreadable: " + sent.octets();
        const std::string key = via->branch() + cseq->method;
        if (sent.message.is_request()) {
            requests.try_emplace(key, &sent.message);
            continue;
        }
        const auto found = requests.find(key);
        if (found == requests.end()) return "answers nothing: " + sent.octets();
        const sip::Message& request = *found->second;
        for (const char* field : {"Call-ID", "CSeq", "From"})
            if (request.header(field) != sent.message.header(field))
                return std::string(field) + " differs: " + sent.octets();
        const auto asked = sip::address_in(request, "To"), answered = sip::address_in(sent.message, "To");
        if (!asked || !answered || (!asked->tag().empty() && asked->tag() != answered->tag()))
            return "To differs: " + sent.octets();
        if (sent.message.status > 100 && answered->tag().empty()) return "To has no tag: " + sent.octets();
        if (sip::vias_in(request).size() != sip::vias_in(sent.message).size()) return "Via differs: " + sent.octets();
    }
    return "";
}

// RFC 3261 13.2.1, RFC 3262 5: every call that the caller acknowledges has one offer and one answer, each in its place.
// What is out of place; empty when nothing is.
std::string described_wrongly(const recording::Recording& recording) {
    std::map<std::string, bool> offered;          // by CSeq number: the INVITE describes the session
    std::map<std::string, bool> early, answered;  // by To tag: a PRACK does, a 200 does
    const auto number_of = [](const sip::Message& message) {
        return std::to_string(sip::cseq_of(message).value_or(sip::CSeq{}).number);
    };
    for (const auto& sent : recording.messages) {
        const sip::Message& message = sent.message;
        const auto cseq = sip::cseq_of(message);
        const auto to = sip::address_in(message, "To");
        const bool describes = !message.body.empty();
        if (sent.from != 0) {
            if (sent.to == 0 && message.status == 200 && cseq && cseq->method == "INVITE")
                answered[to->tag()] = describes;
            continue;
        }
        if (message.method == "INVITE") offered[number_of(message)] = describes;
        if (message.method == "PRACK") early[to->tag()] = early[to->tag()] || describes;
        if (message.method != "ACK" || !answered.contains(to->tag())) continue;
        const bool in_invite = offered[number_of(message)], in_prack = early[to->tag()];
        if (in_invite && in_prack) return "an answer to no offer in a PRACK";
        if (answered[to->tag()] == in_prack)
            return "the 200 describes the session " + std::string(in_prack ? "twice" : "not at all");
        if (describes == (in_invite || in_prack))
            return "the ACK " + std::string(describes ? "answers twice" : "does not answer");
    }
    return "";
}

}  // namespace

TEST_CASE(
    "any chain of proxies and any loss comes to rest, leaks no transaction, and answers what was asked and offered") {
    std::size_t messages = 0, lost = 0, answered = 0, in_ack = 0, in_prack = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const simulator::Exchange exchange = exchange_from(random_exchange(seed));
        const recording::Recording recording = simulator::run(exchange);
        CAPTURE(seed);
        CHECK_FALSE(recording.cut_off);
        CHECK(left_open(recording) == "");
        CHECK(mismatched(recording) == "");
        CHECK(described_wrongly(recording) == "");
        messages += recording.messages.size();
        for (const auto& sent : recording.messages) {
            lost += !sent.received;
            answered += sent.received && sent.message.status == 200;
            in_ack += sent.from == 0 && sent.message.method == "ACK" && !sent.message.body.empty();
            in_prack += sent.from == 0 && sent.message.method == "PRACK" && !sent.message.body.empty();
        }
        if (seed % 10 == 0) CHECK(recording::pcap_of(simulator::run(exchange)) == recording::pcap_of(recording));
    }
    // The networks are lively enough for the above to mean something.
    CHECK(messages > 5000);
    CHECK(lost > 500);
    CHECK(answered > 200);
    CHECK(in_ack > 10);
    CHECK(in_prack > 10);
    MESSAGE("400 networks, ", messages, " messages, ", lost, " lost");
}
