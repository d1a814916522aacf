#include "page/telling.h"

#include <algorithm>
#include <set>

#include "document/markup.h"
#include "language/characters.h"
#include "page/fact_words.h"
#include "simulator/plan/narration.h"
#include "simulator/read_exchange.h"

namespace sipdex::page {

namespace {

// The narration of the exchange itself, or of what happens in every exchange.
class Narrator {
public:
    Narrator(const Reader& reader, const std::string& exchange)
        : reader_(reader),
          own_(reader.catalog.prose("exchange/" + exchange, reader.language())),
          common_(reader.catalog.prose("exchange/common", reader.language())) {}

    const catalog::Prose& own() const { return own_; }

    Narration of(const recording::Transmission& transmission) const {
        Narration told;
        if (!transmission.step.empty()) {
            told.what = said(transmission.step, "what");
            told.why = said(transmission.step, "why");
        }
        if (!transmission.rule.empty()) told.rule = document::text_of_source(transmission.rule);
        return told;
    }

private:
    document::Text said(const std::string& step, const std::string& part) const {
        const std::string key = "step." + step + "." + part;
        const catalog::Passage* passage = own_.find(key);
        return text_of(reader_, passage ? passage : common_.find(key));
    }

    const Reader& reader_;
    catalog::Prose own_, common_;
};

std::string title_of(const Reader& reader, const Replay& replay, std::size_t message) {
    const recording::Transmission& sent = replay.recording.messages[message];
    const std::string number = std::to_string(number_of(replay.recording, message)),
                      label = sip::label_of(sent.message);
    const std::string& from = replay.recording.actors[sent.from].name;
    const std::string& to = replay.recording.actors[sent.to].name;
    return sent.received ? reader.words.message_title(number, from, to, label)
                         : reader.words.message_title_lost(number, from, to, label);
}

// What tells the story of the unchanged exchange would not be true of messages behind the point of departure.
void narrate_in_common(const Reader& reader, recording::Recording& recording, std::size_t from) {
    recording::Recording common = recording;
    for (recording::Transmission& sent : common.messages) sent.step.clear(), sent.marked.clear();
    simulator::narrate(common, {}, common_steps(reader));
    for (std::size_t i = from; i < recording.messages.size(); ++i) recording.messages[i] = common.messages[i];
}

}  // namespace

std::optional<simulator::Exchange> script_of(const Reader& reader, const std::string& id) {
    const auto found = reader.catalog.exchange(id);
    if (!found || id == "common") return std::nullopt;
    source::Problems none;  // the catalog's compiler lets none through
    const source::Value script = source::restored(found->script);
    source::Table table(script, none, id + ".toml");
    return simulator::read_exchange(table);
}

std::vector<simulator::Step> common_steps(const Reader& reader) {
    const auto common = reader.catalog.exchange("common");
    if (!common) return {};
    source::Problems none;
    const source::Value script = source::restored(common->script);
    source::Table table(script, none);
    return simulator::read_common_steps(table);
}

Replay told(const Reader& reader, const std::string& id, recording::Recording recording,
            std::optional<std::size_t> story_ends) {
    Replay replay;
    replay.id = id;
    replay.recording = std::move(recording);
    if (story_ends) narrate_in_common(reader, replay.recording, *story_ends);
    const Narrator narrator(reader, id);
    replay.title = document::words_of(text_of(reader, narrator.own().find("title")));
    for (const recording::Actor& actor : replay.recording.actors)
        replay.roles.push_back(reader.words.party_role(branch(actor.kind)));
    for (const recording::Transmission& sent : replay.recording.messages) replay.narration.push_back(narrator.of(sent));
    for (const recording::Decision& decision : replay.recording.decisions)
        if (document::Text words = decision_words(reader, replay.recording, decision); !words.empty())
            replay.decisions.push_back({decision.before, decision.at, decision.actor, decision.id, std::move(words),
                                        document::text_of_source(decision.rule)});
    return replay;
}

document::Ladder ladder_of(const recording::Recording& recording, const std::vector<std::string>& roles,
                           std::optional<std::size_t> differs) {
    document::Ladder ladder;
    for (std::size_t i = 0; i < recording.actors.size(); ++i) {
        const recording::Actor& actor = recording.actors[i];
        ladder.parties.push_back({actor.name, i < roles.size() ? roles[i] : std::string(), actor.address});
    }
    for (std::size_t i = 0; i < recording.messages.size(); ++i) {
        const recording::Transmission& sent = recording.messages[i];
        ladder.rungs.push_back({sent.from, sent.to, language::shown(sip::label_of(sent.message)), sent.message.status,
                                sent.sent, sent.received, sent.retransmission, differs == i});
        ladder.rungs.back().untimed = sent.untimed;
        ladder.rungs.back().number = sent.number;
    }
    return ladder;
}

document::Paragraph legend_of(const Reader& reader, const document::Ladder& ladder) {
    std::set<int> classes;
    bool repeated = false, lost = false, differs = false, proves = false;
    for (const document::Rung& rung : ladder.rungs) {
        differs = differs || rung.differs;
        proves = proves || rung.proves;
        if (rung.status > 0) classes.insert(rung.status / 100);
        repeated = repeated || rung.repeated;
        lost = lost || !rung.arrives;
    }
    std::vector<std::string> signs;
    if (differs) signs.push_back("≠ " + reader.words.differs());
    if (proves) signs.push_back("◆ " + reader.words.ladder_proof());
    for (const int of : classes)
        signs.push_back(document::shape_of(of * 100) + (" " + reader.words.class_name(std::to_string(of))));
    if (repeated) signs.push_back("- - " + reader.words.message_repeated());
    if (lost) signs.push_back("✕ " + reader.words.message_lost());
    std::string line;
    for (const std::string& sign : signs) line += (line.empty() ? "" : " · ") + sign;
    return {document::plain(line), document::Paragraph::Role::secondary};
}

std::vector<document::Block> steps_of(const Reader& reader, const Replay& replay) {
    std::vector<document::Block> blocks;
    auto decision = replay.decisions.begin();
    const auto decide = [&](std::size_t before) {
        for (; decision != replay.decisions.end() && decision->before <= before; ++decision)
            blocks.push_back(
                document::Callout{document::Callout::Kind::note, with_rule(reader, decision->words, decision->rule)});
    };
    for (std::size_t i = 0; i < replay.recording.messages.size(); ++i) {
        decide(i);
        const recording::Transmission& sent = replay.recording.messages[i];
        const Narration& narration = replay.narration[i];
        blocks.push_back(document::Message{title_of(reader, replay, i), sent.octets(), sent.marked});
        if (!narration.what.empty()) blocks.push_back(document::Paragraph{narration.what});
        if (!narration.why.empty()) blocks.push_back(document::Paragraph{narration.why});
        if (!narration.rule.empty())
            blocks.push_back(document::Paragraph{labelled(reader.words.rule_label(), narration.rule),
                                                 document::Paragraph::Role::secondary});
    }
    decide(replay.recording.messages.size());
    return blocks;
}

document::Text labelled(const std::string& label, const document::Text& text) {
    document::Text whole;
    whole.spans.push_back({label, document::Span::Style::strong, {}});
    whole.spans.push_back({" "});
    whole.spans.insert(whole.spans.end(), text.spans.begin(), text.spans.end());
    whole.language = text.language;
    return whole;
}

document::Text with_rule(const Reader& reader, const document::Text& words, const document::Text& rule) {
    if (rule.empty()) return words;
    document::Text whole = words;
    whole.spans.push_back({" "});
    const document::Text source = labelled(reader.words.rule_label(), rule);
    whole.spans.insert(whole.spans.end(), source.spans.begin(), source.spans.end());
    return whole;
}

double seconds(recording::Time time) { return static_cast<double>(time.count()) / 1e6; }

}  // namespace sipdex::page
