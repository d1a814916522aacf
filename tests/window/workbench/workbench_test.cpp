#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>

#include "window/harness.h"

using sipdex::document::ToResponse;
using sipdex::test::Desk;
using sipdex::window::Key;
using sipdex::window::Place;

namespace {
const Place page_607{"reference", ToResponse{"607"}, {}};
}

TEST_CASE("typing 607 and Enter opens page 607") {
    Desk desk;
    desk.press(Key::k, true);
    desk.type("607");
    CHECK(desk.sees("607 Unwanted"));
    desk.press(Key::enter);
    CHECK(desk.here() == "reference 607");
    CHECK(desk.sees("marked this call as unwanted"));
    CHECK(desk.bench.title() == "607 Unwanted – Sipdex");
}

TEST_CASE("what is typed right after Ctrl+K is not lost while the field wakes up") {
    Desk desk;
    const auto key = [&](Key which, bool control) {
        sipdex::window::Event event;
        event.press = {which, control, false, false};
        event.down = true;
        desk.bench.input().add(event);
        event.down = false;
        desk.bench.input().add(event);
    };
    key(Key::k, true);
    for (const char letter : std::string("607")) {
        key(letter == '0' ? Key::zero : Key::none, false);
        sipdex::window::Event event;
        event.kind = sipdex::window::Event::Kind::character;
        event.character = static_cast<unsigned char>(letter);
        desk.bench.input().add(event);
    }
    desk.frames();
    CHECK(desk.sees("607 Unwanted"));
}

TEST_CASE("a slash goes to the search without being typed") {
    Desk desk;
    sipdex::window::Event event;
    event.press.key = Key::slash;
    event.down = true;
    desk.bench.input().add(event);
    desk.type("/");
    CHECK(desk.bench.ui().focused("search"));
    desk.type("486");
    CHECK(desk.sees("486 Busy Here"));
}

TEST_CASE("keys that come quickly one after another are all understood") {
    Desk desk(Place{"simulator", {}, {"607-unwanted"}});
    for (int i = 0; i < 5; ++i) {
        sipdex::window::Event event;
        event.press.key = Key::right;
        event.down = true;
        desk.bench.input().add(event);
        event.down = false;
        desk.bench.input().add(event);
    }
    desk.frames();
    CHECK(desk.bench.here().step == 5);
}

TEST_CASE("the page of 607 leads to its comparison with 300 and to its replay") {
    Desk desk(page_607);
    desk.click("compare-with");
    desk.type("300");
    desk.press(Key::enter);
    CHECK(desk.here() == "compare 607 300");
    CHECK(desk.sees("Typical causes"));
    desk.click("swap");
    CHECK(desk.here() == "compare 300 607");
    desk.click("replay-both");
    CHECK(desk.here() == "simulator 300-choice 607-unwanted");
    desk.press(Key::left, false, false, true);
    CHECK(desk.here() == "compare 300 607");
}

TEST_CASE("the language changes everything at once and keeps the place") {
    Desk desk(page_607);
    desk.click("language:fr");
    CHECK(desk.here() == "reference 607");
    CHECK(desk.sees("Appel indésirable"));
    CHECK(desk.sees("Que faire"));
    CHECK(desk.sees("Comparer avec…"));
    CHECK(desk.sees("607"));
    CHECK_FALSE(desk.sees("What to do"));
    CHECK(desk.settings.text("language") == "fr");
}

TEST_CASE("a replay is stepped, told and sought") {
    Desk desk(Place{"simulator", {}, {"607-unwanted"}});
    CHECK(desk.sees("Alice calls Bob; the network loses the request."));
    CHECK(desk.sees("1 of 10"));
    desk.press(Key::right);
    CHECK(desk.sees("After T1 she sends it again."));
    CHECK(desk.sees("0.500 s"));
    desk.press(Key::end);
    CHECK(desk.sees("10 of 10"));
    desk.click("rung0:6");
    CHECK(desk.sees("Bob marks the call as unwanted."));
    desk.press(Key::home);
    CHECK(desk.sees("1 of 10"));
}

TEST_CASE("a replay plays by itself, and the window rests when it is over") {
    Desk desk(Place{"simulator", {}, {"300-choice"}});
    desk.settle();
    desk.press(Key::space);
    CHECK(desk.bench.moving());
    desk.pass(1.2);
    CHECK(desk.bench.here().step == 1);
    desk.press(Key::space);
    desk.settle();
    desk.press(Key::space);
    desk.pass(20);
    CHECK(desk.bench.here().step == 6);
    desk.settle();
}

