// What is printed of the real catalog, in every language: handouts keep their answers, trees fit on a page, sheets lose
// nothing, tables hold every fact.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "page/articles.h"
#include "page/both_ladders.h"
#include "page/facts.h"
#include "page/forms.h"
#include "page/handout.h"
#include "page/pages.h"
#include "paint/csv.h"
#include "paint/fit.h"
#include "paint/markdown.h"
#include "paint/sheet.h"

using namespace sipdex;
using document::Document;
using document::FactTable;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

const std::vector<const char*> tags = {"en", "fr"};

// All words of blocks but the times of a ladder, in one line.
struct Words {
    std::string all;
    void add(const std::string& words) { all += " " + words; }
    void operator()(const document::Paragraph& block) { add(words_of(block.text)); }
    void operator()(const document::Callout& block) { add(words_of(block.text)); }
    void operator()(const document::Message& block) { add(block.title + " " + block.octets); }
    void operator()(const document::Ladder& block) {
        for (const auto& rung : block.rungs) add(rung.label + (rung.status ? " " + std::to_string(rung.status) : ""));
    }
    void operator()(const document::List& block) {
        for (const auto& item : block.items) add(words_of(item.label) + " " + words_of(item.text));
    }
    void operator()(const FactTable& block) {
        for (const auto& row : block.rows)
            for (const auto& cell : row.cells) add(words_of(cell));
    }
    void operator()(const document::Columns& block) {
        for (const auto& row : block.rows)
            for (const auto& item : row) add(words_of(item.text));
    }
    void operator()(const document::Tree& block) {
        for (const auto& node : block.nodes) {
            add(words_of(node.text));
            for (const auto& answer : node.answers) add(words_of(answer.text));
        }
    }
};

// What stands on a handout before its answers, and from there on.
std::pair<std::string, std::string> sides_of(const Document& sheet) {
    Words questions, answers;
    questions.add(sheet.title);
    questions.add(words_of(sheet.summary));
    for (const auto& head : sheet.mastheads)
        questions.add(std::to_string(head.code) + " " + head.phrase + " " + words_of(head.gloss) + " " + head.remark);
    Words* side = &questions;
    for (const auto& section : sheet.sections) {
        if (section.on_new_page) side = &answers;
        for (const auto& block : section.blocks) std::visit(*side, block);
    }
    return {questions.all + " ", answers.all + " "};
}

// As a word of its own.
bool has_word(const std::string& text, const std::string& word) {
    const auto letter = [&](std::size_t at) { return std::isalnum(static_cast<unsigned char>(text[at])) != 0; };
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        if (!letter(at - 1) && !letter(at + word.size())) return true;
    return false;
}

const document::Ladder* ladder_in(const Document& page, const std::string& section) {
    for (const auto& each : page.sections)
        for (const auto& block : each.blocks)
            if (const auto* ladder = std::get_if<document::Ladder>(&block); ladder && each.id == section) return ladder;
    return nullptr;
}

}  // namespace

TEST_CASE("the handout of an exchange tells no message that is asked for, and all of them at its end") {
    int asked = 0;
    for (const char* tag : tags) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        for (const catalog::Exchange& exchange : real().exchanges()) {
            const Document page = page::exchange(reader, exchange.id), sheet = page::handout(page, words);
            const document::Ladder* ladder = ladder_in(page, "ladder");
            if (!ladder || ladder->rungs.empty()) continue;
            ++asked;
            CAPTURE(exchange.id);
            CHECK(sheet.mastheads.empty());
            const auto sides = sides_of(sheet);
            const auto lines = std::ranges::find(sheet.sections, "story", &document::Section::id);
            REQUIRE(lines != sheet.sections.end());  // to be told in the reader's own words
            CHECK(std::get<document::FactTable>(lines->blocks.front()).rows.size() >= 5);
            std::set<std::string> labels;
            for (const auto& rung : ladder->rungs) labels.insert(rung.label);
            for (const std::string& label : labels) {
                CHECK_MESSAGE(!has_word(sides.first, label.substr(0, label.find(' '))), sides.first);
                CHECK_MESSAGE(sides.second.find(label) != std::string::npos, label);
            }
        }
    }
    CHECK(asked > 200);
}

