// Search in the real catalog: what a reader types, and what must stand first.
#include <doctest/doctest.h>

#include "catalog/catalog.h"

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

bool among_first(std::size_t many, const std::string& id, const std::string& query, const std::string& language = "en") {
    const auto hits = real().search(query, language, many);
    for (const auto& hit : hits)
        if (hit.id == id) return true;
    return false;
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
    CHECK(among_first(3, "407", "proxy authentification", "en"));
}

TEST_CASE("a symptom finds the codes behind it, in either language") {
    CHECK(among_first(3, "607", "robocall"));
    CHECK(among_first(3, "608", "robocall"));
    CHECK(among_first(5, "607", "blocked number"));
    CHECK(among_first(3, "401", "wrong password"));
    CHECK(among_first(3, "401", "mot de passe refusé", "fr"));
    CHECK(!real().search("rings twice", "en").empty());
}

TEST_CASE("nothing, noise and hostile input find nothing or something, and never fail") {
    CHECK(real().search("", "en").empty());
    CHECK(real().search("  …!? ", "en").empty());
    CHECK(real().search("zzqqxxyy", "en").empty());
    for (const char* query : {"\"", "\" OR \"", "NEAR(", "a*b:c^d", "'; DROP TABLE words; --", "\xff\xfe", "title:busy"}) CHECK_NOTHROW(real().search(query, "en"));
    CHECK_NOTHROW(real().search(std::string(100000, 'a'), "en"));
}