TEST_CASE("another language tells the same step of a replay") {
    Desk desk(Place{"simulator", {}, {"607-unwanted"}});
    desk.press(Key::right);
    desk.click("language:fr");
    CHECK(desk.sees("Après T1, elle la renvoie."));
}

TEST_CASE("the Tab key goes through a page in reading order and Enter follows a link") {
    Desk desk(page_607);
    std::vector<std::string> order;
    for (int i = 0; i < 200; ++i) {
        desk.press(Key::tab);
        if (!order.empty() && desk.bench.ui().focus() == order.front()) break;
        order.push_back(desk.bench.ui().focus());
    }
    const auto at = [&](const std::string& id) { return std::find(order.begin(), order.end(), id) - order.begin(); };
    const auto all = std::ptrdiff_t(order.size());
    REQUIRE(order.size() < 200);
    CHECK(at("search") < at("code:607"));
    CHECK(at("code:607") < at("back"));
    CHECK(at("view:compare") < at("compare-with"));
    CHECK(at("compare-with") < at("fold:meaning"));
    CHECK(at("fold:meaning") < at("fold:sources"));
    CHECK(at("fold:sources") < at("language:fr"));
    CHECK(at("language:fr") < at("theme"));
    CHECK(at("theme") < all);
}

TEST_CASE("what has the focus is scrolled into sight") {
    Desk desk(page_607, "en", 1280, 420);
    while (desk.bench.ui().focus() != "fold:sources") desk.press(Key::tab);
    desk.frames();
    for (const auto& thing : desk.bench.ui().things())
        if (thing.id == "fold:sources") CHECK(thing.where.y + thing.where.height < 420);
}

TEST_CASE("a section that is folded stays so on the next page") {
    Desk desk(page_607);
    CHECK(desk.sees("Ask which number was dialled"));
    desk.click("fold:steps");
    CHECK_FALSE(desk.sees("Ask which number was dialled"));
    desk.click("code:404");
    CHECK(desk.here() == "reference 404");
    CHECK_FALSE(desk.sees("Ask which number was dialled"));
    CHECK(desk.settings.text("folds-reference") == "steps");
}

TEST_CASE("a page keeps its place when one comes back to it") {
    Desk desk(page_607, "en", 1280, 500);
    desk.press(Key::page_down);
    const double there = desk.bench.here().scroll;
    CHECK(there > 100);
    desk.click("code:300");
    CHECK(desk.here() == "reference 300");
    CHECK(desk.bench.here().scroll == 0);
    desk.click("back");
    desk.frames();
    CHECK(desk.bench.here().scroll == there);
}

TEST_CASE("equal rows of a comparison are folded away and can be shown") {
    Desk desk(Place{"compare", {}, {"300", "607"}}, "en", 1280, 3000);
    CHECK(desk.sees("3 rows are the same"));
    CHECK_FALSE(desk.sees("Registered"));
    desk.click("fold:differences/equal");
    CHECK(desk.sees("Registered"));
}

TEST_CASE("a sheet is saved, or says why not, where it was asked for") {
    Desk desk(Place{"compare", {}, {"300", "607"}}, "fr");
    desk.click("sheet");
    desk.library.refusal = "cannot write /nowhere/x.pdf: no such folder; choose another";
    desk.click("sheet-format");
    desk.click("menu:pdf");
    desk.click("sheet-paper");
    desk.click("menu:letter");
    desk.click("monochrome");
    desk.click("save-sheet");
    CHECK(desk.sees("no such folder"));
    desk.library.refusal.clear();
    desk.click("save-sheet");
    REQUIRE(desk.library.saved.size() == 2);
    const auto& sheet = desk.library.saved.back();
    CHECK(sheet.format == "pdf");
    CHECK(sheet.paper == "letter");
    CHECK(sheet.monochrome);
    CHECK(sheet.path.ends_with("sipdex-300-607-fr.pdf"));
    CHECK(desk.sees("sipdex-300-607-fr.pdf"));
    desk.press(Key::escape);
    CHECK_FALSE(desk.has("save-sheet"));
    CHECK(desk.here() == "compare 300 607");
}

TEST_CASE("Escape empties the search box and brings the codes back") {
    Desk desk(page_607);
    desk.press(Key::k, true);
    desk.type("busy");
    CHECK_FALSE(desk.has("code:300"));
    desk.press(Key::escape);
    CHECK(desk.has("code:300"));
    CHECK(desk.here() == "reference 607");
}

TEST_CASE("behind an open dialog nothing can be pressed") {
    Desk desk(page_607);
    desk.click("sheet");
    desk.click("code:300");
    CHECK(desk.here() == "reference 607");
    for (int i = 0; i < 30; ++i) {
        desk.press(Key::tab);
        CHECK(desk.bench.ui().focus() != "code:300");
    }
}

