// A finding as one page, for whoever has to act on it and was not there: what was seen and by which messages.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "calls/outline.h"
#include "document/markup.h"
#include "language/characters.h"
#include "page/fact_words.h"
#include "page/finding_list.h"
#include "page/moment.h"
#include "page/telling.h"
#include "sip/message.h"

namespace sipdex::page {

namespace {

using document::FactTable;
using document::Text;
using findings::Finding;

// What one page has room for.
constexpr std::size_t most_rungs = 14, most_proving = 8, most_last = 3, most_listed = 4, most_elsewhere = 6,
                      longest_field = 110;

class FindingPage {
public:
    FindingPage(const Reader& reader, const Brought& brought, const FindingGroup& group, std::size_t number)
        : reader_(reader),
          brought_(brought),
          group_(group),
          finding_(*group.proofs.front()),
          number_(number),
          words_(told(reader, finding_)),
          page_(blank(reader, document::Document::Kind::finding, document::words_of(words_.title))) {}

    document::Document written() {
        page_.mastheads.push_back(
            {"finding-" + std::to_string(number_), 0, document::words_of(words_.title), {}, where_from()});
        page_.summary = words_.text;
        add_glance();
        add_proof();
        add_ladder();
        return std::move(page_);
    }

private:
    // "office.pcapng · 2. Call: alice → bob · 2026-03-02"
    std::string where_from() const {
        std::vector<std::string> parts;
        std::set<std::size_t> files;
        for (const std::size_t index : finding_.evidence) files.insert(brought_.captured.messages[index].file);
        if (files.empty() && !brought_.captured.files.empty()) files.insert(0);
        for (const std::size_t file : files) {
            const std::string& path = brought_.captured.files[file].name;
            const std::string name = path.empty() ? "-" : std::filesystem::path(path).filename().string();
            parts.push_back(brought_.pasted ? reader_.words.evidence_pasted() : language::shown(name));
        }
        if (finding_.story != calls::none) parts.push_back(title_of_story(reader_, brought_, finding_.story));
        if (!finding_.evidence.empty()) {
            const capture::Message& first = message(finding_.evidence.front());
            parts.push_back(day_of(first.time, first.clock));
        }
        std::string line;
        for (const std::string& part : parts)
            if (!part.empty()) line += (line.empty() ? "" : " · ") + part;
        return line;
    }

    void add_glance() {
        FactTable table;
        const auto row = [&](const std::string& label, const Text& cell, const char* id) {
            if (!cell.empty()) table.rows.push_back({document::plain(label), {cell}, false, {}, id});
        };
        row(reader_.words.finding_label(std::to_string(number_)),
            document::plain(reader_.words.finding_severity(branch(std::string(name_of(finding_.severity))))),
            "severity");
        table.rows.back().verdicts = {FactTable::Verdict::none};
        if (!words_.who.empty())
            row(reader_.words.glance_whose_turn(), document::plain(reader_.words.addressee(branch(words_.who))),
                "whose-turn");
        row(reader_.words.section_meaning(), words_.why, "meaning");
        row(reader_.words.section_steps(), words_.act, "steps");
        document::Section section{"at-a-glance", reader_.words.section_at_a_glance(), {std::move(table)}};
        section.at_a_glance = true;
        page_.sections.push_back(std::move(section));
    }

    void add_proof() {
        FactTable table;
        const auto row = [&](const std::string& label, const Text& cell) {
            if (!cell.empty()) table.rows.push_back({document::plain(label), {cell}});
        };
        row(reader_.words.finding_rests_on(), rule());
        row(reader_.words.finding_when(), document::plain(when()));
        const std::vector<std::size_t>& evidence = finding_.evidence;
        for (std::size_t i = 0; i < evidence.size() && i < most_listed; ++i)
            row(reader_.words.finding_evidence(1, std::to_string(evidence[i] + 1)), message_words(evidence[i]));
        if (evidence.size() > most_listed)
            row("…", document::plain(
                         reader_.words.finding_evidence(static_cast<long>(evidence.size() - most_listed),
                                                        numbers_of({evidence.begin() + most_listed, evidence.end()}))));
        if (const Text fields = fields_not_there(); !fields.empty()) row(reader_.words.finding_look_at(), fields);
        row(reader_.words.finding_gives_way(), better());
        row(reader_.words.finding_elsewhere(), elsewhere());
        if (!table.rows.empty()) page_.sections.push_back({"proof", reader_.words.section_proof(), {std::move(table)}});
    }

