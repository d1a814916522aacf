#include "page/pages.h"
#include "page/telling.h"

#include "page/articles.h"
#include "page/fact_words.h"
#include "page/lookup.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "paint/text.h"
#include "simulator/engine/party.h"
#include "simulator/read_exchange.h"
#include "simulator/what_if/changeable.h"
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

TEST_CASE("a comparison tells what differs first, then sets causes and steps side by side") {
    const test::SmallCatalog small(test::busy_sources());
    const language::Words words("en");
    CHECK(test::difference_from_expected("page/486-600.en.txt",
                                         painted(page::comparison({*small, words}, {"486", "600"}))) == "");
}

TEST_CASE("in French every label of both pages is the one for its fact") {
    const test::SmallCatalog small(test::busy_sources());
    const language::Words words("fr");
    CHECK(test::difference_from_expected("page/486.fr.txt", painted(page::response({*small, words}, "486"))) == "");
    CHECK(test::difference_from_expected("page/486-600.fr.txt",
                                         painted(page::comparison({*small, words}, {"486", "600"}))) == "");
    // Whatever the strength, it has its own words and those of no other.
    CHECK(words.fact_must() == "En-têtes obligatoires");
    CHECK(words.fact_should() == "En-têtes recommandés");
    CHECK(words.fact_may() == "En-têtes facultatifs");
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
    CHECK(document::words_of(page::response(reader, "699").summary).find("A receiver treats it as 600") !=
          std::string::npos);
    CHECK(document::words_of(page::response(reader, "199x").summary).find("There is no response 199x") !=
          std::string::npos);
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
                const document::Document document =
                    page::comparison(reader, forwards ? std::vector{ids[a], ids[b]} : std::vector{ids[b], ids[a]});
                REQUIRE(document.kind == document::Document::Kind::comparison);
                REQUIRE(document.mastheads.at(0).id == (forwards ? ids[a] : ids[b]));
                for (const char* wanted : {"at-a-glance", "key-differences", "trace", "when", "meaning"})
                    REQUIRE_MESSAGE(section(document, wanted), ids[a], " ", ids[b], " ", wanted);
                const auto& facts = std::get<document::FactTable>(section(document, "key-differences")->blocks.at(0));
                REQUIRE(std::is_partitioned(facts.rows.begin(), facts.rows.end(),
                                            [](const auto& row) { return row.differs; }));
                ++pairs;
            }
        CHECK(pairs == 2775);
    }
}

namespace {

// The parts of a worded fact, whatever their order, without the source behind them.
std::set<std::string> parts_of(const page::WordedFact& fact) {
    document::Text value = fact.cell;
    const bool lists_headers = fact.id == "must" || fact.id == "should" || fact.id == "may";
    if (!lists_headers)
        value.spans.erase(std::find_if(value.spans.begin(), value.spans.end(),
                                       [](const document::Span& span) { return span.text == " ("; }),
                          value.spans.end());
    std::set<std::string> parts;
    std::string words = document::words_of(value) + ", ";
    for (std::size_t end; (end = words.find(", ")) != std::string::npos; words.erase(0, end + 2))
        parts.insert(words.substr(0, end));
    return parts;
}

}  // namespace

TEST_CASE("two facts are worded alike exactly when their values agree, in every language") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        std::vector<std::vector<page::WordedFact>> of_each;
        for (const auto& listed : real().responses(tag))
            of_each.push_back(page::facts_of(reader, *real().response(listed.id)));
        for (std::size_t fact = 0; fact < of_each[0].size(); ++fact) {
            std::map<std::string, std::set<std::string>> parts_by_value;
            std::map<std::set<std::string>, std::string> value_by_parts;
            for (const auto& facts : of_each) {
                const auto parts = parts_of(facts[fact]);
                const std::string& value = facts[fact].value;
                CAPTURE(tag);
                CAPTURE(facts[fact].id);
                CAPTURE(value);
                CHECK(parts_by_value.try_emplace(value, parts).first->second == parts);
                CHECK(value_by_parts.try_emplace(parts, value).first->second == value);
                CHECK(value.empty() == facts[fact].cell.empty());
            }
        }
    }
}

