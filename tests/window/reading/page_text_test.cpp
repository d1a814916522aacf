// Finding, selecting and copying in a page, as a reader does it.
#include <doctest/doctest.h>
#include <imgui.h>

#include "window/harness.h"

using namespace sipdex;
using sipdex::test::Desk;
using window::Key;

namespace {

std::string clipboard() {
    const char* text = ImGui::GetClipboardText();
    return text ? text : "";
}

const window::Place page_607{"reference", document::ToResponse{"607"}, {}};

// What the library gives for a ticket.
std::string ticket(Desk& desk) { return desk.library.ticket_note(desk.library.response("607")); }

double scroll_of(const Desk& desk) { return desk.bench.here().scroll; }

}  // namespace

TEST_CASE("Ctrl+F finds words on the page without regard to case, Enter goes on, Shift+Enter back, Escape ends it") {
    Desk desk(page_607);
    desk.settle();
    desk.press(Key::f, true);
    desk.type("CALL");
    desk.settle();
    CHECK(desk.sees("1 of "));
    CHECK(desk.has("find/next"));
    desk.press(Key::enter);
    desk.settle();
    CHECK(desk.sees("2 of "));
    desk.press(Key::enter, false, true);
    CHECK(desk.sees("1 of "));
    desk.press(Key::enter, false, true);
    CHECK_FALSE(desk.sees("1 of "));  // the last one
    desk.type("xyz");
    CHECK(desk.sees("Not on this page"));
    CHECK_FALSE(desk.here().empty());
    desk.press(Key::escape);
    CHECK_FALSE(desk.has("find-words"));
    CHECK(desk.here() == "reference 607");
}

TEST_CASE("what is found far below is scrolled to, and a closed section that holds it opens meanwhile") {
    Desk desk(page_607, "en", 1280, 500);
    desk.settle();
    CHECK(scroll_of(desk) == 0);
    desk.press(Key::f, true);
    desk.type("REJECT AS unwanted");
    desk.settle();
    CHECK(desk.sees("1 of 1"));
    CHECK(scroll_of(desk) > 0);
    CHECK(desk.sees("Reject as unwanted"));
}

TEST_CASE("text is selected by the mouse over several pieces of a page and copied with its lines") {
    Desk desk(page_607);
    desk.settle();
    desk.drag("Typical causes", "Typical causes");
    desk.press(Key::c, true);
    CHECK(clipboard() == ticket(desk));  // a title is pressed, not selected: the note for the ticket is copied
    std::string first, second;
    for (const auto& written : desk.bench.ink().written())
        if (written.where.x > 300 && written.where.y > 150 && written.words.find(' ') != std::string::npos) {
            if (first.empty()) first = written.words;
            else if (second.empty() && written.where.y > 260) second = written.words;
        }
    REQUIRE(!second.empty());
    desk.drag(first, second);
    desk.press(Key::c, true);
    const std::string copied = clipboard();
    CAPTURE(copied);
    CHECK(copied.starts_with(first));
    CHECK(copied.find('\n') != std::string::npos);
    CHECK(copied.find(second.substr(0, second.find(' '))) != std::string::npos);
    CHECK(desk.sees("Copied"));
}

TEST_CASE("Ctrl+A selects the page; Escape lets go of it before it goes back") {
    Desk desk(page_607);
    desk.settle();
    desk.press(Key::a, true);
    desk.press(Key::c, true);
    const std::string all = clipboard();
    CHECK(all.size() > 400);
    CHECK(all.find("Typical causes") != std::string::npos);
    desk.press(Key::escape);
    CHECK(desk.here() == "reference 607");
    desk.press(Key::c, true);
    CHECK(clipboard() == ticket(desk));
}

TEST_CASE("F1 and ? lay the keys over the page; Escape, F1 and × take them away") {
    for (const int way : {0, 1, 2}) {
        Desk desk(page_607);
        if (way == 1) desk.type("?");
        else desk.press(Key::f1);
        desk.settle();
        CHECK(desk.sees("Keyboard shortcuts"));
        CHECK(desk.here() == "reference 607");
        if (way == 0) desk.press(Key::escape);
        if (way == 1) desk.press(Key::f1);
        if (way == 2) desk.click("close-keys");
        desk.settle();
        CHECK_FALSE(desk.has("close-keys"));
        CHECK(desk.here() == "reference 607");
    }
}
