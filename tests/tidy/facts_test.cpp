// The catalog's facts against what others have written down: IANA's registry, kept here with its date, and the
// project's sourced tables, which are read in place and may be absent.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "compile/compile.h"
#include "support/text.h"

using namespace sipdex;

namespace {

const compile::Model& model() {
    static const compile::Model read = [] {
        source::Problems problems;
        compile::Model whole = compile::read(SIPDEX_SOURCE_DIR, problems);
        REQUIRE_MESSAGE(problems.empty(), problems.printed());
        return whole;
    }();
    return read;
}

// A table with a head, as RFC 4180 writes it: one map of column to field for each row.
std::vector<std::map<std::string, std::string>> read_csv(const std::string& text) {
    std::vector<std::vector<std::string>> rows(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"') rows.back().back() += text[++i];
        else if (c == '"') quoted = !quoted;
        else if (quoted) rows.back().back() += c;
        else if (c == ',') rows.back().emplace_back();
        else if (c == '\n') rows.push_back({""});
        else if (c != '\r') rows.back().back() += c;
    }
    std::vector<std::map<std::string, std::string>> table;
    for (std::size_t row = 1; row < rows.size(); ++row)
        if (rows[row].size() == rows[0].size())
            for (std::size_t column = 0; column < rows[0].size(); ++column) {
                if (column == 0) table.emplace_back();
                table.back()[rows[0][column]] = rows[row][column];
            }
    return table;
}

// What the tables say of a code's dialog effect, as a token of data/README.md.
bool agrees(const std::string& effect, const std::string& told) {
    const std::map<std::string, std::string> beginnings = {
        {"transaction", "transaction only"}, {"usage", "destroys usage"}, {"dialog", "destroys dialog"}, {"success", "success"},
        {"refresh", "success"}, {"timeout", "transaction only"}};     // 204 and 408, of which the tables say more in their notes
    const auto known = beginnings.find(effect);
    if (known != beginnings.end() && told.starts_with(known->second)) return true;
    if (told.starts_with("transaction only") || told.starts_with("destroys") || told.starts_with("success")) return false;
    return true;        // in words of its own there; a reader has compared it
}

}  // namespace

TEST_CASE("codes and phrases are those of IANA's registry of 2026-01-07") {
    std::istringstream lines(test::content_of(std::string(SIPDEX_SOURCE_DIR) + "/tests/fixtures/iana-response-codes.tsv"));
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
        CHECK_MESSAGE(told.fact.defined_in.starts_with(listed->second.second), told.fact.id, " is defined in ", told.fact.defined_in);
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
        CHECK_MESSAGE(agrees(r.dialog.value, row.at("dialog_effect")), code, ": ", r.dialog.value, " for ", row.at("dialog_effect"));
        const bool never = row.at("caller_failover") == "no";
        CHECK_MESSAGE((r.failover.value == "no") == never, code, ": ", r.failover.value);
        // The catalog may know more, from sections that the table has not read, but says on what condition it holds.
        for (const catalog::HeaderFact& header : r.headers)
            if (header.strength == "must" && row.at("required_headers").find(header.name) == std::string::npos && code != "204")
                CHECK_MESSAGE(!header.when.empty(), code, ": ", header.name, " as must, but the table has ", row.at("required_headers"));
        if (row.at("required_headers").empty()) continue;
        const bool some = std::any_of(r.headers.begin(), r.headers.end(), [&](const catalog::HeaderFact& header) {
            return header.strength == "must" && row.at("required_headers").find(header.name) != std::string::npos;
        });
        CHECK_MESSAGE(some, code, " requires ", row.at("required_headers"));
    }
}
