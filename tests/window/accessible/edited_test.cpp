// Fields that are edited, and texts that are selected, for and by those who do not see them.
#include <doctest/doctest.h>

#include <algorithm>

#include "language/characters.h"
#include "window/accessible/changes.h"
#include "window/accessible/told_tree.h"

using namespace sipdex;
using namespace sipdex::test;
using window::Key;
using window::accessible::Change;

namespace {

const window::Place page_607{"reference", document::ToResponse{"607"}, {}};

std::string all_of(const Node& node) { return node.prose->words(0, node.prose->size()); }

// The search field after what was asked for has been done.
Node search(Desk& desk) { return *with_id(told(desk), "search"); }
Node search_after(Desk& desk, const std::vector<Wish>& wishes) {
    for (const Wish& wish : wishes) desk.bench.grant(wish);
    desk.frames(1);
    return search(desk);
}
std::string typed_after(Desk& desk, const Wish& wish) { return all_of(search_after(desk, {wish})); }

// The text with | at the caret, and [ ] around what is selected.
std::string marked(const Node& node) {
    std::u32string text = node.prose->text;
    const auto put = [&](int at, char32_t sign) { text.insert(std::size_t(at), 1, sign); };
    const bool selected = node.selected_from < node.selected_to;
    if (selected) put(node.selected_to, U']');
    put(node.caret + (selected && node.caret == node.selected_to ? 1 : 0), U'|');
    if (selected) put(node.selected_from + (node.caret < node.selected_from ? 1 : 0), U'[');
    return language::utf8_of(text);
}

// All that is selected of texts, a line for each.
std::string selected(const Tree& tree) {
    std::string all;
    for (const Node& node : tree.nodes)
        if (node.prose && node.selected_from < node.selected_to)
            all += node.prose->words(node.selected_from, node.selected_to) + "\n";
    return all;
}

std::string copied(Desk& desk) {
    ImGui::SetClipboardText("nothing");
    desk.press(Key::c, true);
    return ImGui::GetClipboardText();
}

// A paragraph of the page with as many words as are needed below, near its top.
const Node& a_paragraph(const Tree& tree) {
    const auto found = std::ranges::find_if(tree.nodes, [](const Node& node) {
        return node.role == Role::paragraph && node.is(State::selectable_text) && node.prose->size() > 40;
    });
    REQUIRE(found != tree.nodes.end());
    return *found;
}

int count(const Tree& before, const Tree& now, Change::Kind kind) {
    const auto changes = changes_between(before, now);
    return static_cast<int>(std::ranges::count(changes, kind, &Change::kind));
}

}  // namespace

TEST_CASE("a field that has not the focus is edited all the same, and keeps what it has been given") {
    Desk desk;
    heard(desk);
    CHECK(typed_after(desk, {Wish::Kind::edit, "search", 0, 0, "60é7"}) == "60é7");
    CHECK(typed_after(desk, {Wish::Kind::edit, "search", 2, 3, ""}) == "607");
    desk.frames();
    CHECK(with_id(told(desk), "hit:0")->name == "607 Unwanted");
    ImGui::SetClipboardText("");
    CHECK(typed_after(desk, {Wish::Kind::copy, "search", 0, 2}) == "607");
    CHECK(std::string(ImGui::GetClipboardText()) == "60");
    CHECK(typed_after(desk, {Wish::Kind::cut, "search", 1, 3}) == "6");
    CHECK(std::string(ImGui::GetClipboardText()) == "07");
    CHECK(typed_after(desk, {Wish::Kind::paste, "search", 1, 1}) == "607");
    CHECK(typed_after(desk, {Wish::Kind::edit, "search", 3, 1000, " is\nBusy"}) == "607 is↵Busy");
    CHECK_FALSE(search(desk).is(State::focused));
    // Several that come at once are done in their order.
    CHECK(all_of(search_after(desk, {{Wish::Kind::edit, "search", 0, 1000, "busy"},
                                     {Wish::Kind::edit, "search", 0, 0, "486 "},
                                     {Wish::Kind::edit, "search", 8, 1000, " here"}})) == "486 busy here");
}

TEST_CASE("in the field that is typed in, the caret keeps its place among the words around it, and Ctrl+Z takes back") {
    Desk desk;
    heard(desk);
    desk.press(Key::k, true);
    desk.type("busy");
    CHECK(marked(search(desk)) == "busy|");
    CHECK(marked(search_after(desk, {{Wish::Kind::caret, "search", 2}})) == "bu|sy");
    CHECK(marked(search_after(desk, {{Wish::Kind::edit, "search", 0, 0, "600 "}})) == "600 bu|sy");
    CHECK(marked(search_after(desk, {{Wish::Kind::edit, "search", 8, 8, "!"}})) == "600 bu|sy!");
    CHECK(marked(search_after(desk, {{Wish::Kind::edit, "search", 6, 8, "zz"}})) == "600 buzz|!");
    CHECK(marked(search_after(desk, {{Wish::Kind::edit, "search", 4, 1000, ""}})) == "600 |");
    desk.press(Key::z, true);
    CHECK(all_of(search(desk)) == "600 buzz!");
}

