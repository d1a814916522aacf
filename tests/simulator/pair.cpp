#include "simulator/pair.h"

#include <doctest/doctest.h>

#include <cstdlib>

namespace sipdex::test {

recording::Recording recorded(const Pair& pair) {
    return simulator::run(exchange_from("seed = " + std::to_string(pair.seed) + R"(
[[party]]
id = "alice"
kind = "caller"
name = "Alice"
address = "192.0.2.1"
uri = "sip:alice@example.com"
)" + pair.alice + R"(
[[party]]
id = "bob"
kind = "phone"
name = "Bob"
address = "192.0.2.2"
uri = "sip:bob@example.com"
)" + (pair.bob.find("answers") == std::string::npos ? "answers = [{ after = \"50ms\", status = 200 }]\n" : "") +
                                        pair.bob + R"(
[[action]]
party = "alice"
does = "call"
to = "sip:bob@192.0.2.2"
)" + pair.call + "\n" + pair.rest));
}

std::string action(const std::string& party, const std::string& does, const std::string& at, const std::string& more) {
    return "\n[[action]]\nat = \"" + at + "\"\nparty = \"" + party + "\"\ndoes = \"" + does + "\"\n" + more + "\n";
}

std::string sent_by(const recording::Recording& recording, const std::string& party) {
    std::string text;
    for (const auto& sent : recording.messages)
        if (recording.actors[sent.from].id == party && sent.message.method != "ACK" && !sent.retransmission)
            text += (text.empty() ? "" : ", ") + sip::label_of(sent.message);
    return text;
}

std::string decisions_of(const recording::Recording& recording) {
    std::string text;
    for (const auto& decision : recording.decisions)
        text += recording.actors[decision.actor].id + " " + decision.id + "\n";
    return text;
}

const sip::Message& nth_request(const recording::Recording& recording, std::string_view method, int nth) {
    for (const auto& sent : recording.messages)
        if (sent.message.method == method && !sent.retransmission && --nth == 0) return sent.message;
    FAIL("no such request");
    std::abort();
}

}  // namespace sipdex::test
