#include "cli/explain_json.h"

#include <map>
#include <nlohmann/json.hpp>

#include "calls/outline.h"
#include "language/characters.h"
#include "page/finding_list.h"
#include "paint/json.h"

namespace sipdex::cli {

namespace {

using nlohmann::ordered_json;

// Octets that are no UTF-8 cannot stand in JSON.
std::string shown(std::string_view octets) { return language::shown(octets, octets.size()); }

std::string time_of(const capture::Message& message) {
    if (message.clock == capture::Clock::none) return {};
    const auto micro = std::chrono::duration_cast<std::chrono::microseconds>(message.time).count();
    std::string fraction = std::to_string(micro % 1000000);
    fraction.insert(0, 6 - fraction.size(), '0');
    return std::to_string(micro / 1000000) + "." + fraction;
}

ordered_json message_json(const page::Brought& brought, std::size_t index) {
    const capture::Message& message = brought.captured.messages[index];
    const calls::Placed& placed = brought.calls.placed[index];
    const auto party = [&](std::size_t one) {
        return one == calls::none ? std::string() : shown(to_text(brought.calls.parties[one]));
    };
    const calls::Outline outline = calls::outline_of(message);
    ordered_json json{
        {"number", index + 1}, {"time", time_of(message)}, {"from", party(placed.from)}, {"to", party(placed.to)}};
    if (outline.is_request()) json["method"] = shown(outline.method);
    else json["code"] = outline.status;
    json["repeat"] = placed.repeat == calls::Repeat::retransmission;
    return json;
}

ordered_json call_json(const page::Reader& reader, const page::Brought& brought, std::size_t story) {
    const calls::Story& one = brought.calls.stories[story];
    ordered_json json{{"number", story + 1},
                      {"id", shown(one.call_id)},
                      {"kind", name_of(one.kind)},
                      {"outcome", name_of(one.outcome)},
                      {"text", document::words_of(page::outcome_of_story(reader, brought, story))},
                      {"code", one.status == 0 ? ordered_json(nullptr) : ordered_json(one.status)},
                      {"caller", shown(calls::uri_in(one.caller))},
                      {"callee", shown(calls::uri_in(one.callee))}};
    json["messages"] = ordered_json::array();
    for (const std::size_t index : one.messages) json["messages"].push_back(message_json(brought, index));
    return json;
}

// `number` is that of --finding.
ordered_json finding_json(const page::Reader& reader, const findings::Finding& finding, std::size_t number) {
    const page::ToldFinding words = page::told(reader, finding);
    ordered_json json{{"number", number}, {"rule", finding.rule->id}, {"severity", name_of(finding.severity)}};
    json["call"] = finding.story == calls::none ? ordered_json(nullptr) : ordered_json(finding.story + 1);
    json["evidence"] = ordered_json::array();
    for (const std::size_t index : finding.evidence) json["evidence"].push_back(index + 1);
    json["title"] = document::words_of(words.title);
    json["text"] = document::words_of(words.text);
    json["why"] = document::words_of(words.why);
    json["act"] = document::words_of(words.act);
    json["who"] = words.who;
    json["source"] = finding.rule->source;
    json["fields"] = finding.fields;
    json["values"] = ordered_json::object();
    for (const auto& [name, value] : finding.values)
        std::visit(
            [&, &name = name](const auto& one) {
                if constexpr (std::is_same_v<std::decay_t<decltype(one)>, std::string>)
                    json["values"][name] = shown(one);
                else json["values"][name] = one;
            },
            value);
    return json;
}

ordered_json file_json(const capture::Captured::File& file) {
    static constexpr const char* formats[] = {"none", "pcap", "pcapng", "log"};
    ordered_json json{{"name", shown(file.name)},
                      {"format", formats[static_cast<std::size_t>(file.summary.format)]},
                      {"frames", file.summary.frames},
                      {"messages", file.summary.messages}};
    json["problems"] = ordered_json::array();
    for (const capture::Problem& problem : file.summary.problems)
        json["problems"].push_back(
            {{"kind", name_of(problem.kind)}, {"count", problem.count}, {"frame", problem.frame}});
    return json;
}

}  // namespace

std::string json_of(const page::Reader& reader, const page::Brought& brought, const page::Explain& how) {
    ordered_json json;
    json["verdict"] = document::words_of(page::verdict(reader, brought, how));
    json["language"] = reader.language();
    json["messages"] = brought.captured.messages_seen;
    json["methods"] = ordered_json::object();
    for (const auto& [method, count] : brought.captured.methods) json["methods"][shown(method)] = count;
    json["codes"] = ordered_json::object();
    for (const auto& [code, count] : brought.captured.codes) json["codes"][std::to_string(code)] = count;
    const auto wanted = [&](std::size_t story) { return how.stories.empty() || how.stories.contains(story); };
    json["findings"] = ordered_json::array();
    std::map<const findings::Finding*, std::size_t> numbers;
    std::size_t number = 0;
    for (const page::FindingGroup& group : page::grouped(brought)) {
        ++number;
        for (const findings::Finding* one : group.proofs) numbers[one] = number;
    }
    for (const findings::Finding& one : brought.findings)
        if (one.story == calls::none ? how.stories.empty() : wanted(one.story))
            json["findings"].push_back(finding_json(reader, one, numbers[&one]));
    json["calls"] = ordered_json::array();
    for (std::size_t story = 0; story < brought.calls.stories.size(); ++story)
        if (wanted(story)) json["calls"].push_back(call_json(reader, brought, story));
    json["files"] = ordered_json::array();
    for (const auto& file : brought.captured.files) json["files"].push_back(file_json(file));
    return paint::written(json);
}

}  // namespace sipdex::cli
