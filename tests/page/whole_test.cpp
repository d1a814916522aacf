// What must hold on every page of the real catalog, in every language: all that is known stands on it, where it belongs,
// and a comparison says the same whichever code is named first.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "document/markup.h"
#include "page/fact_words.h"
#include "page/pages.h"
#include "paint/text.h"
#include "support/small_catalog.h"

using namespace sipdex;
using document::Document;
using document::FactTable;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

const document::Section* section(const Document& document, const std::string& id) {
    for (const auto& each : document.sections)
        if (each.id == id) return &each;
    return nullptr;
}

// One line for each row, item and paragraph, its parts set apart by " | ".
struct Lines {
    std::vector<std::string> all;
    void operator()(const document::Paragraph& block) { all.push_back(words_of(block.text)); }
    void operator()(const document::Callout& block) { all.push_back(words_of(block.text)); }
    void operator()(const document::Tree& block) {
        for (const auto& node : block.nodes) all.push_back(words_of(node.text));
    }
    void operator()(const document::Ladder&) {}
    void operator()(const document::Message& block) { all.push_back(block.octets); }
    void operator()(const document::List& block) {
        for (const auto& item : block.items) all.push_back(words_of(item.label) + " | " + words_of(item.text));
    }
    void operator()(const FactTable& block) {
        for (const auto& row : block.rows) {
            std::string line = words_of(row.label) + (row.differs ? " ≠" : "");
            for (const auto& cell : row.cells) line += " | " + words_of(cell);
            all.push_back(line);
        }
    }
    void operator()(const document::Columns& block) {
        for (const auto& row : block.rows) {
            std::string line;
            for (const auto& item : row) line += " | " + words_of(item.label) + ": " + words_of(item.text);
            all.push_back(line);
        }
    }
};

std::vector<std::string> lines_of(const Document& page, const std::string& id) {
    Lines lines;
    if (const auto* found = section(page, id))
        for (const auto& block : found->blocks) std::visit(lines, block);
    return lines.all;
}

std::string one_text(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    return all;
}

// A passage as the reader reads it, a paragraph each.
std::vector<std::string> read_as(const page::Reader& reader, const catalog::Passage& passage) {
    std::vector<std::string> paragraphs;
    for (const document::Text& text : page::paragraphs_of(reader, &passage)) paragraphs.push_back(words_of(text));
    return paragraphs;
}

std::vector<std::string> ids_in(const char* tag) {
    std::vector<std::string> ids;
    for (const auto& listed : real().responses(tag)) ids.push_back(listed.id);
    return ids;
}

// The section of a code's page where a passage stands, by the key of the passage; empty: none of its own.
std::string home_of(const std::string& key) {
    static const std::map<std::string, std::string> homes = {
        {"description", "meaning"}, {"produced", "at-a-glance"}, {"tell", "at-a-glance"},  {"notices", "notices"},
        {"escalate", "escalate"},   {"cause", "causes"},         {"step", "steps"},        {"collect", "collect"},
        {"pitfall", "pitfalls"},    {"header", "headers"},       {"fact.retry", "retry"},  {"fact.failover", "retry"},
        {"fact.proxy", "proxy"},    {"fact.dialog", "dialog"},   {"fact.methods", "facts"}};
    const auto whole = homes.find(key);
    const auto group = homes.find(key.substr(0, key.find('.')));
    return whole != homes.end() ? whole->second : group != homes.end() ? group->second : "";
}

}  // namespace

TEST_CASE("every passage about a code stands on its page, in the section that its key names") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        std::map<std::string, int> seen;
        for (const std::string& id : ids_in(tag)) {
            const Document page = page::response(reader, id);
            const catalog::Prose prose = real().prose("response/" + id, tag);
            for (const std::string& key : prose.keys()) {
                const std::string home = home_of(key);
                const std::string stands = key == "summary" ? words_of(page.summary) : one_text(lines_of(page, home));
                if (home.empty() && key != "summary") continue;
                ++seen[home];
                for (const std::string& paragraph : read_as(reader, *prose.find(key)))
                    CHECK_MESSAGE(stands.find(paragraph) != std::string::npos, tag, " ", id, ": ", key,
                                  " is not under '", home, "': ", paragraph);
            }
        }
        for (const char* home : {"meaning", "at-a-glance", "notices", "escalate", "causes", "steps", "collect",
                                 "pitfalls", "headers", "retry", "proxy", "dialog", "facts"})
            CHECK_MESSAGE(seen[home] > 0, tag, " ", home);
    }
}

