// What the desktop has of the window: its title, its place and size, the keys that reach it.
#include <doctest/doctest.h>

#include "desktop/running.h"
#include "support/text.h"
#include "user/settings.h"

using namespace sipdex::test;
using namespace std::chrono_literals;

namespace {

// What the window's properties say of its least size: "480 by 360".
std::string least_size(const std::string& properties) {
    const std::string_view told = "program specified minimum size: ";
    const auto at = properties.find(told);
    if (at == std::string::npos) return "none";
    const auto begin = at + told.size();
    return properties.substr(begin, properties.find('\n', begin) - begin);
}

Running::Condition typed(const std::string& words) {
    return [words](const Shown& shown) {
        const Shown::Thing* field = shown.thing("search");
        return field && shown.says(words);
    };
}

}  // namespace

TEST_CASE("the window's own title, which the desktop's bar shows, is that of the page") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    Running sipdex(screen, home.path(), {{"607"}});
    const auto same = [&](const std::string& title) {
        sipdex.until(title + " is open", titled(title));
        CHECK(screen.standing(sipdex.id()).title == title);
    };
    same("607 Unwanted – Sipdex");
    sipdex.key("alt+Down");
    same("608 Rejected – Sipdex");
    sipdex.key("ctrl+k");
    sipdex.type("300 vs 607");
    sipdex.until("the pair is found", having("hit:0"));
    sipdex.key("Return");
    same("300 and 607 – Sipdex");
    sipdex.click("language:fr");
    same("300 et 607 – Sipdex");
    CHECK(sipdex.quit() == 0);
}

TEST_CASE("the window opens where it stood and as large, but on the screen, and not too small to be used") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    struct Remembered {
        double x, y, width, height;
        std::string opened;
    };
    // In the last two the place is on a screen that is gone.
    for (const Remembered& one : {Remembered{150, 90, 900, 600, "900x600 at 150,90"},
                                  {0, 0, 1280, 800, "1280x800 at 0,0"},
                                  {40, 30, 100, 50, "480x360 at 40,30"},
                                  {10, 20, 99'999, 99'999, "1280x800 at 10,20"},
                                  {1179, 699, 640, 480, "640x480 at 1179,699"},
                                  {1180, 90, 640, 480, "640x480 at 0,0"},
                                  {150, 2000, 640, 480, "640x480 at 0,0"}}) {
        CAPTURE(one.opened);
        const TemporaryFolder home;
        {
            sipdex::user::Settings settings(home.path() / "sipdex/user.db");
            settings.set("window-x", one.x);
            settings.set("window-y", one.y);
            settings.set("window-width", one.width);
            settings.set("window-height", one.height);
        }
        Running sipdex(screen, home.path());
        const Screen::Stands stands = screen.standing(sipdex.id());
        CHECK(std::to_string(stands.width) + "x" + std::to_string(stands.height) + " at " + std::to_string(stands.x) +
                  "," + std::to_string(stands.y) ==
              one.opened);
        if (has_program("xprop")) CHECK(least_size(screen.properties(sipdex.id())) == "480 by 360");
        else MESSAGE("skipped: xprop is not installed, the least size was not asked for");
        CHECK(sipdex.quit() == 0);
    }
}

TEST_CASE("every key that means something arrives: the number pad, letters with Ctrl, and those of a field") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    Running sipdex(screen, home.path(), {{"607"}});
    sipdex.until("page 607 is open", titled("607 Unwanted – Sipdex"));
    const std::pair<const char*, const char*> sizes[] = {
        {"ctrl+KP_Add", "110 %"}, {"ctrl+plus", "125 %"}, {"ctrl+equal", "150 %"}, {"ctrl+KP_Subtract", "125 %"},
        {"ctrl+minus", "110 %"},  {"ctrl+KP_0", "100 %"}, {"ctrl+minus", "90 %"},  {"ctrl+0", "100 %"},
    };
    for (const auto& [key, percent] : sizes) {
        sipdex.key(key);
        sipdex.until(std::string(key) + " makes the text " + percent, saying(percent));
    }
    sipdex.key("ctrl+b");
    sipdex.until("the list is closed", without("code:607"));
    sipdex.key("ctrl+b");
    sipdex.until("the list is open", having("code:607"));
    for (const auto& [key, place] : {std::pair{"ctrl+1", "reference"},
                                     {"ctrl+2", "compare"},
                                     {"ctrl+3", "simulator"},
                                     {"ctrl+4", "forks"},
                                     {"ctrl+5", "evidence"}}) {
        sipdex.key(key);
        sipdex.until(std::string(key) + " leads to " + place,
                     [&, wanted = std::string(place)](const Shown& shown) { return shown.place == wanted; });
    }

    // In the field: all, cut, paste, back, again.
    sipdex.key("slash");
    sipdex.type("busy");
    sipdex.until("it is typed", typed("busy"));
    sipdex.key("ctrl+a");
    sipdex.key("ctrl+x");
    sipdex.until("it is cut", [](const Shown& shown) { return !shown.says("busy"); });
    sipdex.key("ctrl+v");
    sipdex.key("ctrl+v");
    sipdex.until("it is pasted twice", typed("busybusy"));
    sipdex.key("ctrl+z");
    sipdex.key("ctrl+z");
    sipdex.until("it is taken back", [](const Shown& shown) { return !shown.says("busy"); });
    sipdex.key("ctrl+y");
    sipdex.until("it is there again", typed("busy"));
    sipdex.key("Home");
    sipdex.key("Delete");
    sipdex.key("End");
    sipdex.key("BackSpace");
    sipdex.until("both ends are gone", typed("us"));
    sipdex.key("Left");
    sipdex.type("x");
    sipdex.until("it is typed in the middle", typed("uxs"));
    sipdex.key("Right");
    sipdex.type("y");
    sipdex.until("it is typed at the end", typed("uxsy"));
    CHECK(sipdex.quit() == 0);
}

TEST_CASE("keys mean the same on a French and on a Russian keyboard") {
    std::string why = no_window_here();
    if (!has_program("setxkbmap")) why = "setxkbmap is not installed";
    if (!why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    // Q lies where Americans have A on a French keyboard, and where they have Q on a Russian one.
    for (const auto& [layout, quit] : {std::pair{"fr", "ctrl+38"}, {"ru", "ctrl+24"}}) {
        INFO("layout: ", layout);
        const Screen screen(1280, 800);
        const TemporaryFolder home;
        REQUIRE(run("DISPLAY=" + screen.display() + " setxkbmap " + layout).code == 0);
        Running sipdex(screen, home.path(), {{"607"}});
        sipdex.until("page 607 is open", titled("607 Unwanted – Sipdex"));
        // The digits of an American keyboard from left to right have the numbers 10 to 19.
        for (const auto& [key, place] : {std::pair{"ctrl+11", "compare"},
                                         {"ctrl+12", "simulator"},
                                         {"ctrl+13", "forks"},
                                         {"ctrl+14", "evidence"},
                                         {"ctrl+10", "reference"}}) {
            sipdex.key(key);
            sipdex.until(std::string(key) + " leads to " + place,
                         [&, wanted = std::string(place)](const Shown& shown) { return shown.place == wanted; });
        }
        sipdex.key("ctrl+56");  // B
        sipdex.until("the list is closed", without("code:607"));
        sipdex.key(quit);
        CHECK(sipdex.ended(30s) == 0);
    }
}
