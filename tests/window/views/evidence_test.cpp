// Captures and logs in the window: dropped, typed, read beside the frames, their calls replayed.
#include <doctest/doctest.h>

#include <thread>

#include "recording/pcap.h"
#include "support/text.h"
#include "window/catalog_library.h"
#include "window/harness.h"

using namespace sipdex;
using sipdex::test::Desk;
using sipdex::test::TemporaryFolder;
using sipdex::window::Evidence;

TEST_CASE("a file that is dropped on the window is opened, and each of its calls is replayed") {
    Desk desk;
    desk.bench.input().drop({"office.pcapng"});
    desk.frames();
    desk.settle();
    CHECK(desk.here() == "evidence office.pcapng");
    CHECK(desk.sees("Fault: The ACK does not arrive"));
    desk.bench.go({"simulator", {}, {"call/2"}});
    desk.settle();
    CHECK(desk.here() == "simulator call/2");
    desk.press(window::Key::left, false, false, true);  // back
    desk.settle();
    CHECK(desk.here() == "evidence office.pcapng");
    CHECK(window::words_of(desk.bench.here()).empty());  // gone with the window
}

TEST_CASE("a path is typed, reading tells how far it is, and can be stopped") {
    Desk desk({"evidence", {}, {}});
    desk.settle();
    CHECK(desk.sees("Open a capture or a log"));
    desk.click("evidence-path");
    desk.type("slow");
    desk.press(window::Key::enter);
    desk.settle();
    CHECK(desk.sees("Reading slow: 12.5 MB"));
    desk.click("evidence-stop");
    desk.settle();
    CHECK(desk.sees("Fault: The ACK does not arrive"));
    desk.click("evidence-path");
    desk.press(window::Key::a, true);
    desk.type("empty");
    desk.press(window::Key::enter);
    desk.settle();
    CHECK(desk.sees("empty holds no SIP message that can be read."));
}

TEST_CASE("the catalog's library reads files beside whoever asks, and replays their calls") {
    const catalog::Catalog catalog(SIPDEX_BINARY_DIR "/catalog.db");
    window::CatalogLibrary library(catalog, "en", {});
    const TemporaryFolder folder;
    const auto wait = [&] {
        Evidence now = library.evidence();
        for (int i = 0; i < 500 && now.state == Evidence::State::reading; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            now = library.evidence();
        }
        return now;
    };
    const std::string file =
        folder.write("busy.pcap", recording::pcap_of(library.replay("486-busy").recording)).string();
    library.bring({file});
    CHECK(wait().state == Evidence::State::read);
    CHECK(document::words_of(library.explained().summary) ==
          "Refused with 486 by 198.51.100.20:5060. No fault was found.");
    const window::Replay call = library.replay("call/1");
    CHECK(call.title == "1. Call: alice → bob");
    CHECK(call.recording.messages.size() == 7);
    CHECK(document::words_of(call.narration.front().what) == "An INVITE asks to set up a call.");
    CHECK(library.replay("call/2").recording.messages.empty());
    library.set_language("fr");
    CHECK(library.explained().language == "fr");
    library.bring({folder.write("nothing.txt", "no SIP here\n").string()});
    const Evidence nothing = wait();
    CHECK(nothing.state == Evidence::State::failed);
    CHECK(nothing.problem.find("nothing.txt") != std::string::npos);
    CHECK(library.replay("call/1").recording.messages.empty());
}