TEST_CASE("a fact stands on its page with its own source, and what is added to it right behind it") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        for (const std::string& id : ids_in(tag)) {
            const Document page = page::response(reader, id);
            const catalog::Response r = *real().response(id);
            const catalog::Prose prose = real().prose("response/" + id, tag);
            const auto expected = [&](const std::vector<std::tuple<std::string, std::string, std::string>>& facts) {
                std::vector<std::string> lines;
                for (const auto& [value, source, note] : facts) {
                    if (!value.empty())
                        lines.push_back(
                            value + (source.empty() ? "" : " (" + words_of(document::text_of_source(source)) + ")"));
                    if (const auto* passage = prose.find(note))
                        for (const std::string& paragraph : read_as(reader, *passage)) lines.push_back(paragraph);
                }
                return one_text(lines);
            };
            const std::string failover = page::failover_words(reader, r);
            CAPTURE(tag);
            CAPTURE(id);
            CHECK(one_text(lines_of(page, "retry")) ==
                  expected(
                      {{page::retry_words(reader, r), r.retry.source, "fact.retry"},
                       {failover.empty() ? "" : words.failover_line(failover), r.failover.source, "fact.failover"}}));
            CHECK(one_text(lines_of(page, "proxy")) ==
                  expected({{page::proxy_words(reader, r), r.proxy.source, "fact.proxy"}}));
            CHECK(one_text(lines_of(page, "dialog")) ==
                  expected({{page::dialog_words(reader, r), r.dialog.source, "fact.dialog"}}));
            std::vector<std::string> mappings;
            for (const auto& [label, rows] :
                 {std::pair(words.fact_from_q850(), &r.from_q850), {words.fact_to_q850(), &r.to_q850}})
                for (const catalog::Q850Mapping& mapping : *rows)
                    mappings.push_back(label + " | " + page::q850_words(reader, mapping) + " (" +
                                       words_of(document::text_of_source(mapping.source)) + ")");
            CHECK(one_text(lines_of(page, "q850")) == one_text(mappings));
        }
    }
}

TEST_CASE("causes and steps stand in their order, each with its own place or person") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        for (const std::string& id : ids_in(tag)) {
            const Document page = page::response(reader, id);
            const catalog::Response r = *real().response(id);
            const catalog::Prose prose = real().prose("response/" + id, tag);
            std::vector<std::string> causes, steps;
            for (const auto& cause : r.causes)
                causes.push_back(page::fault_words(reader, cause.where) + " | " +
                                 one_text(read_as(reader, *prose.find("cause." + cause.id))));
            for (const auto& step : r.steps)
                steps.push_back(page::addressee_words(reader, step.who) + " | " +
                                one_text(read_as(reader, *prose.find("step." + step.id))));
            const auto listed = [&](const std::string& name) {
                std::vector<std::string> lines = lines_of(page, name);
                for (std::string& line : lines) line += "\n";
                return one_text(lines);
            };
            CAPTURE(tag);
            CAPTURE(id);
            CHECK(listed("causes") == one_text(causes));
            CHECK(listed("steps") == one_text(steps));
        }
    }
}

