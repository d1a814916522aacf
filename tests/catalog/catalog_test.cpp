#include "catalog/catalog.h"

#include <doctest/doctest.h>

#include <fstream>

#include "support/small_catalog.h"

using namespace sipdex;
using catalog::CatalogError;

namespace {

CatalogError::Why why_not(const std::filesystem::path& file) {
    try {
        const catalog::Catalog opened(file);
        opened.info();
    } catch (const CatalogError& error) {
        CHECK(error.path == file);
        return error.why;
    }
    FAIL("the catalog opened");
    return {};
}

// A whole catalog with some octets changed.
std::string changed(std::string octets, std::size_t at, const std::string& to) {
    return octets.replace(at, to.size(), to);
}

}  // namespace

TEST_CASE("facts come back as they went in") {
    const test::SmallCatalog small(test::busy_sources());
    const auto busy = small->response("486");
    REQUIRE(busy);
    CHECK(busy->phrase == "Busy Here");
    CHECK(busy->proxy == catalog::Sourced{"stored", "RFC 3261 §16.7"});
    CHECK(busy->methods.of == std::vector<std::string>{"INVITE"});
    CHECK(busy->headers == std::vector<catalog::HeaderFact>{{"Retry-After", "may", "", "RFC 3261 §21.4.24"}});
    CHECK(busy->causes == std::vector<catalog::Cause>{{"on-the-phone", "person"}});
    CHECK(busy->related == std::vector<std::string>{"600"});
    CHECK_FALSE(small->response("499"));
    CHECK(small->pair("600", "486")->ids == std::vector<std::string>{"486", "600"});
    CHECK_FALSE(small->pair("486", "487"));
    CHECK(small->term("dialog")->id == "dialog");
}

TEST_CASE("missing words come in English and say so") {
    const test::SmallCatalog small(test::busy_sources());
    const catalog::Prose prose = small->prose("response/486", "fr");
    CHECK(prose.find("summary")->markup == "Ce téléphone est occupé.");
    CHECK(prose.find("summary")->language == "fr");
    CHECK(prose.find("tell")->markup == "The line is busy.");
    CHECK(prose.find("tell")->language == "en");
    CHECK(prose.find("nothing") == nullptr);
    CHECK(small->responses("fr").at(0).gloss == "Occupé sur ce téléphone");
    CHECK(small->responses("fr").at(1).gloss == "Busy on every device");
}

TEST_CASE("the catalog counts itself") {
    const test::SmallCatalog small(test::busy_sources());
    const catalog::Info info = small->info();
    CHECK(info.registered == 2);
    CHECK(info.curated_pairs == 1);
    CHECK(info.languages.at("en") == 1.0);
    CHECK(info.languages.at("fr") > 0.0);
    CHECK(info.languages.at("fr") < 0.2);
}

TEST_CASE("each way a catalog can be wrong has its own name") {
    const test::SmallCatalog small(test::busy_sources());
    const std::string whole = test::content_of(small.file());
    const test::TemporaryFolder folder;
    using Why = CatalogError::Why;
    CHECK(why_not(folder.path() / "none.db") == Why::missing);
    CHECK(why_not(folder.write("short.db", whole.substr(0, whole.size() / 2))) == Why::truncated);
    CHECK(why_not(folder.write("stub.db", whole.substr(0, 60))) == Why::truncated);
    CHECK(why_not(folder.write(
              "text.db", "just some text that is no database at all, and long enough to be one by its size …………")) ==
          Why::foreign);
    CHECK(why_not(folder.write("other.db", changed(whole, 68, std::string(4, '\0')))) == Why::foreign);
    CHECK(why_not(folder.write("newer.db", changed(whole, 60, std::string("\0\0\0\x7f", 4)))) == Why::newer);
    CHECK(why_not(folder.write("older.db", changed(whole, 60, std::string(4, '\0')))) == Why::older);
    CHECK(why_not(folder.write("damaged.db", changed(whole, 100, std::string(3000, 'x')))) == Why::damaged);
    CHECK(why_not(folder.path()) == Why::foreign);
}

TEST_CASE("a catalog opens under any file name") {
    const test::SmallCatalog small(test::busy_sources());
    const test::TemporaryFolder folder;
    const auto odd = folder.write("100% sûr? #1.db", test::content_of(small.file()));
    CHECK(catalog::Catalog(odd).response("486"));
}

TEST_CASE("a catalog that was changed anywhere is not as it was made") {
    test::TemporaryFolder folder;
    const test::SmallCatalog small(test::busy_sources());
    CHECK(small->as_it_was_made());
    const std::string octets = test::content_of(small->path());
    constexpr std::size_t page = 4096;
    REQUIRE(octets.size() > 3 * page);
    for (std::size_t at = page; at < octets.size(); at += page) {
        const catalog::Catalog opened(folder.write("sound.db", octets));
        folder.write("sound.db", changed(octets, at, std::string(page, 'Z')));
        CAPTURE(at);
        CHECK_FALSE(opened.as_it_was_made());
    }
    const catalog::Catalog opened(folder.write("sound.db", octets));
    folder.write("sound.db", changed(octets, octets.size() - 1, "~"));
    CHECK_FALSE(opened.as_it_was_made());
    folder.write("sound.db", octets.substr(0, octets.size() - page));
    CHECK_FALSE(opened.as_it_was_made());
    std::filesystem::remove(folder.path() / "sound.db");
    CHECK_FALSE(opened.as_it_was_made());
}
