// An exchange as it is beside the same exchange with something changed.
#include "page/telling.h"
#include "page/vocabulary_links.h"
#include "simulator/run.h"
#include "sip/cseq.h"

namespace sipdex::page {

namespace {

using recording::Difference;
using recording::Recording;

// The last final response that the one who began the exchange got to its request.
const recording::Transmission* outcome_of(const Recording& recording) {
    const recording::Transmission* last = nullptr;
    if (recording.messages.empty()) return last;
    const std::string begun = recording.messages.front().message.method;
    for (const recording::Transmission& sent : recording.messages) {
        const auto cseq = sip::cseq_of(sent.message);
        if (sent.to == recording.messages.front().from && sent.message.status >= 200 && sent.received && cseq &&
            cseq->method == begun)
            last = &sent;
    }
    return last;
}

// The outcome for whoever began; empty where nobody sent anything.
document::Text outcome_words(const Reader& reader, const Recording& first, const Recording& second) {
    if (first.messages.empty()) return {};
    const auto *a = outcome_of(first), *b = outcome_of(second);
    const std::string& who = first.actors[first.messages.front().from].name;
    const std::string was = a ? sip::label_of(a->message) : "none", is = b ? sip::label_of(b->message) : "none";
    return was == is ? sentence(reader, &language::Words::outcome_same, was, who)
                     : sentence(reader, &language::Words::outcome_changed, is, who, was);
}

document::Text rung_words(const Reader& reader, const Recording& recording, std::optional<std::size_t> message) {
    if (!message) return document::plain("–");
    const recording::Transmission& sent = recording.messages[*message];
    return sentence(reader, &language::Words::side_by_side_message, sent.received ? "arrives" : "lost",
                    seconds(sent.sent), recording.actors[sent.from].name, recording.actors[sent.to].name,
                    sip::label_of(sent.message));
}

const char* kind_of(Difference::What what) {
    switch (what) {
        case Difference::What::none: return "same";
        case Difference::What::time: return "time";
        case Difference::What::fate: return "fate";
        case Difference::What::content: return "content";
        case Difference::What::replaced: return "replaced";
        case Difference::What::missing: return "missing";
        case Difference::What::added: return "added";
    }
    return "same";
}

document::FactTable side_by_side(const Reader& reader, const Recording& first, const Recording& second,
                                 const recording::Differences& differences) {
    document::FactTable table;
    table.heads = {document::plain(reader.words.as_it_is()), document::plain(reader.words.as_it_would_be())};
    for (const Difference& rung : differences.rungs)
        table.rows.push_back({document::plain(reader.words.difference_kind(kind_of(rung.what))),
                              {rung_words(reader, first, rung.first), rung_words(reader, second, rung.second)},
                              rung.what != Difference::What::none});
    return table;
}

document::Section paragraphs(std::string id, std::string title, std::vector<document::Text> texts) {
    document::Section section{std::move(id), std::move(title), {}, false, false};
    for (document::Text& text : texts)
        if (!text.empty()) section.blocks.push_back(document::Paragraph{std::move(text)});
    return section;
}

struct BothRuns {
    simulator::Exchange exchange;
    Recording first, second;
    recording::Differences differences;
};

std::optional<BothRuns> both_runs(const Reader& reader, const std::string& id,
                                  const std::vector<simulator::Change>& changes) {
    const auto exchange = script_of(reader, id);
    if (!exchange) return std::nullopt;
    simulator::Options options;
    options.common = common_steps(reader);
    BothRuns runs{*exchange, simulator::run(*exchange, options), {}, {}};
    runs.second = changes.empty() ? runs.first : simulator::run(simulator::changed(*exchange, changes), options);
    runs.differences = recording::differences(runs.first, runs.second);
    return runs;
}

// The message of the second run at which its course departs; the number of messages where it merely ends earlier.
std::optional<std::size_t> departure(const BothRuns& runs) {
    if (!runs.differences.course) return std::nullopt;
    for (std::size_t rung = *runs.differences.course; rung < runs.differences.rungs.size(); ++rung)
        if (const auto message = runs.differences.rungs[rung].second) return message;
    return runs.second.messages.size();
}

// Where to look for what is different.
std::optional<Replay::FirstDifference> first_difference(const Reader& reader, const BothRuns& runs) {
    const auto at = runs.differences.course ? runs.differences.course : runs.differences.begin;
    if (!at) return std::nullopt;
    Replay::FirstDifference found{{}, runs.first.messages.size(), runs.second.messages.size()};
    // A message that one run lacks stands level with the next that it has.
    for (std::size_t rung = runs.differences.rungs.size(); rung-- > *at;) {
        found.as_it_is = runs.differences.rungs[rung].first.value_or(found.as_it_is);
        found.changed = runs.differences.rungs[rung].second.value_or(found.changed);
    }
    const auto told = difference_words(reader, runs.first, runs.second, runs.differences);
    found.words = runs.differences.course ? told.back() : told.front();
    return found;
}

// Whose answer is another; empty for a change of something else.
std::string answerer(const simulator::Change& change) {
    if (const auto* answers = std::get_if<simulator::Answers>(&change))
        return answers->status == 0 ? std::string() : answers->party;
    if (const auto* never = std::get_if<simulator::NeverAnswers>(&change)) return never->party;
    if (const auto* switched = std::get_if<simulator::Switched>(&change)) return switched->party;
    return {};
}

// From where on the story of the exchange would not be true: a phone that was busy and now declines is not busy any
// more when the call reaches it, before it says anything.
std::optional<std::size_t> end_of_story(const BothRuns& runs, const std::vector<simulator::Change>& changes) {
    std::optional<std::size_t> end = departure(runs);
    for (std::size_t i = 0; end && i < *end; ++i)
        for (const simulator::Change& change : changes)
            if (runs.second.actors[runs.second.messages[i].to].id == answerer(change)) end = i;
    return end;
}

Replay replay_of(const Reader& reader, const std::string& id, const BothRuns& runs,
                 const std::vector<simulator::Change>& changes) {
    Replay replay = told(reader, id, runs.second, end_of_story(runs, changes));
    replay.departs = departure(runs);
    replay.difference = first_difference(reader, runs);
    for (const simulator::Change& change : changes)
        replay.changes.push_back(change_words(reader, runs.exchange, change));
    replay.questions = questions_of(reader, simulator::changed(runs.exchange, changes), replay.recording);
    return replay;
}

}  // namespace

std::optional<Replay> replay(const Reader& reader, const std::string& id,
                             const std::vector<simulator::Change>& changes) {
    const auto runs = both_runs(reader, id, changes);
    return runs ? std::optional(replay_of(reader, id, *runs, changes)) : std::nullopt;
}

AskedChange change_from(const Reader& reader, const std::string& id, const std::string& text,
                        const std::vector<simulator::Change>& earlier) {
    const auto exchange = script_of(reader, id);
    if (!exchange) return {std::nullopt, {}, reader.words.unknown_exchange(id)};
    const auto read = simulator::read_change(text, simulator::changed(*exchange, earlier), [&](int status) {
        const auto response = reader.catalog.response(std::to_string(status));
        return response ? response->phrase : std::string();
    });
    return {read.change, read.change ? change_words(reader, *exchange, *read.change) : document::Text{},
            problem_words(reader, read.problem)};
}

Offer offer_of(const Reader& reader, const std::string& id, const std::vector<simulator::Change>& earlier) {
    const auto exchange = script_of(reader, id);
    if (!exchange) return {};
    const simulator::Exchange now = simulator::changed(*exchange, earlier);
    return {simulator::changeables(now), simulator::loses_messages(now)};
}

document::Document what_if(const Reader& reader, const std::string& id, const std::vector<simulator::Change>& changes) {
    const auto runs = both_runs(reader, id, changes);
    if (!runs) return notice(reader, sentence(reader, &language::Words::unknown_exchange, id));
    const Replay first = told(reader, id, runs->first, std::nullopt), second = replay_of(reader, id, *runs, changes);
    document::Document page =
        blank(reader, document::Document::Kind::exchange, reader.words.what_if_title(first.title));
    page.summary = outcome_words(reader, runs->first, runs->second);

    document::List changed;
    for (const document::Text& change : second.changes) changed.items.push_back({{}, change});
    page.sections.push_back({"changes", reader.words.section_changes(), {}, false, false});
    if (changed.items.empty())
        page.sections.back().blocks.push_back(document::Paragraph{document::plain(reader.words.what_if_unchanged())});
    else page.sections.back().blocks.push_back(std::move(changed));
    page.sections.push_back(paragraphs("difference", reader.words.section_difference(),
                                       difference_words(reader, runs->first, runs->second, runs->differences)));

    const Difference* const begin =
        runs->differences.begin ? &runs->differences.rungs[*runs->differences.begin] : nullptr;
    page.sections.push_back({"side-by-side",
                             reader.words.section_side_by_side(),
                             {side_by_side(reader, runs->first, runs->second, runs->differences)},
                             false,
                             false});
    page.sections.push_back({"ladder-as-it-is",
                             reader.words.as_it_is(),
                             {ladder_of(first.recording, first.roles, begin ? begin->first : std::nullopt)},
                             false,
                             false});
    page.sections.push_back({"ladder-as-it-would-be",
                             reader.words.as_it_would_be(),
                             {ladder_of(second.recording, second.roles, begin ? begin->second : std::nullopt)},
                             false,
                             false});
    page.sections.push_back({"messages", reader.words.section_steps_changed(), steps_of(reader, second), false, false});
    return with_vocabulary_links(reader, std::move(page));
}

}  // namespace sipdex::page
