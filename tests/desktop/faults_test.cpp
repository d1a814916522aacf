// The real window in a world that breaks around it. The faults are real ones: files are cut, disks are full, programs are
// killed, the screen goes.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <random>
#include <thread>

#include "desktop/running.h"
#include "support/other_program.h"
#include "support/small_disk.h"
#include "user/settings.h"

using namespace sipdex::test;
using namespace std::chrono_literals;
using sipdex::user::Settings;

namespace {

// As wide as this: the last button of the bar stands at the right edge.
Running::Condition as_wide_as(int width) {
    return [width](const Shown& shown) {
        const Shown::Thing* theme = shown.thing("theme");
        return theme && theme->x + theme->width > width - 20 && theme->x + theme->width <= width;
    };
}

std::filesystem::path settings_in(const std::filesystem::path& home) { return home / "sipdex/user.db"; }

void remember(const std::filesystem::path& home, const std::map<std::string, std::string>& values) {
    Settings settings(settings_in(home));
    for (const auto& [key, value] : values) settings.set(key, value);
}

std::string remembered(const std::filesystem::path& home, const std::string& key) {
    return Settings(settings_in(home)).text(key, "nothing");
}

// Another folder's copy of the catalog, to be damaged.
struct CopiedCatalog {
    TemporaryFolder folder;
    const std::string whole = content_of(SIPDEX_BINARY_DIR "/catalog.db");
    std::filesystem::path file = folder.write("catalog.db", whole);
    Start start{{"--catalog", file.string()}};

    void overwrite(const std::string& content) const {
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << content;
    }
    void mend() const {
        std::filesystem::resize_file(file, whole.size());
        overwrite(whole);
    }
};

}  // namespace

TEST_CASE(
    "the catalog is cut or overwritten while the window is open: it lives, says so, and goes on when the catalog is "
    "mended") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    const CopiedCatalog catalog;
    Running sipdex(screen, home.path(), catalog.start);
    sipdex.click("code:100");
    sipdex.until("page 100 is open", titled("100 Trying – Sipdex"));

    std::filesystem::resize_file(catalog.file, 4096);
    sipdex.click("code:181");
    const Shown cut = sipdex.until("the catalog is said to be cut", saying("is cut short. Build or install it again."));
    CHECK(cut.says(catalog.file.string()));
    CHECK(cut.thing("code:100"));
    sipdex.click("language:fr");
    sipdex.until("it is said in French", saying("est tronqué. Construisez-le ou installez-le de nouveau."));
    sipdex.click("language:en");
    sipdex.until("it is said in English again", saying("is cut short. Build or install it again."));
    catalog.mend();
    sipdex.key("End");  // whatever the reader does next
    sipdex.click("code:100");
    sipdex.until("page 100 is open again",
                 [](const Shown& shown) { return shown.thing("compare-with") && !shown.says("cut short"); });

    catalog.overwrite(std::string(catalog.whole.size(), '\x5a'));
    sipdex.click("code:181");
    sipdex.until("the catalog is said to be none", saying("is not a Sipdex catalog."));
    for (const char* view : {"view:compare", "view:simulator", "view:forks", "view:reference", "home"})
        sipdex.click(view);
    sipdex.key("ctrl+k");
    sipdex.type("busy");
    sipdex.until("nothing is found", saying("Nothing found"));
    catalog.mend();
    sipdex.key("End");  // whatever the reader does next
    sipdex.until("the search has found something", [](const Shown& shown) {
        return shown.says("486 Busy Here") && !shown.says("is not a Sipdex catalog.");
    });
    CHECK(sipdex.quit() == 0);
    CHECK(sipdex.said() == "");
}

