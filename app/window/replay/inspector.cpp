#include "window/replay/inspector.h"

#include <algorithm>
#include <cctype>

#include "document/markup.h"
#include "window/kit/widgets.h"
#include "window/ladder/lane_picture.h"
#include "window/replay/message_changes.h"

namespace sipdex::window {

namespace {

using document::Item;
using document::Section;
using document::Text;

void append(Text& text, const Text& more) { text.spans.insert(text.spans.end(), more.spans.begin(), more.spans.end()); }

// The words, and behind them the rule as a link.
Text by_rule(Text text, std::string_view rule) {
    if (rule.empty()) return text;
    append(text, document::plain("  "));
    append(text, document::text_of_source(rule));
    return text;
}

std::string title_of(Ui& ui, const Replay& replay, std::size_t message) {
    const auto& sent = replay.recording.messages[message];
    const auto& actors = replay.recording.actors;
    return ui.words().window_message(actors[sent.from].name, actors[sent.to].name, sip::label_of(sent.message),
                                     sent.transport);
}

Text field_words(Ui& ui, Glossary& glossary, const std::string& name, const std::string& value) {
    return wire_words(ui.library, glossary, name + ": " + value, false);
}

std::string timer_words(const Words& words, const recording::TimerEvent& event) {
    using What = recording::TimerEvent::What;
    const std::string timer(event.timer);
    switch (event.what) {
        case What::set: return words.window_timer_set(timer, double(event.lasts.count()) / 1e6);
        case What::fired: return words.window_timer_fired(timer);
        case What::stopped: return words.window_timer_stopped(timer);
    }
    return {};
}

Item item_of(Ui& ui, Glossary& glossary, const FieldChange& change) {
    const Sentence label = change.kind == FieldChange::Kind::added     ? &Words::window_change_added
                           : change.kind == FieldChange::Kind::removed ? &Words::window_change_removed
                                                                       : &Words::window_change_changed;
    Item item{document::plain(ui.say(label)), {}};
    if (change.part == FieldChange::Part::body) {
        item.text = document::plain(ui.words().window_change_body());
    } else if (change.part == FieldChange::Part::start_line) {
        item.text = document::wire(change.before);
        append(item.text, document::plain(" → "));
        append(item.text, wire_words(ui.library, glossary, change.after, true));
    } else {
        item.text = field_words(ui, glossary, change.name,
                                change.kind == FieldChange::Kind::added ? change.after : change.before);
        if (change.kind == FieldChange::Kind::changed) {
            append(item.text, document::plain(" → "));
            append(item.text, document::wire(change.after));
        }
    }
    return item;
}

Section changes_section(Ui& ui, const Replay& replay, std::size_t message, Glossary& glossary) {
    Section section{"changes", "", {}, false, false};
    const auto before = message_before(replay.recording, message);
    if (!before) {
        section.blocks.push_back(document::Paragraph{document::plain(ui.words().window_changes_none_before()),
                                                     document::Paragraph::Role::secondary});
        return section;
    }
    const auto& messages = replay.recording.messages;
    const auto changes = changes_between(messages[*before].message, messages[message].message);
    section.blocks.push_back(document::Paragraph{
        document::plain((ui.words().*(changes.empty() ? &Words::window_changes_same : &Words::window_changes_since))(
            std::to_string(*before + 1), title_of(ui, replay, *before))),
        document::Paragraph::Role::secondary});
    document::List list;
    for (const FieldChange& change : changes) list.items.push_back(item_of(ui, glossary, change));
    if (!list.items.empty()) section.blocks.push_back(std::move(list));
    return section;
}

// Each answer is a link that makes its change.
Section question_section(const Question& question) {
    Section section{"question", "", {}, false, false};
    section.blocks.push_back(document::Paragraph{question.words, document::Paragraph::Role::lead});
    document::List list;
    list.choices = true;
    for (const page::Choice& choice : question.choices) {
        Item item{{}, choice.words};
        for (document::Span& span : item.text.spans)
            span.target = document::ToTerm{std::string(change_link) + simulator::to_text(choice.change)};
        list.items.push_back(std::move(item));
    }
    section.blocks.push_back(std::move(list));
    return section;
}

Section decisions_section(const Replay& replay, std::size_t message) {
    Section section{"decisions", "", {}, false, false};
    document::List list;
    for (const ToldDecision& decision : replay.decisions) {
        if (decision.before != message) continue;
        Item item{document::plain(replay.recording.actors[decision.actor].name), decision.words};
        if (!decision.rule.empty()) append(item.text, document::plain("  "));
        append(item.text, decision.rule);
        list.items.push_back(std::move(item));
    }
    if (!list.items.empty()) section.blocks.push_back(std::move(list));
    return section;
}

Section lanes_section(Ui& ui, const Replay& replay, const Telling& telling) {
    Section section{"lanes", "", {}, false, false};
    const auto now = [&](recording::Time at) { return at >= telling.from && at < telling.until; };
    const auto who = [&](std::size_t actor) { return document::plain(replay.recording.actors[actor].name); };
    document::List list;
    for (const auto& change : replay.recording.states)
        if (now(change.at))
            list.items.push_back({who(change.actor),
                                  by_rule(marked_words(ui.words().window_state_entered(
                                              machine_words(ui, std::string(change.machine)), std::string(change.to))),
                                          change.section)});
    using What = recording::TimerEvent::What;
    for (const auto& event : replay.recording.timers) {
        // What is set and stopped in the same moment never ran.
        if (!now(event.at) || (event.what == What::set && event.lasts.count() == 0)) continue;
        list.items.push_back(
            {who(event.actor), by_rule(document::plain(timer_words(ui.words(), event)), event.section)});
    }
    if (!list.items.empty()) section.blocks.push_back(std::move(list));
    return section;
}

}  // namespace

const std::string& Glossary::of(Library& library, const std::string& term) {
    const auto [entry, fresh] = said_.try_emplace(library.language() + "/" + term);
    if (fresh) {
        const document::Document page = library.term(term);
        if (page.kind == document::Document::Kind::term) entry->second = document::words_of(page.summary);
    }
    return entry->second;
}

const std::string& Glossary::of_response(Library& library, const std::string& id) {
    const auto [entry, fresh] = said_.try_emplace(library.language() + "/response/" + id);
    if (fresh)
        for (const ListedResponse& code : library.codes())
            if (code.id == id) entry->second = code.gloss;
    return entry->second;
}

document::Text wire_words(Library& library, Glossary& glossary, const std::string& line, bool start_line) {
    const auto wire_link = [](std::string words, document::Target target) {
        Text text = document::wire(std::move(words));
        text.spans.front().target = std::move(target);
        return text;
    };
    if (start_line && line.starts_with("SIP/2.0 ") && line.size() >= 11) {
        Text text = document::wire("SIP/2.0 ");
        append(text, wire_link(line.substr(8), document::ToResponse{line.substr(8, 3)}));
        return text;
    }
    const std::size_t end = line.find(start_line ? ' ' : ':');
    if (end == std::string::npos || end == 0 || line[0] == ' ' || line[0] == '\t') return document::wire(line);
    const std::string name = line.substr(0, end);
    const std::string term = start_line ? "method/" + name : "header/" + std::string(sip::full_name(name));
    if (glossary.of(library, term).empty()) return document::wire(line);
    Text text = wire_link(name, document::ToTerm{term});
    append(text, document::wire(line.substr(end)));
    return text;
}

std::string explained(Library& library, Glossary& glossary, const document::Target& target) {
    if (const auto* term = std::get_if<document::ToTerm>(&target); term && term->id.starts_with(change_link)) return {};
    if (const auto* term = std::get_if<document::ToTerm>(&target)) return glossary.of(library, term->id);
    if (const auto* response = std::get_if<document::ToResponse>(&target))
        return glossary.of_response(library, response->id);
    return {};
}

namespace {

// The page as far as it tells the message in sentences.
document::Document begun(const Ui& ui, const Replay& replay, std::optional<std::size_t> message) {
    document::Document page;
    page.language = ui.language();
    if (!message) {
        page.summary = document::plain(ui.words().window_nothing_sent());
        page.sections.push_back({"none", "", {}, false, false});
        return page;
    }
    const auto& sent = replay.recording.messages[*message];
    Section why{"why", "", {}, false, false};
    if (*message < replay.narration.size()) {
        const Narration& words = replay.narration[*message];
        page.summary = words.what;
        if (!document::words_of(words.why).empty()) why.blocks.push_back(document::Paragraph{words.why});
        if (!document::words_of(words.rule).empty())
            why.blocks.push_back(document::Paragraph{words.rule, document::Paragraph::Role::secondary});
    }
    if (document::words_of(page.summary).empty()) page.summary = document::plain(sip::label_of(sent.message));
    if (replay.departs == *message)
        why.blocks.push_back(
            document::Callout{document::Callout::Kind::note, document::plain(ui.words().window_departs())});
    if (!sent.received)
        why.blocks.push_back(
            document::Callout{document::Callout::Kind::warning, document::plain(ui.words().window_lost())});
    page.sections.push_back(std::move(why));
    return page;
}

}  // namespace

std::vector<std::string> narrated(const Ui& ui, const Replay& replay, std::optional<std::size_t> message) {
    const document::Document page = begun(ui, replay, message);
    std::vector<std::string> paragraphs{document::words_of(page.summary)};
    for (const document::Block& block : page.sections.front().blocks) {
        if (const auto* paragraph = std::get_if<document::Paragraph>(&block))
            paragraphs.push_back(document::words_of(paragraph->text));
        if (const auto* callout = std::get_if<document::Callout>(&block))
            paragraphs.push_back(document::words_of(callout->text));
    }
    return paragraphs;
}

document::Document told(Ui& ui, const Replay& replay, std::optional<std::size_t> message, const Telling& telling,
                        Glossary& glossary) {
    document::Document page = begun(ui, replay, message);
    if (!message) return page;
    const auto& sent = replay.recording.messages[*message];
    for (const Question& question : replay.questions)
        if (question.message == *message) page.sections.push_back(question_section(question));
    if (Section decided = decisions_section(replay, *message); !decided.blocks.empty())
        page.sections.push_back(std::move(decided));
    if (telling.changes) page.sections.push_back(changes_section(ui, replay, *message, glossary));
    Section octets{"message", "", {}, false, false};
    octets.blocks.push_back(document::Message{title_of(ui, replay, *message), sent.octets(), sent.marked});
    page.sections.push_back(std::move(octets));
    if (telling.lanes) page.sections.push_back(lanes_section(ui, replay, telling));
    return page;
}

}  // namespace sipdex::window
