#include "page/explained.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>

#include "calls/outline.h"
#include "document/markup.h"
#include "language/characters.h"
#include "page/call_id.h"
#include "page/fact_words.h"
#include "page/finding_list.h"
#include "page/pasted.h"
#include "page/reading_problems.h"
#include "page/telling.h"

namespace sipdex::page {

namespace {

using document::Text;
using findings::Finding;
using findings::Severity;

// More would be read by nobody, and printed on hundreds of pages.
constexpr std::size_t most_listed = 200, most_ladders = 5, most_rungs = 200;

bool wanted(const Explain& how, std::size_t story) {
    return story == calls::none ? how.stories.empty() : how.stories.empty() || how.stories.contains(story);
}

// "sip:+33123@example.com" as the user or, where there is none, the host: what a list has room for.
std::string short_name(std::string_view address) {
    std::string_view name = calls::user_in(address);
    if (name.empty()) name = calls::uri_in(address);
    return language::shown(name);
}

// Of each story; a note where nothing was found.
std::vector<Severity> worst_of_each(const Brought& brought) {
    std::vector<Severity> worst(brought.calls.stories.size(), Severity::note);
    for (const Finding& one : brought.findings)
        if (one.story < worst.size()) worst[one.story] = std::max(worst[one.story], one.severity);
    return worst;
}

// Findings stand with the gravest first.
const Finding* gravest_of(const Brought& brought, const Explain& how, std::size_t story = calls::none) {
    for (const Finding& one : brought.findings) {
        if (one.severity == Severity::note) break;
        if (wanted(how, one.story) && (story == calls::none || one.story == story)) return &one;
    }
    return nullptr;
}

std::vector<std::size_t> stories_of(const Brought& brought, const Explain& how) {
    std::vector<std::size_t> all;
    for (std::size_t story = 0; story < brought.calls.stories.size(); ++story)
        if (wanted(how, story)) all.push_back(story);
    return all;
}

// "Refused with 486 by 192.0.2.3. · Messages 4–12 · The ACK does not arrive"
Text in_the_list(const Reader& reader, const Brought& brought, std::size_t story) {
    Text line = outcome_of_story(reader, brought, story);
    const std::vector<std::size_t>& messages = brought.calls.stories[story].messages;
    const std::string first = std::to_string(messages.front() + 1), last = std::to_string(messages.back() + 1);
    line.spans.push_back({" · " + reader.words.finding_evidence(static_cast<long>(messages.size()),
                                                                first == last ? first : first + "–" + last)});
    if (const Finding* gravest = gravest_of(brought, {}, story)) {
        line.spans.push_back({" · "});
        line.spans.push_back({document::words_of(told(reader, *gravest).title), document::Span::Style::strong, {}});
    }
    return line;
}

void add_list(const Reader& reader, const Brought& brought, const Explain& how, document::Document& page) {
    const std::vector<std::size_t> stories = stories_of(brought, how);
    if (stories.size() < 2 || !how.with_list) return;
    document::Section section{"calls", reader.words.section_calls(), {}};
    document::FactTable table;
    for (std::size_t i = 0; i < stories.size() && i < most_listed; ++i) {
        const std::string title = title_of_story(reader, brought, stories[i]);
        table.rows.push_back(
            {how.with_links ? document::link(title, document::ToExchange{call_id(stories[i])}) : document::plain(title),
             {in_the_list(reader, brought, stories[i])}});
    }
    section.blocks.push_back(document::Paragraph{
        sentence(reader, &language::Words::evidence_count, static_cast<long>(brought.captured.messages_seen),
                 static_cast<long>(brought.calls.stories.size())),
        document::Paragraph::Role::secondary});
    section.blocks.push_back(std::move(table));
    if (stories.size() > most_listed)
        section.blocks.push_back(document::Callout{
            document::Callout::Kind::note,
            sentence(reader, &language::Words::calls_left_out, static_cast<long>(stories.size() - most_listed))});
    page.sections.push_back(std::move(section));
}

// Those with the gravest findings first.
std::vector<std::size_t> ladders_of(const Brought& brought, const Explain& how) {
    std::vector<std::size_t> stories = stories_of(brought, how);
    if (!how.stories.empty()) return stories;
    const std::vector<Severity> worst = worst_of_each(brought);
    std::ranges::stable_sort(stories, [&](std::size_t a, std::size_t b) { return worst[a] > worst[b]; });
    if (stories.size() > most_ladders) stories.resize(most_ladders);
    return stories;
}

void add_ladders(const Reader& reader, const Brought& brought, const Explain& how, document::Document& page) {
    const std::vector<std::size_t> shown = ladders_of(brought, how), all = stories_of(brought, how);
    const bool alone = shown.size() == 1;
    for (const std::size_t story : shown) {
        Replay replay = call_replay(reader, brought, {story});
        if (replay.recording.messages.empty()) continue;
        document::Ladder ladder = ladder_of(replay.recording, replay.roles);
        document::Section section{"call-" + std::to_string(story + 1), replay.title, {}};
        const std::size_t rungs = ladder.rungs.size();
        if (rungs > most_rungs) ladder.rungs.resize(most_rungs);
        const document::Paragraph legend = legend_of(reader, ladder);
        if (!alone) section.blocks.push_back(document::Paragraph{outcome_of_story(reader, brought, story)});
        section.blocks.push_back(std::move(ladder));
        section.blocks.push_back(legend);
        if (rungs > most_rungs)
            section.blocks.push_back(document::Callout{
                document::Callout::Kind::note,
                sentence(reader, &language::Words::rungs_left_out, std::to_string(most_rungs), std::to_string(rungs))});
        page.sections.push_back(std::move(section));
        if (how.with_messages || alone) {
            document::Section messages{"messages-" + std::to_string(story + 1), reader.words.section_messages(), {}};
            while (replay.recording.messages.size() > most_rungs) replay.recording.messages.pop_back();
            messages.blocks = steps_of(reader, replay);
            messages.folded = true;
            page.sections.push_back(std::move(messages));
        }
    }
    if (how.stories.empty() && all.size() > shown.size() && !page.sections.empty())
        page.sections.back().blocks.push_back(document::Callout{
            document::Callout::Kind::note, sentence(reader, &language::Words::ladders_left_out,
                                                    std::to_string(shown.size()), std::to_string(all.size()))});
}

// Those that were refused. OPTIONS checks, which go on all the time, only count where nothing else was.
std::vector<std::size_t> refused_of(const Brought& brought, std::vector<std::size_t> stories) {
    const auto is_check = [&](std::size_t story) { return brought.calls.stories[story].kind == calls::Kind::options; };
    std::erase_if(stories,
                  [&](std::size_t story) { return brought.calls.stories[story].outcome != calls::Outcome::refused; });
    if (!std::ranges::all_of(stories, is_check)) std::erase_if(stories, is_check);
    return stories;
}

// The code that ended a single call or, where nothing graver is to be said, with which all were refused that were; 0 where
// there is no such one.
int code_of_all(const Brought& brought, const Explain& how) {
    const std::vector<std::size_t> stories = stories_of(brought, how);
    if (stories.size() == 1) return brought.calls.stories[stories.front()].status;
    if (gravest_of(brought, how)) return 0;
    std::set<int> codes;
    for (const std::size_t story : refused_of(brought, stories)) codes.insert(brought.calls.stories[story].status);
    return codes.size() == 1 ? *codes.begin() : 0;
}

// What the code means that is behind it all: the verdict, whose turn it is, the first check, what to tell the customer.
void add_answer(const Reader& reader, const Brought& brought, const Explain& how, document::Document& page) {
    const int status = code_of_all(brought, how);
    const std::string code = std::to_string(status);
    constexpr int first_that_fails = 300;
    if (status < first_that_fails || !reader.catalog.title_of_response(code)) return;
    for (document::Section& section : response(reader, code).sections)
        if (section.at_a_glance) {
            section.title = *reader.catalog.title_of_response(code);
            page.sections.push_back(std::move(section));
        }
}

void add_problems(const Reader& reader, const Brought& brought, document::Document& page) {
    document::List list;
    std::set<std::size_t> with_messages;
    for (const auto& message : brought.captured.messages) with_messages.insert(message.file);
    for (std::size_t i = 0; i < brought.captured.files.size(); ++i) {
        const capture::Captured::File& file = brought.captured.files[i];
        const std::string name = std::filesystem::path(file.name.empty() ? "-" : file.name).filename().string();
        // Among others, and with nothing else to say of it: of a folder somebody wants to know which were read.
        if (!with_messages.contains(i) && file.summary.problems.empty())
            list.items.push_back(
                {{},
                 document::plain(reader.words.explain_nothing(
                     language::shown(name), reader.words.explain_why(is_capture(file) ? "no_sip" : "unknown")))});
        for (const capture::Problem& problem : file.summary.problems) {
            list.items.push_back({{}, problem_told(reader, brought, problem, name)});
        }
    }
    const bool answered = std::ranges::any_of(brought.calls.stories, [](const calls::Story& story) {
        return story.kind == calls::Kind::call &&
               (story.outcome == calls::Outcome::answered || story.outcome == calls::Outcome::ended);
    });
    const bool packets = std::ranges::any_of(brought.captured.files, [](const auto& file) {
        return file.summary.format != capture::Summary::Format::log;  // which never holds media
    });
    if (answered && packets && brought.captured.flows.empty())
        list.items.push_back({{}, sentence(reader, &language::Words::media_not_captured)});
    if (const std::vector<std::size_t>& outside = brought.calls.without_call_id; !outside.empty() && !packets)
        list.items.push_back(
            {{},
             sentence(reader, &language::Words::messages_outside_calls, static_cast<long>(outside.size()),
                      std::to_string(brought.captured.messages[outside.front()].frames.front()))});
    if (!list.items.empty()) page.sections.push_back({"reading", reader.words.section_reading(), {std::move(list)}});
}

// What was found may rest on them, and what was not found too.
void add_changed_thresholds(const Reader& reader, const Brought& brought, const Explain& how,
                            document::Document& page) {
    document::List list;
    for (const catalog::FindingRule& rule : *brought.rules)
        for (const catalog::FindingRule::Threshold& one : rule.thresholds) {
            const long value = threshold_of(brought, rule, one);
            if (value == one.value) continue;
            const std::string words = reader.words.threshold_changed(
                title_of_rule(reader, rule), threshold_name(reader, one.name), threshold_value(reader, one.name, value),
                threshold_value(reader, one.name, one.value));
            list.items.push_back({{},
                                  how.with_links
                                      ? document::link(words, document::ToTerm{std::string(thresholds_link) + rule.id})
                                      : document::plain(words)});
        }
    if (!list.items.empty())
        page.sections.push_back({"thresholds", reader.words.section_changed_thresholds(), {std::move(list)}});
}

std::string title_of(const Reader& reader, const Brought& brought) {
    if (brought.pasted) return reader.words.evidence_title_pasted();
    const auto& files = brought.captured.files;
    const std::string first = files.empty() || files.front().name.empty()
                                  ? "-"
                                  : std::filesystem::path(files.front().name).filename().string();
    const std::string name = language::shown(first);
    return files.size() > 1 ? reader.words.evidence_title_several(name, static_cast<long>(files.size() - 1))
                            : reader.words.evidence_title(name);
}

std::string link_to_code(const Reader& reader, int status) {
    const std::string code = std::to_string(status);
    return reader.catalog.title_of_response(code) ? "[" + code + "]" : document::literal(code);
}

// Of several calls: how many were refused, and with what, the most frequent first. A refusal is no fault of signalling, yet it
// is what whoever brings a file asks about.
Text refusals(const Reader& reader, const Brought& brought, const std::vector<std::size_t>& stories) {
    constexpr std::size_t most = 8;
    std::map<int, long> times;
    const std::vector<std::size_t> refused = refused_of(brought, stories);
    for (const std::size_t story : refused) ++times[brought.calls.stories[story].status];
    const auto count = static_cast<long>(refused.size());
    if (count == 0) return {};
    std::vector<std::pair<int, long>> by_times(times.begin(), times.end());
    std::ranges::stable_sort(by_times, std::greater{}, &std::pair<int, long>::second);
    std::string codes;
    const bool one_code = by_times.size() == 1;  // whose count is told already
    for (std::size_t i = 0; i < by_times.size() && i < most; ++i)
        codes += (i > 0 ? ", " : "") + reader.words.verdict_refused_code(one_code ? 1 : by_times[i].second,
                                                                         link_to_code(reader, by_times[i].first));
    codes += by_times.size() > most ? ", …" : ".";
    return sentence(reader, &language::Words::verdict_refused, count, Markup{codes});
}

std::optional<Pasted> answer_to_fragment(const Reader& reader, const Brought& brought) {
    if (!brought.fragment) return {};
    auto answer = read_pasted(reader, *brought.fragment);
    const bool piped = std::ranges::any_of(brought.captured.files, [](const auto& file) { return file.name.empty(); });
    if (!answer || brought.pasted || piped) return answer;
    // It stands in a file, and nobody pasted it.
    const std::string of_file = title_of(reader, brought);
    if (answer->page.title == reader.words.pasted_title()) answer->page.title = of_file;
    for (document::Section& section : answer->page.sections)
        if (section.id == "pasted") section.title = of_file;
    return answer;
}

// The answer to a fragment; what was found in it stands behind what was read.
document::Document with_findings(const Reader& reader, const Brought& brought, const Explain& how,
                                 document::Document page) {
    document::Document found;
    add_findings(reader, brought, how, found);
    page.sections.insert(page.sections.begin() + 1, std::make_move_iterator(found.sections.begin()),
                         std::make_move_iterator(found.sections.end()));
    return page;
}

}  // namespace

document::Text verdict(const Reader& reader, const Brought& brought, const Explain& how) {
    if (const auto answer = answer_to_fragment(reader, brought)) {
        Text all = std::get<document::List>(answer->page.sections.front().blocks.front()).items.front().text;
        if (!answer->page.summary.empty()) {
            all.spans.push_back({" "});
            all.spans.insert(all.spans.end(), answer->page.summary.spans.begin(), answer->page.summary.spans.end());
        }
        return all;
    }
    const std::vector<std::size_t> stories = stories_of(brought, how);
    const Finding* gravest = gravest_of(brought, how);
    const long count = std::max<long>(1, static_cast<long>(stories.size()));
    Text all;
    if (stories.size() == 1) {
        all = outcome_of_story(reader, brought, stories.front());
        if (!all.empty()) all.spans.push_back({" "});
    }
    Text rest;
    if (stories.empty() && !gravest && !brought.findings.empty()) {
        // What hides the calls is all there is to say.
        rest = told(reader, brought.findings.front()).title;
        rest.spans.push_back({"."});
    } else if (!gravest) {
        rest = sentence(reader, &language::Words::verdict_fine, count);
    } else {
        const auto shown = [&, worst = worst_of_each(brought)](Severity severity) {
            return std::ranges::count_if(stories, [&](std::size_t story) { return worst[story] == severity; });
        };
        const Markup title{document::literal(document::words_of(told(reader, *gravest).title))};
        if (gravest->severity == Severity::fault)
            rest = sentence(reader, &language::Words::verdict_faults, count, std::max<long>(1, shown(Severity::fault)),
                            title);
        else
            rest = sentence(reader, &language::Words::verdict_warnings, count,
                            std::max<long>(1, shown(Severity::warning)), title);
    }
    all.spans.insert(all.spans.end(), rest.spans.begin(), rest.spans.end());
    if (stories.size() > 1)
        if (const Text refused = refusals(reader, brought, stories); !refused.empty()) {
            all.spans.push_back({" "});
            all.spans.insert(all.spans.end(), refused.spans.begin(), refused.spans.end());
        }
    return all;
}

std::string title_of_story(const Reader& reader, const Brought& brought, std::size_t story) {
    const calls::Story& one = brought.calls.stories[story];
    return reader.words.story_title(std::to_string(story + 1), reader.words.story_kind(std::string(name_of(one.kind))),
                                    short_name(one.caller), short_name(one.callee));
}

document::Text outcome_of_story(const Reader& reader, const Brought& brought, std::size_t story) {
    const calls::Story& one = brought.calls.stories[story];
    std::string by = one.answered_by == calls::none ? std::string() : to_text(brought.calls.parties[one.answered_by]);
    if (by.empty()) by = reader.words.unknown_party();
    return sentence(reader, &language::Words::story_outcome, branch(std::string(name_of(one.outcome))),
                    Markup{link_to_code(reader, one.status)}, by);
}

Replay call_replay(const Reader& reader, const Brought& brought, const std::vector<std::size_t>& stories) {
    recording::Recording recording = calls::recording_of(brought.captured, brought.calls, stories);
    for (recording::Actor& actor : recording.actors)
        if (actor.name.empty()) actor.name = reader.words.unknown_party();
    Replay replay = told(reader, {}, std::move(recording), 0);
    for (const std::size_t story : stories)
        replay.title += (replay.title.empty() ? "" : " · ") + title_of_story(reader, brought, story);
    if (stories.size() == 1) {
        replay.id = call_id(stories.front());
        replay.outcome = outcome_of_story(reader, brought, stories.front());
    }
    return replay;
}

document::Document explained(const Reader& reader, const Brought& brought, const Explain& how) {
    if (auto answer = answer_to_fragment(reader, brought))
        return with_findings(reader, brought, how, std::move(answer->page));
    document::Document page = blank(reader, document::Document::Kind::call, title_of(reader, brought));
    page.summary = verdict(reader, brought, how);
    add_findings(reader, brought, how, page);
    add_answer(reader, brought, how, page);
    add_list(reader, brought, how, page);
    add_ladders(reader, brought, how, page);
    add_changed_thresholds(reader, brought, how, page);
    add_problems(reader, brought, page);
    return page;
}

}  // namespace sipdex::page
