#include <algorithm>

#include "document/markup.h"
#include "page/pages.h"
#include "page/vocabulary_links.h"
#include "simulator/run.h"

namespace sipdex::page {

namespace {

std::string branch(std::string token) {
    std::replace(token.begin(), token.end(), '-', '_');
    return token;
}

// The narration of the exchange itself, or of what happens in every exchange.
class Narrator {
public:
    Narrator(const Reader& reader, const std::string& exchange)
        : reader_(reader), own_(reader.catalog.prose("exchange/" + exchange, reader.language())),
          common_(reader.catalog.prose("exchange/common", reader.language())) {}

    const catalog::Prose& own() const { return own_; }

    Narration of(const simulator::Transmission& transmission) const {
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

document::Ladder ladder_of(const Replay& replay) {
    document::Ladder ladder;
    for (std::size_t i = 0; i < replay.recording.actors.size(); ++i) {
        const simulator::Actor& actor = replay.recording.actors[i];
        ladder.parties.push_back({actor.name, replay.roles[i], actor.address});
    }
    for (const simulator::Transmission& sent : replay.recording.messages)
        ladder.rungs.push_back({sent.from, sent.to, sip::label_of(sent.message), sent.message.status, sent.sent, sent.received, sent.retransmission});
    return ladder;
}

std::string title_of(const Reader& reader, const Replay& replay, std::size_t message) {
    const simulator::Transmission& sent = replay.recording.messages[message];
    const std::string number = std::to_string(message + 1), label = sip::label_of(sent.message);
    const std::string& from = replay.recording.actors[sent.from].name;
    const std::string& to = replay.recording.actors[sent.to].name;
    return sent.received ? reader.words.message_title(number, from, to, label) : reader.words.message_title_lost(number, from, to, label);
}

document::Text labelled(const std::string& label, const document::Text& text) {
    document::Text whole;
    whole.spans.push_back({label, document::Span::Style::strong, {}});
    whole.spans.push_back({" "});
    whole.spans.insert(whole.spans.end(), text.spans.begin(), text.spans.end());
    whole.language = text.language;
    return whole;
}

}  // namespace

std::optional<Replay> replay(const Reader& reader, const std::string& id) {
    const auto found = reader.catalog.exchange(id);
    if (!found || id == "common") return std::nullopt;
    const simulator::ReadExchange read = simulator::read_exchange(found->script, id + ".toml");
    if (!read.problems.empty()) return std::nullopt;    // the catalog's compiler lets none through
    simulator::Options options;
    if (const auto common = reader.catalog.exchange("common")) options.common = simulator::read_common_steps(common->script, "common.toml").steps;

    Replay replay;
    replay.id = id;
    replay.recording = simulator::run(read.exchange, options);
    const Narrator narrator(reader, id);
    replay.title = document::words_of(text_of(reader, narrator.own().find("title")));
    for (const simulator::Actor& actor : replay.recording.actors) replay.roles.push_back(reader.words.party_role(branch(actor.kind)));
    for (const simulator::Transmission& sent : replay.recording.messages) replay.narration.push_back(narrator.of(sent));
    return replay;
}

document::Document exchange(const Reader& reader, const std::string& id) {
    const auto told = replay(reader, id);
    if (!told) return notice(reader, reader.words.unknown_exchange(id));
    document::Document page = blank(reader, document::Document::Kind::exchange, told->title);
    const auto facts = reader.catalog.exchange(id);
    for (const std::string& shown : facts->shows)
        if (const auto response = reader.catalog.response(shown))
            page.mastheads.push_back(masthead(reader, *response, reader.catalog.prose("response/" + shown, reader.language())));
    const catalog::Prose prose = reader.catalog.prose("exchange/" + id, reader.language());
    document::Section story{"story", reader.words.section_story(), {}, false, false};
    for (document::Text& text : paragraphs_of(reader, prose.find("story"))) story.blocks.push_back(document::Paragraph{std::move(text)});
    page.sections.push_back(std::move(story));
    page.sections.push_back({"ladder", reader.words.section_ladder(), {ladder_of(*told)}, false, false});
    document::Section steps{"messages", reader.words.section_messages(), {}, false, false};
    for (std::size_t i = 0; i < told->recording.messages.size(); ++i) {
        const simulator::Transmission& sent = told->recording.messages[i];
        const Narration& narration = told->narration[i];
        steps.blocks.push_back(document::Message{title_of(reader, *told, i), sent.octets, sent.marked});
        if (!narration.what.empty()) steps.blocks.push_back(document::Paragraph{narration.what});
        if (!narration.why.empty()) steps.blocks.push_back(document::Paragraph{narration.why});
        if (!narration.rule.empty())
            steps.blocks.push_back(document::Paragraph{labelled(reader.words.rule_label(), narration.rule), document::Paragraph::Role::secondary});
    }
    page.sections.push_back(std::move(steps));
    return with_vocabulary_links(reader, std::move(page));
}

std::optional<std::string> exchange_for(const Reader& reader, const std::string& code_or_name) {
    const auto showing = reader.catalog.exchanges_showing(code_or_name);
    if (!showing.empty()) {
        // The exchange named after the code tells its story; others only pass by it.
        const auto own = std::find_if(showing.begin(), showing.end(), [&](const std::string& id) { return id.starts_with(code_or_name + "-"); });
        return own != showing.end() ? *own : showing.front();
    }
    if (code_or_name != "common" && reader.catalog.exchange(code_or_name)) return code_or_name;
    return std::nullopt;
}

}  // namespace sipdex::page