namespace {

// A comparison of two as it would be with the other code first.
Document turned(Document page) {
    const auto turn = [](auto& cells) { std::reverse(cells.begin(), cells.end()); };
    turn(page.mastheads);
    for (auto& section : page.sections)
        for (auto& block : section.blocks) {
            if (auto* table = std::get_if<FactTable>(&block))
                for (auto& row : table->rows) turn(row.cells);
            if (auto* columns = std::get_if<document::Columns>(&block))
                for (auto& row : columns->rows) turn(row);
        }
    return page;
}

// Pairs that somebody has written, and every hundredth of the others.
std::vector<std::pair<std::string, std::string>> some_pairs() {
    const std::vector<std::string> ids = ids_in("en");
    std::vector<std::pair<std::string, std::string>> pairs;
    std::size_t others = 0;
    for (std::size_t a = 0; a < ids.size(); ++a)
        for (std::size_t b = a + 1; b < ids.size(); ++b)
            if (real().pair(ids[a], ids[b]) || others++ % 100 == 0) pairs.emplace_back(ids[a], ids[b]);
    return pairs;
}

}  // namespace

TEST_CASE("a comparison says the same whichever of its codes is named first") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        for (const auto& [a, b] : some_pairs()) {
            const Document forwards = page::comparison(reader, {a, b}),
                           backwards = turned(page::comparison(reader, {b, a}));
            CAPTURE(tag);
            const std::string both = a + " and " + b;
            CAPTURE(both);
            CHECK(forwards.mastheads[0].id == backwards.mastheads[0].id);
            CHECK(words_of(forwards.summary) == words_of(backwards.summary));
            REQUIRE(forwards.sections.size() == backwards.sections.size());
            for (const auto& one : forwards.sections) {
                // Without words for the pair, what tells the two apart is listed in the order of the codes.
                if (one.id == "sources" || (one.id == "trace" && !real().pair(a, b))) continue;
                CHECK(one_text(lines_of(forwards, one.id)) == one_text(lines_of(backwards, one.id)));
            }
        }
    }
}

TEST_CASE("a curated comparison has each code's own words under its head") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        for (const auto& [a, b] : some_pairs()) {
            if (!real().pair(a, b)) continue;
            const catalog::Prose prose = real().prose("pair/" + a + "-" + b, tag);
            std::vector<std::string> expected;
            for (const std::string& key : prose.keys()) {
                if (!key.starts_with("difference.") || !key.ends_with(".aspect")) continue;
                const std::string stem = key.substr(0, key.size() - 6);
                std::string line;
                for (const std::string& part : {key, stem + a, stem + b})
                    line += (line.empty() ? "" : " | ") + read_as(reader, *prose.find(part)).at(0) +
                            (line.empty() ? " ≠" : "");
                expected.push_back(line);
            }
            CAPTURE(tag);
            // The facts follow in the same table.
            std::vector<std::string> lines = lines_of(page::comparison(reader, {a, b}), "key-differences");
            REQUIRE(lines.size() >= expected.size());
            lines.resize(expected.size());
            CHECK(one_text(lines) == one_text(expected));
            CHECK(lines_of(page::comparison(reader, {a, b}), "when") ==
                  std::vector{" | : " + read_as(reader, *prose.find("when." + a)).at(0) +
                              " | : " + read_as(reader, *prose.find("when." + b)).at(0)});
        }
    }
}

TEST_CASE("a row is marked as a difference exactly where the codes are not all of one value") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    const std::vector<std::string> ids = ids_in("en");
    int checked = 0;
    for (std::size_t i = 0; i + 2 < ids.size(); ++i)
        for (const std::vector<std::string>& asked :
             {std::vector{ids[i], ids[i + 1], ids[i + 2]}, {ids[i], ids[(i * 7 + 3) % ids.size()], ids[i + 1]}}) {
            if (asked[0] == asked[1] || asked[1] == asked[2] || asked[0] == asked[2]) continue;
            std::vector<std::vector<page::WordedFact>> facts;
            for (const std::string& id : asked) facts.push_back(page::facts_of(reader, *real().response(id)));
            const Document page = page::comparison(reader, asked);
            for (const auto& row : std::get<FactTable>(section(page, "key-differences")->blocks.at(0)).rows) {
                const auto at =
                    std::ranges::find(facts[0], words_of(row.label), &page::WordedFact::label) - facts[0].begin();
                const bool same = facts[0][at].value == facts[1][at].value && facts[1][at].value == facts[2][at].value;
                ++checked;
                CHECK_MESSAGE(row.differs == !same, asked[0], " ", asked[1], " ", asked[2], ": ", words_of(row.label),
                              " is ", facts[0][at].value, ", ", facts[1][at].value, ", ", facts[2][at].value);
            }
        }
    CHECK(checked > 1000);
}

