#include "page/pages.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "paint/text.h"
#include "support/small_catalog.h"

using namespace sipdex;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

std::string painted(const document::Document& document) {
    paint::Options options;
    options.columns = 100;
    return paint::text(document, options);
}

const document::Section* section(const document::Document& document, const std::string& id) {
    for (const auto& each : document.sections)
        if (each.id == id) return &each;
    return nullptr;
}

}  // namespace

TEST_CASE("a response page holds everything the sources say, in a fixed order") {
    const test::SmallCatalog small(test::busy_sources());
    const language::Words words("en");
    CHECK(test::difference_from_expected("page/486.en.txt", painted(page::response({*small, words}, "486"))) == "");
}

TEST_CASE("a comparison sets causes and steps side by side, then what differs first") {
    const test::SmallCatalog small(test::busy_sources());
    const language::Words words("en");
    CHECK(test::difference_from_expected("page/486-600.en.txt", painted(page::comparison({*small, words}, {"486", "600"}))) == "");
}

TEST_CASE("what is not translated is shown in English and marked") {
    const test::SmallCatalog small(test::busy_sources());
    const language::Words words("fr");
    const document::Document document = page::response({*small, words}, "486");
    CHECK(document::words_of(document.summary) == "Ce téléphone est occupé.");
    CHECK(document.summary.language.empty());
    const auto& description = std::get<document::Paragraph>(section(document, "meaning")->blocks.at(0));
    CHECK(description.text.language == "en");
}

TEST_CASE("a code without words shows its facts and says that its text is not written") {
    test::Sources sources = test::busy_sources();
    sources.erase("i18n/en/responses/486.toml");
    sources.erase("i18n/fr/responses/486.toml");
    std::string& facts = sources.at("data/responses/486.toml");
    facts.erase(facts.find("[[cause]]"));
    const test::SmallCatalog small(sources);
    const language::Words words("en");
    const document::Document document = page::response({*small, words}, "486");
    const std::string text = painted(document);
    CAPTURE(text);
    CHECK(text.find("The text for 486 Busy Here is not written yet.") != std::string::npos);
    CHECK(text.find("Yes, the same request after a while") != std::string::npos);
}

TEST_CASE("an unknown code says what a receiver makes of it") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    CHECK(document::words_of(page::response(reader, "499").summary).find("A receiver treats it as 400") != std::string::npos);
    CHECK(document::words_of(page::response(reader, "199x").summary).find("There is no response 199x") != std::string::npos);
    CHECK(document::words_of(page::response(reader, "999").summary).find("from 100 to 699") != std::string::npos);
    CHECK(page::comparison(reader, {"300", "999"}).kind == document::Document::Kind::notice);
}

TEST_CASE("any two registered codes compare, in either order, in every language") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        std::vector<std::string> ids;
        for (const auto& listed : real().responses(tag))
            if (listed.status == "registered") ids.push_back(listed.id);
        REQUIRE(ids.size() == 75);
        int pairs = 0;
        for (std::size_t a = 0; a < ids.size(); ++a)
            for (std::size_t b = a + 1; b < ids.size(); ++b) {
                const bool forwards = (a + b) % 2 == 0;
                const document::Document document = page::comparison(reader, forwards ? std::vector{ids[a], ids[b]} : std::vector{ids[b], ids[a]});
                REQUIRE(document.kind == document::Document::Kind::comparison);
                REQUIRE(document.mastheads.at(0).id == (forwards ? ids[a] : ids[b]));
                for (const char* wanted : {"at-a-glance", "meaning", "facts", "trace", "when"}) REQUIRE_MESSAGE(section(document, wanted), ids[a], " ", ids[b], " ", wanted);
                const auto& facts = std::get<document::FactTable>(section(document, "facts")->blocks.at(0));
                REQUIRE(std::is_partitioned(facts.rows.begin(), facts.rows.end(), [](const auto& row) { return row.differs; }));
                ++pairs;
            }
        CHECK(pairs == 2775);
    }
}

TEST_CASE("every page of the catalog is whole: no empty text, no key in angle brackets, no glued blanks") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        std::vector<document::Document> pages;
        for (const auto& listed : real().responses(tag)) pages.push_back(page::response(reader, listed.id));
        for (const auto& exchange : real().exchanges()) pages.push_back(page::exchange(reader, exchange.id));
        for (const auto& term : real().terms()) pages.push_back(page::term(reader, term));
        for (const document::Document& document : pages) {
            CAPTURE(document.title);
            CHECK(!document.title.empty());
            CHECK(document.kind != document::Document::Kind::notice);
            const std::string text = painted(document);
            for (const char* sign : {"<section_", "<fact_", "<glance_", "{", "[[", "when when", "  .  "}) {
                if (document.kind == document::Document::Kind::exchange && std::string(sign) == "{") continue;   // a jCard is JSON
                CHECK_MESSAGE(text.find(sign) == std::string::npos, document.title, " shows ", sign);
            }
        }
    }
}

TEST_CASE("every message of every exchange is told: what happened, and by which rule") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        const auto exchanges = real().exchanges();
        REQUIRE(exchanges.size() >= 12);
        for (const auto& exchange : exchanges) {
            const auto replay = page::replay(reader, exchange.id);
            REQUIRE(replay);
            REQUIRE(replay->narration.size() == replay->recording.messages.size());
            for (std::size_t i = 0; i < replay->narration.size(); ++i) {
                CAPTURE(exchange.id);
                CAPTURE(i);
                CHECK(!replay->narration[i].what.empty());
                CHECK(!replay->narration[i].rule.empty());
                CHECK(replay->narration[i].what.language.empty());      // in the reader's own language
            }
        }
    }
}

TEST_CASE("a code opens the exchange that tells its story") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    for (const char* code : {"200", "300", "302", "401", "407", "408", "486", "487", "503", "603", "607", "608"}) {
        const auto id = page::exchange_for(reader, code);
        REQUIRE_MESSAGE(id, code);
        CHECK(id->starts_with(code));
    }
    CHECK_FALSE(page::exchange_for(reader, "common"));
    CHECK_FALSE(page::exchange_for(reader, "no-such-thing"));
}