TEST_CASE("a header field that is due in one case only is told with that case, wherever it is told") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        int conditional = 0;
        for (const auto& listed : real().responses(tag)) {
            const catalog::Response response = *real().response(listed.id);
            const auto facts = page::facts_of(reader, response);
            for (const catalog::HeaderFact& header : response.headers) {
                if (header.when.empty()) continue;
                ++conditional;
                const std::string condition =
                    document::words_of(page::marked(reader, page::condition_words(reader, header)));
                const auto row = std::find_if(facts.begin(), facts.end(),
                                              [&](const auto& fact) { return fact.id == header.strength; });
                CAPTURE(listed.id);
                CAPTURE(header.name);
                CHECK(document::words_of(row->cell).find(condition) != std::string::npos);
                CHECK(document::words_of(page::strength_words(reader, header)).ends_with(condition));
            }
        }
        CHECK(conditional >= 31);
    }
}

TEST_CASE("180 and 200 differ in what a forking proxy does, and say in what") {
    const language::Words words("en");
    const document::Document page = page::comparison({real(), words}, {"180", "200"});
    const auto& table = std::get<document::FactTable>(section(page, "key-differences")->blocks.at(0));
    const auto row = std::find_if(table.rows.begin(), table.rows.end(),
                                  [](const auto& one) { return document::words_of(one.label) == "A forking proxy"; });
    REQUIRE(row != table.rows.end());
    CHECK(row->differs);
    CHECK(document::words_of(row->cells[0]) == "Forwards it at once (RFC 3261 §16.7)");
    CHECK(document::words_of(row->cells[1]) ==
          "Forwards it at once, and cancels all other branches (RFC 3261 §16.7; RFC 6026 §7.3)");
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
            std::string text = painted(document);
            for (std::size_t at; (at = text.find("[[\"")) != std::string::npos;)
                text.erase(at, 3);  // lists within lists in JSON, no term
            for (const char* sign : {"<section_", "<fact_", "<glance_", "{", "[[", "when when", "  .  "}) {
                if (document.kind == document::Document::Kind::exchange && std::string(sign) == "{")
                    continue;  // a jCard is JSON
                CHECK_MESSAGE(text.find(sign) == std::string::npos, document.title, " shows ", sign);
            }
        }
    }
}

