#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

#include "desktop/running.h"
#include "support/text.h"

using namespace sipdex::test;
using namespace std::chrono_literals;

namespace {

std::string label_of(const Shown& shown, const std::string& id) {
    const Shown::Thing* thing = shown.thing(id);
    return thing ? thing->label : "nothing is called " + id;
}

}  // namespace

TEST_CASE("the main job is done in a real window: look up, compare, change the language, replay, print") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    {
        Running sipdex(screen, home.path());
        const Shown start =
            sipdex.until("the start page is shown", [](const Shown& shown) { return shown.place == "start"; });
        CHECK(start.language == "en");

        // Look up.
        sipdex.key("ctrl+k");
        sipdex.type("607");
        sipdex.until("607 is found", saying("607 Unwanted"));
        sipdex.key("Return");
        const Shown page = sipdex.until("page 607 is open", titled("607 Unwanted – Sipdex"));
        CHECK(page.place == "reference");
        CHECK(page.says("Try again?"));

        // Compare.
        sipdex.click("compare-with");
        sipdex.until("the menu of codes is open",
                     [](const Shown& shown) { return shown.thing("menu/field") != nullptr; });
        sipdex.type("300");
        sipdex.until("300 is offered",
                     [](const Shown& shown) { return shown.thing("menu:300") && !shown.thing("menu:403"); });
        sipdex.key("Return");
        sipdex.until("607 is compared with 300", titled("607 and 300 – Sipdex"));
        sipdex.click("swap");
        const Shown compared = sipdex.until("300 is compared with 607", titled("300 and 607 – Sipdex"));
        CHECK(label_of(compared, "sheet") == "Sheet");
        CHECK(compared.says("At a glance"));

        // Another language.
        sipdex.click("language:fr");
        const Shown french =
            sipdex.until("it speaks French", [](const Shown& shown) { return shown.language == "fr"; });
        CHECK(french.title == "300 et 607 – Sipdex");
        CHECK(label_of(french, "view:compare") == "Comparer");
        CHECK(label_of(french, "swap") == "Intervertir");
        CHECK_FALSE(french.says("At a glance"));

        // Replay both under one clock.
        sipdex.click("replay-both");
        const Shown replay =
            sipdex.until("both replays are open", [](const Shown& shown) { return shown.thing("rung1:0") != nullptr; });
        CHECK(replay.place == "simulator");
        CHECK(replay.thing("rung0:0")->chosen);
        sipdex.key("Right");
        sipdex.until("the second step is reached", saying("2 sur "));
        sipdex.key("Right");
        sipdex.until("the third step is reached", saying("3 sur "));
        sipdex.key("Left");
        sipdex.until("the step before is reached", saying("2 sur "));
        sipdex.click("speed");
        sipdex.click("menu:4");
        sipdex.until("the menu of speeds is closed", [](const Shown& shown) { return !shown.thing("menu:4"); });
        sipdex.key("space");
        sipdex.until(
            "it has played to the end",
            [](const Shown& shown) {
                for (const std::string& words : shown.words)
                    if (const auto of = words.find(" sur ");
                        of != std::string::npos && words.substr(0, of) == words.substr(of + 5))
                        return true;
                return false;
            },
            180s);

        // Print.
        sipdex.key("alt+Left");
        sipdex.until("the comparison is back", titled("300 et 607 – Sipdex"));
        sipdex.key("ctrl+e");
        sipdex.click("sheet-format");
        sipdex.click("menu:pdf");
        const auto sheet = home.path() / "fiche.pdf";
        sipdex.click("sheet-path");
        sipdex.key("ctrl+a");
        sipdex.type(sheet.string());
        sipdex.click("save-sheet");
        sipdex.until("the sheet is saved", saying("fiche.pdf"));
        CHECK(content_of(sheet).starts_with("%PDF-"));
        if (has_program("pdftotext")) {
            const Ran text = run("pdftotext -layout '" + sheet.string() + "' -");
            CAPTURE(text.out);
            CHECK(text.out.find("Appel indésirable") != std::string::npos);
            CHECK(text.out.find("L’essentiel") != std::string::npos);
            CHECK(text.out.find("Differences") == std::string::npos);
        } else {
            MESSAGE("skipped: pdftotext is not installed, the words of the sheet were not read");
        }
        sipdex.key("Escape");
        sipdex.until("the dialog is closed", [](const Shown& shown) { return !shown.thing("save-sheet"); });
        CHECK(sipdex.quit() == 0);
    }
    Running again(screen, home.path());
    const Shown remembered = again.until("it is back", titled("300 et 607 – Sipdex"));
    CHECK(remembered.language == "fr");
    CHECK(remembered.place == "compare");
    CHECK(again.quit() == 0);
}

