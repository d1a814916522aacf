// What support types, in everyday words, and whether one of the right answers is among the first three hits.
//
// tests/fixtures/queries.<language>.csv names for each query the hits that are right, at most three:
//
//     softphone won't connect,phone-unregistered 401 password-again
#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <sstream>

#include "catalog/catalog.h"
#include "support/text.h"

using namespace sipdex;

namespace {

constexpr std::size_t shown = 3;

struct Query {
    std::string words;
    std::vector<std::string> accepted;
};

std::vector<Query> queries_in(const std::string& language) {
    std::istringstream lines(test::content_of(SIPDEX_SOURCE_DIR "/tests/fixtures/queries." + language + ".csv"));
    std::vector<Query> queries;
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        const std::size_t comma = line.find(',');
        REQUIRE_MESSAGE(comma != std::string::npos, line);
        Query query{line.substr(0, comma), {}};
        std::istringstream accepted(line.substr(comma + 1));
        for (std::string id; accepted >> id;) query.accepted.push_back(id);
        queries.push_back(query);
    }
    return queries;
}

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

bool is_known(const std::string& id) {
    const std::size_t slash = id.find('/');
    if (slash != std::string::npos) return real().has_entry(id.substr(0, slash), id.substr(slash + 1));
    return real().response(id) || real().path(id) || real().term(id) || real().group(id) || real().exchange(id) ||
           real().speaker(id);
}

// Which hit is a right one, counted from 1; nothing where none of the first three is.
std::size_t right_one(const Query& query, const std::vector<catalog::Hit>& hits) {
    const auto right = std::ranges::find_if(hits, [&](const catalog::Hit& hit) {
        return std::ranges::find(query.accepted, hit.id) != query.accepted.end();
    });
    return right == hits.end() ? 0 : static_cast<std::size_t>(right - hits.begin()) + 1;
}

// "répondeur: 404, 200, forking"
std::string missed(const Query& query, const std::vector<catalog::Hit>& hits) {
    std::string line = "  " + query.words + ":";
    for (const catalog::Hit& hit : hits) line += (line.ends_with(':') ? " " : ", ") + hit.id;
    return line + "\n";
}

}  // namespace

TEST_CASE("everyday words of support lead where they should: a right answer among the first three hits") {
    for (const std::string language : {"en", "fr"}) {
        const std::vector<Query> queries = queries_in(language);
        REQUIRE(queries.size() >= 60);
        std::size_t first = 0, among = 0;
        std::string misses;
        for (const Query& query : queries) {
            const auto hits = real().search(query.words, language, shown);
            const std::size_t right = right_one(query, hits);
            first += right == 1;
            among += right > 0;
            if (right == 0) misses += missed(query, hits);
        }
        std::cout << "queries of support, " << language << ": right answer first in " << first << ", among three in "
                  << among << " of " << queries.size() << "\n"
                  << misses;
        CHECK_MESSAGE(among * 100 >= queries.size() * 90, misses);
    }
}

TEST_CASE("every answer that a query accepts is one that the catalog can give") {
    for (const std::string language : {"en", "fr"})
        for (const Query& query : queries_in(language)) {
            CHECK_MESSAGE((!query.accepted.empty() && query.accepted.size() <= 3), query.words);
            for (const std::string& id : query.accepted) CHECK_MESSAGE(is_known(id), query.words << ": " << id);
        }
}

TEST_CASE("an unassigned number is a 404 before it is a 604") {
    for (const auto& [words, language] :
         {std::pair("numéro non attribué", "fr"), std::pair("unallocated number", "en")}) {
        const auto hits = real().search(words, language);
        CHECK(std::ranges::find(hits, "404", &catalog::Hit::id) < std::ranges::find(hits, "604", &catalog::Hit::id));
    }
}

TEST_CASE("the number of a cause finds the cause, alone and within a sentence") {
    for (const char* words : {"cause 17", "Q.850 17", "usager occupé cause 17", "hangup cause 17 from the carrier"})
        CHECK(real().search(words, "fr").front().id == "cause/17");
}

TEST_CASE("what customers say word for word stands above what only holds the words") {
    CHECK(real().search("transfer fails", "en").front().id == "transfer-fails");
    CHECK(real().search("nobody answers", "en").front().id == "rings-long-no-answer");
    CHECK(real().search("bonjour la ligne coupe", "fr").front().id.starts_with("drops-after-"));
}

TEST_CASE("one or many, masculine or feminine: the same is found") {
    CHECK(real().search("appels entrants impossibles", "fr").front().id ==
          real().search("appel entrant impossible", "fr").front().id);
    CHECK(real().search("lignes saturées", "fr").front().id == real().search("ligne saturée", "fr").front().id);
    CHECK(real().search("forwarding loops", "en").front().id == real().search("forwarding loop", "en").front().id);
}

TEST_CASE("a typo in a short word keeps its first letter") {
    CHECK(real().search("ocupé", "fr").front().id == "486");
    CHECK(real().search("apel refusé", "fr").front().id == "603");
}
