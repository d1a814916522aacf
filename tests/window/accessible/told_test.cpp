// What the window tells those who do not see it, without a bus.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "window/accessible/told_tree.h"

using namespace sipdex;
using namespace sipdex::test;
using window::Key;
using window::accessible::Node;
using window::accessible::Role;
using window::accessible::State;
using window::accessible::Tree;
using window::accessible::Wish;

namespace {

const window::Place page_607{"reference", document::ToResponse{"607"}, {}};

// The line at the caret of what has the focus.
std::string line(const Tree& tree) {
    const Node& node = focus(tree);
    if (!node.prose || node.caret < 0) return "(" + node.name + ")";
    const auto [from, to] = node.prose->piece(node.caret, window::accessible::Prose::Unit::line);
    return node.prose->words(from, to);
}

std::string without_spaces(const std::string& words) {
    std::string left;
    for (const char one : words)
        if (one != ' ' && one != '\n') left += one;
    return left;
}

bool is_within(const Tree& tree, const Node& node, Role role) {
    for (std::size_t at = node.parent; at < tree.nodes.size(); at = tree.nodes[at].parent)
        if (tree.nodes[at].role == role) return true;
    return false;
}

}  // namespace

TEST_CASE("a page is told as a document: headings, lists, tables, links, in the order in which it is read") {
    Desk desk(page_607);
    const Tree tree = heard(desk);
    CHECK(test::difference_from_expected("window/told.607.en.txt", described(tree)) == "");
}

TEST_CASE("a comparison is told as tables with a head for each code") {
    Desk desk({"compare", {}, {"300", "607"}});
    const Tree tree = heard(desk);
    CHECK(test::difference_from_expected("window/told.300-607.en.txt", described(tree)) == "");
    const auto table = std::ranges::find(tree.nodes, Role::table, &Node::role);
    REQUIRE(table != tree.nodes.end());
    CHECK(table->columns == 3);
    int heads = 0;
    for (const Node& node : tree.nodes)
        if (node.role == Role::table_column_header && node.row == 0) ++heads;
    CHECK(heads >= 2);
}

TEST_CASE("every view is told without an error, every node lies in its parent's list once, and ids are unique") {
    for (const window::Place& place :
         {window::Place{"start", {}, {}}, page_607, window::Place{"compare", {}, {}},
          window::Place{"simulator", {}, {"607-unwanted"}}, window::Place{"simulator", {}, {}}}) {
        Desk desk(place);
        const Tree tree = heard(desk);
        CHECK(tree.nodes.size() > 20);
        std::set<std::string> ids;
        std::set<int> numbers;
        std::size_t children = 0;
        for (const Node& node : tree.nodes) {
            CHECK_MESSAGE(ids.insert(node.id).second, node.id);
            CHECK(numbers.insert(node.number).second);
            children += node.children.size();
            for (const std::size_t child : node.children)
                CHECK(tree.nodes[child].parent == std::size_t(&node - tree.nodes.data()));
            if (node.role == Role::push_button || node.role == Role::link || node.role == Role::list_item ||
                node.role == Role::page_tab || node.role == Role::entry || node.role == Role::slider)
                CHECK_MESSAGE(!node.name.empty(), node.id, " in ", place.view);
        }
        CHECK(children == tree.nodes.size() - 1);
    }
}

TEST_CASE("all that a page shows is in its texts") {
    Desk desk(page_607, "en", 1280, 6000);
    const Tree tree = heard(desk);
    std::string all;
    for (const Node& node : tree.nodes) {
        all += without_spaces(node.name) + "\n" + without_spaces(node.description) + "\n";
        if (node.prose && node.flows) all += without_spaces(node.prose->words(0, node.prose->size())) + "\n";
    }
    for (const auto& written : desk.bench.ink().written())
        CHECK_MESSAGE(all.find(without_spaces(written.words)) != std::string::npos, written.words);
}

