// Captures and logs in the window: dropped, typed, read beside the frames, their calls replayed.
#include <doctest/doctest.h>

#include <imgui.h>

#include <algorithm>
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
    CHECK(document::words_of(library.explained(window::Library::Explained::with_list).summary) ==
          "Refused with 486 by 198.51.100.20:5060. No fault was found.");
    const window::Replay call = library.replay("call/1");
    CHECK(call.title == "1. Call: alice → bob");
    CHECK(call.recording.messages.size() == 7);
    CHECK(document::words_of(call.narration.front().what) == "An INVITE asks to set up a call.");
    CHECK(library.replay("call/2").recording.messages.empty());
    library.set_language("fr");
    CHECK(library.explained(window::Library::Explained::with_list).language == "fr");
    library.bring({folder.write("nothing.txt", "no SIP here\n").string()});
    const Evidence nothing = wait();
    CHECK(nothing.state == Evidence::State::failed);
    CHECK(nothing.problem.find("nothing.txt") != std::string::npos);
    CHECK(library.replay("call/1").recording.messages.empty());
}

namespace {

// The list of calls of a file with two: alice's was refused, carol's was answered.
struct Listing : Desk {
    explicit Listing(const std::string& language = "en", double width = 1280, double height = 800)
        : Desk({"evidence", {}, {"office.pcapng"}}, language, width, height) {
        settle();
        click("evidence-calls");
        settle();
    }
    // Whether the first of the two stands above the second.
    bool first_above() const {
        double first = 0, second = 0;
        for (const auto& thing : bench.ui().things()) {
            if (thing.id == "call/1") first = thing.where.y;
            if (thing.id == "call/2") second = thing.where.y;
        }
        return first < second;
    }
};

}  // namespace

TEST_CASE("the list of calls is filtered by words and by findings, and opens a call") {
    Listing desk;
    CHECK(desk.sees("2 of 2"));
    desk.click("calls-filter");
    desk.type("carol");
    desk.settle();
    CHECK(desk.has("call/2"));
    CHECK_FALSE(desk.has("call/1"));
    CHECK(desk.sees("1 of 2"));
    desk.type("x");
    desk.settle();
    CHECK(desk.sees("No call matches."));
    desk.click("calls-all");
    desk.settle();
    CHECK(desk.has("call/1"));
    desk.click("calls-with-findings");
    desk.settle();
    CHECK(desk.has("call/1"));
    CHECK_FALSE(desk.has("call/2"));
    desk.click("call/1");
    desk.settle();
    CHECK(desk.here() == "simulator call/1");
    desk.press(window::Key::left, false, false, true);
    desk.settle();
    CHECK(desk.sees("1 of 2"));  // it is kept
}

TEST_CASE("the list of calls is sorted by its heads, and once more the other way") {
    Listing desk;
    CHECK(desk.first_above());
    desk.click("sort:duration");
    desk.settle();
    CHECK(desk.first_above());
    desk.click("sort:duration");
    desk.settle();
    CHECK_FALSE(desk.first_above());
    desk.click("sort:gravity");
    desk.settle();
    CHECK(desk.first_above());
}

TEST_CASE("a narrow list of calls is sorted by a menu") {
    Listing desk("en", 800, 500);
    REQUIRE(desk.has("calls-sort"));
    desk.click("calls-sort");
    desk.settle();
    desk.click("menu:duration");
    desk.settle();
    desk.click("calls-sort");
    desk.settle();
    desk.click("menu:duration");
    desk.settle();
    CHECK_FALSE(desk.first_above());
}

