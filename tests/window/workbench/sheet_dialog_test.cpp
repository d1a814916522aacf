// How a page leaves the window: what can be chosen, what that will look like, and what is handed to whoever writes it.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <set>
#include <thread>

#include "window/harness.h"

using namespace sipdex;
using document::ToResponse;
using sipdex::test::Desk;
using window::Key;
using window::Place;

namespace {

const Place page_607{"reference", ToResponse{"607"}, {}};
const Place pair{"compare", {}, {"300", "607"}};

const window::Ui::Thing& thing(const Desk& desk, const std::string& id) {
    for (const auto& one : desk.bench.ui().things())
        if (one.id == id) return one;
    FAIL("nothing is called ", id, "\n", desk.bench.dump());
    return desk.bench.ui().things().front();
}

void replace_text(Desk& desk, const std::string& field, const std::string& words) {
    desk.click(field);
    desk.press(Key::a, true);
    desk.type(words);
}

}  // namespace

TEST_CASE("a sheet is written as it was chosen, in a language of its own") {
    Desk desk(pair);
    desk.press(Key::e, true);
    desk.click("sheet-language");
    desk.click("menu:fr");
    desk.click("form:short");
    desk.click("handout");
    desk.click("sheet-paper");
    desk.click("menu:a5");
    desk.click("landscape");
    desk.click("monochrome");
    replace_text(desk, "sheet-organisation", "Acme Telecom");
    desk.click("save-sheet");
    REQUIRE(desk.library.saved.size() == 1);
    const window::Sheet& sheet = desk.library.saved[0];
    CHECK(sheet.format == "pdf");
    CHECK(sheet.language == "fr");
    CHECK(sheet.form == "short");
    CHECK(sheet.paper == "a5");
    CHECK(sheet.header == "Acme Telecom");
    CHECK(sheet.landscape);
    CHECK(sheet.monochrome);
    CHECK(sheet.handout);
    CHECK(sheet.path.ends_with("sipdex-300-607-fr.pdf"));
    CHECK(desk.library.saved_pages[0].language == "fr");
    CHECK(desk.library.saved_pages[0].mastheads[1].gloss.spans[0].text == "Appel indésirable");
    // The window goes on in its own.
    CHECK(desk.bench.ui().language() == "en");
    CHECK(desk.sees("Saved as "));
    CHECK(desk.sees("Black and white"));
}

TEST_CASE("the keys by which other programs print and save lead to the sheet") {
    for (const Key key : {Key::e, Key::p, Key::s}) {
        INFO("key: ", static_cast<int>(key));
        Desk desk(pair);
        desk.press(key, true);
        CHECK(desk.sees("Save sheet"));
    }
}

TEST_CASE("the language of sheets stays what was chosen, until it is the reader's again") {
    Desk desk(page_607);
    desk.press(Key::e, true);
    desk.click("sheet-language");
    desk.click("menu:fr");
    desk.press(Key::escape);
    desk.click("code:300");
    desk.press(Key::e, true);
    CHECK(thing(desk, "sheet-language").label == "Français");
    desk.click("save-sheet");
    CHECK(desk.library.saved.back().path.ends_with("sipdex-300-fr.pdf"));
    desk.click("sheet-language");
    desk.click("menu:en");
    desk.press(Key::escape);
    desk.click("language:fr");
    desk.press(Key::e, true);
    CHECK(thing(desk, "sheet-language").label == "Français");
}

TEST_CASE("a name that was typed stays, whatever else is chosen; a suggested one says the language") {
    Desk desk(page_607);
    desk.press(Key::e, true);
    replace_text(desk, "sheet-path", "/tmp/ours.pdf");
    desk.click("sheet-language");
    desk.click("menu:fr");
    desk.click("sheet-format");
    desk.click("menu:html");
    desk.click("save-sheet");
    CHECK(desk.library.saved.back().path == "/tmp/ours.html");
}

TEST_CASE("what means nothing to a format or a page is not offered") {
    const std::vector<std::string> of_paper = {"sheet-paper", "portrait", "landscape", "monochrome",
                                               "sheet-organisation"};
    Desk desk(page_607);
    desk.press(Key::e, true);
    for (const std::string& id : of_paper) CHECK_MESSAGE(desk.has(id), id);
    CHECK(desk.has("form:card"));
    CHECK_FALSE(desk.has("handout"));
    CHECK(thing(desk, "print-sheet").enabled);
    desk.click("sheet-format");
    desk.click("menu:md");
    for (const std::string& id : of_paper) CHECK_FALSE_MESSAGE(desk.has(id), id);
    CHECK(desk.has("form:card"));
    CHECK_FALSE(thing(desk, "print-sheet").enabled);
    desk.press(Key::escape);

    desk.bench.go({"simulator", {}, {"607-unwanted"}});
    desk.frames();
    desk.click("sheet");
    CHECK(desk.has("save-sheet"));
    CHECK_FALSE(desk.has("form:card"));
    desk.press(Key::escape);

    desk.bench.go({"compare", {}, {"300", "603", "607"}});
    desk.frames();
    desk.press(Key::e, true);
    desk.click("sheet-format");
    desk.click("menu:pdf");
    CHECK_FALSE(thing(desk, "portrait").enabled);
    CHECK(thing(desk, "landscape").chosen);
}

