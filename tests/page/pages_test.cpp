#include "page/pages.h"

#include "page/articles.h"
#include "page/pasted.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "paint/text.h"
#include "simulator/party.h"
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

TEST_CASE("pasted lines are read by number and Reason, never by the phrase alone") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    const auto read_as = [&](const std::string& text) { return page::read_pasted(reader, text).response; };
    CHECK(read_as("SIP/2.0 603 Network Blocked\r\nReason: SIP;cause=603;text=\"v=analytics1;url=https://a.example\";location=RLN\r\n") == "603-network-blocked");
    CHECK(read_as("SIP/2.0 603 Network BlockedReason: Q.850;cause=21;text=\"v=analytics1;tel=+12125550100\"") == "603-network-blocked");
    CHECK(read_as("SIP/2.0 603 Network Blocked") == "603");
    CHECK(read_as("SIP/2.0 603 Network Blocked\nReason: SIP;cause=603;text=\"Decline\"") == "603");
    CHECK(read_as("SIP/2.0 603 Decline") == "603");
    CHECK(read_as("12:00:01.5 sbc1 SIP/2.0 486 Besetzt\nRetry-After: 18000") == "486");
    CHECK(read_as("Reason: Q.850;cause=21") == "403");
    CHECK(read_as("Reason: SIP;cause=607;text=\"Unwanted\"") == "607");
    CHECK(read_as("Reason: STIR;cause=436") == "436");
    CHECK(read_as("Warning: 399 a.example \"Line is barred\"") == "");
    CHECK(page::looks_pasted("reason : Q.850;cause=17"));
    CHECK_FALSE(page::looks_pasted("call rejected for no reason"));
    for (const char* text : {"Warning: 399 a.example \"Line is barred\"", "SIP/2.0 480 Gone fishing\r\nRetry-After: 60 (lunch)"}) CHECK(!page::read_pasted(reader, text).remarks.empty());
    for (const char* text : {"", "SIP/2.0", "SIP/2.0 abc", "Reason:", "Reason: ;;;=", "Warning: x", "Retry-After: 99999999999999999999", "INVITE sip:a@example.com SIP/2.0"})
        CHECK_NOTHROW(page::read_pasted(reader, text));
}

TEST_CASE("every symptom path ends at candidates that a page explains, and every page of the vocabulary opens") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        const auto paths = real().paths();
        CHECK(paths.size() >= 20);
        for (const std::string& id : paths) {
            const auto path = real().path(id);
            for (const auto& question : path->questions) CHECK(section(page::path_node(reader, id, question.id), "answers"));
            for (const auto& outcome : path->outcomes) {
                const document::Document page = page::path_node(reader, id, outcome.id);
                REQUIRE(section(page, "candidates"));
                CHECK(std::get<document::List>(section(page, "candidates")->blocks.at(0)).items.size() == outcome.responses.size());
            }
        }
        for (const char* kind : {"header", "method", "timer", "warning", "reason", "cause"}) {
            CHECK(page::term(reader, std::string("index/") + kind + "s").kind == document::Document::Kind::term);
            for (const std::string& name : real().entries(kind)) {
                CAPTURE(name);
                CHECK(!page::term(reader, std::string(kind) + "/" + name).summary.empty());
            }
        }
        for (const std::string& id : real().groups()) CHECK(section(page::term(reader, "group/" + id), "codes"));
        CHECK(real().terms().size() >= 90);
    }
}

TEST_CASE("the phrases that parties say of their own accord are those of the catalog") {
    int said = 0;
    for (const auto& listed : real().responses("en"))
        if (const std::string phrase = simulator::usual_phrase(listed.code); !phrase.empty() && listed.status == "registered") {
            CHECK(phrase == listed.phrase);
            ++said;
        }
    CHECK(said > 10);
}
