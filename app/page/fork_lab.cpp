// A fork lab: which of several responses the caller gets, and by which rule.
#include "simulator/what_if/fork_lab.h"

#include "document/markup.h"
#include "page/telling.h"
#include "page/vocabulary_links.h"
#include "simulator/run.h"

namespace sipdex::page {

namespace {

using language::Words;

std::vector<simulator::ForkPhone> with_phrases(const Reader& reader, std::vector<simulator::ForkPhone> phones) {
    for (simulator::ForkPhone& phone : phones)
        if (const auto response = reader.catalog.response(std::to_string(phone.status));
            response && phone.phrase.empty())
            phone.phrase = response->phrase;
    return phones;
}

recording::Recording run_lab(const Reader& reader, const std::vector<simulator::ForkPhone>& phones) {
    simulator::Options options;
    options.common = common_steps(reader);
    recording::Recording recording = simulator::run(simulator::fork_lab(phones), options);
    // Behind the caller and the proxy.
    for (std::size_t i = 0; i < phones.size(); ++i)
        recording.actors[i + 2].name = reader.words.fork_phone_name(std::to_string(i + 1));
    return recording;
}

std::string title_of(const Reader& reader, const std::vector<simulator::ForkPhone>& phones) {
    std::string all;
    for (const simulator::ForkPhone& phone : phones) all += (all.empty() ? "" : " ") + to_text(phone);
    return reader.words.fork_lab_title(all);
}

document::List phones_in_words(const Reader& reader, const std::vector<simulator::ForkPhone>& phones,
                               const recording::Recording& recording) {
    document::List list;
    for (std::size_t i = 0; i < phones.size(); ++i) {
        const simulator::ForkPhone& phone = phones[i];
        const std::string& name = recording.actors[i + 2].name;
        const std::string answer = std::to_string(phone.status) + " " + phone.phrase;
        list.items.push_back({{},
                              phone.status == 0 ? sentence(reader, &Words::fork_phone_off, name)
                              : phone.status < 200
                                  ? sentence(reader, &Words::fork_phone_rings, name)
                                  : sentence(reader, &Words::fork_phone_answers, name, answer, seconds(phone.after))});
    }
    return list;
}

// What the caller got, first the response that ended the call, then any that came after it.
std::vector<document::Text> outcome_words(const Reader& reader, const recording::Recording& recording) {
    const auto outcome = simulator::fork_outcome(recording);
    const std::string& caller = recording.actors.front().name;
    if (!outcome) return {sentence(reader, &Words::fork_no_outcome, caller)};
    std::vector<document::Text> told;
    for (const std::size_t message : outcome->responses) {
        const recording::Transmission& got = recording.messages[message];
        const std::string label = sip::label_of(got.message);
        told.push_back(sentence(reader, told.empty() ? &Words::fork_outcome : &Words::fork_outcome_again, caller, label,
                                seconds(*got.received)));
    }
    return told;
}

// What the proxy decided for that, and by which rule; empty where there was no outcome.
document::Text decision_behind(const Reader& reader, const recording::Recording& recording) {
    const auto outcome = simulator::fork_outcome(recording);
    if (!outcome) return {};
    return with_rule(reader, decision_words(reader, recording, outcome->decision),
                     document::text_of_source(outcome->decision.rule));
}

std::vector<document::Block> outcome_in_words(const Reader& reader, const recording::Recording& recording) {
    std::vector<document::Block> blocks;
    const bool any = simulator::fork_outcome(recording).has_value();
    for (document::Text& told : outcome_words(reader, recording))
        blocks.push_back(document::Paragraph{std::move(told), any && blocks.empty() ? document::Paragraph::Role::lead
                                                                                    : document::Paragraph::Role::body});
    if (document::Text why = decision_behind(reader, recording); !why.empty())
        blocks.push_back(document::Paragraph{std::move(why)});
    return blocks;
}

}  // namespace

Replay fork_replay(const Reader& reader, const std::vector<simulator::ForkPhone>& asked) {
    const auto phones = with_phrases(reader, asked);
    Replay replay = told(reader, "fork-lab", run_lab(reader, phones), std::nullopt);
    replay.title = title_of(reader, phones);
    replay.outcome = outcome_words(reader, replay.recording).front();
    replay.outcome_why = decision_behind(reader, replay.recording);
    return replay;
}

document::Document fork_lab(const Reader& reader, const std::vector<simulator::ForkPhone>& asked) {
    if (asked.size() < simulator::fewest_fork_phones || asked.size() > simulator::most_fork_phones)
        return notice(reader, sentence(reader, &Words::fork_phone_count, static_cast<long>(asked.size())));
    const Replay replay = fork_replay(reader, asked);
    document::Document page = blank(reader, document::Document::Kind::exchange, replay.title);
    page.sections.push_back(
        {"outcome", reader.words.section_outcome(), outcome_in_words(reader, replay.recording), true, false});
    page.sections.push_back({"phones",
                             reader.words.section_phones(),
                             {phones_in_words(reader, with_phrases(reader, asked), replay.recording)},
                             false,
                             false});
    const document::Ladder ladder = ladder_of(replay.recording, replay.roles);
    page.sections.push_back(
        {"ladder", reader.words.section_ladder(), {ladder, legend_of(reader, ladder)}, false, false});
    page.sections.push_back({"messages", reader.words.section_messages(), steps_of(reader, replay), false, false});
    return with_vocabulary_links(reader, std::move(page));
}

AskedPhone phone_from(const Reader& reader, const std::string& text) {
    const auto phone = simulator::read_fork_phone(text);
    if (!phone || (phone->status >= 200 && !reader.catalog.response(std::to_string(phone->status))))
        return {std::nullopt, reader.words.fork_phone_wrong(text)};
    return {phone, {}};
}

}  // namespace sipdex::page
