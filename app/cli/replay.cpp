// sipdex replay 607
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "page/pages.h"
#include "simulator/pcap.h"

namespace sipdex::cli {

namespace {

// The names are a promise to scripts (DESIGN.md): exchange, parties, messages with at_us, from, to, lost,
// text, why, rule.
std::string json_of(const page::Replay& replay) {
    nlohmann::ordered_json json{{"exchange", replay.id}, {"title", replay.title}};
    json["parties"] = nlohmann::ordered_json::array();
    const auto& actors = replay.recording.actors;
    for (std::size_t i = 0; i < actors.size(); ++i)
        json["parties"].push_back({{"id", actors[i].id}, {"name", actors[i].name}, {"role", replay.roles[i]}, {"address", actors[i].address}});
    json["messages"] = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < replay.recording.messages.size(); ++i) {
        const simulator::Transmission& sent = replay.recording.messages[i];
        const page::Narration& told = replay.narration[i];
        nlohmann::ordered_json message{{"at_us", sent.sent.count()}, {"from", actors[sent.from].id}, {"to", actors[sent.to].id},
                                       {"lost", !sent.received.has_value()}, {"retransmission", sent.retransmission},
                                       {"label", sip::label_of(sent.message)}, {"transport", sent.transport},
                                       {"look_at", sent.marked}, {"text", sent.octets}, {"what", document::words_of(told.what)},
                                       {"why", document::words_of(told.why)}, {"rule", sent.rule}};
        if (sent.received) message["received_us"] = sent.received->count();
        json["messages"].push_back(std::move(message));
    }
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

void replay_options(CLI::App& app, const language::Words& words, Arguments& arguments) {
    app.add_option("exchange", arguments.words, words.cli_argument_exchange())->required()->expected(1);
}

int replay(const Session& session, const Arguments& arguments) {
    const std::string format = format_name(session, {"pcap"});
    const page::Reader reader = session.reader();
    const std::string& asked = arguments.words.at(0);
    const auto id = page::exchange_for(reader, asked);
    if (!id) {
        const auto title = session.catalog.title_of_response(asked);
        throw Failure{title ? session.words.no_exchange(*title) : session.words.unknown_exchange(asked)};
    }
    if (format == "json") {
        put_octets(session, json_of(*page::replay(reader, *id)));
    } else if (format == "pcap") {
        put_octets(session, simulator::pcap_of(page::replay(reader, *id)->recording));
    } else {
        put(session, page::exchange(reader, *id));
    }
    return 0;
}

}  // namespace sipdex::cli
