#include "findings/judged.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <sstream>

#include "calls/flow.h"
#include "capture/packets.h"
#include "catalog/catalog.h"
#include "document/walk.h"
#include "facts/facts.h"
#include "language/words.h"
#include "page/explained.h"
#include "recording/pcap.h"
#include "simulator/run.h"
#include "sip/header_fields.h"
#include "support/text.h"

namespace sipdex::test {

namespace {

std::string text_of(const findings::Value& value) {
    if (const long* number = std::get_if<long>(&value)) return std::to_string(*number);
    if (const double* real = std::get_if<double>(&value)) {
        char text[32];
        std::snprintf(text, sizeof text, "%.1f", *real);
        return text;
    }
    return std::get<std::string>(value);
}

bool whole = false;

// The families that the running test is about; none: all.
std::set<std::string> families_of_test() {
    const std::string file =
        std::filesystem::path(doctest::getContextOptions()->currentTest->m_file.c_str()).filename().string();
    const std::string family = file.substr(0, file.find("_test.cpp"));
    const bool known =
        std::ranges::any_of(rules(), [&](const catalog::FindingRule& rule) { return rule.family == family; });
    if (whole || !known) return {};
    // What is sent again and what never comes are told by one family or the other.
    if (family == "transactions" || family == "timeouts") return {"transactions", "timeouts"};
    return {family};
}

// Without it no log is read.
const evidence::Vocabulary& vocabulary() {
    static const evidence::Vocabulary known = [] {
        evidence::Vocabulary words;
        for (const sip::HeaderFieldRule& rule : sip::header_field_rules()) words.add_field(rule.name);
        for (int status = 100; status < 700; ++status)
            if (const std::string phrase = facts::reason_phrase(status); !phrase.empty())
                words.add_phrase(status, phrase);
        return words;
    }();
    return known;
}

const catalog::Catalog& real() {
    static const catalog::Catalog catalog(SIPDEX_BINARY_DIR "/catalog.db");
    return catalog;
}

// Every finding of every test is put into words: a pattern whose value lacks, or is of another kind, is shown as it stands.
// Once for each rule and kinds of values.
void check_words_of(const findings::Finding& finding) {
    static std::set<std::string> checked;
    std::string kinds = finding.rule->id;
    for (const auto& [name, value] : finding.values) kinds += ' ' + name + std::to_string(value.index());
    if (!checked.insert(kinds).second) return;
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::ToldFinding said = page::told({real(), words}, finding);
        for (const document::Text* part : {&said.title, &said.text, &said.why, &said.act}) {
            const std::string text = document::words_of(*part);
            INFO(std::string(tag) << ' ' << kinds << ": " << text);
            CHECK(text.find('{') == std::string::npos);
        }
        CHECK(!document::words_of(said.title).empty());
        CHECK(!document::words_of(said.text).empty());
    }
}

}  // namespace

const std::vector<catalog::FindingRule>& rules() { return real().finding_rules(); }

WholeJudgement::WholeJudgement() { whole = true; }
WholeJudgement::~WholeJudgement() { whole = false; }

std::string judged(const capture::Captured& captured, const calls::Calls& calls, const findings::Thresholds& set) {
    std::string text;
    const std::set<std::string> families = families_of_test();
    for (const findings::Finding& one : findings::judge(captured, calls, rules(), set)) {
        check_words_of(one);
        if (!families.empty() && !families.contains(one.rule->family)) continue;
        text += std::string(name_of(one.severity)) + ' ' + one.rule->id;
        for (const std::size_t index : one.evidence) text += ' ' + std::to_string(index + 1);
        std::string values;
        for (const auto& [name, value] : one.values)
            values += (values.empty() ? "" : ", ") + name + ": " + text_of(value);
        text += (values.empty() ? "" : " {" + values + "}") + "\n";
    }
    return text;
}

std::string judged_flow(std::string_view lines, const findings::Thresholds& set) {
    const Flow all = flow(lines);
    return judged(all.captured, all.calls, set);
}

std::string judged_exchange(const simulator::Exchange& exchange, const findings::Thresholds& set) {
    const capture::Captured captured = captured_of(recording::pcap_of(simulator::run(exchange)));
    return judged(captured, calls::group(captured), set);
}

std::string judged_file(const std::filesystem::path& file, const findings::Thresholds& set) {
    capture::Captured captured;
    const std::string content = content_of(file);
    if (capture::looks_like_capture(content)) captured.read_file(file.string());
    else captured.read_log(content, vocabulary());
    captured.arrange();
    return judged(captured, calls::group(captured), set);
}

std::string worse_than_notes(const std::string& judged) {
    std::istringstream lines(judged);
    std::string text;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("note ")) continue;
        const std::size_t rule = line.find(' ') + 1;
        text += line.substr(0, line.find(' ', rule)) + "\n";
    }
    return text;
}

}  // namespace sipdex::test