    // "14:02:11.480", or "14:02:11.480 to 14:02:43.480 (32.0 s)".
    std::string when() const {
        if (finding_.evidence.empty()) return {};
        const capture::Message &first = message(finding_.evidence.front()), &last = message(finding_.evidence.back());
        const std::string begin = time_of_day(first.time, first.clock), end = time_of_day(last.time, last.clock);
        if (begin == end || begin.empty() || end.empty()) return begin;
        return reader_.words.finding_moments(begin, end, std::chrono::duration<double>(last.time - first.time).count());
    }

    const capture::Message& message(std::size_t index) const { return brought_.captured.messages[index]; }

    static std::optional<sip::Message> parsed(const capture::Message& captured) {
        auto read = sip::parse(captured.missing > 0 ? calls::whole_lines(captured.octets) : captured.octets);
        return std::move(read.message);
    }

    std::string party(std::size_t index) const {
        const std::string name = index == calls::none ? std::string() : to_text(brought_.calls.parties[index]);
        return name.empty() ? reader_.words.unknown_party() : language::shown(name);
    }

    // Header fields that say the same as in the message before are not told again:
    // "14:02:11.480 · `200 OK` · 192.0.2.3:5060 → 192.0.2.1:5060 · `Contact: <sip:bob@10.0.0.5>`"
    Text message_words(std::size_t index) {
        const auto read = parsed(message(index));
        const calls::Placed& placed = brought_.calls.placed[index];
        Text line = document::plain(time_of_day(message(index).time, message(index).clock));
        if (line.spans.front().text.empty()) line.spans.clear();
        if (read) add_part(line, document::wire(language::shown(sip::label_of(*read))));
        add_part(line, document::plain(party(placed.from) + " → " + party(placed.to)));
        if (!read) return line;
        std::vector<std::string> fields;
        for (const std::string& field : finding_.fields)
            for (const std::string_view value : read->headers(field))
                fields.push_back(language::shown(field + ": " + std::string(value), longest_field));
        for (const std::string& field : fields)
            if (std::ranges::find(fields_told_, field) == fields_told_.end()) add_part(line, document::wire(field));
        if (!fields.empty()) fields_told_ = std::move(fields);
        return line;
    }

    // Header fields to look at that none of the listed messages has.
    Text fields_not_there() const {
        Text line;
        for (const std::string& field : finding_.fields) {
            bool there = false;
            for (std::size_t i = 0; i < finding_.evidence.size() && i < most_listed && !there; ++i) {
                const auto read = parsed(message(finding_.evidence[i]));
                there = read && read->header(field).has_value();
            }
            if (!there) add_part(line, document::wire(field));
        }
        return line;
    }

    Text rule() const {
        Text line = document::text_of_source(finding_.rule->source);
        if (finding_.rule->practice) add_part(line, document::plain(reader_.words.finding_practice()));
        for (const catalog::FindingRule::Threshold& one : finding_.rule->thresholds)
            add_part(line, document::plain(threshold_told(reader_, brought_, *finding_.rule, one)));
        return line;
    }

    // What would have withdrawn it.
    Text better() const {
        std::string titles;
        for (const catalog::FindingRule& rule : *brought_.rules)
            if (std::ranges::find(finding_.rule->withdrawn_by, rule.id) != finding_.rule->withdrawn_by.end())
                titles += (titles.empty() ? "" : " · ") + title_of_rule(reader_, rule);
        return titles.empty() ? Text{} : sentence(reader_, &language::Words::finding_better, titles);
    }

    Text elsewhere() const {
        Text line;
        std::size_t more = 0;
        for (const Finding* proof : group_.proofs) {
            if (proof == &finding_) continue;
            if (++more > most_elsewhere) continue;
            std::string words = proof->story == calls::none || proof->story == finding_.story
                                    ? std::string()
                                    : reader_.words.finding_call(std::to_string(proof->story + 1)) + ": ";
            words +=
                reader_.words.finding_evidence(static_cast<long>(proof->evidence.size()), numbers_of(proof->evidence));
            add_part(line, document::plain(words));
        }
        if (more > most_elsewhere)
            add_part(line, document::plain(reader_.words.sheet_left_out(static_cast<long>(more - most_elsewhere))));
        return line;
    }