TEST_CASE("by key: Ctrl+F filters the calls, the arrows go through them, Space marks two to be seen together") {
    Listing desk;
    desk.press(window::Key::f, true);
    desk.settle();
    CHECK(desk.bench.ui().focused("calls-filter"));
    CHECK_FALSE(desk.bench.ui().offers("calls-beside"));
    desk.press(window::Key::down);
    desk.frames();
    CHECK(desk.bench.ui().focused("call/1"));
    desk.press(window::Key::space);
    desk.press(window::Key::end);
    desk.frames();
    CHECK(desk.bench.ui().focused("call/2"));
    desk.press(window::Key::space);
    desk.settle();
    REQUIRE(desk.bench.ui().offers("calls-beside"));
    desk.click("calls-beside");
    desk.settle();
    CHECK(desk.here() == "simulator call/1 call/2");
    CHECK(desk.sees("Call 1: 486 from bob to alice (message 2); Call 2: 200."));
    desk.click("first-difference");
    desk.settle();
    CHECK(desk.bench.here().step == 1);
}

TEST_CASE("of very many calls only those in sight are drawn") {
    Desk desk({"evidence", {}, {"office.pcapng"}});
    desk.library.more_calls = 9'998;
    desk.settle();
    desk.bench.go({"evidence", {}, {"many.pcapng"}});
    desk.settle();
    desk.click("evidence-calls");
    desk.settle();
    CHECK(desk.sees("10000 of 10000"));
    CHECK(std::ranges::count_if(desk.bench.ui().things(), [](const auto& one) { return one.id.starts_with("call/"); }) <
          40);
    desk.click("calls-filter");
    desk.press(window::Key::down);
    desk.frames();
    desk.press(window::Key::end);
    desk.settle();
    CHECK(desk.has("call/10000"));
    CHECK(desk.bench.ui().focused("call/10000"));
}

TEST_CASE("a log that is pasted is opened as a file is; a message leads to what is known of it") {
    const std::string message = "INVITE sip:bob@example.com SIP/2.0\r\nCall-ID: a\r\n\r\n";
    Desk desk({"start", {}, {}});
    ImGui::SetClipboardText((message + message).c_str());
    desk.press(window::Key::v, true);
    desk.settle();
    CHECK(desk.here() == "evidence pasted:1");
    desk.bench.go({"start", {}, {}});
    desk.settle();
    desk.press(window::Key::k, true);
    desk.settle();
    desk.press(window::Key::v, true);
    desk.settle();
    CHECK(desk.here() == "evidence pasted:1");
    desk.bench.go({"start", {}, {}});
    ImGui::SetClipboardText(message.c_str());
    desk.settle();
    desk.press(window::Key::v, true);
    desk.settle();
    CHECK(desk.here() == "start");
    REQUIRE_FALSE(desk.library.searched.empty());
    CHECK(desk.library.searched.back().starts_with("INVITE sip:bob@example.com"));
}

TEST_CASE("Ctrl+O asks for files in a dialog of the desktop; without one the path is typed") {
    Desk desk({"start", {}, {}});
    using Outcome = window::Outside::Chosen::Outcome;
    const auto ask = [&] {
        desk.press(window::Key::o, true);
        for (int i = 0; i < 20; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            desk.frames();
        }
    };
    desk.chosen = {Outcome::cancelled, {}};
    ask();
    CHECK(desk.here() == "start");
    desk.chosen = {Outcome::chosen, {"/traces/office.pcapng"}};
    ask();
    CHECK(desk.here() == "evidence /traces/office.pcapng");
    desk.bench.go({"start", {}, {}});
    desk.chosen = {Outcome::no_dialog, {}};
    ask();
    CHECK(desk.here() == "evidence");
    CHECK(desk.bench.ui().focused("evidence-path"));
}

