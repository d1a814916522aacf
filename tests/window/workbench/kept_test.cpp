// What is theirs in the window: favourites, pages opened last, notes; and what can be done, called by its name.
#include <doctest/doctest.h>
#include <imgui.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "window/harness.h"

using namespace sipdex;
using document::ToResponse;
using sipdex::test::Desk;
using window::Key;

TEST_CASE("a page becomes a favourite by its star and by Ctrl+D, stands on the start page, and can be removed") {
    Desk desk({"reference", ToResponse{"607"}, {}});
    desk.settle();
    desk.click("favourite");
    CHECK(desk.sees("Added to favourites"));
    REQUIRE(desk.library.kept_favourites.size() == 1);
    CHECK(desk.library.kept_favourites[0].target == document::Target(ToResponse{"607"}));
    desk.pass(3);  // until nothing is said any more
    desk.click("home");
    desk.settle();
    CHECK(desk.sees("Favourites"));
    desk.click("favourite:0");
    desk.settle();
    CHECK(desk.here() == "reference 607");
    desk.press(Key::d, true);
    CHECK(desk.library.kept_favourites.empty());
}

TEST_CASE("what could not be kept is said") {
    Desk desk({"reference", ToResponse{"607"}, {}});
    desk.library.not_kept = "The disk is full.";
    desk.press(Key::d, true);
    CHECK(desk.sees("The disk is full."));
    desk.press(Key::n, true);
    desk.type("ours");
    desk.click("save-notes");
    CHECK(desk.has("save-notes"));  // what was typed is not lost
    CHECK(desk.sees("The disk is full."));
}

TEST_CASE("a note is written, changed and deleted in the window") {
    Desk desk({"reference", ToResponse{"607"}, {}});
    desk.settle();
    desk.click("note");
    desk.settle();
    desk.type("our 607 is a robot");
    desk.press(Key::enter);
    CHECK(desk.sees("Notes saved"));
    REQUIRE(desk.library.kept_notes.size() == 1);
    CHECK(desk.library.kept_notes[0].second.text == "our 607 is a robot");
    desk.press(Key::n, true);
    CHECK(desk.sees("Ana, 7 July 2026"));
    desk.press(Key::escape);
    CHECK_FALSE(desk.has("save-notes"));
    CHECK(desk.here() == "reference 607");
    // Changing nothing writes nothing; emptying deletes.
    desk.press(Key::n, true);
    desk.click("save-notes");
    CHECK(desk.library.kept_notes.size() == 1);
    desk.press(Key::n, true);
    desk.click("note:0");
    desk.press(Key::a, true);
    desk.press(Key::del);
    desk.click("save-notes");
    CHECK(desk.library.kept_notes.empty());
}

TEST_CASE("notes are on one code or on a pair, favourites are any page") {
    Desk pair({"compare", {}, {"300", "607"}});
    pair.press(Key::n, true);
    CHECK(pair.has("save-notes"));
    CHECK(pair.sees("Notes of your desk: 300 and 607"));
    Desk three({"compare", {}, {"300", "607", "603"}});
    three.press(Key::n, true);
    CHECK_FALSE(three.has("save-notes"));
    Desk start({"start", {}, {}});
    start.press(Key::n, true);
    start.press(Key::d, true);
    CHECK_FALSE(start.has("save-notes"));
    CHECK(start.library.kept_favourites.empty());
}

TEST_CASE("the empty search field offers the pages opened last and what can be done here, each with its key") {
    Desk desk({"reference", ToResponse{"607"}, {}});
    desk.click("code:300");
    desk.press(Key::k, true);
    desk.settle();
    CHECK(desk.sees("Opened last"));
    CHECK(desk.has("offer:recent:0"));
    CHECK(desk.has("offer:find"));
    CHECK(desk.sees("Ctrl+F"));
    CHECK(desk.has("offer:favourite-add"));
    CHECK_FALSE(desk.has("offer:favourite-remove"));
    CHECK_FALSE(desk.has("offer:theme:light"));  // it is so already
    desk.press(Key::escape);
    CHECK(desk.has("code:300"));
    CHECK_FALSE(desk.has("offer:find"));
    desk.press(Key::k, true);
    desk.click("offer:recent:0");
    desk.settle();
    CHECK(desk.here() == "reference 607");
    CHECK(desk.has("code:300"));
}

TEST_CASE("what can be done is found by the beginnings of its words and done by Enter") {
    Desk desk({"reference", ToResponse{"607"}, {}});
    desk.press(Key::k, true);
    desk.type("dark col");
    desk.press(Key::enter);
    desk.settle();
    CHECK(desk.settings.text("theme") == "dark");
    desk.press(Key::k, true);
    desk.type("langu");
    desk.click("offer:language:fr");
    desk.settle();
    CHECK(desk.bench.ui().language() == "fr");
    desk.press(Key::k, true);
    desk.type("favoris");
    desk.press(Key::enter);
    desk.pass(3);
    CHECK(desk.library.kept_favourites.size() == 1);
    CHECK(desk.here() == "reference 607");
}

TEST_CASE("what begins like the name of a deed is that deed, unless the best page is called so as well") {
    Desk desk({"reference", ToResponse{"607"}, {}});
    desk.press(Key::k, true);
    desk.type("simul");
    desk.press(Key::enter);
    desk.settle();
    CHECK(desk.here().starts_with("simulator"));
    desk.click("code:607");
    desk.press(Key::k, true);
    desk.type("Not");  // "Note" and "404 Not Found"
    desk.press(Key::enter);
    desk.settle();
    CHECK_FALSE(desk.has("save-notes"));
    CHECK(desk.here() != "reference 607");
}

TEST_CASE("a sheet is printed from the dialog without a file to choose, and what the printer answers is said") {
    using Outcome = window::Outside::Printed::Outcome;
    struct Case {
        window::Outside::Printed printer;
        const char* said;
    };
    for (const Case& one :
         {Case{{}, "Sent to the printer"}, Case{{Outcome::no_program, {}}, "No printing program was found"},
          Case{{Outcome::refused, "lp: no default destination"}, "lp: no default destination"}}) {
        Desk desk({"reference", ToResponse{"607"}, {}});
        desk.printer = one.printer;
        desk.press(Key::e, true);
        desk.click("print-sheet");
        for (int i = 0; i < 200 && desk.printed.empty(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        desk.frames();
        REQUIRE(desk.printed.size() == 1);
        CHECK(desk.library.saved.back().format == "pdf");
        CHECK(desk.library.saved.back().path == desk.printed[0]);
        CHECK_FALSE(std::filesystem::exists(std::filesystem::path(desk.printed[0]).parent_path()));
        bool said = false;
        for (const auto& written : desk.bench.ink().written())
            said = said || written.words.find(one.said) != std::string::npos;
        CHECK_MESSAGE(said, one.said);
    }
}

TEST_CASE("a sheet that was saved is opened, and its folder, by their addresses") {
    Desk desk({"reference", ToResponse{"607"}, {}});
    desk.press(Key::e, true);
    desk.press(Key::a, true);
    desk.type("/tmp/no such folder/607 é.pdf");
    desk.press(Key::enter);
    desk.settle();
    desk.click("open-sheet");
    desk.click("open-folder");
    REQUIRE(desk.opened.size() == 2);
    CHECK(desk.opened[1] == "file:///tmp/no%20such%20folder");
    CHECK(desk.opened[0].starts_with("file:///tmp/no%20such%20folder/607%20"));
}
