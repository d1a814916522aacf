// The catalog's facts against what others have written down: IANA's registry, kept here with its date, and the
// project's sourced tables, which are read in place and may be absent.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "support/text.h"
#include "tidy/sources.h"

using namespace sipdex;
using test::model;
using test::read_csv;

namespace {

// What the tables say of a code's dialog effect, as a token of data/README.md.
bool agrees(const std::string& effect, const std::string& told) {
    const std::map<std::string, std::string> beginnings = {
        {"transaction", "transaction only"},
        {"usage", "destroys usage"},
        {"dialog", "destroys dialog"},
        {"success", "success"},
        {"refresh", "success"},
        {"timeout", "transaction only"}};  // 204 and 408, of which the tables say more in their notes
    const auto known = beginnings.find(effect);
    if (known != beginnings.end() && told.starts_with(known->second)) return true;
    if (told.starts_with("transaction only") || told.starts_with("destroys") || told.starts_with("success"))
        return false;
    return true;  // in words of its own there; a reader has compared it
}

}  // namespace

TEST_CASE("codes and phrases are those of IANA's registry of 2026-01-07") {
    std::istringstream lines(
        test::content_of(std::string(SIPDEX_SOURCE_DIR) + "/tests/fixtures/iana-response-codes.tsv"));
    std::map<int, std::pair<std::string, std::string>> registry;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream fields(line);
        std::string code, phrase, reference;
        std::getline(fields, code, '\t'), std::getline(fields, phrase, '\t'), std::getline(fields, reference, '\t');
        registry[std::stoi(code)] = {phrase, reference};
    }
    CHECK(registry.size() == 75);
    std::size_t registered = 0;
    for (const auto& told : model().responses) {
        const auto listed = registry.find(told.fact.code);
        if (!told.fact.registered()) {
            const bool profile = told.fact.status == "profile";
            CHECK_MESSAGE(profile == (listed != registry.end()), told.fact.id, " is called ", told.fact.status);
            continue;
        }
        ++registered;
        REQUIRE_MESSAGE(listed != registry.end(), told.fact.id, " is not in the registry");
        CHECK(told.fact.phrase == listed->second.first);
        CHECK_MESSAGE(told.fact.defined_in.starts_with(listed->second.second), told.fact.id, " is defined in ",
                      told.fact.defined_in);
    }
    CHECK(registered == registry.size());
}

// That a code really arrives where an exchange shows it, the exchanges' own tests see to.
TEST_CASE("every registered code is received by somebody in an exchange") {
    std::string missing;
    for (const auto& told : model().responses) {
        const bool shown = std::any_of(model().exchanges.begin(), model().exchanges.end(), [&](const auto& exchange) {
            const auto& shows = exchange.fact.shows;
            return std::find(shows.begin(), shows.end(), told.fact.id) != shows.end();
        });
        if (told.fact.registered() && !shown) missing += told.fact.id + " ";
    }
    CHECK(missing == "");
}

TEST_CASE("retry, dialog effect, failover and required header fields are those of the sourced tables") {
    if (test::shared_folder().empty()) {
        MESSAGE("skipped: there is no ../shared beside this checkout");
        return;
    }
    const auto rows = read_csv(test::content_of(test::shared_folder() / "reference/facts.csv"));
    CHECK(rows.size() == 75);
    for (const auto& row : rows) {
        const std::string& code = row.at("code");
        const catalog::Response* found = model().response(code);
        REQUIRE_MESSAGE(found, code);
        const catalog::Response& r = *found;
        CHECK_MESSAGE(r.retry.value == row.at("retry"), code, ": ", r.retry.value);
        CHECK_MESSAGE(agrees(r.dialog.value, row.at("dialog_effect")), code, ": ", r.dialog.value, " for ",
                      row.at("dialog_effect"));
        const bool never = row.at("caller_failover") == "no";
        CHECK_MESSAGE((r.failover.value == "no") == never, code, ": ", r.failover.value);
        // The catalog may know more, from sections that the table has not read, but says on what condition it holds.
        for (const catalog::HeaderFact& header : r.headers)
            if (header.strength == "must" && row.at("required_headers").find(header.name) == std::string::npos &&
                code != "204")
                CHECK_MESSAGE(!header.when.empty(), code, ": ", header.name, " as must, but the table has ",
                              row.at("required_headers"));
        if (row.at("required_headers").empty()) continue;
        const bool some = std::any_of(r.headers.begin(), r.headers.end(), [&](const catalog::HeaderFact& header) {
            return header.strength == "must" && row.at("required_headers").find(header.name) != std::string::npos;
        });
        CHECK_MESSAGE(some, code, " requires ", row.at("required_headers"));
    }
}

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
    return all;
}