TEST_CASE("every setting that a what-if can change has a name in every language") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        for (const auto& exchange : real().exchanges()) {
            if (exchange.id == "common") continue;  // steps of every exchange, none itself
            for (const auto& party : simulator::changeables(*page::script_of({real(), words}, exchange.id)))
                for (const auto& option : party.options) {
                    CAPTURE(tag);
                    CAPTURE(exchange.id);
                    CAPTURE(option.name);
                    CHECK(!words.window_setting(option.name).empty());
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
            for (const std::string& role : replay->roles) CHECK(role != words.party_role("no kind of party"));
            for (std::size_t i = 0; i < replay->narration.size(); ++i) {
                CAPTURE(exchange.id);
                CAPTURE(i);
                CHECK(!replay->narration[i].what.empty());
                CHECK(!replay->narration[i].rule.empty());
                CHECK(replay->narration[i].what.language.empty());  // in the reader's own language
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

TEST_CASE("the symptom paths stand under what the customer goes through, each once, and all of them") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const document::Document index = page::term({real(), words}, "index/paths");
        std::vector<std::string> listed, titles;
        for (const document::Section& one : index.sections) {
            titles.push_back(one.title);
            for (const document::Item& item : std::get<document::List>(one.blocks.at(0)).items)
                listed.push_back(std::get<document::ToTerm>(item.text.spans.at(0).target).id.substr(5));
        }
        CHECK(titles.size() == catalog::SymptomPath::experiences.size());
        CHECK(std::set<std::string>(titles.begin(), titles.end()).size() == titles.size());
        std::ranges::sort(listed);
        CHECK(listed == real().paths());
    }
    CHECK(real().path("one-way-audio")->experience == "talking");
    CHECK(real().path("phone-unregistered")->experience == "phone");
}

TEST_CASE("every symptom path ends at candidates that a page explains, and every page of the vocabulary opens") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        const auto paths = real().paths();
        CHECK(paths.size() >= 20);
        for (const std::string& id : paths) {
            const auto path = real().path(id);
            for (const auto& question : path->questions)
                CHECK(section(page::path_node(reader, id, question.id), "answers"));
            for (const auto& outcome : path->outcomes) {
                const document::Document page = page::path_node(reader, id, outcome.id);
                REQUIRE(section(page, "candidates"));
                CHECK(std::get<document::List>(section(page, "candidates")->blocks.at(0)).items.size() ==
                      outcome.responses.size());
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

namespace {

// Every decision that a recording holds, told or not.
void count_decisions(const recording::Recording& recording, const page::Reader& reader, std::set<std::string>& silent,
                     std::size_t& told) {
    for (const auto& decision : recording.decisions) {
        std::string key = "decision_" + decision.id;
        std::replace(key.begin(), key.end(), '-', '_');
        if (reader.words.translated(key)) ++told;
        else silent.insert(decision.id);
    }
}

simulator::Change change(const page::Reader& reader, const std::string& exchange, const std::string& text) {
    const page::AskedChange asked = page::change_from(reader, exchange, text);
    REQUIRE_MESSAGE(asked.change, asked.problem);
    return *asked.change;
}

// "1 of 4 after message 2: Which Contact …", choices by their words, the taken one in parentheses.
std::string asked(const page::Replay& replay) {
    std::string all;
    for (const page::Question& question : replay.questions) {
        all += std::to_string(question.message + 1) + ". " +
               sip::label_of(replay.recording.messages[question.message].message) + ": " +
               document::words_of(question.words) + " " + document::words_of(question.rule) + "\n";
        for (const page::Choice& choice : question.choices)
            all += (choice.taken ? "  * " : "    ") + document::words_of(choice.words) + " = " +
                   simulator::to_text(choice.change) + "\n";
    }
    return all;
}

}  // namespace

TEST_CASE("every decision that any exchange records has its words in every language") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        std::set<std::string> silent;
        std::size_t told = 0;
        for (const auto& exchange : real().exchanges()) {
            if (exchange.id == "common") continue;
            const auto plain = page::replay(reader, exchange.id);
            REQUIRE_MESSAGE(plain, exchange.id);
            count_decisions(plain->recording, reader, silent, told);
            for (const recording::Actor& actor : plain->recording.actors)
                count_decisions(page::replay(reader, exchange.id, {simulator::Switched{actor.id, true}})->recording,
                                reader, silent, told);
        }
        for (const std::string& id : silent) FAIL_CHECK(tag, " has no message 'decision_", id, "' (with underscores)");
        CHECK(told > 10);
    }
}

TEST_CASE("decisions stand at their moment: after what led to them, before what follows") {
    const language::Words words("en");
    const auto replay = page::replay({real(), words}, "607-unwanted");
    REQUIRE(replay);
    std::string all;
    for (const page::ToldDecision& decision : replay->decisions)
        all += std::to_string(decision.before + 1) + ". " +
               sip::label_of(replay->recording.messages.at(decision.before).message) + " <- " +
               document::words_of(decision.words) + " " + document::words_of(decision.rule) + "\n";
    CHECK(all == test::picture(R"(
        3. INVITE <- example.com forks to 2 destinations at once: sip:bob@198.51.100.20:5060, sip:bob@203.0.113.30:5060. RFC 3261 §16.6
        15. 607 Unwanted <- example.com passes on 607: a 6xx takes precedence over every other response. It had received 607, 487. RFC 3261 §16.7
    )"));
}

TEST_CASE("a trainee is asked for the Contact of a 300 and for the password of a 401") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    CHECK(asked(*page::replay(reader, "300-several-addresses")) == test::picture(R"(
        2. 300 Multiple Choices: Which Contact does Alice choose? RFC 3261 §8.1.3.4
            Bob, desk: sip:bob@desk.example.com, q=0.7 = alice chooses sip:bob@desk.example.com
          * Bob, mobile: sip:bob@mobile.example.com, q=0.5 = alice chooses sip:bob@mobile.example.com
            One after the other, in the order of preference = alice chooses best
            None of them = alice chooses none
    )"));
    CHECK(asked(*page::replay(reader, "401-register")) == test::picture(R"(
        2. 401 Unauthorized: With which password does Bob answer the challenge? RFC 3261 §22.2
          * The right one = bob's password is correct-horse
            A wrong one = bob's password is wrong
            None at all = bob's username is none
    )"));
    CHECK(asked(*page::replay(reader, "486-busy")) == "");
    const auto wrong =
        page::replay(reader, "401-register", {change(reader, "401-register", "bob's password is wrong")});
    CHECK(wrong->recording.messages.back().message.status == 401);
    CHECK(wrong->questions.front().choices.at(1).taken);
}

TEST_CASE("where a change alters the course, the story gives way to what holds in every exchange") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    const auto plain = page::replay(reader, "300-several-addresses");
    const auto changed =
        page::replay(reader, "300-several-addresses",
                     {change(reader, "300-several-addresses", "alice chooses sip:bob@desk.example.com")});
    REQUIRE(changed->departs == 3u);
    CHECK(changed->recording.messages[2].step == plain->recording.messages[2].step);
    CHECK(changed->recording.messages[3].step == "invite");
    CHECK(!changed->narration[3].what.empty());
    // A delay alone leaves the story true.
    CHECK_FALSE(page::replay(reader, "300-several-addresses",
                             {change(reader, "300-several-addresses", "link alice redirect 40ms")})
                    ->departs);
}

TEST_CASE("what if Bob declined: both runs side by side, and where they differ first") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        const document::Document page = page::what_if(
            reader, "486-busy", {change(reader, "486-busy", "bob answers 603 after 2s with Retry-After: 60")});
        CHECK(test::difference_from_expected("page/what-if-603." + std::string(tag) + ".txt", painted(page)) == "");
    }
}