TEST_CASE("a place that cannot be read is no reason not to open, at any start") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    for (const std::string& place : {std::string("forks 486@99999999999999999999s 603@5s"),
                                     "compare " + std::string(60'000, '9'), std::string("simulator gone\t\xff\x01")}) {
        CAPTURE(place.substr(0, 60));
        const TemporaryFolder home;
        remember(home.path(),
                 {{"place", place}, {"window-width", "1e308"}, {"window-x", "-1e308"}, {"text-size", "nan"}});
        Running sipdex(screen, home.path());
        sipdex.click("home");
        sipdex.until("the start page is shown", [](const Shown& shown) { return shown.place == "start"; });
        CHECK(sipdex.quit() == 0);
        CHECK(sipdex.said() == "");
    }
}

TEST_CASE(
    "while another program holds the settings, changes wait; they are saved when it lets go, and the window sleeps "
    "again") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    remember(home.path(), {{"theme", "light"}});
    Running sipdex(screen, home.path());
    std::optional<OtherProgram> other(std::in_place, settings_in(home.path()));
    sipdex.click("theme");
    sipdex.click("text-larger");
    sipdex.until("it says who is in the way, and does what it was told all the same", [](const Shown& shown) {
        return shown.says("Another program is using your settings") && shown.says("110 %");
    });
    sipdex.click("language:fr");
    sipdex.until("it says so in French", saying("Un autre programme utilise vos réglages"));
    const long before = sipdex.ticks();
    sipdex.rest(5s);
    CHECK(sipdex.ticks() - before < 250);  // it tries again from time to time, and sleeps between
    other.reset();
    sipdex.until("everything is saved", not_saying("Un autre programme"));
    CHECK(sipdex.comes_to_rest());
    kill(sipdex.id(), SIGKILL);
    CHECK(sipdex.ended() == 128 + SIGKILL);
    CHECK(remembered(home.path(), "theme") == "dark");
    CHECK(remembered(home.path(), "text-size") == "1.1");
    CHECK(remembered(home.path(), "language") == "fr");
}

TEST_CASE("settings that are locked while the window opens are taken up when they are not") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    remember(home.path(), {{"language", "fr"}, {"place", "reference response 607"}});
    std::optional<OtherProgram> other(std::in_place, settings_in(home.path()));
    Running sipdex(screen, home.path());
    sipdex.until("it says who is in the way", saying("Another program is using your settings"));
    sipdex.click("text-larger");
    other.reset();
    sipdex.until("the reader's choices have arrived, and the last one stands", [](const Shown& shown) {
        return shown.language == "fr" && shown.title == "607 Unwanted – Sipdex" && shown.says("110 %");
    });
    CHECK(sipdex.quit() == 0);
    CHECK(remembered(home.path(), "place") == "reference response 607");
    CHECK(remembered(home.path(), "text-size") == "1.1");
}

TEST_CASE("a lock at the start passes by itself, without a hand on the window") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    remember(home.path(), {{"language", "fr"}, {"theme", "dark"}, {"place", "compare 300 607"}});
    std::optional<OtherProgram> other(std::in_place, settings_in(home.path()));
    Running sipdex(screen, home.path());
    sipdex.until("it says who is in the way", saying("Another program is using your settings"));
    other.reset();
    sipdex.until("the reader's choices have arrived", titled("300 et 607 – Sipdex"));
    CHECK(sipdex.comes_to_rest());
    CHECK(sipdex.quit() == 0);
    CHECK(remembered(home.path(), "place") == "compare 300 607");
    CHECK(remembered(home.path(), "theme") == "dark");
}

TEST_CASE("a disk that is full while the window is open costs nothing once there is room") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    SmallDisk disk(64);
    if (!disk.missing().empty()) {
        MESSAGE("skipped: ", disk.missing());
        return;
    }
    const Screen screen(1280, 800);
    Running sipdex(screen, disk.path());
    sipdex.click("text-larger");
    sipdex.until("the text is larger", saying("110 %"));
    disk.fill();
    sipdex.click("language:fr");
    sipdex.until("it says that there is no room", saying("Le disque n’a plus de place"));
    disk.empty();
    sipdex.until("it is over", not_saying("Le disque n’a plus de place"));
    CHECK(sipdex.quit() == 0);
    CHECK(remembered(disk.path(), "language") == "fr");
    CHECK(remembered(disk.path(), "text-size") == "1.1");
}

TEST_CASE("a folder of settings that is removed is made again, and without a home folder the window says so") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    remember(home.path(), {{"theme", "dark"}, {"place", "reference response 607"}});
    {
        Running sipdex(screen, home.path());
        std::filesystem::remove_all(settings_in(home.path()).parent_path());
        sipdex.click("language:fr");
        sipdex.until("it speaks French", speaking("fr"));
        kill(sipdex.id(), SIGKILL);
        sipdex.ended();
    }
    CHECK(remembered(home.path(), "language") == "fr");
    CHECK(remembered(home.path(), "theme") == "dark");
    CHECK(remembered(home.path(), "place") == "reference response 607");

    Running sipdex(screen, home.path(), {{}, {{"HOME", ""}, {"XDG_DATA_HOME", ""}}});
    sipdex.until("it says that nothing can be kept", saying("No home folder is known"));
    CHECK(sipdex.quit() == 0);
}

