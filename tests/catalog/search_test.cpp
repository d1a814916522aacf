// Search in the real catalog: what a reader types, and what must stand first.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "catalog/catalog.h"
#include "support/text.h"

using namespace sipdex;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

std::string first(const std::string& query, const std::string& language = "en") {
    const auto hits = real().search(query, language);
    return hits.empty() ? "" : hits[0].title;
}

// "response 607, response 603, term robocall"
std::string hits_of(const std::string& query, const std::string& language = "en", std::size_t most = 6) {
    static const char* const kinds[] = {"response", "comparison", "term",       "exchange",
                                        "group",    "path",       "vocabulary", "speaker"};
    std::string all;
    for (const auto& hit : real().search(query, language, most))
        all += (all.empty() ? "" : ", ") + std::string(kinds[static_cast<int>(hit.kind)]) + " " + hit.id +
               (hit.exact ? " exactly" : "") + (hit.weak ? " weakly" : "");
    return all;
}

// Nothing when the code is among so many, otherwise what came instead.
std::string missing_among_first(std::size_t many, const std::string& id, const std::string& query,
                                const std::string& language = "en") {
    for (const auto& hit : real().search(query, language, many))
        if (hit.id == id) return "";
    return "for '" + query + "' came " + hits_of(query, language, many);
}

}  // namespace

TEST_CASE("a number finds its code, the beginning of one every code that begins so") {
    CHECK(first("607") == "607 Unwanted");
    CHECK(first(" 486 ") == "486 Busy Here");
    const auto sixties = real().search("60", "en");
    CHECK(sixties.size() >= 6);
    for (const auto& hit : sixties) CHECK(hit.title.starts_with("60"));
}

TEST_CASE("a registered code stands above everything that only mentions it") {
    const auto hits = real().search("603", "en");
    REQUIRE(hits.size() >= 2);
    CHECK(hits[0].id == "603");
    CHECK(hits[1].id == "603-network-blocked");
}

TEST_CASE("two numbers offer their comparison first, in the order typed") {
    for (const char* query : {"300 607", "300 vs 607", "300/607", "300 ou 607"}) {
        const auto hits = real().search(query, "fr");
        REQUIRE(!hits.empty());
        CHECK(hits[0].target == document::Target(document::ToComparison{{"300", "607"}}));
    }
    CHECK(real().search("607 300", "en")[0].target == document::Target(document::ToComparison{{"607", "300"}}));
}

TEST_CASE("a phrase finds its code, whole or half, with accents and case as they come") {
    CHECK(first("busy here") == "486 Busy Here");
    CHECK(first("BUSY EVERY") == "600 Busy Everywhere");
    CHECK(first("Multiple Choices") == "300 Multiple Choices");
    CHECK(first("appel indésirable", "fr") == "607 Unwanted");
    CHECK(first("appel indesirable", "fr") == "607 Unwanted");
    CHECK(first("appel indésirable", "en") == "607 Unwanted");
}

TEST_CASE("a typo is forgiven") {
    CHECK(first("unwnated") == "607 Unwanted");
    CHECK(first("temporarilly unavailable") == "480 Temporarily Unavailable");
    CHECK(missing_among_first(3, "407", "proxy authentification", "en") == "");
}

TEST_CASE("a symptom finds the codes behind it, in either language") {
    CHECK(missing_among_first(3, "607", "robocall") == "");
    CHECK(missing_among_first(3, "608", "robocall") == "");
    CHECK(missing_among_first(5, "607", "blocked number") == "");
    CHECK(missing_among_first(3, "401", "wrong password") == "");
    CHECK(missing_among_first(3, "401", "mot de passe refusé", "fr") == "");
    CHECK(!real().search("rings twice", "en").empty());
}

TEST_CASE("nothing, noise and hostile input find nothing or something, and never fail") {
    CHECK(real().search("", "en").empty());
    CHECK(real().search("  …!? ", "en").empty());
    CHECK(real().search("zzqqxxyy", "en").empty());
    for (const char* query :
         {"\"", "\" OR \"", "NEAR(", "a*b:c^d", "'; DROP TABLE words; --", "\xff\xfe", "title:busy"})
        CHECK_NOTHROW(real().search(query, "en"));
    CHECK_NOTHROW(real().search(std::string(100000, 'a'), "en"));
}

