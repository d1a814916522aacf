// What a screen reader that asks about selections is answered, without a bus.
#include "window/accessible/answers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

#include "window/accessible/interfaces.h"
#include "window/accessible/told_tree.h"

using namespace sipdex;
using namespace sipdex::test;
using window::Key;
using window::accessible::Answers;
using window::accessible::Value;

namespace {

const window::Place page_607{"reference", document::ToResponse{"607"}, {}};

bool has(const Node& node, const char* interface) {
    return std::ranges::any_of(window::accessible::interfaces_of(&node), [&](const char* one) {
        return std::strcmp(one + std::strlen("org.a11y.atspi."), interface) == 0;
    });
}

std::string printed(GVariant* answer) {
    if (!answer) return "nothing";
    const Value one(g_variant_ref_sink(answer));
    char* words = g_variant_print(one.get(), FALSE);
    std::string all = words;
    g_free(words);
    return all;
}

// A workbench, asked and told what to do as over the bus.
struct Reader {
    Desk& desk;
    Tree tree = heard(desk);
    std::vector<Wish> wishes = {};

    const Node& node(const std::string& id) const {
        const Node* found = with_id(tree, id);
        REQUIRE_MESSAGE(found, id);
        return *found;
    }
    std::string ask(const std::string& id, const std::string& interface, const std::string& method,
                    GVariant* given = nullptr) {
        Answers answers;
        answers.tree = &tree;
        answers.bus_name = ":1.1";
        answers.wish = [this](Wish one) { wishes.push_back(std::move(one)); };
        const Value kept(given ? g_variant_ref_sink(given) : g_variant_ref_sink(g_variant_new("()")));
        return printed(answers.to(&node(id), "org.a11y.atspi." + interface, method, kept.get()));
    }
    std::string selection(const std::string& id, const char* method, int index) {
        return ask(id, "Selection", method, g_variant_new("(i)", index));
    }
    std::string count(const std::string& id) {
        Answers answers;
        answers.tree = &tree;
        return printed(answers.property(&node(id), "org.a11y.atspi.Selection", "NSelectedChildren"));
    }
    std::string reference(const std::string& id) const { return "((':1.1', '" + Answers::path_of(&node(id)) + "'),)"; }
    int index(const std::string& id) const { return static_cast<int>(tree.index_in_parent(node(id))); }
    // What was asked for happens.
    void go_on() {
        for (const Wish& wish : wishes) desk.bench.grant(wish);
        wishes.clear();
        desk.settle();
        desk.frames();
        tree = told(desk);
    }
};

constexpr const char* yes = "(true,)";
constexpr const char* no = "(false,)";

}  // namespace

TEST_CASE("what can be selected of a list is what its items say of themselves, in every view") {
    int lists = 0;
    for (const window::Place& place :
         {window::Place{"start", {}, {}}, page_607, window::Place{"compare", {}, {"300", "607"}},
          window::Place{"simulator", {}, {"607-unwanted"}}, window::Place{"simulator", {}, {}}}) {
        Desk desk(place);
        Reader reader{desk};
        for (const Node& node : reader.tree.nodes) {
            bool selectable = false;
            int selected = 0;
            for (const std::size_t child : node.children) {
                const Node& item = reader.tree.nodes[child];
                selectable = selectable || item.is(State::selectable);
                selected += item.is(State::selected);
                CHECK_MESSAGE((item.is(State::selectable) || !item.is(State::selected)), item.id);
            }
            CHECK_MESSAGE(has(node, "Selection") == selectable, node.id);
            if (!selectable) continue;
            ++lists;
            CHECK(reader.count(node.id) == std::to_string(selected));
            for (std::size_t i = 0; i < node.children.size(); ++i)
                CHECK(reader.selection(node.id, "IsChildSelected", int(i)) ==
                      (reader.tree.nodes[node.children[i]].is(State::selected) ? yes : no));
        }
    }
    CHECK(lists >= 10);
}

