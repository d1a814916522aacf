// A text as a screen reader goes through it, and what it is told when a tree becomes another.
#include <doctest/doctest.h>

#include "language/characters.h"
#include "window/accessible/changes.h"
#include "window/accessible/held_keys.h"
#include "window/accessible/outline.h"

using namespace sipdex::window::accessible;
using Kind = Change::Kind;

namespace {

// Every character is ten wide, every line twenty high; a stroke ends a line.
Prose set(const std::u32string& words) {
    Prose prose;
    int line = 0, column = 0;
    for (const char32_t character : words) {
        if (prose.lines.empty() || column == 0) prose.lines.push_back({prose.size(), {0, 20 * line, 0, 20}});
        prose.text += character == U'|' ? U' ' : character;
        prose.edges.push_back({float(10 * column), float(10 * column + 10)});
        ++column;
        prose.lines.back().where.width = 10 * column;
        if (character != U'|') continue;
        ++line;
        column = 0;
    }
    return prose;
}

std::string piece(const Prose& prose, int at, Prose::Unit unit) {
    const auto [from, to] = prose.piece(at, unit);
    return prose.words(from, to);
}

// What has changed, in words.
std::string told(const Tree& before, const Tree& now) {
    std::string all;
    for (const Change& change : changes_between(before, now)) {
        const Node* node = now.find(change.node);
        all += (node ? node->id : "?") + " ";
        switch (change.kind) {
            case Kind::removed: all += "loses " + std::to_string(change.at); break;
            case Kind::added: all += "gets " + now.find(change.other)->id; break;
            case Kind::active: all += change.on ? "active" : "inactive"; break;
            case Kind::state:
                all += std::string(change.on ? "+" : "-") + (change.state == State::focused    ? "focused"
                                                             : change.state == State::selected ? "selected"
                                                             : change.state == State::showing  ? "showing"
                                                                                               : "other");
                break;
            case Kind::name: all += "is called " + change.words; break;
            case Kind::description: all += "is described " + change.words; break;
            case Kind::selection: all += "selects"; break;
            case Kind::text_deleted: all += "-" + std::to_string(change.at) + " " + change.words; break;
            case Kind::text_inserted: all += "+" + std::to_string(change.at) + " " + change.words; break;
            case Kind::text_selection: all += "selects text"; break;
            case Kind::caret: all += "caret " + std::to_string(change.at); break;
            case Kind::value: all += "value"; break;
        }
        all += "\n";
    }
    return all;
}

// A frame of a window with a field and a list.
class Frames {
public:
    Frames() { outline_.want(true); }
    Outline& begin() {
        outline_.begin();
        return outline_;
    }
    Tree tree(bool active = true) { return outline_.tree({"Window", "en", active, {0, 0, 100, 100}}); }
    void item(const std::string& id, bool selected, bool focused = false) {
        Node node{id};
        node.role = Role::list_item;
        node.name = id;
        node.set(State::selectable);
        node.set(State::selected, selected);
        node.set(State::focused, focused);
        outline_.add(std::move(node));
    }
    void list(std::initializer_list<const char*> ids, const std::string& selected, const std::string& focused = {}) {
        Node list{"list"};
        list.role = Role::list;
        outline_.open(std::move(list));
        for (const std::string id : ids) item(id, id == selected, id == focused);
        outline_.close();
    }
    // `selected_from`: from there to the caret; -1: nothing.
    void field(const std::string& typed, int caret, bool focused, int selected_from = -1) {
        Node field{"field"};
        field.role = Role::entry;
        field.set(State::editable);
        if (selected_from >= 0) {
            field.selected_from = selected_from;
            field.selected_to = caret;
        }
        field.prose = outline_.line("field", typed, {});
        field.caret = caret;
        field.set(State::focused, focused);
        outline_.add(std::move(field));
    }

private:
    Outline outline_;
};

}  // namespace