TEST_CASE("a typo is forgiven in words of every length that leaves something to recognise") {
    // A letter too many, missing, wrong, or two exchanged.
    for (const std::string query : {"bsuy", "busyy here", "buzy here", "declne", "delcine", "goen", "loop detectd",
                                    "forbiden", "unwantedd", "ringging"}) {
        const std::string title = first(query);
        CHECK_MESSAGE(!title.empty(), query);
    }
    CHECK(first("bsuy here") == "486 Busy Here");
    CHECK(first("buzy here") == "486 Busy Here");
    CHECK(first("declne") == "603 Decline");
    CHECK(first("delcine") == "603 Decline");
    CHECK(first("forbiden") == "403 Forbidden");
    CHECK(first("loop detectd") == "482 Loop Detected");
    CHECK(first("ringign") == "180 Ringing");
}

TEST_CASE("the number of a header field's value is no code, whatever stands before the field") {
    for (const std::string query : {"Retry-After: 486", "with Retry-After: 486", "x;Retry-After:486"})
        CHECK_MESSAGE(first(query) != "486 Busy Here", query);
    for (const std::string query : {"it says: 486", "code: 486", ": 486"})
        CHECK_MESSAGE(first(query) == "486 Busy Here", query);
}

TEST_CASE("whatever is asked for, the hits and their order are those that were read in review") {
    std::string all;
    for (const char* language : {"en", "fr"})
        for (const char* query : {"4",
                                  "48",
                                  "486",
                                  "486 600",
                                  "603 607 608",
                                  "busy",
                                  "busy here",
                                  "nobody answers",
                                  "ring timeout",
                                  "drops after 32 seconds",
                                  "one-way audio",
                                  "robocall",
                                  "wrong password",
                                  "call forwarding",
                                  "fax",
                                  "Retry-After",
                                  "Via",
                                  "timer B",
                                  "INVITE",
                                  "early dialog",
                                  "forking",
                                  "Kamailio",
                                  "Teams",
                                  "cause 17",
                                  "USER_BUSY",
                                  "occupé",
                                  "mot de passe refusé",
                                  "renvoi d'appel",
                                  "la ligne coupe",
                                  "numéro inconnu",
                                  "RFC 8197",
                                  "registration expired",
                                  "session timer",
                                  "certificat",
                                  "emergency",
                                  "quota",
                                  "trunk full",
                                  "no audio",
                                  "spam likely",
                                  "voicemail"})
            all += std::string(language) + " " + query + ": " + hits_of(query, language, 3) + "\n";
    CHECK(test::difference_from_expected("catalog/search.txt", all) == "");
}

TEST_CASE("all that search finds is told with the names it is found by, in one language at a time") {
    for (const std::string language : {"en", "fr"}) {
        const auto all = real().findable(language);
        std::map<std::string, int> kinds;
        for (const catalog::Findable& each : all) {
            CHECK_MESSAGE(!each.title.empty(), each.id);
            ++kinds[each.kind];
        }
        CHECK(kinds["response"] == static_cast<int>(real().responses(language).size()));
        CHECK(kinds["term"] == static_cast<int>(real().terms().size()));
        CHECK(kinds["header"] == static_cast<int>(real().entries("header").size()));
        CHECK(kinds["speaker"] == static_cast<int>(real().speakers().size()));
        const auto unwanted = std::ranges::find_if(all, [](const catalog::Findable& each) {
            return each.target == document::Target(document::ToResponse{"607"});
        });
        REQUIRE(unwanted != all.end());
        const auto called = [&](const std::string& name, bool said) {
            return std::ranges::any_of(
                unwanted->names, [&](const auto& each) { return each.folded == name && each.said_of_it == said; });
        };
        CHECK(called("unwanted", false));
        CHECK(called("robocall", true) == (language == "en"));
        CHECK(called("appel indesirable", false) == (language == "fr"));
    }
}

TEST_CASE("what another thread has read finds the same, also when the file went away under it") {
    const sipdex::test::TemporaryFolder folder;
    const auto file = folder.path() / "catalog.db";
    std::filesystem::copy_file(SIPDEX_CATALOG, file);
    const catalog::Catalog stays(file), goes(file);
    stays.prepare_search();
    stays.prepare_search();  // a second time changes nothing
    std::filesystem::remove(file);
    goes.prepare_search();
    for (const catalog::Catalog* one : {&stays, &goes}) {
        const auto hits = one->search("unwanted call", "en");
        REQUIRE_FALSE(hits.empty());
        CHECK(hits[0].id == "607");
        CHECK(hits.size() == real().search("unwanted call", "en").size());
        CHECK(one->findable("fr").size() == real().findable("fr").size());
    }
}