TEST_CASE("text grows to 300 % and back") {
    Desk desk(page_607);
    for (int i = 0; i < 20; ++i) desk.press(Key::plus, true);
    CHECK(desk.bench.text_scale(1) == 3);
    CHECK(desk.sees("Unwanted"));
    desk.press(Key::zero, true);
    CHECK(desk.bench.text_scale(1) == 1);
    for (int i = 0; i < 20; ++i) desk.press(Key::minus, true);
    CHECK(desk.bench.text_scale(1) == 0.75);
}

TEST_CASE("each sign of the status bar says what it does, and does it") {
    const std::vector<std::pair<std::string, std::pair<std::string, std::string>>> signs{
        {"text-smaller", {"Smaller text", "Texte plus petit"}},
        {"text-normal", {"Text at 100 %", "Texte à 100\u00a0%"}},
        {"text-larger", {"Larger text", "Texte plus grand"}},
        {"keys", {"Keyboard shortcuts", "Raccourcis clavier"}},
        {"theme", {"Light, dark or high contrast", "Clair, sombre ou contraste élevé"}},
    };
    for (const std::string language : {"en", "fr"}) {
        CAPTURE(language);
        Desk desk(page_607, language);
        std::string told, expected;
        double right = 0;
        for (const auto& thing : desk.bench.ui().things())
            for (const auto& [id, labels] : signs)
                if (thing.id == id) {
                    told += id + ": " + thing.label + "\n";
                    CHECK(thing.where.x >= right);  // the Tab key goes as the eye does
                    right = thing.where.x + thing.where.width;
                }
        for (const auto& [id, labels] : signs)
            expected += id + ": " + (language == "en" ? labels.first : labels.second) + "\n";
        CHECK(told == expected);
        const std::string count = std::to_string(desk.library.codes().size());
        CAPTURE(desk.bench.dump());
        CHECK(desk.sees(language == "en" ? "Catalog 2026.1 · " + count + " registered codes"
                                         : "Catalogue 2026.1 · " + count + " codes enregistrés"));
    }
    Desk desk(page_607);
    CHECK(desk.sees("100 %"));
    desk.click("text-larger");
    CHECK(desk.sees("110 %"));
    CHECK(desk.bench.text_scale(1) == 1.1);
    desk.click("text-normal");
    CHECK(desk.sees("100 %"));
    desk.click("text-smaller");
    CHECK(desk.sees("90 %"));
    CHECK(desk.bench.text_scale(1) == 0.9);
    desk.click("theme");
    CHECK(desk.settings.text("theme") == "dark");
    desk.click("keys");
    CHECK(desk.has("close-keys"));
}

TEST_CASE("in a right-to-left language the sidebar is at the right") {
    Desk desk(page_607, "ar");
    for (const auto& thing : desk.bench.ui().things())
        if (thing.id == "search") CHECK(desk.bench.ink().on_screen(thing.where).x > 900);
    desk.click("code:300");
    CHECK(desk.here() == "reference 300");
}

TEST_CASE("every listed view draws two frames without a window, in every theme, and comes to rest") {
    for (const auto& view : sipdex::window::views())
        for (const std::string& theme : sipdex::window::themes())
            for (const double width : {480.0, 1280.0, 2560.0}) {
                CAPTURE(view.id);
                CAPTURE(theme);
                Desk desk(Place{view.id, {}, {}}, "fr", width, 800);
                while (desk.settings.text("theme", "light") != theme) desk.click("theme");
                desk.frames(2);
                CHECK_FALSE(desk.bench.ink().written().empty());
                desk.settle();
            }
}

TEST_CASE("an atlas that is full goes on in another texture") {
    sipdex::test::NoTextures textures;
    sipdex::typeset::Typesetter typesetter(sipdex::typeset::Typesetter::For::screen);
    sipdex::window::GlyphAtlas atlas(textures, 64);
    sipdex::typeset::Style style;
    style.size = 30;
    const auto lines = typesetter.set("The quick brown fox jumps over the lazy dog", style, 0, "en");
    for (const auto& glyph : lines.glyphs()) {
        const auto& slot = atlas.slot(typesetter, glyph.font, glyph.index);
        CHECK(slot.u1 <= 1);
        CHECK(slot.v1 <= 1);
    }
    CHECK(atlas.pages() > 1);
    CHECK(int(atlas.pages()) == textures.made);
}