TEST_CASE("a signal that asks the window to end saves where it stands, and ends the program") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        CAPTURE(signal);
        const TemporaryFolder home;
        Running sipdex(screen, home.path());
        sipdex.click("code:100");
        sipdex.until("page 100 is open", titled("100 Trying – Sipdex"));
        screen.place(sipdex.id(), 40, 30, 900 + signal, 600);
        sipdex.until("the window has its new size", as_wide_as(900 + signal));
        kill(sipdex.id(), signal);
        CHECK(sipdex.ended() == 128 + signal);
        CHECK(sipdex.said() == "");
        CHECK(remembered(home.path(), "window-width") == std::to_string(900 + signal));
        CHECK(remembered(home.path(), "window-height") == "600");
        CHECK(remembered(home.path(), "window-x") == "40");
        CHECK(remembered(home.path(), "window-y") == "30");
        CHECK(remembered(home.path(), "place") == "reference response 100");
    }
}

TEST_CASE("a signal finds settings that wait for another program, and saves them when that one lets go in time") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    remember(home.path(), {{"theme", "light"}});
    Running sipdex(screen, home.path());
    {
        const OtherProgram other(settings_in(home.path()));
        sipdex.click("theme");
        sipdex.until("it says who is in the way", saying("Another program is using your settings"));
    }
    kill(sipdex.id(), SIGTERM);
    CHECK(sipdex.ended() == 128 + SIGTERM);
    CHECK(remembered(home.path(), "theme") == "dark");
}

TEST_CASE("when the screen dies, so does the window, with one sentence and everything saved") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    for (const bool waiting : {false, true}) {
        CAPTURE(waiting);
        Screen screen(1280, 800);
        const TemporaryFolder home;
        remember(home.path(), {{"theme", "light"}});
        Running sipdex(screen, home.path());
        screen.place(sipdex.id(), 0, 0, 1000, 700);
        sipdex.until("the window has its new size", as_wide_as(1000));
        std::optional<OtherProgram> other;
        if (waiting) other.emplace(settings_in(home.path()));
        sipdex.click("theme");
        sipdex.click("language:fr");
        sipdex.until("it speaks French", speaking("fr"));
        other.reset();
        screen.die();
        CHECK(sipdex.ended() == 1);
        CHECK(sipdex.said() ==
              "sipdex: L’écran n’est plus disponible et la fenêtre s’est fermée. Relancez Sipdex dès qu’un écran est "
              "disponible.\n");
        CHECK(remembered(home.path(), "theme") == "dark");
        CHECK(remembered(home.path(), "language") == "fr");
        CHECK(remembered(home.path(), "window-width") == "1000");
    }
}

TEST_CASE("what the window has shown to be changed is there after kill -9") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const char* asked = std::getenv("SIPDEX_KILLS");
    const int kills = asked ? std::atoi(asked) : 8;
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    std::mt19937 dice(607);
    std::string language = "en", size = "100 %";
    for (int i = 0; i < kills; ++i) {
        Running sipdex(screen, home.path());
        const Shown found = sipdex.until("the window is drawn",
                                         [](const Shown& shown) { return shown.thing("text-larger") != nullptr; });
        CHECK(found.language == language);
        CHECK(found.says(size));
        language = language == "en" ? "fr" : "en";
        size = size == "100 %" ? "110 %" : "100 %";
        sipdex.click("language:" + language);
        sipdex.click(size == "100 %" ? "text-normal" : "text-larger");
        sipdex.until("it is changed",
                     [&](const Shown& shown) { return shown.language == language && shown.says(size); });
        sipdex.click("theme");  // on its way when it ends
        std::this_thread::sleep_for(std::chrono::microseconds(dice() % 60'000));
        kill(sipdex.id(), SIGKILL);
        CHECK(sipdex.ended() == 128 + SIGKILL);
        CHECK(Settings(settings_in(home.path())).trouble() == Settings::Trouble::none);
    }
}

TEST_CASE("a double click on Save does not replace the file that the first one would have") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home, sheets;
    const auto file = sheets.write("sipdex-607-en.pdf", "precious");
    remember(home.path(), {{"place", "reference response 607"}, {"sheet-folder", sheets.path().string()}});
    Running sipdex(screen, home.path());
    sipdex.click("sheet");
    const Shown open =
        sipdex.until("the dialog is open", [](const Shown& shown) { return shown.thing("save-sheet") != nullptr; });
    const Shown::Thing save = *open.thing("save-sheet");
    screen.click_twice(save.x + save.width / 2, save.y + save.height / 2);
    sipdex.until("it asks", saying("Replace sipdex-607-en.pdf"));
    CHECK(content_of(file) == "precious");
    sipdex.click("replace-sheet");
    sipdex.until("it is replaced", saying("Saved as"));
    CHECK(content_of(file).starts_with("%PDF-"));
    CHECK(sipdex.quit() == 0);
}