// The facts of a response as tests/tidy/facts.csv has them: "486 | retry | same-request-after-delay | RFC 3261 §21.4.24".
std::vector<std::string> rows_of(const catalog::Response& r) {
    std::vector<std::string> rows;
    const auto row = [&](const std::string& fact, const std::string& value, const std::string& source) {
        rows.push_back(r.id + " | " + fact + " | " + value + " | " + source);
    };
    row("phrase", r.phrase, r.defined_in);
    row("status", r.status, "");
    for (const catalog::Sourced& one : r.generated_by) row("generated-by", one.value, one.source);
    std::vector<std::string> methods = r.methods.of;
    if (methods.empty()) methods.push_back("any");
    for (const std::string& name : r.methods.except) methods.push_back("-" + name);
    row("methods", joined(methods), r.methods.source);
    for (const auto& [fact, told] :
         {std::pair("dialog", &r.dialog), {"retry", &r.retry}, {"proxy", &r.proxy}, {"failover", &r.failover}})
        if (!told->value.empty()) row(fact, told->value, told->source);
    for (const catalog::HeaderFact& header : r.headers)
        row("header " + header.name, header.strength + (header.when.empty() ? "" : " when " + header.when),
            header.source);
    row("related", joined(r.related), "");
    std::string sources;
    for (const std::string& source : r.sources) sources += (sources.empty() ? "" : "; ") + source;
    row("sources", "", sources);
    for (const catalog::Cause& cause : r.causes) row("cause " + cause.id, cause.where, "");
    for (const catalog::Step& step : r.steps) row("step " + step.id, step.who, "");
    return rows;
}

}  // namespace

TEST_CASE("every fact of every response, and its source, is the one that was looked up") {
    std::map<std::string, std::vector<std::string>> listed;
    for (const auto& row : read_csv(test::content_of(std::string(SIPDEX_SOURCE_DIR) + "/tests/tidy/facts.csv")))
        listed[row.at("code")].push_back(row.at("code") + " | " + row.at("fact") + " | " + row.at("value") + " | " +
                                         row.at("source"));
    CHECK(listed.size() == model().responses.size());
    for (const auto& told : model().responses) {
        const std::string difference =
            test::difference_of(listed[told.fact.id], rows_of(told.fact), "tests/tidy/facts.csv", "data/responses");
        CHECK_MESSAGE(difference == "", difference);
    }
}

// RFC 3261 16.7: steps 5, 6, 7 and 10.
TEST_CASE("what a forking proxy does with a response follows from its code") {
    const std::map<int, std::string> of_one = {
        {100, "consumed"},         {401, "stored-challenge"}, {407, "stored-challenge"}, {415, "stored-preferred"},
        {420, "stored-preferred"}, {484, "stored-preferred"}, {503, "stored-503"},       {430, "replaced"}};
    const std::map<int, std::string> of_class = {{1, "at-once"}, {2, "at-once-2xx"}, {3, "stored-3xx"},
                                                 {4, "stored"},  {5, "stored-5xx"},  {6, "stored-6xx"}};
    for (const auto& told : model().responses) {
        if (told.fact.proxy.value.empty()) continue;
        const auto exact = of_one.find(told.fact.code);
        const std::string& expected = exact != of_one.end() ? exact->second : of_class.at(told.fact.code / 100);
        CHECK_MESSAGE(told.fact.proxy.value == expected, told.fact.id);
    }
}
