// The words in memory against the full text table that they were read from.
#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "catalog/database.h"
#include "catalog/search_index.h"
#include "language/fold.h"

using namespace sipdex;

namespace {

const catalog::Catalog::Impl& real() {
    static const catalog::Catalog::Impl opened{
        SIPDEX_CATALOG, SQLite::Database(SIPDEX_CATALOG, SQLite::OPEN_READONLY), {}, {}, {}, {}, {}, {}};
    return opened;
}

const catalog::SearchIndex& index() {
    static const catalog::SearchIndex read = catalog::read_search_index(real());
    return read;
}

using Relevance = std::map<std::size_t, double>;

Relevance from_table(const std::string& match) {
    Relevance rows;
    catalog::each_row(real(), "SELECT rowid, bm25(words, 8.0, 6.0, 1.0) FROM words WHERE words MATCH ?1", {match},
                      [&](auto& row) {
                          rows[static_cast<std::size_t>(row.getColumn(0).getInt64())] = -row.getColumn(1).getDouble();
                      });
    return rows;
}

Relevance from_memory(const std::vector<catalog::WordIndex::Found>& found) {
    Relevance rows;
    for (const auto& [row, up_front, relevance] : found) rows[row] = relevance;
    return rows;
}

// What the catalog can be asked for, a part of it: the names of things.
std::vector<std::string> questions() {
    constexpr std::size_t each = 7;
    std::vector<std::string> asked;
    for (std::size_t i = 0; i < index().names.size(); i += each) asked.push_back(index().names[i].folded);
    return asked;
}

std::string quoted(const std::string& words) { return '"' + words + '"'; }

}  // namespace

TEST_CASE("words in memory find the rows of the full text table, with the same scores to the last bit") {
    std::set<std::string> beginnings = {"l", "é", "μ", "q.850", "no_route", "zzz"};
    for (const std::string& question : questions())
        for (const std::string& word : language::folded_words(question, "en")) {
            beginnings.insert(word);
            beginnings.insert(word.substr(0, 3));
        }
    REQUIRE(beginnings.size() > 500);
    for (const std::string& word : beginnings) {
        INFO(word);
        CHECK(from_memory(index().words.beginning({word})) == from_table(quoted(word) + "*"));
    }
}

TEST_CASE("several spellings count together, as in the full text table") {
    CHECK(from_memory(index().words.beginning({"busy", "buses", "bus"})) ==
          from_table(R"("busy"* OR "buses"* OR "bus"*)"));
    CHECK(from_memory(index().words.beginning({"call", "calls"})) == from_table(R"("call"* OR "calls"*)"));
}

TEST_CASE("words that stand side by side are found as the full text table finds them") {
    int together = 0;
    for (const std::string& question : questions()) {
        INFO(question);
        const Relevance found = from_memory(index().words.together(question));
        CHECK(found == from_table(quoted(question)));
        together += !found.empty() && question.find(' ') != std::string::npos;
    }
    CHECK(together > 100);
}

TEST_CASE("a word of the title or of the phrases is up front, one of the body alone is not") {
    catalog::WordIndex words;
    words.add("busy", 1, 0, 0);
    words.add("busy", 2, 1, 4);
    words.add("busy", 3, 2, 9);
    words.add("busy", 4, 0, 0);
    words.add("busy", 4, 2, 7);
    words.finish();
    std::string up_front;
    for (const auto& found : words.beginning({"busy"})) up_front += found.up_front ? " yes" : " no";
    CHECK(up_front == " yes yes no yes");
}