TEST_CASE("the arrow keys read a page line by line, into every text and out of it again") {
    Desk desk(page_607);
    Tree tree = heard(desk);
    CHECK(focus(tree).role == Role::heading);
    CHECK(focus(tree).level == 1);
    CHECK(line(tree) == "607 Unwanted");
    const double before = desk.bench.here().scroll;
    std::string read = line(tree);
    std::vector<std::string> lines = {read};
    for (int i = 0; i < 400; ++i) {
        desk.press(Key::down);
        tree = told(desk);
        const std::string now = focus(tree).id + line(tree);
        if (now == read) break;
        read = now;
        lines.push_back(line(tree));
        CHECK(is_within(tree, focus(tree), Role::document_web));
    }
    CHECK(lines.size() > 20);
    CHECK(desk.bench.here().scroll > before);  // the page follows
    std::string whole, texts;
    for (const std::string& one : lines) whole += without_spaces(one);
    for (const Node& node : tree.nodes)
        if (node.flows) texts += without_spaces(node.prose->words(0, node.prose->size()));
    CHECK(whole == texts);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) desk.press(Key::up);
    CHECK(line(told(desk)) == "607 Unwanted");
    CHECK(desk.bench.here().scroll == 0);
    desk.press(Key::end, true);
    CHECK(line(told(desk)) == lines.back());
    desk.press(Key::home, true);
    CHECK(line(told(desk)) == lines.front());
}

TEST_CASE("letters and words are gone through with the arrows, and Enter follows the link at the caret") {
    Desk desk(page_607);
    Tree tree = heard(desk);
    desk.press(Key::right);
    CHECK(focus(told(desk)).caret == 1);
    desk.press(Key::right, true);
    CHECK(focus(told(desk)).caret == 4);
    desk.press(Key::left);
    CHECK(focus(told(desk)).caret == 3);
    desk.press(Key::end);
    CHECK(focus(told(desk)).caret == 11);
    desk.press(Key::home);
    CHECK(focus(told(desk)).caret == 0);
    // The first link that leads to another page of ours.
    const Node* link = nullptr;
    tree = told(desk);
    for (const Node& node : tree.nodes)
        if (!link && node.role == Role::link && node.link_from >= 0 && node.uri.starts_with("sipdex:")) link = &node;
    REQUIRE(link);
    const Node& holder = tree.nodes[link->parent];
    CHECK(holder.prose->words(link->link_from, link->link_to) == link->name);
    CHECK(tree.read_on(*link, true) == &holder);
    desk.bench.grant(Wish{Wish::Kind::caret, holder.id, link->link_from});
    desk.frames();
    CHECK(focus(told(desk)).id == holder.id);
    CHECK(focus(told(desk)).caret == link->link_from);
    desk.press(Key::enter);
    desk.settle();
    CHECK(desk.here() != "reference 607");
}

TEST_CASE("a section is closed and opened at its heading; those that follow keep their numbers") {
    Desk desk(page_607);
    Tree tree = heard(desk);
    const Node* heading = nullptr;
    for (const Node& node : tree.nodes)
        if (!heading && node.level == 2 && node.is(State::expanded)) heading = &node;
    REQUIRE(heading);
    const int number = heading->number, last = tree.nodes.back().number;
    const std::size_t count = tree.nodes.size();
    desk.bench.grant(Wish{Wish::Kind::press, heading->press});
    desk.frames();
    tree = told(desk);
    REQUIRE(tree.find(number));
    CHECK_FALSE(tree.find(number)->is(State::expanded));
    CHECK(tree.nodes.size() < count);
    CHECK(tree.find(last));
}

TEST_CASE("what is typed is the text of its field, and what Enter opens is said and selected") {
    Desk desk;
    heard(desk);
    desk.press(Key::k, true);
    desk.type("607");
    Tree tree = told(desk);
    CHECK(focus(tree).role == Role::entry);
    CHECK(focus(tree).prose->words(0, 9) == "607");
    CHECK(focus(tree).caret == 3);
    const Node* hit = with_id(tree, "hit:0");
    REQUIRE(hit);
    CHECK(hit->role == Role::list_item);
    CHECK(hit->name == "607 Unwanted");
    CHECK(hit->is(State::selected));
    CHECK(named(tree, Role::notification, "607 Unwanted"));
    desk.press(Key::down);
    CHECK(focus(told(desk)).id == "hit:0");
    desk.press(Key::enter);
    desk.settle();
    tree = told(desk);
    CHECK(desk.here() == "reference 607");
}