TEST_CASE("what is selected in a field is told as such, and a caret that only moves selects nothing") {
    Desk desk;
    heard(desk);
    CHECK(typed_after(desk, {Wish::Kind::edit, "search", 0, 0, "busy"}) == "busy");
    // What puts the caret gives the focus.
    CHECK(marked(search_after(desk, {{Wish::Kind::select, "search", 1, 3}})) == "b[us]|y");
    CHECK(search(desk).is(State::focused));
    CHECK(marked(search_after(desk, {{Wish::Kind::select, "search", 4, 2}})) == "bu[|sy]");
    const Tree chosen = told(desk);
    CHECK(marked(search_after(desk, {{Wish::Kind::select, "search", 2, 2}})) == "bu|sy");
    const Tree none = told(desk);
    CHECK(count(chosen, none, Change::Kind::text_selection) == 1);
    desk.press(Key::right);
    const Tree moved = told(desk);
    CHECK(count(none, moved, Change::Kind::caret) == 1);
    CHECK(count(none, moved, Change::Kind::text_selection) == 0);
    desk.press(Key::a, true);
    CHECK(count(moved, told(desk), Change::Kind::text_selection) == 1);
    CHECK(marked(search(desk)) == "[busy]|");
    desk.type("x");
    CHECK(count(moved, told(desk), Change::Kind::text_selection) == 0);
    CHECK(marked(search(desk)) == "x|");
}

TEST_CASE("a field beneath a dialog is not edited") {
    Desk desk(page_607);
    heard(desk);
    desk.press(Key::n, true);
    desk.settle();
    const std::string before = all_of(search(desk));
    CHECK_FALSE(search(desk).is(State::focusable));
    CHECK(typed_after(desk, {Wish::Kind::edit, "search", 0, 0, "607"}) == before);
}

TEST_CASE("what the mouse selects on a page is told of its texts, to the character") {
    Desk desk(page_607);
    heard(desk);
    std::string longest;  // of the page's lines
    for (const auto& written : desk.bench.ink().written())
        if (written.where.x > 300 && written.where.y > 150 && written.where.y < 600 &&
            written.words.size() > longest.size())
            longest = written.words;
    CAPTURE(longest);
    const Tree before = told(desk);
    desk.drag(longest, longest.substr(longest.find(' ')));  // to its end
    const Tree drawn = told(desk);
    CHECK(count(before, drawn, Change::Kind::text_selection) == 1);
    CHECK(selected(drawn) == copied(desk) + "\n");
    CHECK(selected(drawn).size() > 20);
    desk.press(Key::a, true);
    const Tree all = told(desk);
    int texts = 0;
    for (const Node& node : all.nodes) {
        texts += node.selected_from < node.selected_to;
        if (node.flows && node.selected_to > 0) CHECK_MESSAGE(node.selected_to == node.prose->size(), node.name);
    }
    CHECK(texts > 10);
    desk.press(Key::escape);
    CHECK(selected(told(desk)) == "");
    CHECK(count(all, told(desk), Change::Kind::text_selection) == texts);
}

TEST_CASE("a screen reader selects a part of a page, which is copied like any other and ends where it wants nothing") {
    for (const char* language : {"en", "ar"}) {
        CAPTURE(language);
        Desk desk(page_607, language);
        const Tree before = heard(desk);
        const Node& paragraph = a_paragraph(before);
        const std::string part = paragraph.prose->words(4, 17), to_end = paragraph.prose->words(4, 100'000);
        const auto select = [&](int from, int to) {
            desk.bench.grant(Wish{Wish::Kind::select, paragraph.id, from, to});
            desk.frames(1);
            return selected(told(desk));
        };
        CHECK(select(4, 17) == part + "\n");
        CHECK(copied(desk) == part);
        CHECK(select(17, 4) == part + "\n");
        CHECK(select(4, 100'000) == to_end + "\n");
        CHECK(select(9, 9) == "");
    }
}

TEST_CASE("of every text of a page each character can be selected, and no other is selected with it") {
    Desk desk(page_607);
    const Tree tree = heard(desk);
    int texts = 0;
    for (const Node& node : tree.nodes) {
        if (!node.flows || !node.is(State::selectable_text)) continue;
        ++texts;
        const int size = node.prose->size();
        for (const auto& [from, to] : {std::pair{0, size}, {0, 1}, {size - 1, size}}) {
            desk.bench.grant(Wish{Wish::Kind::select, node.id, from, to});
            desk.frames(1);
            const Node* now = with_id(told(desk), node.id);
            REQUIRE(now);
            // A number that is drawn as a mark stands in the text and is no words that can be selected.
            CHECK_MESSAGE(now->selected_from >= from, node.name);
            CHECK_MESSAGE(now->selected_to <= to, node.name);
            const std::string words = node.prose->words(now->selected_from, now->selected_to);
            CHECK_MESSAGE(selected(told(desk)) == (words.empty() ? "" : words + "\n"), node.name);
        }
    }
    CHECK(texts > 20);
}