TEST_CASE("a handout of what would happen shows the first run and asks for the other") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    const auto asked = page::change_from(reader, "486-busy", "bob answers 603 after 2s");
    REQUIRE(asked.change);
    const Document sheet = page::handout(page::what_if(reader, "486-busy", {*asked.change}), words);
    REQUIRE(ladder_in(sheet, "ladder-as-it-is"));
    CHECK(std::ranges::count(ladder_in(sheet, "ladder-as-it-is")->rungs, 486, &document::Rung::status) > 0);
    REQUIRE(ladder_in(sheet, "ladder-as-it-would-be"));
    for (const auto& rung : ladder_in(sheet, "ladder-as-it-would-be")->rungs) {
        CHECK(rung.status == 0);
        CHECK(rung.label.ends_with("……"));
    }
    CHECK(has_word(sides_of(sheet).second, "603 Decline"));
}

TEST_CASE("the handout of a response or a pair has no answer before its answers") {
    for (const char* tag : tags) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        for (const auto& page : {page::response(reader, "486"), page::comparison(reader, {"300", "607"})}) {
            CAPTURE(page.title);
            const auto sides = sides_of(page::handout(page, words));
            int cells = 0;
            for (const auto& section : page.sections)
                if (section.at_a_glance)
                    for (const auto& row : std::get<FactTable>(section.blocks.front()).rows)
                        for (const auto& cell : row.cells) {
                            // Beside each other, codes are asked for what a sign answers and for what differs.
                            const bool is_asked = page.mastheads.size() == 1 || !row.verdicts.empty();
                            const std::string answer = words_of(cell);
                            if (answer.size() < 6) continue;  // "No" may stand in any sentence
                            CHECK_MESSAGE(sides.first.find(answer) == std::string::npos, answer);
                            if (is_asked) CHECK_MESSAGE(sides.second.find(answer) != std::string::npos, answer);
                            ++cells;
                        }
            CHECK(cells > 3);
            CHECK(sides.first.find(page.mastheads.front().phrase) != std::string::npos);
            CHECK(sides.first.find(words_of(page.mastheads.front().gloss)) == std::string::npos);
        }
    }
}

TEST_CASE("every symptom path fits on one page as a tree that has all its questions, answers and outcomes") {
    int trees = 0;
    for (const char* tag : tags) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        for (const std::string& id : real().paths()) {
            CAPTURE(id);
            const Document page = page::term(reader, "path/" + id + "/tree");
            const auto path = *real().path(id);
            const auto& tree = std::get<document::Tree>(page.sections.front().blocks.front());
            std::set<std::string> marks;
            std::size_t answers = 0, expected = 0;
            for (const auto& node : tree.nodes) {
                marks.insert(node.mark);
                answers += node.answers.size();
                CHECK_FALSE(node.text.empty());
                if (node.answers.empty()) CHECK(node.rows.size() >= 2);  // a code and a first look
            }
            for (const auto& question : path.questions) expected += question.answers.size();
            CHECK(answers == expected);
            CHECK(tree.nodes.size() == path.questions.size() + path.outcomes.size());
            CHECK(marks.size() == tree.nodes.size());
            for (const auto paper : {paint::Paper::a4, paint::Paper::letter}) {
                paint::Options options;
                options.paper = paper;
                options.landscape = true;
                options.most_pages = page::most_pages(page, page::Form::full);
                CHECK(options.most_pages == 1);
                CHECK(paint::Sheet(page, options, paint::Sheet::Flow::pages).pages() == 1);
            }
            const std::string all = paint::markdown(page, {});
            for (const auto& node : tree.nodes) CHECK(all.find("- **" + node.mark + "** ") != std::string::npos);
            ++trees;
        }
    }
    CHECK(trees >= 64);
}