TEST_CASE("the preview shows each page, and follows what is chosen") {
    Desk desk(page_607);
    desk.press(Key::e, true);
    desk.settle();
    CHECK(desk.sees("Page 1 of 3"));
    CHECK(desk.textures.pictures == 1);
    desk.press(Key::page_down);
    desk.settle();
    CHECK(desk.sees("Page 2 of 3"));
    desk.click("preview-after");
    desk.settle();
    CHECK(desk.sees("Page 3 of 3"));
    desk.press(Key::page_down);
    desk.settle();
    CHECK(desk.sees("Page 3 of 3"));
    desk.press(Key::page_up);
    desk.settle();
    CHECK(desk.sees("Page 2 of 3"));
    desk.click("monochrome");  // the page one is at stays
    desk.settle();
    CHECK(desk.sees("Page 2 of 3"));
    CHECK(desk.library.previewed.back().monochrome);
    desk.click("form:card");
    desk.settle();
    CHECK(desk.sees("Page 1 of 1"));
    CHECK(desk.library.previewed.back().form == "card");
    CHECK(desk.textures.pictures == 1);
    desk.click("sheet-language");
    desk.click("menu:fr");
    desk.click("sheet-format");
    desk.click("menu:md");
    desk.settle();
    CHECK(desk.sees("md of card in fr"));
    CHECK(desk.sees("The beginning of the file"));
    CHECK(desk.textures.pictures == 0);
    const std::size_t asked = desk.library.previewed.size();
    replace_text(desk, "sheet-path", "/tmp/another.md");  // looks the same
    CHECK(desk.library.previewed.size() == asked);
    desk.click("sheet-format");
    desk.click("menu:pdf");
    desk.settle();
    CHECK(desk.textures.pictures == 1);
    desk.press(Key::escape);
    desk.settle();
    CHECK(desk.textures.pictures == 0);
}

TEST_CASE("a page of the preview as wide as there is room is read down to its end before the next one comes") {
    Desk desk(page_607);
    desk.press(Key::e, true);
    desk.settle();
    desk.click("preview-wide");
    desk.settle();
    desk.press(Key::page_down);
    desk.settle();
    CHECK(desk.sees("Page 1 of 3"));
    for (int i = 0; i < 4; ++i) desk.press(Key::page_down);
    desk.settle();
    CHECK_FALSE(desk.sees("Page 1 of 3"));
}

TEST_CASE("a preview that cannot be made says why, and keeps nobody from saving") {
    Desk desk(page_607);
    desk.library.preview_trouble = "no fonts are installed";
    desk.press(Key::e, true);
    desk.settle();
    CHECK(desk.sees("There is no preview: no fonts are installed"));
    desk.click("save-sheet");
    CHECK(desk.library.saved.size() == 1);
}

TEST_CASE("a sheet that takes its time keeps the window from nothing") {
    std::promise<void> disk;
    Desk desk(page_607);
    desk.library.slow_disk = disk.get_future().share();
    desk.press(Key::e, true);
    const auto written = [&] {
        disk.set_value();
        for (int i = 0; i < 500 && !desk.sees("Saved as") && !desk.sees("disk is full"); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            desk.frames();
        }
    };
    SUBCASE("the dialog says so when it is there, and begins no second one meanwhile") {
        desk.click("save-sheet");
        CHECK_FALSE(desk.sees("Saved as"));
        CHECK_FALSE(thing(desk, "save-sheet").enabled);
        CHECK_FALSE(thing(desk, "print-sheet").enabled);
        written();
        CHECK(desk.sees("Saved as"));
        CHECK(desk.library.saved.size() == 1);
    }
    SUBCASE("a dialog that was closed stays closed where all went well") {
        desk.click("save-sheet");
        desk.press(Key::escape);
        disk.set_value();
        for (int i = 0; i < 20; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            desk.frames();
        }
        CHECK_FALSE(desk.has("save-sheet"));
    }
    SUBCASE("and comes back where it did not") {
        desk.library.refusal = "The disk is full.";
        desk.click("save-sheet");
        desk.press(Key::escape);
        CHECK_FALSE(desk.has("save-sheet"));
        written();
        CHECK(desk.has("save-sheet"));
        CHECK(desk.sees("disk is full"));
    }
}