TEST_CASE("hits stand in the order of the library, each leads where it says, and Enter opens the first") {
    for (const std::string typed : {"30", "60", "B"}) {
        const auto found = Desk().library.search(typed);
        REQUIRE(found.size() >= 2);
        CAPTURE(typed);
        for (std::size_t i = 0; i <= found.size(); ++i) {
            Desk desk;
            desk.press(Key::k, true);
            desk.type(typed);
            CHECK_FALSE(desk.has("hit:" + std::to_string(found.size())));
            if (i < found.size()) desk.click("hit:" + std::to_string(i));
            else desk.press(Key::enter);
            CHECK(desk.here() == "reference " + std::get<ToResponse>(found[i % found.size()].target).id);
        }
    }
    CHECK(Desk().library.search("30").size() >= 3);
}

TEST_CASE("of the codes that are compared, the one that is picked anew changes and no other") {
    const auto after = [](const std::string& button, const std::string& typed) {
        Desk desk(Place{"compare", {}, {"607", "300", "603"}});
        desk.click(button);
        if (!typed.empty()) {
            desk.type(typed);
            desk.press(Key::enter);
        }
        return desk.here();
    };
    CHECK(after("pick:0", "486") == "compare 486 300 603");
    CHECK(after("pick:1", "486") == "compare 607 486 603");
    CHECK(after("pick:2", "486") == "compare 607 300 486");
    CHECK(after("add", "486") == "compare 607 300 603 486");
    CHECK(after("drop:2", "") == "compare 607 300");
}

TEST_CASE("a letter or digit that is typed on a page begins a search, without a key before it") {
    Desk desk(page_607);
    desk.type("486");
    CHECK(desk.bench.ui().focused("search"));
    CHECK(desk.sees("486 Busy Here"));
    desk.press(Key::enter);
    CHECK(desk.here() == "reference 486");
}

TEST_CASE("after Enter the list comes back and stands at the code that was opened") {
    Desk desk({}, "en", 1280, 420);
    desk.press(Key::k, true);
    desk.type("607");
    desk.press(Key::enter);
    desk.settle();
    CHECK_FALSE(desk.bench.ui().focused("search"));
    REQUIRE(desk.has("code:607"));
    for (const auto& thing : desk.bench.ui().things())
        if (thing.id == "code:607") {
            CHECK(thing.chosen);
            CHECK(thing.where.y > 52);
            CHECK(thing.where.y + thing.where.height < 420);
        }
}

TEST_CASE("Ctrl+B closes the list and opens it, a search opens it as well") {
    Desk desk(page_607);
    REQUIRE(desk.has("code:607"));
    desk.press(Key::b, true);
    CHECK_FALSE(desk.has("code:607"));
    desk.press(Key::b, true);
    CHECK(desk.has("code:607"));
    desk.press(Key::b, true);
    desk.press(Key::k, true);
    desk.type("300");
    CHECK(desk.sees("300 Multiple Choices"));
}

TEST_CASE("Alt with the arrows goes to the code before and the code behind, Ctrl with a digit to a view") {
    Desk desk(page_607);
    desk.press(Key::up, false, false, true);
    const std::string before = desk.here();
    CHECK(before != "reference 607");
    desk.press(Key::down, false, false, true);
    CHECK(desk.here() == "reference 607");
    desk.press(Key::two, true);
    CHECK(desk.here() == "compare 607");
}

TEST_CASE("a code's name stays at the top while its page scrolls, and a line of the contents leads to its section") {
    Desk desk(page_607, "en", 1280, 900);
    REQUIRE(desk.has("jump:causes"));
    desk.click("jump:causes");
    desk.settle();
    const double scroll = desk.bench.here().scroll;
    CHECK(scroll > 100);
    for (const auto& thing : desk.bench.ui().things()) {
        if (thing.id == "fold:causes") CHECK(thing.where.y < 250);
        if (thing.id == "jump:causes") CHECK(thing.chosen);
    }
    CHECK(desk.sees("Unwanted"));
}

TEST_CASE("where one code is chosen to be compared, its own pairs are asked for, and a link leads to one") {
    Desk desk(Place{"compare", {}, {}});
    CHECK(desk.sees("Pick two codes above"));
    desk.click("pick:0");
    desk.type("300");
    desk.press(Key::enter);
    desk.settle();
    CHECK(desk.here() == "compare 300");
    CHECK(desk.sees("Pick a second code above"));
    CHECK(desk.sees("300, often confused with"));
    desk.click("link:0");
    desk.settle();
    CHECK(desk.here() == "compare 300 607");
}

TEST_CASE("a comparison goes along into the simulator") {
    Desk desk(Place{"compare", {}, {"300", "607"}});
    desk.click("view:simulator");
    CHECK(desk.here() == "simulator 300-choice 607-unwanted");
}