TEST_CASE("a pair with both ladders shows both exchanges by one clock, each party of each") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    Document page = page::comparison(reader, {"300", "607"});
    page::add_both_ladders(reader, {"300", "607"}, page);
    const document::Ladder* both = ladder_in(page, "ladders");
    REQUIRE(both);
    CHECK(std::ranges::is_sorted(both->rungs, {}, &document::Rung::at));
    CHECK(std::ranges::count(both->parties, true, &document::Party::apart) == 1);
    const auto apart = static_cast<std::size_t>(std::ranges::find(both->parties, true, &document::Party::apart) -
                                                both->parties.begin());
    bool first = false, second = false;
    for (const auto& rung : both->rungs) {
        CHECK((rung.from < apart) == (rung.to < apart));
        first = first || (rung.status == 300 && rung.from < apart);
        second = second || (rung.status == 607 && rung.from >= apart);
    }
    CHECK(first);
    CHECK(second);
    CHECK(page::most_pages(page, page::Form::full) == 3);
}

namespace {

// What is laid out on A4, and how many lists end with "and 3 more".
struct Laid {
    std::vector<paint::Page> pages;
    double room = 0;
    int left_out = 0;
};

Laid laid(const Document& page) {
    const paint::PaperKind& paper = paint::kind_of(paint::Paper::a4);
    Laid result;
    result.room = paper.height - paper.top - paper.bottom;
    paint::Options options;
    options.most_pages = page::most_pages(page, page::Form::full);
    options.whole = true;
    options.words.left_out = [&](int items) {
        ++result.left_out;
        return std::to_string(items);
    };
    result.pages = paint::fitted(page, options, {paper.width - 2 * paper.side, result.room, paper.scale},
                                 paint::light_theme(), typeset::for_paper());
    return result;
}

void check(const Document& page) {
    CAPTURE(page.title);
    CAPTURE(page.language);
    const Laid sheet = laid(page);
    CHECK(sheet.left_out == 0);
    for (const paint::Page& each : sheet.pages) {
        CHECK_FALSE(each.empty());
        const paint::Placed& last = *std::ranges::max_element(
            each, {}, [](const paint::Placed& placed) { return placed.y + placed.strip.height; });
        CHECK_MESSAGE(!last.strip.keeps_next, "alone at the foot: ",
                      last.strip.parts.empty() ? std::string() : words_of(last.strip.parts.front().text));
        if (&each != &sheet.pages.back()) CHECK(paint::end_of(each) > sheet.room / 3);
    }
}

}  // namespace

TEST_CASE(
    "a whole sheet leaves nothing out, no heading stands alone at a foot, and no page but the last is nearly empty") {
    int pairs = 0;
    for (const char* tag : tags) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        for (const auto& listed : real().responses(tag)) {
            check(page::response(reader, listed.id));
            for (const catalog::Pair& pair : real().pairs_with(listed.id)) {
                if (pair.ids[0] != listed.id) continue;
                check(page::comparison(reader, pair.ids));
                if (tag != std::string("en") || ++pairs % 4 != 0) continue;  // a sample of what takes long
                Document both = page::comparison(reader, pair.ids);
                page::add_both_ladders(reader, pair.ids, both);
                check(both);
            }
        }
    }
}