TEST_CASE(
    "a page tells the retry rule, the next server, the proxy and the dialog once, and the rule in short up front") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    for (const std::string& id : ids_in("en")) {
        const Document page = page::response(reader, id);
        std::map<std::string, int> told;
        for (const auto& section : page.sections)
            if (section.id == "facts")
                for (const auto& row : std::get<FactTable>(section.blocks.front()).rows) ++told[words_of(row.label)];
        for (const std::string& label :
             {words.fact_retry(), words.fact_failover(), words.fact_proxy(), words.fact_dialog()})
            CHECK_MESSAGE(told[label] == 0, id, " ", label);
        for (const char* home : {"retry", "proxy", "dialog"}) CHECK_MESSAGE(section(page, home), id, " ", home);
    }
}

TEST_CASE("without words for a pair, its trace names the header fields that only one of the two has") {
    for (const char* tag : {"en", "fr"}) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        int named = 0;
        for (const auto& [a, b] : some_pairs()) {
            if (real().pair(a, b)) continue;
            const catalog::Response one = *real().response(a), other = *real().response(b);
            std::vector<std::string> expected;
            for (const auto& [owner, rest] : {std::pair(&one, &other), {&other, &one}})
                for (const catalog::HeaderFact& header : owner->headers) {
                    const bool both =
                        std::ranges::any_of(rest->headers, [&](const auto& each) { return each.name == header.name; });
                    if (!both && header.name != "body" && header.name != "reason-phrase")
                        expected.push_back(header.name + " " + std::to_string(owner->code));
                }
            std::vector<std::string> lines = lines_of(page::comparison(reader, {a, b}), "trace");
            REQUIRE(lines.size() >= 2);
            lines.erase(lines.begin(),
                        lines.begin() + 2);  // the note that nobody has written more, and the status line
            CAPTURE(tag);
            const std::string both = a + " and " + b;
            CAPTURE(both);
            REQUIRE(lines.size() == expected.size());
            for (std::size_t i = 0; i < lines.size(); ++i, ++named) {
                const std::string name = expected[i].substr(0, expected[i].find(' ')),
                                  code = expected[i].substr(expected[i].find(' ') + 1);
                CHECK_MESSAGE((lines[i].find(name) != std::string::npos && lines[i].find(code) != std::string::npos),
                              lines[i], " for ", expected[i]);
            }
        }
        CHECK(named > 0);
    }
}

TEST_CASE("what varies in a speaker's words is shown as a reader writes it, and a value of a timer is told once") {
    for (const char* language : {"en", "fr"}) {
        const language::Words words(language);
        const page::Reader reader{real(), words};
        for (const catalog::Speaker& speaker : real().speakers()) {
            CAPTURE(speaker.id);
            const std::string told = paint::text(page::term(reader, "speaker/" + speaker.id), {});
            for (const catalog::Speaker::Phrase& phrase : speaker.phrases)
                if (phrase.text.find_first_of("*#@") != std::string::npos)
                    CHECK(told.find(phrase.text) == std::string::npos);
            CHECK(told.find("##") == std::string::npos);
            CHECK(told.find("@@") == std::string::npos);
        }
        for (const std::string& timer : real().entries("timer")) {
            CAPTURE(timer);
            std::set<std::string> labels;
            for (const document::Section& section : page::term(reader, "timer/" + timer).sections) {
                if (section.id != "facts") continue;
                for (const auto& row : std::get<document::FactTable>(section.blocks.front()).rows) {
                    CAPTURE(document::words_of(row.label));
                    CHECK(labels.insert(document::words_of(row.label)).second);
                }
            }
        }
    }
}