TEST_CASE("a path is completed by the names in its folder") {
    const TemporaryFolder folder;
    folder.write("office.pcapng", "x");
    folder.write("Other.log", "x");
    std::filesystem::create_directory(folder.path() / "old");
    Desk desk({"evidence", {}, {}});
    desk.settle();
    desk.click("evidence-path");
    desk.type(folder.path().string() + "/o");
    desk.settle();
    CHECK(desk.sees("old"));
    CHECK(desk.sees("office.pcapng"));
    CHECK(desk.sees("Other.log"));
    desk.click("path-name:0");
    desk.settle();
    CHECK(desk.bench.ui().focused("evidence-path"));
    desk.press(window::Key::backspace);  // nothing of it is selected
    desk.settle();
    desk.press(window::Key::backspace);
    desk.press(window::Key::backspace);
    desk.type("f");
    desk.settle();
    desk.press(window::Key::down);
    desk.press(window::Key::enter);
    desk.settle();
    CHECK(desk.here() == "evidence " + (folder.path() / "office.pcapng").string());
}

TEST_CASE("what a capture shows goes into the ticket from where it stands") {
    Desk desk({"evidence", {}, {"office.pcapng"}});
    desk.settle();
    REQUIRE(desk.has("ticket"));
    desk.click("ticket");
    desk.frames();  // what is told goes after a while
    CHECK(desk.sees("Note for the ticket copied"));
}

TEST_CASE("a copy without names is written where the reader says, and over a file only when asked to") {
    const TemporaryFolder folder;
    const std::string taken = folder.write("taken.pcapng", "x").string();
    Desk desk({"evidence", {}, {"office.pcapng"}});
    desk.library.shared_name_ = taken;
    desk.settle();
    desk.click("share");
    desk.settle();
    CHECK(desk.sees("office.pcapng without names"));
    desk.click("share-write");
    desk.settle();
    CHECK(desk.library.shared_to.empty());
    desk.click("share-replace");
    desk.settle();
    CHECK(desk.library.shared_to == std::vector<std::string>{taken});
    CHECK(desk.sees("Replaced: 2 numbers."));
    desk.click("share-close");
    desk.settle();
    CHECK_FALSE(desk.has("share-path"));
}

TEST_CASE("a threshold is changed where its finding is told") {
    Desk desk({"evidence", {}, {"office.pcapng"}});
    desk.settle();
    CHECK(desk.sees("threshold: attempts 3"));
    std::string link;
    for (const auto& thing : desk.bench.ui().things())
        if (thing.label == "threshold: attempts 3") link = thing.id;
    REQUIRE(link != "");
    desk.click(link);
    desk.settle();
    CHECK(desk.sees("Thresholds: The ACK does not arrive"));
    desk.press(window::Key::a, true);
    desk.type("many");
    desk.click("threshold-apply");
    desk.settle();
    CHECK(desk.library.attempts == 3);
    desk.click("threshold:0");
    desk.press(window::Key::a, true);
    desk.type("5");
    desk.press(window::Key::enter);
    desk.settle();
    CHECK(desk.library.attempts == 5);
    CHECK(desk.sees("threshold: attempts 5"));
}

TEST_CASE("a finding is saved as a sheet where it is told, and two calls where they stand side by side") {
    Desk desk({"evidence", {}, {"/traces/office.pcapng"}});
    desk.settle();
    std::string link;
    for (const auto& thing : desk.bench.ui().things())
        if (thing.label == "as a sheet") link = thing.id;
    REQUIRE(!link.empty());
    desk.click(link);
    CHECK(desk.sees("Save a sheet: Finding 1"));
    desk.click("save-sheet");
    REQUIRE(desk.library.saved_pages.size() == 1);
    CHECK(desk.library.saved_pages[0].title == "Finding 1");
    CHECK(desk.library.saved[0].path.ends_with("sipdex-finding-1-en.pdf"));
}

TEST_CASE("two calls that stand side by side are saved as one sheet") {
    Desk desk({"evidence", {}, {"/traces/office.pcapng"}});
    desk.settle();
    desk.bench.go({"simulator", {}, {"call/1", "call/2"}});
    desk.frames();
    desk.click("sheet");
    CHECK(desk.sees("Save a sheet: call/1 and call/2"));
    desk.click("save-sheet");
    REQUIRE(desk.library.saved_pages.size() == 1);
    CHECK(desk.library.saved_pages[0].title == "call/1 and call/2");
}