TEST_CASE(
    "what a comparison leaves out to keep to its pages are facts, then causes; and it says where all of it stands") {
    const language::Words words("fr");
    const page::Reader reader{real(), words};
    const Document whole = page::comparison(reader, {"408", "480"});
    paint::PaintWords said;
    said.rest = [](const std::string& name) { return "all of it: " + name; };
    const auto rows = [](const Document& page, const std::string& id) {
        std::size_t count = 0;
        for (const document::Section& section : page.sections)
            for (const document::Block& block : section.blocks) {
                if (section.id != id) continue;
                if (const auto* table = std::get_if<FactTable>(&block)) count += table->rows.size();
                if (const auto* columns = std::get_if<document::Columns>(&block)) count += columns->rows.size();
            }
        return count;
    };
    const auto written = [](const Document& page) {
        std::size_t count = 0;
        for (const document::Section& section : page.sections)
            for (const document::Block& block : section.blocks)
                if (const auto* table = std::get_if<FactTable>(&block); table && section.id == "key-differences")
                    count += static_cast<std::size_t>(
                        std::ranges::count_if(table->rows, [](const auto& row) { return row.id.empty(); }));
        return count;
    };
    const Document less = paint::shortened(whole, 0.03, said);
    CHECK(rows(less, "key-differences") < rows(whole, "key-differences"));
    for (const char* kept : {"causes", "steps", "meaning", "trace"}) CHECK(rows(less, kept) == rows(whole, kept));
    const Document least = paint::shortened(whole, 0.3, said);
    CHECK(written(least) == written(whole));
    CHECK(rows(least, "causes") < rows(whole, "causes"));
    CHECK(rows(least, "steps") >= 3);
    for (const Document* page : {&less, &least}) {
        const auto* last = std::get_if<document::Paragraph>(&page->sections.back().blocks.back());
        REQUIRE(last);
        CHECK(words_of(last->text) == "all of it: 408 480");
    }
}

TEST_CASE("two pages hold the whole comparison of nearly every pair that somebody has written about") {
    constexpr int looked_at = 4;  // one in so many: all of them take a minute
    int seen = 0, sheets = 0, shortened = 0;
    for (const char* tag : tags) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        for (const auto& listed : real().responses(tag))
            for (const catalog::Pair& pair : real().pairs_with(listed.id)) {
                if (pair.ids[0] != listed.id || seen++ % looked_at != 0) continue;
                const Document page = page::comparison(reader, pair.ids);
                const paint::PaperKind& paper = paint::kind_of(paint::Paper::a4);
                bool left_out = false;
                paint::Options options;
                options.most_pages = page::most_pages(page, page::Form::full);
                options.words.left_out = [&](int items) {
                    left_out = true;
                    return std::to_string(items);
                };
                paint::fitted(page, options,
                              {paper.width - 2 * paper.side, paper.height - paper.top - paper.bottom, paper.scale},
                              paint::light_theme(), typeset::for_paper());
                ++sheets;
                shortened += left_out ? 1 : 0;
            }
    }
    MESSAGE(shortened << " of " << sheets << " leave something out");
    CHECK(shortened * 5 < sheets);
}

namespace {

// RFC 4180 read back.
std::vector<std::vector<std::string>> table_of(const std::string& csv) {
    std::vector<std::vector<std::string>> rows = {{""}};
    bool quoted = false;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        if (quoted && csv[i] == '"' && i + 1 < csv.size() && csv[i + 1] == '"') rows.back().back() += csv[++i];
        else if (csv[i] == '"') quoted = !quoted;
        else if (!quoted && csv[i] == ',') rows.back().emplace_back();
        else if (!quoted && csv[i] == '\r') continue;
        else if (!quoted && csv[i] == '\n') rows.push_back({""});
        else rows.back().back() += csv[i];
    }
    rows.pop_back();
    return rows;
}

}  // namespace

TEST_CASE("a table of facts has a row for each, its value the same in every language, its source beside it") {
    std::vector<std::vector<std::string>> values;
    for (const char* tag : tags) {
        const language::Words words(tag);
        const page::Reader reader{real(), words};
        const auto rows = table_of(paint::csv(page::with_facts(reader, page::comparison(reader, {"300", "607"})), {}));
        REQUIRE(rows.size() > 60);
        CHECK(rows[0] == std::vector<std::string>{"code", "fact", "value", "words", "source"});
        values.emplace_back();
        bool retry = false;
        for (const auto& row : rows) {
            REQUIRE(row.size() == 5);
            values.back().push_back(row[0] + " " + row[1] + " " + row[2] + " " + row[4]);
            if (row[0] != "607" || row[1] != "retry") continue;
            retry = true;
            CHECK(row[2] == real().response("607")->retry.value);
            CHECK(row[4] == real().response("607")->retry.source);
            CHECK_FALSE(row[3].empty());
        }
        CHECK(retry);
    }
    CHECK(values[0] == values[1]);
}