    // The stories that the evidence is from.
    std::vector<std::size_t> stories() const {
        std::set<std::size_t> all;
        if (finding_.story != calls::none) all.insert(finding_.story);
        for (const std::size_t index : finding_.evidence)
            if (const std::size_t story = brought_.calls.placed[index].story; story != calls::none) all.insert(story);
        return {all.begin(), all.end()};
    }

    // The messages that prove it, the first and the last ones of very many; then what began and ended their transactions,
    // then those just before and after.
    std::set<std::size_t> chosen(const std::vector<std::size_t>& places) const {
        std::set<std::size_t> all;
        const auto add = [&](std::size_t index) {
            if (all.size() < most_rungs && std::ranges::binary_search(places, index)) all.insert(index);
        };
        std::vector<std::size_t> proving = finding_.evidence;
        if (proving.size() > most_proving)
            proving.erase(proving.begin() + (most_proving - most_last), proving.end() - most_last);
        for (const std::size_t index : proving) add(index);
        for (const std::size_t index : proving) {
            const std::size_t transaction = brought_.calls.placed[index].transaction;
            if (transaction == calls::none) continue;
            const calls::Transaction& one = brought_.calls.transactions[transaction];
            for (const std::size_t other : {one.request, one.final, one.ack})
                if (other != calls::none) add(other);
        }
        for (const std::size_t index : proving) {
            const auto at = std::ranges::lower_bound(places, index);
            if (at == places.end() || *at != index) continue;
            if (at != places.begin()) add(*std::prev(at));
            if (std::next(at) != places.end()) add(*std::next(at));
        }
        return all;
    }

    void add_ladder() {
        const std::vector<std::size_t> of = stories();
        if (of.empty()) return;
        const Replay replay = call_replay(reader_, brought_, of);
        std::vector<std::size_t> places;  // of its messages among all that were captured
        for (const recording::Transmission& sent : replay.recording.messages) places.push_back(sent.number - 1);
        const std::set<std::size_t> wanted = chosen(places);
        document::Ladder whole = ladder_of(replay.recording, replay.roles), ladder;
        std::map<std::size_t, std::size_t> columns;  // those that are left, in their order
        for (std::size_t i = 0; i < places.size(); ++i)
            if (wanted.contains(places[i])) columns[whole.rungs[i].from], columns[whole.rungs[i].to];
        for (auto& [party, column] : columns) {
            column = ladder.parties.size();
            ladder.parties.push_back(whole.parties[party]);
        }
        long left_out = 0;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (!wanted.contains(places[i])) {
                ++left_out;
                continue;
            }
            document::Rung rung = std::move(whole.rungs[i]);
            rung.from = columns[rung.from];
            rung.to = columns[rung.to];
            rung.proves = std::ranges::binary_search(finding_.evidence, places[i]);
            if (left_out > 0) rung.left_out = reader_.words.ladder_left_out(left_out);
            left_out = 0;
            ladder.rungs.push_back(std::move(rung));
        }
        if (ladder.rungs.empty()) return;
        document::Paragraph legend = legend_of(reader_, ladder);
        if (left_out > 0) add_part(legend.text, document::plain(reader_.words.ladder_left_out(left_out)));
        document::Section section{"ladder", reader_.words.section_ladder(), {}};
        section.blocks.emplace_back(std::move(ladder));
        section.blocks.emplace_back(std::move(legend));
        page_.sections.push_back(std::move(section));
    }

    const Reader& reader_;
    const Brought& brought_;
    const FindingGroup& group_;
    const Finding& finding_;
    std::size_t number_;
    ToldFinding words_;
    document::Document page_;
    std::vector<std::string> fields_told_;
};

}  // namespace

std::optional<document::Document> finding_page(const Reader& reader, const Brought& brought, std::size_t number) {
    const std::vector<FindingGroup> groups = grouped(brought);
    if (number == 0 || number > groups.size()) return std::nullopt;
    return FindingPage(reader, brought, groups[number - 1], number).written();
}

std::size_t findings_in(const Brought& brought) { return grouped(brought).size(); }

}  // namespace sipdex::page