TEST_CASE("a display that does not answer is as none: the page comes to the terminal") {
    for (const char* display : {":4711", "nowhere.invalid:0", "nonsense", ":0\x1b[31m"}) {
        CAPTURE(display);
        const Ran ran =
            run(std::string("env -u WAYLAND_DISPLAY LC_ALL=C.UTF-8 DISPLAY='") + display + "' " SIPDEX_PROGRAM " 607");
        CHECK(ran.code == 0);
        CHECK(ran.out.find("607 Unwanted") != std::string::npos);
        CHECK(ran.err.starts_with("sipdex: The display "));
        CHECK(
            ran.err.ends_with(" does not answer, so no window can open; here is the page in the terminal. See sipdex "
                              "--help for more.\n"));
        CHECK(ran.err.find('\x1b') == std::string::npos);
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
    }
    for (const std::string& nowhere : std::vector<std::string>{"DISPLAY=:4711", "-u DISPLAY"}) {
        CAPTURE(nowhere);
        const Ran many =
            run("env -u WAYLAND_DISPLAY " + nowhere + " LC_ALL=C.UTF-8 " SIPDEX_PROGRAM " 300 301 302 305 380 400");
        CHECK(many.code == 2);
        CHECK(many.out == "");
        CHECK(many.err == "sipdex: At most five responses can be compared at once; 6 were given.\n");
    }
}

TEST_CASE("without a single font there is one sentence, from the window as from the command line") {
    const TemporaryFolder folder;
    const auto fonts = folder.write(
        "fonts.conf", "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><cachedir>" +
                          (folder.path() / "cache").string() + "</cachedir></fontconfig>");
    const std::string program = "env -u WAYLAND_DISPLAY LC_ALL=C.UTF-8 HOME=" + folder.path().string() +
                                " FONTCONFIG_FILE=" + fonts.string() + " ";
    const Ran sheet = run(program + SIPDEX_PROGRAM " show 607 -o " + (folder.path() / "607.pdf").string());
    CHECK(sheet.code == 1);
    CHECK(sheet.err.starts_with("sipdex: no fonts are installed; install fonts-inter"));
    CHECK(std::count(sheet.err.begin(), sheet.err.end(), '\n') == 1);
    CHECK(run(program + SIPDEX_PROGRAM " show 607").code == 0);  // needs none
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(640, 480);
    const Ran window = run(program + "DISPLAY=" + screen.display() + " " SIPDEX_PROGRAM);
    CHECK(window.code == 1);
    CHECK(window.err ==
          "sipdex: No fonts are installed, so nothing can be drawn. Install Inter, JetBrains Mono and Noto (Debian: "
          "fonts-inter, fonts-jetbrains-mono, fonts-noto-core).\n");
}

TEST_CASE("a language of the environment that is none is not repeated to the terminal") {
    const TemporaryFolder folder;
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG", "FC_LANG"}) {
        CAPTURE(name);
        const Ran ran = run(std::string("env -u LC_ALL -u LC_CTYPE -u LANG ") + name +
                            "='x\x1b[31m!!_@@' " SIPDEX_PROGRAM " show 607 -o " + (folder.path() / "x.pdf").string());
        CHECK(ran.code == 0);
        CHECK(ran.err == "");
    }
}
