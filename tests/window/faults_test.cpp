// A window lives through whatever goes wrong inside it, and says what it is.
#include <doctest/doctest.h>

#include <algorithm>
#include <new>
#include <optional>
#include <stdexcept>

#include "support/other_program.h"
#include "window/harness.h"
#include "window/kit/one_line.h"

using sipdex::document::ToResponse;
using sipdex::document::ToTerm;
using sipdex::test::Desk;
using sipdex::window::in_lines;
using sipdex::window::in_one_line;
using sipdex::window::Key;
using sipdex::window::Place;

namespace {

const Place page_607{"reference", ToResponse{"607"}, {}};

// Everything the window asks a library for.
const std::vector<std::string> questions{
    "response", "comparison",      "term",         "exchange",  "replay",    "replay_changed", "told_change", "offer",
    "fork_lab", "search",          "codes",        "exchanges", "languages", "language",       "formats",     "save",
    "trouble",  "catalog_version", "set_language", "bring",     "evidence",  "explained"};

const std::vector<Place> places{{"start", {}, {}},
                                page_607,
                                {"reference", ToTerm{"early-dialog"}, {}},
                                {"compare", {}, {"300", "607"}},
                                {"simulator", {}, {}},
                                {"simulator", {}, {"607-unwanted"}},
                                {"simulator", {}, {"300-choice", "607-unwanted"}},
                                {"simulator", {}, {"607-unwanted"}, 0, 0, {"bob answers 486"}},
                                {"forks", {}, {}},
                                {"evidence", {}, {"office.pcapng"}}};

struct Fault {
    const char* says;
    void (*happen)();
};
const std::vector<Fault> faults{
    {"the shelf is empty", [] { throw std::runtime_error("the shelf is empty"); }},
    {"stoll", [] { throw std::out_of_range("stoll"); }},
    {"bad_alloc", [] { throw std::bad_alloc(); }},
    {"?", [] { throw 607; }},
};

void breaks(Desk& desk, const std::string& question, const Fault& fault = faults.front()) {
    desk.library.listener = [question, fault](const std::string& asked) {
        if (asked == question) fault.happen();
    };
}

void mended(Desk& desk) { desk.library.listener = nullptr; }

// Moves the mouse over everything, presses keys that views take, types into the search.
void use(Desk& desk) {
    for (const Key key :
         {Key::tab, Key::enter, Key::right, Key::t, Key::l, Key::d, Key::w, Key::page_down, Key::escape})
        desk.press(key);
    desk.press(Key::e, true);
    desk.press(Key::escape);
    desk.press(Key::k, true);
    desk.type("486");
    desk.press(Key::escape);
}

}  // namespace

TEST_CASE("a page that cannot be drawn gives way to one that says why, with the ways on") {
    Desk desk(page_607);
    breaks(desk, "response");
    desk.click("code:300");
    CHECK(desk.here() == "reference 300");
    CHECK(desk.sees("This page cannot be shown"));
    CHECK(desk.sees("the shelf is empty"));
    CHECK(desk.has("mishap/home"));
    desk.settle();
    SUBCASE("back") {
        mended(desk);
        desk.click("mishap/back");
        CHECK(desk.here() == "reference 607");
        CHECK(desk.sees("marked this call as unwanted"));
    }
    SUBCASE("to the start page") {
        desk.click("mishap/home");
        CHECK(desk.here() == "start");
        CHECK_FALSE(desk.sees("the shelf is empty"));
    }
    SUBCASE("again, once it is mended") {
        desk.click("mishap/again");
        CHECK(desk.sees("This page cannot be shown"));
        mended(desk);
        desk.click("mishap/again");
        CHECK(desk.has("compare-with"));
        CHECK_FALSE(desk.has("mishap/home"));
    }
    SUBCASE("elsewhere and back to it") {
        mended(desk);
        desk.click("home");
        desk.click("code:300");
        CHECK(desk.here() == "reference 300");
        CHECK_FALSE(desk.has("mishap/home"));
    }
    SUBCASE("by keys alone") {
        mended(desk);
        while (desk.bench.ui().focus() != "mishap/back") desk.press(Key::tab);
        desk.press(Key::enter);
        CHECK(desk.here() == "reference 607");
        CHECK_FALSE(desk.has("mishap/home"));
    }
    CHECK_FALSE(desk.sees("the shelf is empty"));
}

