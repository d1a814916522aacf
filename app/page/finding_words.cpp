// The words of findings, with the values of each filled in.
#include <algorithm>
#include <cctype>

#include "document/markup.h"
#include "page/explained.h"
#include "page/fact_words.h"

namespace sipdex::page {

namespace {

// A log may not tell who sent or received.
bool names_a_party(std::string_view argument) {
    constexpr std::string_view parties[] = {"at", "by", "from", "to", "hop", "silent", "party", "refresher", "of"};
    return std::ranges::find(parties, argument) != std::end(parties);
}

// Values may come from anybody: they are shown as text, whatever stands in them. A number becomes a link where the words
// write it as a code: "[{code}]".
document::Text filled(const Reader& reader, const catalog::Passage* passage, const findings::Finding& finding) {
    if (!passage) return {};
    language::Arguments arguments;
    for (const auto& [name, value] : finding.values) {
        language::Argument argument = value;
        if (auto* words = std::get_if<std::string>(&argument)) {
            const bool unknown = words->empty() && names_a_party(name);
            *words = unknown ? reader.words.unknown_party() : inserted(*words);
        }
        arguments.emplace_back(name, std::move(argument));
    }
    document::Text text = marked(reader, {language::formatted(passage->language, passage->markup, arguments)});
    if (const std::string unknown = reader.words.unknown_party();
        !text.spans.empty() && text.spans.front().text.starts_with(unknown))
        text.spans.front().text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(unknown.front())));
    if (passage->language != reader.language()) text.language = passage->language;
    text.outdated = passage->outdated;
    return text;
}

}  // namespace

ToldFinding told(const Reader& reader, const findings::Finding& finding) {
    const catalog::Prose prose = reader.catalog.prose("finding/" + finding.rule->id, reader.language());
    const auto words = [&](const char* key) { return filled(reader, prose.find(key), finding); };
    return {words("title"),
            words("text"),
            words("why"),
            words("act"),
            finding.rule->who == "nobody" ? std::string() : finding.rule->who,
            document::text_of_source(finding.rule->source)};
}

std::string title_of_rule(const Reader& reader, const catalog::FindingRule& rule) {
    const catalog::Prose prose = reader.catalog.prose("finding/" + rule.id, reader.language());
    return document::words_of(text_of(reader, prose.find("title")));
}

std::string threshold_name(const Reader& reader, const std::string& name) { return reader.words.threshold_name(name); }

std::string threshold_value(const Reader& reader, const std::string& name, long value) {
    const char* unit = name.ends_with("seconds")   ? "seconds"
                       : name.ends_with("_ms")     ? "milliseconds"
                       : name.ends_with("minutes") ? "minutes"
                       : name.ends_with("percent") ? "percent"
                       : name == "octets"          ? "octets"
                                                   : "count";
    return reader.words.threshold_value(unit, value);
}

document::Document finding_rules(const Reader& reader) {
    document::Document page = blank(reader, document::Document::Kind::term, reader.words.section_thresholds());
    for (const catalog::FindingRule& rule : reader.catalog.finding_rules()) {
        if (page.sections.empty() || page.sections.back().id != rule.family)
            page.sections.push_back({rule.family, rule.family, {document::List{}}});
        const catalog::Prose prose = reader.catalog.prose("finding/" + rule.id, reader.language());
        document::Text text = text_of(reader, prose.find("title"));
        const auto add = [&](const document::Text& part) {
            text.spans.push_back({" · "});
            text.spans.insert(text.spans.end(), part.spans.begin(), part.spans.end());
        };
        add(document::plain(reader.words.finding_severity(branch(rule.severity))));
        add(document::text_of_source(rule.source));
        if (rule.practice) add(document::plain(reader.words.finding_practice()));
        for (const catalog::FindingRule::Threshold& one : rule.thresholds) {
            add(document::wire(rule.id + "." + one.name + "=" + std::to_string(one.value)));
            text.spans.push_back(
                {" (" + threshold_name(reader, one.name) + " " + threshold_value(reader, one.name, one.value) + ")"});
        }
        std::get<document::List>(page.sections.back().blocks.front())
            .items.push_back({document::wire(rule.id), std::move(text)});
    }
    return page;
}

}  // namespace sipdex::page