TEST_CASE("a fork lab names the response, the time and the rule") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        std::vector<simulator::ForkPhone> phones;
        for (const char* text : {"486@3s", "603@5s", "200@8s", "180", "off"})
            phones.push_back(*page::phone_from(reader, text).phone);
        CHECK(test::difference_from_expected("page/fork-lab." + std::string(tag) + ".txt",
                                             painted(page::fork_lab(reader, phones))) == "");
        CHECK(page::fork_lab(reader, {}).kind == document::Document::Kind::notice);
    }
}

TEST_CASE("every choice that a trainee is offered can be made, and one of them is what the exchange does") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    int questions = 0;
    for (const auto& exchange : real().exchanges()) {
        if (exchange.id == "common") continue;
        const auto plain = page::replay(reader, exchange.id);
        for (const page::Question& question : plain->questions) {
            CAPTURE(exchange.id);
            ++questions;
            CHECK(std::count_if(question.choices.begin(), question.choices.end(),
                                [](const page::Choice& choice) { return choice.taken; }) <= 1);
            for (const page::Choice& choice : question.choices) {
                const auto played = page::replay(reader, exchange.id, {choice.change});
                if (choice.taken) CHECK_FALSE(recording::differences(plain->recording, played->recording).course);
                CHECK_FALSE(played->recording.cut_off);
            }
        }
    }
    CHECK(questions >= 4);
}

namespace {

// Where the links of a list lead, "300 607", in their order.
std::vector<std::string> compared_in(const document::Section& section) {
    std::vector<std::string> pairs;
    for (const document::Block& block : section.blocks)
        if (const auto* list = std::get_if<document::List>(&block))
            for (const document::Item& item : list->items)
                for (const document::Span& span : item.text.spans)
                    if (const auto* pair = std::get_if<document::ToComparison>(&span.target))
                        pairs.push_back(pair->ids.at(0) + " " + pair->ids.at(1));
    return pairs;
}

}  // namespace

TEST_CASE("what one code can be compared with begins with what it is confused with; the pairs of others follow") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    std::set<std::string> curated;
    for (const auto& listed : real().responses("en"))
        for (const catalog::Pair& pair : real().pairs_with(listed.id)) curated.insert(pair.ids[0] + " " + pair.ids[1]);
    for (const auto& listed : real().responses("en")) {
        CAPTURE(listed.id);
        const document::Document page = page::pairs(reader, listed.id);
        CHECK(document::words_of(page.summary) == words.window_compare_one());
        std::vector<std::string> own, expected;
        for (const catalog::Pair& pair : real().pairs_with(listed.id))
            expected.push_back(listed.id + " " + (pair.ids[0] == listed.id ? pair.ids[1] : pair.ids[0]));
        const std::size_t of_pairs = expected.size();
        const auto response = real().response(listed.id);
        for (const std::string& id : response->related)
            if (!real().pair(listed.id, id)) expected.push_back(listed.id + " " + id);
        if (!expected.empty()) {
            REQUIRE(!page.sections.empty());
            own = compared_in(page.sections.front());
            CHECK(page.sections.front().id == "pairs-own");
            CHECK(page.sections.front().title ==
                  listed.id.substr(0, 3) + " " + listed.phrase + ", often confused with");
        }
        CHECK(own == expected);
        std::size_t others = 0;
        for (const document::Section& each : page.sections) {
            if (each.id == "pairs-own") continue;
            for (const std::string& pair : compared_in(each)) {
                CHECK(curated.contains(pair));
                CHECK((" " + pair + " ").find(" " + listed.id + " ") == std::string::npos);
                ++others;
            }
        }
        CHECK(others + of_pairs == curated.size());
    }
    CHECK(compared_in(page::pairs(reader, "300").sections.front()).size() > 2);
    // Nothing is chosen, or what nobody knows.
    for (const char* none : {"", "999"}) {
        const document::Document page = page::pairs(reader, none);
        CHECK(document::words_of(page.summary) == words.window_compare_empty());
        CHECK(page.sections.front().id == "pairs-1xx");
    }
}