TEST_CASE("a text is gone through by character, word, sentence and line, without a gap between pieces") {
    const Prose prose = set(U"Try later, or see|600 Busy Everywhere. It|rang.");
    CHECK(piece(prose, 4, Prose::Unit::character) == "l");
    CHECK(piece(prose, 0, Prose::Unit::word) == "Try ");
    CHECK(piece(prose, 3, Prose::Unit::word) == "Try ");
    CHECK(piece(prose, 6, Prose::Unit::word) == "later, ");
    CHECK(piece(prose, 15, Prose::Unit::word) == "see ");
    CHECK(piece(prose, 18, Prose::Unit::word) == "600 ");
    CHECK(piece(prose, 0, Prose::Unit::line) == "Try later, or see ");
    CHECK(piece(prose, 20, Prose::Unit::line) == "600 Busy Everywhere. It ");
    CHECK(piece(prose, 20, Prose::Unit::sentence) == "Try later, or see 600 Busy Everywhere. ");
    CHECK(piece(prose, prose.size(), Prose::Unit::line) == "rang.");
    CHECK(piece(prose, 1, Prose::Unit::whole) == prose.words(0, 1000));
    for (const auto unit : {Prose::Unit::character, Prose::Unit::word, Prose::Unit::sentence, Prose::Unit::line}) {
        std::string all;
        for (int at = 0; at < prose.size();) {
            const auto [from, to] = prose.piece(at, unit);
            REQUIRE(from == at);
            REQUIRE(to > at);
            all += prose.words(from, to);
            at = to;
        }
        CHECK(all == prose.words(0, prose.size()));
    }
}

TEST_CASE("words of scripts without spaces, and texts without words, have pieces too") {
    const Prose japanese = set(U"電話に出ません。もう一度");
    CHECK(piece(japanese, 0, Prose::Unit::sentence) == "電話に出ません。");
    CHECK(piece(japanese, 9, Prose::Unit::sentence) == "もう一度");
    CHECK(japanese.piece(0, Prose::Unit::word).second < japanese.size());
    CHECK(piece(set(U"— … —"), 2, Prose::Unit::word) == "— … —");
    const Prose empty;
    for (const auto unit : {Prose::Unit::character, Prose::Unit::word, Prose::Unit::sentence, Prose::Unit::line})
        CHECK(empty.piece(0, unit) == std::pair(0, 0));
    CHECK(empty.box() == Box{});
}

TEST_CASE("characters are found where they are drawn") {
    const Prose prose = set(U"Try later|again");
    CHECK(prose.box(4, 9) == Box{40, 0, 50, 20});
    CHECK(prose.box(4, 12) == Box{0, 0, 100, 40});  // to the end of one line and into the next
    CHECK(prose.box() == Box{0, 0, 100, 40});
    CHECK(prose.offset_at(45, 5) == 4);
    CHECK(prose.offset_at(15, 25) == 11);
    CHECK(prose.offset_at(300, 5) == -1);
    CHECK(prose.box(15, 15).x == 50);  // behind the last one
}

TEST_CASE("what is typed is told as what was put in and taken out, then the caret") {
    Frames frames;
    frames.begin();
    frames.field("busy", 4, true);
    const Tree before = frames.tree();
    frames.begin();
    frames.field("busy here", 9, true);
    CHECK(told(before, frames.tree()) == "field +4  here\nfield caret 9\n");
    frames.begin();
    frames.field("bus here", 3, true);
    CHECK(told(before, frames.tree()) == "field -3 y\nfield +3  here\nfield caret 3\n");
    frames.begin();
    frames.field("bézy", 4, true);
    CHECK(told(before, frames.tree()) == "field -1 us\nfield +1 éz\n");
}