TEST_CASE(
    "a what-if is picked in French, its outcome shown beside the first run, and found again when the window reopens") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    const std::string change = "Bob répond 603 Decline 2,5\u00a0s après l’arrivée de la requête.";
    {
        Running sipdex(screen, home.path());
        sipdex.click("language:fr");
        sipdex.key("ctrl+k");
        sipdex.type("486");
        sipdex.until("486 is found", saying("486 Busy Here"));
        sipdex.key("Return");
        sipdex.until("page 486 is open", titled("486 Busy Here – Sipdex"));
        sipdex.click("view:simulator");
        sipdex.until("the exchange is open", [](const Shown& shown) { return shown.thing("rung0:0") != nullptr; });
        sipdex.key("w");
        sipdex.click("what-if/who");
        sipdex.click("menu:bob");
        sipdex.click("what-if/code");
        sipdex.until("the menu of codes is open",
                     [](const Shown& shown) { return shown.thing("menu/field") != nullptr; });
        sipdex.type("603");
        sipdex.until("603 is offered",
                     [](const Shown& shown) { return shown.thing("menu:603") && !shown.thing("menu:486"); });
        sipdex.key("Return");
        sipdex.click("what-if/seconds");
        sipdex.type("2,5");
        sipdex.until("it says what the change means", saying(change));
        sipdex.key("Return");
        const Shown both =
            sipdex.until("both runs are shown", [](const Shown& shown) { return shown.thing("rung1:0") != nullptr; });
        CHECK(both.says("603 Decline"));
        CHECK(both.thing("first-difference"));
        CHECK(sipdex.quit() == 0);
    }
    Running again(screen, home.path());
    const Shown remembered =
        again.until("both runs are back", [](const Shown& shown) { return shown.thing("rung1:0") != nullptr; });
    CHECK(label_of(remembered, "take-back:0") == change);
    again.click("take-back:0");
    again.until("the change is taken back",
                [](const Shown& shown) { return shown.thing("rung0:0") && !shown.thing("rung1:0"); });
    CHECK(again.quit() == 0);
}

TEST_CASE("a French sheet of one page is previewed and saved from a window that speaks English") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    Running sipdex(screen, home.path(), {{"300", "607"}});
    sipdex.until("they are compared", titled("300 and 607 – Sipdex"));
    sipdex.key("ctrl+e");
    sipdex.until("the whole is previewed", saying("Page 1 of 2"));
    sipdex.key("Next");
    sipdex.until("its second page is previewed", saying("Page 2 of 2"));
    sipdex.click("sheet-language");
    sipdex.click("menu:fr");
    sipdex.click("form:short");
    sipdex.until("its one page is previewed", saying("Page 1 of 1"));
    const auto sheet = home.path() / "fiche.pdf";
    sipdex.click("sheet-path");
    sipdex.key("ctrl+a");
    sipdex.type(sheet.string());
    sipdex.click("save-sheet");
    const Shown saved = sipdex.until("the sheet is saved", saying("Saved as "));
    CHECK(saved.language == "en");
    if (has_program("pdftotext")) {
        const Ran text = run("pdftotext -layout '" + sheet.string() + "' -");
        CAPTURE(text.out);
        CHECK(text.out.find("Appel indésirable") != std::string::npos);
        CHECK(text.out.find("L’essentiel") != std::string::npos);
        CHECK(std::count(text.out.begin(), text.out.end(), '\f') == 1);
    } else {
        MESSAGE("skipped: pdftotext is not installed, the words of the sheet were not read");
    }
    CHECK(sipdex.quit() == 0);
}