TEST_CASE("the page of a mishap speaks French, and its place is tried again in another language") {
    Desk desk({"compare", {}, {"300", "607"}}, "fr");
    breaks(desk, "comparison");
    desk.click("swap");
    CHECK(desk.sees("Cette page ne peut pas être affichée"));
    CHECK(desk.sees("Revenez à la page précédente"));
    mended(desk);
    desk.click("language:en");
    CHECK(desk.sees("Typical causes"));
}

TEST_CASE("a place is not tried again and again") {
    Desk desk(page_607);
    int tried = 0;
    desk.library.listener = [&tried](const std::string& asked) {
        if (asked == "response" && ++tried) throw std::runtime_error("the shelf is empty");
    };
    desk.click("code:300");
    desk.frames(50);
    CHECK(tried == 1);
    desk.settle();
}

TEST_CASE("whatever the library throws, whatever is open: every frame is drawn and the window comes to rest") {
    for (std::size_t i = 0; i < questions.size(); ++i) {
        CAPTURE(questions[i]);
        Desk desk(page_607);
        for (const Place& place : places) {
            CAPTURE(place.view);
            breaks(desk, questions[i], faults[i % faults.size()]);
            desk.bench.go(place);
            desk.frames();
            use(desk);
            desk.bench.go(place);
            desk.frames();
            desk.settle();
            CHECK_FALSE(desk.bench.title().empty());
            mended(desk);
            desk.bench.go({"compare", {}, {"300", "603"}});
            desk.frames();
            CHECK(desk.sees("Typical causes"));
            CHECK(desk.has("theme"));
            CHECK_FALSE(desk.has("mishap/home"));
            CHECK_FALSE(desk.has("trouble/copy"));
            desk.settle();
        }
    }
}

TEST_CASE("what is thrown now and then at random harms nothing that is drawn without it") {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        CAPTURE(seed);
        Desk desk(page_607);
        unsigned state = seed;
        desk.library.listener = [&state](const std::string&) {
            state = state * 1664525u + 1013904223u;
            if (state >> 27 == 0) throw std::runtime_error("now and then");
        };
        for (const Place& place : places) {
            desk.bench.go(place);
            desk.frames();
            use(desk);
        }
        mended(desk);
        desk.bench.go({"compare", {}, {"300", "607"}});
        desk.frames();
        CHECK(desk.has("fold:causes"));
        desk.settle();
    }
}

TEST_CASE("a mishap in a scrolled page or an open menu leaves nothing open behind it") {
    Desk desk(page_607, "en", 1280, 420);
    const auto depth = [&] { return std::pair(desk.bench.ink().mark().clips, desk.bench.ui().layer_open()); };
    const auto before = depth();
    desk.click("compare-with");
    breaks(desk, "search");
    desk.type("30");
    CHECK(depth() == before);
    CHECK(desk.has("mishap/home"));
    desk.click("mishap/home");
    CHECK(desk.here() == "start");
    desk.click("code:300");
    CHECK(desk.here() == "reference 300");
}

TEST_CASE(
    "trouble with the catalog stands in the status bar, and what it kept away is asked for again when it is over") {
    Desk desk(page_607);
    desk.library.trouble_words = "The catalog /usr/share/sipdex/catalog.db is cut short. Build or install it again.";
    desk.frames();
    CHECK(desk.sees("is cut short. Build or install it again."));
    int asked = 0;
    desk.library.listener = [&asked](const std::string& question) { asked += question == "response"; };
    desk.frames();
    CHECK(asked == 0);
    desk.library.trouble_words.clear();
    desk.frames();
    CHECK(asked == 1);
    CHECK_FALSE(desk.has("trouble/copy"));
    CHECK(desk.sees("marked this call as unwanted"));
}