TEST_CASE("the organisation and the paper are remembered from the last sheet that was saved") {
    std::string header, paper;
    {
        Desk desk(page_607);
        desk.press(Key::e, true);
        CHECK(desk.sees("Printed above each page"));
        desk.click("sheet-paper");
        desk.click("menu:letter");
        replace_text(desk, "sheet-organisation", "Acme");
        CHECK(desk.settings.text("sheet-header").empty());
        desk.click("save-sheet");
        header = desk.settings.text("sheet-header");
        paper = desk.settings.text("sheet-paper");
        CHECK(header == "Acme");
        CHECK(paper == "letter");
    }
    Desk again(page_607, "fr", 1280, 800, {{"sheet-header", header}, {"sheet-paper", paper}});
    again.press(Key::e, true);
    CHECK(again.sees("Acme"));
    CHECK(thing(again, "sheet-paper").label == "Letter");
    replace_text(again, "sheet-organisation", " ");
    again.press(Key::backspace);
    again.click("save-sheet");
    CHECK(again.library.saved.back().header.empty());
    CHECK(again.settings.text("sheet-header").empty());
}

TEST_CASE("a logo is typed or chosen, what is none is told and left away, and the last one that was used is kept") {
    const test::TemporaryFolder folder;
    const std::string good = folder.write("logo.svg", "<svg/>").string(),
                      bad = folder.write("no-picture.png", "x").string();
    Desk desk(page_607);
    desk.press(Key::e, true);
    replace_text(desk, "sheet-logo", bad);
    desk.frames();
    CHECK(desk.sees("no-picture.png cannot be read"));
    desk.click("save-sheet");
    CHECK(desk.library.saved.back().logo.empty());
    CHECK(desk.settings.text("sheet-logo").empty());
    desk.chosen = {window::Outside::Chosen::Outcome::chosen, {good}};
    desk.click("sheet-logo-choose");
    for (int i = 0; i < 200 && desk.sees("no-picture.png cannot be read"); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        desk.frames();
    }
    CHECK_FALSE(desk.sees("no-picture.png cannot be read"));
    replace_text(desk, "sheet-path", "/tmp/another.pdf");
    desk.click("save-sheet");
    CHECK(desk.library.saved.back().logo == good);
    CHECK(desk.settings.text("sheet-logo") == good);
    Desk again(page_607, "fr", 1280, 800, {{"sheet-logo", good}});
    again.press(Key::e, true);
    again.click("save-sheet");
    CHECK(again.library.saved.back().logo == good);
}

TEST_CASE("the keyboard reaches every choice, and Escape closes a menu before the dialog") {
    Desk desk(pair);
    desk.press(Key::e, true);
    std::set<std::string> reached;
    for (int i = 0; i < 40; ++i) {
        desk.press(Key::tab);
        reached.insert(desk.bench.ui().focus());
    }
    for (const char* id : {"sheet-language", "form:card",    "form:short",         "form:full",   "handout",
                           "sheet-format",   "sheet-path",   "sheet-paper",        "portrait",    "landscape",
                           "colour",         "monochrome",   "sheet-organisation", "sheet-logo",  "sheet-logo-choose",
                           "preview-after",  "preview-wide", "print-sheet",        "close-sheet", "save-sheet"})
        CHECK_MESSAGE(reached.contains(id), id);
    while (desk.bench.ui().focus() != "sheet-language") desk.press(Key::tab);
    desk.press(Key::enter);
    desk.press(Key::down);
    desk.press(Key::enter);
    CHECK(thing(desk, "sheet-language").label == "Français");
    CHECK(desk.bench.ui().focus() == "sheet-language");
    desk.press(Key::enter);
    CHECK(desk.has("menu:en"));
    desk.press(Key::escape);
    CHECK_FALSE(desk.has("menu:en"));
    CHECK(desk.has("save-sheet"));
    desk.press(Key::escape);
    CHECK_FALSE(desk.has("save-sheet"));
}

TEST_CASE("who does not see the dialog hears what each choice is a choice of, and which page is shown") {
    Desk desk(pair);
    desk.bench.listen(true);
    desk.press(Key::e, true);
    desk.settle();
    const window::accessible::Tree tree = desk.bench.told(true, {0, 0, 1280, 800});
    const std::string all = described(tree);
    CAPTURE(all);
    for (const char* words :
         {"Language: English", "How much: Full", "Format: PDF", "Paper: A4", "Orientation: Portrait", "Colours: Colour",
          "Handout, answers on the last page", "image “Page 1 of 3 of the preview”"})
        CHECK_MESSAGE(all.find(words) != std::string::npos, words);
}
