#include "cli/replay_json.h"

#include <nlohmann/json.hpp>

#include "paint/json.h"
#include "recording/differences.h"

namespace sipdex::cli {

namespace {

using Json = nlohmann::ordered_json;

Json message_of(const page::Replay& replay, std::size_t i) {
    const auto& actors = replay.recording.actors;
    const recording::Transmission& sent = replay.recording.messages[i];
    const page::Narration& told = replay.narration[i];
    Json message{{"at_us", sent.sent.count()},
                 {"from", actors[sent.from].id},
                 {"to", actors[sent.to].id},
                 {"lost", !sent.received.has_value()},
                 {"retransmission", sent.retransmission},
                 {"label", sip::label_of(sent.message)},
                 {"transport", sent.transport},
                 {"look_at", sent.marked},
                 {"text", sent.octets()},
                 {"what", document::words_of(told.what)},
                 {"why", document::words_of(told.why)},
                 {"rule", sent.rule}};
    if (sent.received) message["received_us"] = sent.received->count();
    return message;
}

Json decisions_of(const page::Replay& replay) {
    Json decisions = Json::array();
    for (const page::ToldDecision& decision : replay.decisions)
        decisions.push_back({{"at_us", decision.at.count()},
                             {"before", decision.before},
                             {"party", replay.recording.actors[decision.actor].id},
                             {"id", decision.id},
                             {"text", document::words_of(decision.words)},
                             {"rule", document::words_of(decision.rule)}});
    return decisions;
}

void add_run(Json& json, const page::Replay& replay) {
    json["parties"] = Json::array();
    const auto& actors = replay.recording.actors;
    for (std::size_t i = 0; i < actors.size(); ++i)
        json["parties"].push_back({{"id", actors[i].id},
                                   {"name", actors[i].name},
                                   {"role", replay.roles[i]},
                                   {"address", actors[i].address}});
    json["messages"] = Json::array();
    for (std::size_t i = 0; i < replay.recording.messages.size(); ++i)
        json["messages"].push_back(message_of(replay, i));
    json["decisions"] = decisions_of(replay);
}

Json texts_of(const std::vector<document::Text>& texts) {
    Json list = Json::array();
    for (const document::Text& text : texts) list.push_back(document::words_of(text));
    return list;
}

Json rungs_of(const recording::Differences& differences) {
    static const char* const names[] = {"same", "time", "fate", "content", "replaced", "missing", "added"};
    const auto place = [](const std::optional<std::size_t>& message) {
        return message ? Json(*message) : Json(nullptr);
    };
    Json rungs = Json::array();
    for (const recording::Difference& rung : differences.rungs)
        rungs.push_back({{"what", names[static_cast<int>(rung.what)]},
                         {"as_it_is", place(rung.first)},
                         {"with_change", place(rung.second)},
                         {"fields", rung.fields}});
    return rungs;
}

}  // namespace

std::string json_of(const page::Replay& replay) {
    Json json{{"exchange", replay.id}, {"title", replay.title}};
    add_run(json, replay);
    return paint::written(json);
}

std::string json_of(const page::Replay& first, const page::Replay& second,
                    const std::vector<document::Text>& difference) {
    const recording::Differences differences = recording::differences(first.recording, second.recording);
    Json json{{"exchange", first.id},
              {"title", first.title},
              {"changes", texts_of(second.changes)},
              {"difference", texts_of(difference)}};
    json["first_difference"] = differences.begin ? Json(*differences.begin) : Json(nullptr);
    json["rungs"] = rungs_of(differences);
    add_run(json["as_it_is"], first);
    add_run(json["with_change"], second);
    return paint::written(json);
}

}  // namespace sipdex::cli