TEST_CASE("what a wish throws is told, and the next one is granted") {
    Desk desk(page_607);
    breaks(desk, "formats");
    desk.click("sheet");
    CHECK(desk.sees("the shelf is empty"));
    CHECK_FALSE(desk.has("save-sheet"));
    mended(desk);
    desk.click("sheet");
    CHECK(desk.has("save-sheet"));
    CHECK_FALSE(desk.sees("the shelf is empty"));
}

TEST_CASE("what saving throws is said in the dialog") {
    Desk desk(page_607);
    desk.click("sheet");
    breaks(desk, "save");
    desk.click("save-sheet");
    CHECK(desk.sees("the shelf is empty"));
    CHECK(desk.has("save-sheet"));
}

TEST_CASE("what an exception says is shown in one line, without what would steer a terminal or a page") {
    Desk desk(page_607);
    desk.library.listener = [](const std::string& asked) {
        if (asked == "response") throw std::runtime_error("CREATE TABLE\n\033[31mred\a " + std::string(5000, 'x'));
    };
    desk.click("code:300");
    CHECK(desk.sees("CREATE TABLE \ufffd[31mred\ufffd"));
    CHECK(desk.has("mishap/home"));
}

TEST_CASE("no remembered place, however odd, keeps the window from opening") {
    const std::string nines(20, '9');
    std::vector<std::string> odd{"forks 486@" + nines + "s 603@5s",
                                 "forks 486@-1s 603@1e9s",
                                 "forks 486@5s",
                                 "forks a b c",
                                 "forks 99999999999 180",
                                 "forks 180 180 180 180 180 180",
                                 "simulator nothing-like-it",
                                 "simulator 607-unwanted nothing-like-it",
                                 "simulator 607-unwanted 300-choice 607-unwanted 300-choice",
                                 "simulator 607-unwanted\t\t\t",
                                 "simulator 607-unwanted\tbob answers " + nines,
                                 "simulator\tbob answers 603",
                                 "simulator ../../../etc/passwd",
                                 "compare",
                                 "compare 300",
                                 "compare 300 300",
                                 "compare 999 998",
                                 "compare 300 607 603 404 486 480",
                                 "compare \xff\xfe \x01\x02",
                                 "reference",
                                 "reference response",
                                 "reference response 999",
                                 "reference response \x1b[31m",
                                 "reference term nothing",
                                 "reference term pasted/x",
                                 "reference term /",
                                 "reference term path/x/y/z",
                                 "reference response 607 and more",
                                 "start start start",
                                 "nowhere",
                                 "",
                                 " ",
                                 "\t",
                                 "\n\n",
                                 std::string(1, '\0'),
                                 std::string(100'000, 'x'),
                                 "compare " + std::string(100'000, '3'),
                                 "reference response " + std::string(60'000, '6')};
    std::string many = "compare", changes = "simulator 607-unwanted";
    for (int i = 0; i < 500; ++i) {
        many += " 300";
        changes += "\tbob answers 486 after 2s";
    }
    odd.insert(odd.end(), {many, changes});
    for (const std::string& words : odd) {
        CAPTURE(words.substr(0, 60));
        Desk desk({}, "en", 1280, 800, {{"place", words}});
        desk.settle();
        CHECK(desk.has("theme"));
        CHECK_FALSE(desk.has("mishap/home"));
        CHECK(desk.bench.here().ids.size() <= 5);
        desk.press(Key::tab);
        desk.press(Key::right);
        desk.click("home");
        CHECK(desk.here() == "start");
    }
}

TEST_CASE("what is unknown in a remembered place is left out, the rest is opened") {
    CHECK(Desk({}, "en", 1280, 800, {{"place", "compare 300 999 607"}}).here() == "compare 300 607");
    CHECK(Desk({}, "en", 1280, 800, {{"place", "compare 300 607 300"}}).here() == "compare 300 607");
    CHECK(Desk({}, "en", 1280, 800, {{"place", "reference response 999"}}).here() == "start");
    CHECK(Desk({}, "en", 1280, 800, {{"place", "simulator gone 607-unwanted\tbob answers 486"}}).here() ==
          "simulator 607-unwanted");
}

TEST_CASE("no remembered setting, however odd, keeps the window from opening") {
    for (const std::string& odd : {std::string(), std::string("\xff\xfe"), std::string(60'000, 'x'),
                                   std::string("1e308"), std::string("-1"), std::string("nan"), std::string(5, '\0'),
                                   std::string("../../x"), std::string("9 8 7 -1 99999999999999999999")}) {
        CAPTURE(odd.substr(0, 40));
        Desk desk({}, "en", 1280, 800,
                  {{"theme", odd},
                   {"text-size", odd},
                   {"classes-closed", odd},
                   {"folds-reference", odd},
                   {"folds-simulator", odd},
                   {"folds-compare", odd},
                   {"sheet-folder", odd},
                   {"language", odd},
                   {"window-x", odd}});
        desk.bench.go(page_607);
        desk.frames();
        desk.click("sheet");
        CHECK(desk.has("save-sheet"));
        desk.press(Key::escape);
        desk.settle();
    }
}

TEST_CASE("settings that are in trouble say so with the remedy, in both languages, as long as it lasts") {
    sipdex::test::TemporaryFolder folder;
    const auto file = folder.write("user.db", std::string(5000, 'x'));
    for (const auto& [language, words, over] :
         {std::tuple{"en", "are damaged and were left as they are", "remove the file to start over"},
          std::tuple{"fr", "sont endommagés", "supprimez le fichier"}}) {
        folder.write("user.db", std::string(5000, 'x'));
        Desk desk(page_607, language, 800, 500, {}, file);
        CHECK(desk.sees(words));
        CHECK(desk.sees(over));
        CHECK(desk.sees("user.db"));
        desk.click("theme");
        CHECK(desk.sees(words));
        std::filesystem::remove(file);
        desk.click("theme");
        CHECK_FALSE(desk.sees(words));
        CHECK(sipdex::user::Settings(file).text("theme") == "high-contrast");
    }
}

namespace {

// A file with a reader's choices, which another program keeps locked while the desk is made.
struct LockedAway {
    LockedAway() {
        sipdex::user::Settings before(file);
        for (const auto& [key, value] : {std::pair{"theme", "dark"},
                                         {"text-size", "1.5"},
                                         {"classes-closed", "1 4"},
                                         {"place", "compare 300 607"},
                                         {"language", "fr"}})
            before.set(key, value);
        before.finish();
        other.emplace(file);
    }
    sipdex::test::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "user.db";
    std::optional<sipdex::test::OtherProgram> other;
};

}  // namespace

TEST_CASE("settings that could only be read later are taken up, and opening the window has replaced none of them") {
    LockedAway locked;
    Desk desk({}, "en", 1280, 800, {}, locked.file);
    CHECK(desk.sees("Another program is using your settings"));
    CHECK(desk.here() == "start");
    locked.other.reset();
    desk.pass(2.5);
    CHECK_FALSE(desk.sees("Another program is using your settings"));
    CHECK(desk.here() == "compare 300 607");
    CHECK(desk.library.language() == "fr");
    CHECK(desk.bench.text_scale(1) == 1.5);
    CHECK_FALSE(desk.has("code:404"));
    CHECK(desk.settings.text("theme") == "dark");
    desk.settle();
}

TEST_CASE("what the reader does before settings arrive stays") {
    LockedAway locked;
    Desk desk({}, "en", 1280, 800, {}, locked.file);
    desk.click("code:486");
    desk.click("text-larger");
    locked.other.reset();
    desk.pass(2.5);
    CHECK(desk.here() == "reference 486");
    CHECK(desk.bench.text_scale(1) == 1.1);
    CHECK(desk.settings.text("theme") == "dark");
    CHECK(desk.settings.text("place") == "reference response 486");
    desk.settings.finish();
    sipdex::user::Settings again(locked.file);
    CHECK(again.text("place") == "reference response 486");
    CHECK(again.text("text-size") == "1.1");
    CHECK(again.text("language") == "fr");
    CHECK(again.text("classes-closed") == "1 4");
}

TEST_CASE("a file that already exists is replaced by a button of its own only") {
    sipdex::test::TemporaryFolder folder;
    Desk desk({"compare", {}, {"300", "607"}}, "en", 1280, 800, {{"sheet-folder", folder.path().string()}});
    const auto file = folder.write("sipdex-300-607-en.pdf", "precious");
    desk.click("sheet");
    SUBCASE("by mouse") {
        desk.click("save-sheet");
        CHECK(desk.library.saved.empty());
        CHECK(desk.sees("already exists"));
        CHECK(desk.sees("Replace sipdex-300-607-en.pdf"));
        desk.click("save-sheet");  // the second press of a double click
        CHECK(desk.library.saved.empty());
        desk.click("replace-sheet");
        REQUIRE(desk.library.saved.size() == 1);
        CHECK(desk.library.saved[0].path == file);
        CHECK(desk.sees("Saved as"));
        CHECK_FALSE(desk.has("replace-sheet"));
        desk.click("save-sheet");  // it is there still
        CHECK(desk.library.saved.size() == 1);
    }
    SUBCASE("by key") {
        for (int i = 0; i < 5; ++i) desk.press(Key::enter);  // held down
        CHECK(desk.library.saved.empty());
        while (desk.bench.ui().focus() != "replace-sheet") desk.press(Key::tab);
        desk.press(Key::enter);
        CHECK(desk.library.saved.size() == 1);
    }
    SUBCASE("another name is asked for no more than once") {
        desk.click("save-sheet");
        desk.press(Key::end);
        desk.type("x");
        CHECK_FALSE(desk.has("replace-sheet"));
        desk.press(Key::enter);
        REQUIRE(desk.library.saved.size() == 1);
        CHECK(desk.library.saved[0].path == file.string() + "x");
    }
    SUBCASE("neither is another format") {
        desk.click("save-sheet");
        desk.click("sheet-format");
        desk.click("menu:html");
        CHECK_FALSE(desk.has("replace-sheet"));
    }
    SUBCASE("and Escape leaves it as it is") {
        desk.click("save-sheet");
        desk.press(Key::escape);
        CHECK_FALSE(desk.has("replace-sheet"));
        CHECK(desk.library.saved.empty());
    }
}

TEST_CASE("in French the button says Remplacer; a folder or a device is not asked about") {
    sipdex::test::TemporaryFolder folder;
    Desk desk({"compare", {}, {"300", "607"}}, "fr", 800, 500,
              {{"sheet-folder", folder.path().string()}, {"text-size", "1.5"}});
    folder.write("sipdex-300-607-fr.pdf", "precious");
    desk.click("sheet");
    desk.click("save-sheet");
    CHECK(desk.sees("existe déjà"));
    CHECK(desk.has("replace-sheet"));
    for (const auto& thing : desk.bench.ui().things())
        if (thing.id == "replace-sheet" || thing.id == "close-sheet" || thing.id == "save-sheet") {
            CAPTURE(thing.id);
            CHECK(thing.where.x >= 0);
            CHECK(thing.where.x + thing.where.width <= 800);
            CHECK(thing.where.y + thing.where.height <= 500);
        }
    std::filesystem::remove(folder.path() / "sipdex-300-607-fr.pdf");
    std::filesystem::create_symlink("/dev/null", folder.path() / "sipdex-300-607-fr.pdf");
    desk.press(Key::escape);
    desk.click("sheet");
    desk.click("save-sheet");
    CHECK(desk.library.saved.size() == 1);
}

namespace {

void paste(Desk& desk, const std::string& words) {
    ImGui::SetClipboardText(words.c_str());
    desk.press(Key::v, true);
}

}  // namespace

TEST_CASE("a paste keeps its lines: a sign for each in the field, lines again for who reads it") {
    const std::string log = "\r\n<--- Received --->\r\nSIP/2.0 486 Busy Here\rCSeq:\t1 INVITE\n\nwhy?\n\n";
    CHECK(in_one_line(log) == "↵<--- Received --->↵SIP/2.0 486 Busy Here↵CSeq: 1 INVITE↵↵why?");
    CHECK(in_lines(in_one_line(log)) == "\n<--- Received --->\nSIP/2.0 486 Busy Here\nCSeq: 1 INVITE\n\nwhy?");
    CHECK(in_one_line("607\n") == "607");
    CHECK(in_one_line("\r\n") == "");
    CHECK(in_lines("") == "");
    Desk desk;
    desk.press(Key::k, true);
    paste(desk, in_one_line(log));
    REQUIRE_FALSE(desk.library.searched.empty());
    CHECK(desk.library.searched.back() == in_lines(in_one_line(log)));
}

TEST_CASE("Ctrl+K and Ctrl+V in one breath: the paste is for the box that was asked for") {
    Desk desk;
    ImGui::SetClipboardText("607");
    for (const Key key : {Key::k, Key::v})
        for (const bool down : {true, false}) {
            sipdex::window::Event event;
            event.press = {key, true, false, false};
            event.down = down;
            desk.bench.input().add(event);
        }
    desk.frames(8);
    REQUIRE_FALSE(desk.library.searched.empty());
    CHECK(desk.library.searched.back() == "607");
}

TEST_CASE("of a paste the search takes what a message can hold, between two characters, and stays a field to type in") {
    std::string accents;
    for (int i = 0; i < 500'000; ++i) accents += "é";
    for (const std::string& pasted :
         {std::string(1'000'000, 'A'), std::string(60'000, '<'), accents, "x" + accents,
          std::string(70'000, ' ') + "607", "INVITE sip:bob@example.com SIP/2.0 " + std::string(1'000'000, '-')}) {
        CAPTURE(pasted.substr(0, 20));
        Desk desk;
        desk.press(Key::k, true);
        paste(desk, pasted);
        REQUIRE_FALSE(desk.library.searched.empty());
        const std::string& taken = desk.library.searched.back();
        CHECK(taken.size() <= 65'536);
        CHECK(taken.size() + 2 >= std::min<std::size_t>(pasted.size(), 65'536));
        CHECK(pasted.starts_with(taken));
        CHECK((static_cast<unsigned char>(pasted[taken.size()]) & 0xC0) != 0x80);
        desk.settle();
        desk.press(Key::a, true);
        desk.type("607");
        CHECK(desk.library.searched.back() == "607");
        CHECK(desk.sees("607 Unwanted"));
        desk.press(Key::enter);
        CHECK(desk.here() == "reference 607");
    }
}

TEST_CASE("control characters that are pasted or typed steer nothing") {
    Desk desk;
    desk.press(Key::k, true);
    paste(desk,
          "60\x1b[31m\a\x7f\x01"
          "7\u009b\u202e\u2066");
    desk.type("\x1b\b\x01\x7f");
    desk.settle();
    for (const char sign : desk.library.searched.back())
        CHECK((static_cast<unsigned char>(sign) >= 0x20 && sign != 0x7f));
    CHECK(desk.has("theme"));
}

TEST_CASE("no other field takes more than a name or a change can hold") {
    Desk desk(page_607);
    desk.click("sheet");
    desk.press(Key::a, true);
    paste(desk, std::string(1'000'000, 'A'));
    desk.click("save-sheet");
    REQUIRE(desk.library.saved.size() == 1);
    CHECK(desk.library.saved[0].path.size() <= 4096);
    desk.settle();
}

TEST_CASE("a sentence of trouble however long, and a path however odd, leave room for the page") {
    Desk desk(page_607, "fr", 800, 500, {{"text-size", "1.5"}});
    for (const std::string& words :
         {std::string(100'000, 'x'), "two\nlines\n" + std::string(50, '\n'), std::string("\x1b[31m\xff\xfe")}) {
        desk.library.trouble_words = words;
        desk.frames();
        CHECK(desk.has("trouble/copy"));
        CHECK(desk.has("text-larger"));
        for (const auto& thing : desk.bench.ui().things())
            if (thing.id == "trouble/copy") CHECK(thing.where.y > 180);
    }
    desk.settle();
}
