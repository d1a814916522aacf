// What the real catalog knows, asked of it as the program asks, one fact a line with its source. Whoever changes a fact
// changes its line here, too, where it is read in review beside what it was; and a fact that gets lost on its way from
// its source file to the catalog is missed.
#include <doctest/doctest.h>

#include "catalog/catalog.h"
#include "support/text.h"

using namespace sipdex;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

std::string joined(const std::vector<std::string>& words, const std::string& between = " ") {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : between) + word;
    return all;
}

// "Retry-After | registered | RFC 3261 §20.33"; what is empty at the end is left out.
std::string row(std::vector<std::string> cells) {
    while (!cells.empty() && cells.back().empty()) cells.pop_back();
    std::string line;
    for (const std::string& cell : cells) line += (line.empty() ? "" : " | ") + cell;
    return line + "\n";
}

std::string number(int value) { return value == 0 ? "" : std::to_string(value); }

}  // namespace

TEST_CASE("the catalog knows these mappings between Q.850 and SIP") {
    std::string all;
    for (const auto& listed : real().responses("en")) {
        const catalog::Response response = *real().response(listed.id);
        for (const auto& one : response.from_q850)
            all += row({std::to_string(one.cause) + " -> " + listed.id, one.name, one.condition, one.source});
        for (const auto& one : response.to_q850)
            all += row({listed.id + " -> " + std::to_string(one.cause), one.name, one.condition, one.source});
    }
    CHECK(test::difference_from_expected("catalog/q850.txt", all) == "");
}

TEST_CASE("the catalog knows these header fields, methods, timers, warnings, reasons, causes and RFCs") {
    std::string all;
    for (const char* kind : {"header", "method", "timer", "warning", "reason", "cause", "rfc"})
        for (const std::string& name : real().entries(kind)) {
            const catalog::Entry entry = *real().entry(kind, name);
            std::vector<std::string> facts;
            for (const catalog::Sourced& fact : entry.facts) facts.push_back(fact.source + "=" + fact.value);
            all += row({kind, entry.name, entry.title, joined(facts, ", "), joined(entry.responses), entry.source});
        }
    CHECK(test::difference_from_expected("catalog/vocabulary.txt", all) == "");
}

TEST_CASE("the catalog knows these terms, pairs and groups") {
    std::string all;
    for (const std::string& id : real().terms()) {
        const catalog::Term term = *real().term(id);
        all += row({"term", id, joined(term.see), term.source});
    }
    for (const auto& listed : real().responses("en"))
        for (const catalog::Pair& pair : real().pairs_with(listed.id))
            if (pair.ids[0] == listed.id) all += row({"pair", joined(pair.ids), joined(pair.sources, "; ")});
    for (const std::string& id : real().groups()) {
        const catalog::Group group = *real().group(id);
        all += row({"group", id, joined(group.responses), joined(group.sources, "; ")});
    }
    CHECK(test::difference_from_expected("catalog/terms.txt", all) == "");
}

TEST_CASE("the catalog knows these paths from a symptom to its codes") {
    std::string all;
    for (const std::string& id : real().paths()) {
        const catalog::SymptomPath path = *real().path(id);
        all += row({id, joined(path.sources, "; ")});
        for (const auto& question : path.questions) {
            std::vector<std::string> answers;
            for (const auto& answer : question.answers) answers.push_back(answer.id + " -> " + answer.to);
            all += row({"  " + question.id + "?", joined(answers, ", ")});
        }
        for (const auto& outcome : path.outcomes)
            all += row({"  " + outcome.id, joined(outcome.responses), joined(outcome.look_at, ", ")});
    }
    CHECK(test::difference_from_expected("catalog/paths.txt", all) == "");
}

TEST_CASE("the catalog knows these situations") {
    std::string all;
    for (const catalog::Situation& one : real().situations()) {
        std::vector<std::string> cases;
        for (const auto& each : one.cases)
            cases.push_back(each.method + (each.responses.empty() ? "" : " " + joined(each.responses)));
        all += row({one.id, one.who, one.retry, one.where, joined(cases, ", ")});
    }
    CHECK(test::difference_from_expected("catalog/situations.txt", all) == "");
}

TEST_CASE("the catalog knows these speakers by these signs, and what their words mean") {
    std::string all;
    for (const catalog::Speaker& one : real().speakers()) {
        all += row({one.id, one.name, one.kind, one.runs_on, joined(one.sources, "; ")});
        for (const auto& sign : one.signs)
            all += row({"  sign", sign.id, sign.in, sign.name, sign.pattern, sign.certainty, sign.source});
        for (const auto& phrase : one.phrases)
            all += row({"  means", phrase.id, phrase.in, phrase.name, phrase.text, joined(phrase.codes), phrase.method,
                        phrase.situation, number(phrase.cause), phrase.source});
        for (const auto& mapping : one.from_q850)
            all += row({"  maps", std::to_string(mapping.cause) + " -> " + mapping.response, mapping.source});
        for (const auto& mapping : one.to_q850)
            all += row({"  maps", mapping.response + " -> " + std::to_string(mapping.cause), mapping.source});
        for (const auto& each : one.failover)
            all += row({"  fails over", each.does, joined(each.responses), each.source});
    }
    CHECK(test::difference_from_expected("catalog/speakers.txt", all) == "");
}