TEST_CASE("an item of a list and a tab are selected by what a press does; nothing selects more, or none") {
    Desk desk(page_607);
    Reader reader{desk};
    CHECK(reader.count("codes") == "1");
    CHECK(reader.selection("codes", "GetSelectedChild", 0) == reader.reference("code:607"));
    CHECK(reader.selection("codes", "GetSelectedChild", 1) == "(('', '/org/a11y/atspi/null'),)");
    CHECK(reader.selection("codes", "IsChildSelected", 100'000) == no);
    CHECK(reader.selection("codes", "SelectChild", reader.index("class:6")) == no);  // opens and closes
    CHECK(reader.selection("codes", "SelectChild", -1) == no);
    CHECK(reader.selection("codes", "DeselectChild", reader.index("code:607")) == no);
    CHECK(reader.selection("codes", "DeselectSelectedChild", 0) == no);
    CHECK(reader.ask("codes", "Selection", "SelectAll") == no);
    CHECK(reader.ask("codes", "Selection", "ClearSelection") == no);
    CHECK(reader.selection("codes", "SelectChild", reader.index("code:607")) == yes);  // it is
    CHECK(reader.wishes.empty());
    CHECK(reader.selection("codes", "SelectChild", reader.index("code:300")) == yes);
    reader.go_on();
    CHECK(desk.here() == "reference 300");
    CHECK(reader.selection("codes", "GetSelectedChild", 0) == reader.reference("code:300"));
    CHECK(reader.selection("codes", "IsChildSelected", reader.index("code:607")) == no);

    CHECK(reader.selection("views", "SelectChild", reader.index("view:simulator")) == yes);
    reader.go_on();
    CHECK(reader.selection("views", "GetSelectedChild", 0) == reader.reference("view:simulator"));
}

TEST_CASE("a message of a ladder is selected by a screen reader, and the replay is there") {
    Desk desk({"simulator", {}, {"607-unwanted"}});
    Reader reader{desk};
    CHECK(reader.selection("ladder:0", "IsChildSelected", 0) == yes);
    CHECK(reader.selection("ladder:0", "SelectChild", 2) == yes);
    reader.go_on();
    CHECK(reader.selection("ladder:0", "IsChildSelected", 2) == yes);
    CHECK(reader.count("ladder:0") == "1");
}

TEST_CASE("an item of a menu is selected by going to it, which chooses nothing yet") {
    Desk desk({"simulator", {}, {"607-unwanted"}});
    Reader reader{desk};
    desk.click("speed");
    reader.go_on();
    const auto menu = std::ranges::find(reader.tree.nodes, Role::popup_menu, &Node::role);
    REQUIRE(menu != reader.tree.nodes.end());
    const std::string id = menu->id;
    CHECK(reader.node("menu:1").is(State::checked));  // the speed as it is
    CHECK(reader.selection(id, "GetSelectedChild", 0) == reader.reference("menu:1"));
    CHECK(reader.selection(id, "SelectChild", reader.index("menu:4")) == yes);
    reader.go_on();
    CHECK(reader.selection(id, "GetSelectedChild", 0) == reader.reference("menu:4"));
    CHECK(focus(reader.tree).id == "menu:4");
    CHECK(reader.node("menu:1").is(State::checked));
    CHECK_FALSE(reader.node("menu:4").is(State::checked));
    desk.press(Key::enter);
    reader.go_on();
    CHECK_FALSE(desk.has("menu:4"));
}

TEST_CASE("a field is edited as EditableText wants it: from any offset, to the end, in characters and not in octets") {
    Desk desk;
    Reader reader{desk};
    const auto becomes = [&](const std::string& method, GVariant* given) {
        const std::string answer = reader.ask("search", "EditableText", method, given);
        reader.go_on();
        return answer + " " + reader.node("search").prose->words(0, 1000);
    };
    CHECK(has(reader.node("search"), "EditableText"));
    CHECK_FALSE(has(reader.node("home"), "EditableText"));
    CHECK(becomes("SetTextContents", g_variant_new("(s)", "occupé")) == "(true,) occupé");
    CHECK(becomes("InsertText", g_variant_new("(isi)", 6, "ée", 2)) == "(true,) occupéée");
    CHECK(becomes("InsertText", g_variant_new("(isi)", -1, "éx", 1)) == "(true,) occupééeé");
    CHECK(becomes("InsertText", g_variant_new("(isi)", 0, "«é»", 6)) == "(true,) «é»occupééeé");  // its octets
    CHECK(becomes("DeleteText", g_variant_new("(ii)", 0, 3)) == "(true,) occupééeé");
    CHECK(becomes("DeleteText", g_variant_new("(ii)", 6, -1)) == "(true,) occupé");
    CHECK(becomes("CopyText", g_variant_new("(ii)", 4, 6)) == "() occupé");
    CHECK(becomes("PasteText", g_variant_new("(i)", -1)) == "(true,) occupépé");
    CHECK(becomes("CutText", g_variant_new("(ii)", 0, 6)) == "(true,) pé");
    CHECK(becomes("PasteText", g_variant_new("(i)", 2)) == "(true,) péoccupé");
}

TEST_CASE("Text's selections: one at most, of a field and of a page, added, set, removed and asked for") {
    Desk desk(page_607);
    Reader reader{desk};
    reader.ask("search", "EditableText", "SetTextContents", g_variant_new("(s)", "busy here"));
    reader.go_on();
    const auto paragraph = std::ranges::find_if(reader.tree.nodes, [](const Node& node) {
        return node.role == Role::paragraph && node.is(State::selectable_text) && node.prose->size() > 40;
    });
    REQUIRE(paragraph != reader.tree.nodes.end());
    for (const std::string& id : {std::string("search"), paragraph->id}) {
        CAPTURE(id);
        const auto text = [&](const char* method, GVariant* given = nullptr) {
            std::string answer = reader.ask(id, "Text", method, given);
            reader.go_on();
            return answer;
        };
        CHECK(text("GetNSelections") == "(0,)");
        CHECK(text("GetSelection", g_variant_new("(i)", 0)) == "(0, 0)");
        CHECK(text("RemoveSelection", g_variant_new("(i)", 0)) == no);
        CHECK(text("AddSelection", g_variant_new("(ii)", 1, 4)) == yes);
        CHECK(text("GetNSelections") == "(1,)");
        CHECK(text("GetSelection", g_variant_new("(i)", 0)) == "(1, 4)");
        CHECK(text("GetSelection", g_variant_new("(i)", 1)) == "(0, 0)");
        CHECK(text("AddSelection", g_variant_new("(ii)", 5, 6)) == no);  // there is one
        CHECK(text("SetSelection", g_variant_new("(iii)", 1, 5, 6)) == no);
        CHECK(text("SetSelection", g_variant_new("(iii)", 0, 5, -1)) == yes);
        const int size = reader.node(id).prose->size();
        CHECK(text("GetSelection", g_variant_new("(i)", 0)) == "(5, " + std::to_string(size) + ")");
        CHECK(text("RemoveSelection", g_variant_new("(i)", 0)) == yes);
        CHECK(text("GetNSelections") == "(0,)");
    }
    desk.press(Key::n, true);  // a dialog above all of it
    reader.go_on();
    CHECK(reader.ask("search", "EditableText", "SetTextContents", g_variant_new("(s)", "607")) == no);
    CHECK(reader.ask("search", "Text", "AddSelection", g_variant_new("(ii)", 1, 4)) == no);
    // What cannot be selected says so: the messages of a ladder are a picture.
    Desk replay({"simulator", {}, {"607-unwanted"}});
    Reader other{replay};
    for (const Node& node : other.tree.nodes) {
        if (!node.prose || node.is(State::selectable_text)) continue;
        CHECK(other.ask(node.id, "Text", "AddSelection", g_variant_new("(ii)", 0, 1)) == no);
    }
    CHECK(other.wishes.empty());
}