TEST_CASE("of letters that repeat, the one before the caret was typed, and the one behind it was taken out") {
    Frames frames;
    frames.begin();
    frames.field("look", 1, true);
    const Tree before = frames.tree();
    frames.begin();
    frames.field("loook", 2, true);
    const Tree longer = frames.tree();
    CHECK(told(before, longer) == "field +1 o\nfield caret 2\n");
    frames.begin();
    frames.field("look", 1, true);
    CHECK(told(longer, frames.tree()) == "field -1 o\nfield caret 1\n");
    frames.begin();
    frames.field("lk", 1, true);
    CHECK(told(before, frames.tree()) == "field -1 oo\n");
}

TEST_CASE("another selection of a text is told behind what was put in, and a list whose selected item goes selects") {
    Frames frames;
    frames.begin();
    frames.field("busy", 4, true, 0);
    const Tree before = frames.tree();
    frames.begin();
    frames.field("x", 1, true);
    CHECK(told(before, frames.tree()) == "field -0 busy\nfield +0 x\nfield selects text\nfield caret 1\n");
    frames.begin();
    frames.list({"486", "600"}, "486");
    const Tree list = frames.tree();
    frames.begin();
    frames.list({"486", "600", "603"}, "603");  // it comes selected
    const Tree longer = frames.tree();
    CHECK(told(list, longer) == "list gets 603\n486 -selected\nlist selects\n");
    frames.begin();
    frames.list({"486", "600"}, "");
    CHECK(told(longer, frames.tree()) == "list loses 2\nlist selects\n");
}

TEST_CASE("what is said comes behind the focus, with which a reader falls silent") {
    Frames frames;
    frames.begin();
    frames.list({"486", "600"}, "486", "486");
    const Tree before = frames.tree();
    frames.begin();
    frames.list({"486", "600"}, "486", "600");
    Tree now = frames.tree();
    CHECK(told(before, now) == "486 -focused\n600 +focused\n");
    frames.begin().say("Busy everywhere.");
    frames.list({"486", "600"}, "486", "600");
    now = frames.tree();
    CHECK(told(before, now) == "window gets said:1\n486 -focused\n600 +focused\nsaid:1 +showing\n");
}

TEST_CASE("the focus is told last, after names and selection, and not in a window that is not used") {
    Frames frames;
    frames.begin();
    frames.list({"486", "600", "603"}, "486", "486");
    const Tree before = frames.tree();
    frames.begin();
    frames.list({"486", "600", "603"}, "600", "600");
    const Tree now = frames.tree();
    CHECK(told(before, now) == "486 -selected\n600 +selected\nlist selects\n486 -focused\n600 +focused\n");
    CHECK(now.nodes[3].position == 2);
    CHECK(now.nodes[3].of == 3);
    CHECK(told(before, before).empty());
    frames.begin();
    frames.list({"486", "600", "603"}, "600", "600");
    const Tree unused = frames.tree(false);
    CHECK(told(now, unused) == "window inactive\n");
    CHECK(told(unused, now) == "window active\n600 +focused\n");
}

TEST_CASE("the caret is told of the text that has the focus, and whenever the focus comes to it") {
    Frames frames;
    frames.begin();
    frames.field("busy", 4, false);
    const Tree before = frames.tree();
    frames.begin();
    frames.field("busy", 2, false);
    CHECK(told(before, frames.tree()).empty());
    frames.begin();
    frames.field("busy", 4, true);
    CHECK(told(before, frames.tree()) == "field +focused\nfield caret 4\n");
}