TEST_CASE("after Enter in the search the page is read from its title") {
    Desk desk;
    heard(desk);
    desk.press(Key::k, true);
    desk.type("607");
    desk.press(Key::enter);
    desk.settle();
    const Tree tree = told(desk);
    CHECK(tree.nodes.front().name == "607 Unwanted – Sipdex");
    CHECK(line(tree) == "607 Unwanted");
    desk.press(Key::tab);  // goes on beside the title, not at the top of the window
    CHECK(is_within(told(desk), focus(told(desk)), Role::document_web));
}

TEST_CASE("the messages of a replay are a list, and its narration is said as it is stepped through") {
    Desk desk({"simulator", {}, {"607-unwanted"}});
    Tree tree = heard(desk);
    const Node* ladder = with_id(tree, "ladder:0");
    REQUIRE(ladder);
    CHECK(ladder->role == Role::list);
    REQUIRE(ladder->children.size() > 3);
    desk.bench.grant(Wish{Wish::Kind::press, tree.nodes[ladder->children[2]].press});
    desk.settle();
    tree = told(desk);
    ladder = with_id(tree, "ladder:0");
    CHECK(tree.nodes[ladder->children[2]].is(State::selected));
    CHECK_FALSE(tree.nodes[ladder->children[0]].is(State::selected));
    CHECK(is_within(tree, focus(tree), Role::document_web));  // the narration is read
    const std::string narration = line(tree);
    desk.press(Key::right);
    desk.settle();
    CHECK(line(told(desk)) != narration);
    desk.bench.grant(Wish{Wish::Kind::focus, "ladder:0"});
    desk.frames();
    desk.press(Key::down);
    desk.settle();
    tree = told(desk);
    CHECK(focus(tree).role == Role::list_item);
    CHECK(focus(tree).is(State::selected));
    CHECK(std::ranges::any_of(tree.nodes, [](const Node& node) { return node.role == Role::notification; }));
}

TEST_CASE("a menu and a dialog are told, and what lies beneath cannot have the focus") {
    Desk desk(page_607);
    heard(desk);
    desk.bench.grant(Wish{Wish::Kind::press, "compare-with"});
    desk.settle();
    Tree tree = told(desk);
    const auto menu = std::ranges::find(tree.nodes, Role::popup_menu, &Node::role);
    REQUIRE(menu != tree.nodes.end());
    CHECK(std::ranges::any_of(tree.nodes, [](const Node& node) { return node.role == Role::menu_item; }));
    CHECK(is_within(tree, focus(tree), Role::popup_menu));
    CHECK_FALSE(with_id(tree, "home")->is(State::focusable));
    desk.press(Key::escape);
    desk.press(Key::e, true);
    desk.settle();
    tree = told(desk);
    CHECK(std::ranges::find(tree.nodes, Role::dialog, &Node::role) != tree.nodes.end());
    const Node* card = with_id(tree, "form:card");
    REQUIRE(card);
    CHECK(card->role == Role::toggle_button);
}

TEST_CASE("a text that is not translated yet says in which language it is") {
    Desk desk(page_607, "fr");
    const Tree tree = heard(desk);
    const auto document = std::ranges::find(tree.nodes, Role::document_web, &Node::role);
    REQUIRE(document != tree.nodes.end());
    CHECK(document->language == "fr");
    for (const Node& node : tree.nodes)
        if (node.flows) CHECK(!tree.language_of(node).empty());
}

TEST_CASE("in a window from right to left every text has its place where it is drawn") {
    Desk desk(page_607, "ar");
    const Tree tree = heard(desk);
    int texts = 0;
    for (const Node& node : tree.nodes) {
        if (!node.flows || node.where.y + node.where.height > 800 || node.where.width == 0) continue;
        ++texts;
        CHECK_MESSAGE(node.where.x >= 0, node.name);
        CHECK_MESSAGE(node.where.x + node.where.width <= 1280, node.name);
    }
    CHECK(texts > 5);
}

TEST_CASE("who does not listen has no caret: the arrow keys scroll as ever") {
    Desk desk(page_607, "en", 1280, 500);
    desk.settle();
    desk.press(Key::down);
    CHECK(desk.bench.here().scroll > 0);
    desk.bench.listen(true);
    desk.frames();
    desk.bench.listen(false);
    desk.frames();
    CHECK(told(desk).nodes.size() == 1);
    const double before = desk.bench.here().scroll;
    desk.press(Key::down);
    CHECK(desk.bench.here().scroll > before);
}
