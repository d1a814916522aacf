#include "page/finding_list.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "document/markup.h"
#include "page/call_id.h"
#include "page/fact_words.h"

namespace sipdex::page {

namespace {

using document::Text;
using findings::Finding;

// More would be read by nobody, and printed on hundreds of pages.
constexpr std::size_t most_findings = 60, most_of_a_rule = 5, most_calls = 5, most_numbers = 12;

bool wanted(const Explain& how, const Finding& finding) {
    return how.stories.empty() || (finding.story != calls::none && how.stories.contains(finding.story));
}

document::Paragraph small(Text text) { return {std::move(text), document::Paragraph::Role::secondary}; }

// What proves it: "Call 2 · Messages 4, 6, 7 · look at Contact".
Text proof_of(const Reader& reader, const Brought& brought, const Finding& finding, bool with_links) {
    Text line;
    if (finding.story != calls::none && brought.calls.stories.size() > 1) {
        const std::string words = reader.words.finding_call(std::to_string(finding.story + 1));
        add_part(line, with_links ? document::link(words, document::ToExchange{call_id(finding.story)})
                                  : document::plain(words));
    }
    if (!finding.evidence.empty())
        add_part(line, document::plain(reader.words.finding_evidence(static_cast<long>(finding.evidence.size()),
                                                                     numbers_of(finding.evidence))));
    if (!finding.fields.empty()) {
        std::string fields;
        for (const std::string& field : finding.fields) fields += (fields.empty() ? "`" : ", `") + field + "`";
        add_part(line, sentence(reader, &language::Words::finding_fields, Markup{fields}));
    }
    return line;
}

// By which rule: "RFC 3261 §13.3.1.4 · threshold: …". With links the thresholds lead to where they are changed, and the last
// words to the finding's own sheet.
Text rule_of(const Reader& reader, const Brought& brought, const Finding& finding, bool with_links,
             std::size_t number) {
    Text line = document::text_of_source(finding.rule->source);
    if (finding.rule->practice) add_part(line, document::plain(reader.words.finding_practice()));
    if (!with_links) return line;
    for (const catalog::FindingRule::Threshold& one : finding.rule->thresholds)
        add_part(line, document::link(threshold_told(reader, brought, *finding.rule, one),
                                      document::ToTerm{std::string(thresholds_link) + finding.rule->id}));
    add_part(line, document::link(reader.words.finding_sheet(),
                                  document::ToTerm{std::string(finding_link) + std::to_string(number)}));
    return line;
}

// What was said already of why and what to do, by rule: two findings of one rule often end in the same advice.
using Advice = std::set<std::pair<std::string_view, std::string>>;

// What was seen and what to think and do of it, then whatever else was seen, each with its proofs; the rule once.
document::Section section_of(const Reader& reader, const Brought& brought, const std::vector<const Finding*>& proofs,
                             std::size_t number, const Explain& how, Advice& given) {
    const Finding& first = *proofs.front();
    ToldFinding words = told(reader, first);
    if (!given.emplace(first.rule->id, document::words_of(words.why) + document::words_of(words.act)).second)
        words.why = words.act = {};
    document::Section section{
        (first.severity == findings::Severity::note ? "remark-" : "finding-") + std::to_string(number),
        reader.words.finding_numbered(std::to_string(number), branch(std::string(name_of(first.severity))),
                                      document::words_of(words.title)),
        {}};
    std::vector<std::pair<Text, std::vector<Text>>> seen;
    for (const Finding* proof : proofs) {
        Text text = told(reader, *proof).text;
        auto place = std::ranges::find(seen, text, &std::pair<Text, std::vector<Text>>::first);
        if (place == seen.end()) {
            seen.emplace_back(std::move(text), std::vector<Text>());
            place = std::prev(seen.end());
        }
        place->second.push_back(proof_of(reader, brought, *proof, how.with_links));
    }
    Text rule = rule_of(reader, brought, first, how.with_links, number);
    if (proofs.size() == 1) add_part(seen.front().second.front(), std::exchange(rule, {}));
    for (auto& [text, lines] : seen) {
        const bool opens = section.blocks.empty();
        section.blocks.push_back(document::Paragraph{std::move(text)});
        if (opens && !words.why.empty()) section.blocks.push_back(document::Paragraph{words.why});
        if (opens && !words.act.empty())
            section.blocks.push_back(
                document::List{false, {{document::plain(reader.words.addressee(branch(words.who))), words.act}}});
        for (Text& line : lines) section.blocks.push_back(small(std::move(line)));
    }
    if (!rule.empty()) section.blocks.push_back(small(std::move(rule)));
    return section;
}

// Those about the calls that are wanted; of a finding about very many calls the first ones.
std::vector<const Finding*> shown_of(const FindingGroup& group, const Explain& how) {
    std::vector<const Finding*> shown;
    std::set<std::size_t> stories;
    for (const Finding* one : group.proofs) {
        if (!wanted(how, *one)) continue;
        if (!stories.contains(one->story) && stories.size() == most_calls) continue;
        stories.insert(one->story);
        shown.push_back(one);
    }
    return shown;
}

}  // namespace

void add_part(Text& line, const Text& part) {
    if (part.empty()) return;
    if (!line.empty()) line.spans.push_back({" · "});
    line.spans.insert(line.spans.end(), part.spans.begin(), part.spans.end());
}

std::string threshold_told(const Reader& reader, const Brought& brought, const catalog::FindingRule& rule,
                           const catalog::FindingRule::Threshold& threshold) {
    return reader.words.finding_threshold(
        threshold_name(reader, threshold.name),
        threshold_value(reader, threshold.name, threshold_of(brought, rule, threshold)));
}

std::string numbers_of(const std::vector<std::size_t>& evidence) {
    std::string all;
    for (std::size_t i = 0; i < evidence.size() && i < most_numbers; ++i)
        all += (i > 0 ? ", " : "") + std::to_string(evidence[i] + 1);
    return all + (evidence.size() > most_numbers ? " …" : "");
}

std::vector<FindingGroup> grouped(const Brought& brought) {
    std::vector<FindingGroup> groups;
    std::map<std::pair<std::string_view, std::size_t>, std::size_t> of_call;
    using Values = std::vector<std::pair<std::string, findings::Value>>;
    std::map<std::pair<std::string_view, Values>, std::size_t> alike;
    for (const Finding& one : brought.findings) {
        const auto [known, fresh] = of_call.try_emplace({one.rule->id, one.story}, groups.size());
        if (fresh) {
            const auto [same, first] = alike.try_emplace({one.rule->id, one.values}, groups.size());
            if (first) groups.emplace_back();
            else known->second = same->second;
        }
        groups[known->second].proofs.push_back(&one);
    }
    return groups;
}

void add_findings(const Reader& reader, const Brought& brought, const Explain& how, document::Document& page) {
    std::map<std::string_view, std::size_t> of_a_rule;
    Advice given;
    std::size_t number = 0, told_of = 0, left_out = 0;
    for (const FindingGroup& group : grouped(brought)) {
        ++number;
        const auto about = static_cast<std::size_t>(
            std::ranges::count_if(group.proofs, [&](const Finding* one) { return wanted(how, *one); }));
        if (about == 0) continue;
        const Finding& first = *group.proofs.front();
        if (told_of == most_findings || (how.stories.empty() && ++of_a_rule[first.rule->id] > most_of_a_rule)) {
            left_out += about;
            continue;
        }
        const std::vector<const Finding*> shown = shown_of(group, how);
        left_out += about - shown.size();
        ++told_of;
        page.sections.push_back(section_of(reader, brought, shown, number, how, given));
    }
    if (left_out > 0 && !page.sections.empty())
        page.sections.back().blocks.push_back(
            document::Callout{document::Callout::Kind::note,
                              sentence(reader, &language::Words::findings_left_out, static_cast<long>(left_out))});
}

}  // namespace sipdex::page
