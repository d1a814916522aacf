// The real window by keys alone, and what is kept in it; an input method composing in its field.
#include <doctest/doctest.h>
#include <signal.h>

#include <cstdlib>
#include <optional>
#include <thread>

#include "desktop/running.h"
#include "support/text.h"

using namespace sipdex::test;
using namespace std::chrono_literals;

namespace {

bool is_file(const std::filesystem::path& path) { return std::filesystem::is_regular_file(path); }

}  // namespace

TEST_CASE(
    "the main tasks by keys alone: look up, find, keep, note, compare, replay, print, change the colours, leave") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    Running sipdex(screen, home.path(), {{}, {{"HOME", home.path().string()}}});
    sipdex.type("607");  // typing begins a search
    sipdex.until("607 is found", saying("607 Unwanted"));
    sipdex.key("Return");
    sipdex.until("page 607 is open", titled("607 Unwanted – Sipdex"));

    sipdex.key("ctrl+f");
    sipdex.until("the field to find with is open", having("find-words"));
    sipdex.type("unwanted");
    sipdex.until("matches are counted", saying("1 of "));
    sipdex.key("Escape");
    sipdex.until("the field is closed", without("find-words"));

    sipdex.key("ctrl+d");
    sipdex.until("it is a favourite", [](const Shown& shown) {
        return shown.thing("favourite") && shown.thing("favourite")->label == "Remove from favourites";
    });
    sipdex.key("ctrl+n");
    sipdex.until("the notes are open", having("save-notes"));
    sipdex.type("ours comes from the blocklist");
    sipdex.key("Return");
    sipdex.until("the note is on the page", saying("ours comes from the blocklist"));

    sipdex.key("ctrl+2");
    sipdex.until("it is to be compared", [](const Shown& shown) { return shown.place == "compare"; });
    sipdex.key("ctrl+k");
    sipdex.type("300 vs 607");
    sipdex.until("the pair is found", having("hit:0"));
    sipdex.key("Return");
    sipdex.until("they are compared", titled("300 and 607 – Sipdex"));

    sipdex.key("ctrl+e");
    sipdex.until("the sheet is open", having("save-sheet"));
    sipdex.key("ctrl+a");
    const auto sheet = home.path() / "pair.pdf";
    sipdex.type(sheet.string());
    sipdex.key("Return");
    sipdex.until("the sheet is saved", saying("Saved as "));
    CHECK(is_file(sheet));
    sipdex.key("Escape");
    sipdex.until("the sheet is closed", without("save-sheet"));

    sipdex.key("ctrl+3");
    sipdex.until("both are replayed", [](const Shown& shown) { return shown.place == "simulator"; });
    sipdex.key("Right");
    sipdex.until("the first message is shown", saying("1 of "));

    sipdex.key("ctrl+k");
    sipdex.type("dark colours");
    sipdex.until("the action is found", having("offer:theme:dark"));
    sipdex.key("Return");
    sipdex.until("the search is closed", without("offer:theme:dark"));
    sipdex.key("F1");
    sipdex.until("the keys are shown", having("close-keys"));
    sipdex.key("Escape");
    sipdex.until("they are gone", without("close-keys"));
    CHECK(sipdex.quit() == 0);
    CHECK(sipdex.said() == "");

    Running again(screen, home.path(), {{"607"}, {{"HOME", home.path().string()}}});
    const Shown kept = again.until("the page is open", titled("607 Unwanted – Sipdex"));
    CHECK(kept.says("ours comes from the blocklist"));
    CHECK(kept.thing("favourite")->label == "Remove from favourites");
    CHECK(again.quit() == 0);
}

TEST_CASE("a note that is said to be saved survives a kill, and another window sees it") {
    if (const std::string why = no_window_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    Running other(screen, home.path(), {{"486"}});
    {
        Running sipdex(screen, home.path(), {{"486"}});
        sipdex.key("ctrl+n");
        sipdex.until("the notes are open", having("save-notes"));
        sipdex.type("ward phones");
        sipdex.key("Return");
        sipdex.until("the note is on the page", saying("ward phones"));
        kill(sipdex.id(), SIGKILL);
        sipdex.ended(10s);
    }
    screen.focus(other.id());
    other.key("Tab");  // whatever the reader does next
    other.until("the other window shows it", saying("ward phones"));
    CHECK(other.quit() == 0);
}

TEST_CASE("an input method composes in the field; its keys are not the window's, and it may end") {
    std::string why = no_window_here();
    for (const char* name : {"ibus-daemon", "ibus", "dbus-daemon"})
        if (why.empty() && !has_program(name)) why = std::string(name) + " is not installed";
    if (why.empty() && !is_file("/usr/share/ibus/component/hangul.xml")) why = "ibus-hangul is not installed";
    if (!why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    const std::string address = "unix:path=" + (home.path() / "bus").string();
    const std::map<std::string, std::string> environment = {{"HOME", home.path().string()},
                                                            {"XDG_CONFIG_HOME", (home.path() / "config").string()},
                                                            {"XDG_RUNTIME_DIR", home.path().string()},
                                                            {"DISPLAY", screen.display()},
                                                            {"LC_ALL", "C.UTF-8"},
                                                            {"DBUS_SESSION_BUS_ADDRESS", address}};
    std::optional<Process> bus(
        std::in_place,
        std::vector<std::string>{"dbus-daemon", "--session", "--nofork", "--nosyslog", "--address=" + address},
        environment);
    for (int i = 0; i < 100 && !std::filesystem::exists(home.path() / "bus"); ++i) std::this_thread::sleep_for(50ms);
    std::optional<Process> daemon(std::in_place, std::vector<std::string>{"ibus-daemon", "-x", "-r"}, environment);
    std::this_thread::sleep_for(3s);  // its panel chooses an engine of its own when it has started
    bool ready = false;
    for (int i = 0; i < 20 && !ready; ++i) {
        std::this_thread::sleep_for(250ms);
        Process engine({"sh", "-c", "exec ibus engine hangul >/dev/null 2>&1"}, environment);
        ready = engine.ended(2s) == 0;
    }
    if (!ready) {
        MESSAGE("skipped: ibus-daemon does not take the engine here");
        return;
    }
    Running sipdex(screen, home.path(), {{}, environment});
    sipdex.key("ctrl+k");
    sipdex.until("the field has the focus", having("offer:keys"));
    sipdex.rest(1s);
    sipdex.key("shift+space");  // from Latin letters to Hangul
    sipdex.rest(1s);
    sipdex.type("dkssud");
    sipdex.until("what is composed stands in the field", saying("안녕"));
    sipdex.key("BackSpace");  // of the composition, a letter
    sipdex.until("a letter of it is gone", saying("안녀"));
    sipdex.key("space");
    sipdex.until("it is text now and searched for", saying("Nothing found"));
    daemon.reset();
    sipdex.key("BackSpace");
    sipdex.key("BackSpace");
    sipdex.type("b");
    sipdex.until("it goes on without the method", saying("안b"));
    bus.reset();
    sipdex.type("c");
    sipdex.until("it goes on without the bus", saying("안bc"));
    CHECK(sipdex.quit() == 0);
}