TEST_CASE("a message that was copied with its neighbours from a log is read line by line") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    const auto log = home.write("copied.txt",
                                "since Friday:\r\n<--- Received SIP response from UDP:203.0.113.9:5060 --->\r\n"
                                "SIP/2.0 488 Not Acceptable Here\r\nCSeq: 11232 INVITE\r\n"
                                "Warning: 304 203.0.113.9 \"Media type not available\"\r\n\r\nwhat can we do?\r\n");
    Process copying({"sh", "-c", "xclip -selection clipboard " + log.string() + " >/dev/null 2>&1"},
                    {{"DISPLAY", screen.display()}});
    REQUIRE(copying.ended(30s) == 0);  // what it leaves behind ends with the screen
    Running sipdex(screen, home.path());
    sipdex.key("ctrl+k");
    sipdex.key("ctrl+v");
    sipdex.until("the paste is found", [](const Shown& shown) { return shown.thing("hit:0") != nullptr; });
    sipdex.key("Return");
    const Shown told = sipdex.until("the message is told", saying("304 Media type not available"));
    CHECK(told.says("Received: 488 Not Acceptable Here, in answer to INVITE."));
    CHECK(told.says("line 3"));
    CHECK(sipdex.quit() == 0);
}

TEST_CASE("whatever the size of the text, the page can be seen") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    Running sipdex(screen, home.path());
    sipdex.until("the start page is shown", [](const Shown& shown) { return shown.thing("text-larger") != nullptr; });
    CHECK(screen.colours() > 100);
    for (const std::string percent : {"110", "125"}) {
        CAPTURE(percent);
        sipdex.click("text-larger");
        sipdex.until("the text is larger", saying(percent + " %"));
        CHECK(screen.colours() > 100);
    }
    CHECK(sipdex.quit() == 0);
}

TEST_CASE("a window in which nothing moves uses no processor time") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    Running sipdex(screen, home.path());
    sipdex.until("the start page is shown", [](const Shown& shown) { return shown.place == "start"; });
    sipdex.key("ctrl+k");  // a cursor in a field does not blink the window awake either
    sipdex.until("the search has the focus", [](const Shown& shown) { return shown.thing("search") != nullptr; });
    CHECK(sipdex.comes_to_rest());
    const long before = sipdex.ticks();
    sipdex.rest(3s);
    CHECK(sipdex.ticks() == before);
}

TEST_CASE("each action of the desktop entry opens its view") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const std::string entry = content_of(std::string(SIPDEX_SOURCE_DIR) + "/assets/sipdex.desktop");
    const std::regex action("\\nExec=sipdex --view ([a-z]+)\\n");
    int actions = 0;
    for (std::sregex_iterator at(entry.begin(), entry.end(), action), end; at != end; ++at, ++actions) {
        const std::string view = (*at)[1].str();
        const Screen screen(1280, 800);
        const TemporaryFolder home;
        Running sipdex(screen, home.path(), {{"--view", view}});
        sipdex.until(view + " is shown", [&](const Shown& shown) { return shown.place == view; });
        CHECK(sipdex.quit() == 0);
    }
    CHECK(actions == 4);
}

TEST_CASE("codes on the command line go along into the view that is asked for") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    struct Asked {
        std::vector<std::string> arguments;
        std::string thing, label;
    };
    for (const Asked& asked :
         {Asked{{"--view", "compare", "486"}, "pick:0", "486 Busy Here"},
          {{"300", "607", "--view", "simulator"}, "exchange:1", "607: Bob marks the call as unwanted"}}) {
        const TemporaryFolder home;
        Running sipdex(screen, home.path(), {asked.arguments});
        sipdex.until("it is open with " + asked.label, [&](const Shown& shown) {
            const Shown::Thing* thing = shown.thing(asked.thing);
            return thing && thing->label == asked.label;
        });
        CHECK(sipdex.quit() == 0);
    }
}