TEST_CASE("of what comes and goes only the topmost is told, and a number never comes back for another thing") {
    Frames frames;
    frames.begin();
    frames.list({"486", "600"}, "486");
    const Tree before = frames.tree();
    frames.begin();
    frames.field("", 0, false);
    const Tree field = frames.tree();
    CHECK(told(before, field) == "window loses 0\nwindow gets field\n");
    frames.begin();
    frames.list({"486", "600"}, "486");
    const Tree again = frames.tree();
    CHECK(told(field, again) == "window loses 0\nwindow gets list\n");
    CHECK(before.nodes[1].number != again.nodes[1].number);
    frames.begin();
    frames.list({"486", "600", "603"}, "486");
    const Tree longer = frames.tree();
    CHECK(told(again, longer) == "list gets 603\n");
    CHECK(longer.nodes[1].number == again.nodes[1].number);
    frames.begin();
    frames.list({"486", "486", "600"}, "486");  // two things of one name have a number each
    const Tree twice = frames.tree();
    CHECK(twice.nodes[2].number == longer.nodes[2].number);
    CHECK(twice.nodes[3].number != twice.nodes[2].number);
}

TEST_CASE("what is said once comes as a notification that shows") {
    Frames frames;
    frames.begin();
    const Tree before = frames.tree();
    frames.begin().say("Copied");
    CHECK(told(before, frames.tree()) == "window gets said:1\nsaid:1 +showing\n");
    const Tree said = frames.tree();
    frames.begin().say("Copied");  // once more
    CHECK(told(said, frames.tree()) == "window gets said:2\nsaid:2 +showing\n");
    frames.begin();
    const Tree later = frames.tree();
    CHECK(later.nodes.size() == 3);
}

TEST_CASE("words that are drawn belong to the thing they are drawn on, or stand for themselves") {
    Frames frames;
    Outline& outline = frames.begin();
    Node button{"copy"};
    button.role = Role::push_button;
    button.name = "Copy 486 Busy Here";
    button.where = {0, 0, 100, 20};
    outline.add(std::move(button));
    outline.drawn("486", {10, 5, 20, 10});
    outline.drawn("Ctrl+C", {60, 5, 30, 10});
    outline.drawn("Nothing found", {0, 60, 80, 10});
    {
        const Outline::Hush hush(outline);
        outline.drawn("unheard", {0, 80, 80, 10});
    }
    CHECK(described(frames.tree()) ==
          "frame “Window”\n  push button “Copy 486 Busy Here” (Ctrl+C)\n  label “Nothing found”\n");
}

TEST_CASE("while nobody listens nothing is written down") {
    Outline outline;
    outline.begin();
    outline.open(Node{"list"});
    outline.add(Node{"one"});
    outline.say("Copied");
    outline.drawn("words", {0, 0, 10, 10});
    outline.close();
    CHECK(outline.last() == nullptr);
    outline.want(true);
    CHECK(outline.tree({"Window", "en", true, {}}).nodes.size() == 1);
}

TEST_CASE("keys wait for the reader's word in their order; what it keeps is not the window's, nor what it types") {
    HeldKeys keys;
    std::string window;
    const auto press = [&](const char* name) { return [&window, name] { window += name; }; };
    keys.key(38, 1, 0, press("a"));
    keys.character(press("(a)"));
    keys.key(39, 2, 0, press("s"));
    keys.character(press("(s)"));
    CHECK(window.empty());
    keys.answered(2, true);
    keys.hand_on(0.01);
    CHECK(window.empty());  // the first is not answered yet
    keys.answered(1, false);
    keys.hand_on(0.02);
    CHECK(window == "a(a)");
    CHECK_FALSE(keys.waiting());
    keys.repeated(39, press("s"));  // it is still held down, and still the reader's
    keys.character(press("(s)"));
    CHECK(window == "a(a)");
    keys.repeated(38, press("a"));
    keys.character(press("(a)"));
    CHECK(window == "a(a)a(a)");
}

TEST_CASE("a reader that does not answer holds no key for long") {
    HeldKeys keys;
    std::string window;
    keys.key(38, 1, 10, [&] { window += "a"; });
    keys.hand_on(10.1);
    CHECK(window.empty());
    CHECK(keys.waiting());
    keys.hand_on(10.5);
    CHECK(window == "a");
    keys.answered(1, true);  // too late
    keys.hand_on(10.6);
    CHECK(window == "a");
}
