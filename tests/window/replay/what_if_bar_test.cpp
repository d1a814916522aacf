// The what-if bar: a change picked in the reader's language.
#include <doctest/doctest.h>

#include "window/harness.h"
#include "window/replay/change_draft.h"

using namespace sipdex::window;
using sipdex::test::Desk;

namespace {

const Place call_607{"simulator", {}, {"607-unwanted"}};

using Changes = std::vector<std::string>;

void focus(Desk& desk, const std::string& id) {
    for (int i = 0; i < 200 && desk.bench.ui().focus() != id; ++i) desk.press(Key::tab);
    REQUIRE(desk.bench.ui().focus() == id);
    desk.frames();
}

// Opens a menu of the bar with the keys and takes the row whose label begins so.
void pick_by_key(Desk& desk, const std::string& menu, const std::string& row) {
    focus(desk, "what-if/" + menu);
    desk.press(Key::enter);
    for (int i = 0; i < 20; ++i) desk.press(Key::up);
    for (int i = 0; i < 100 && desk.bench.ui().focus() != "menu:" + row; ++i) desk.press(Key::down);
    REQUIRE(desk.bench.ui().focus() == "menu:" + row);
    desk.press(Key::enter);
    desk.frames();
}

bool enabled(const Desk& desk, const std::string& id) {
    for (const Ui::Thing& one : desk.bench.ui().things())
        if (one.id == id) return one.enabled;
    return false;
}

}  // namespace

TEST_CASE("another answer is picked, said in a sentence, and run") {
    Desk desk(call_607, "fr");
    desk.press(Key::w);
    CHECK(desk.sees("répond par"));
    CHECK(desk.sees("Choisissez un code"));
    CHECK_FALSE(enabled(desk, "what-if/run"));
    desk.click("what-if/who");
    desk.click("menu:bob");
    desk.click("what-if/code");
    desk.type("486");
    desk.press(Key::enter);
    CHECK(desk.sees("486 Busy Here"));
    desk.click("what-if/seconds");
    desk.type("2,5");
    CHECK(desk.sees("En clair : bob answers 486 after 2.5s."));
    desk.click("what-if/run");
    CHECK(desk.bench.here().changes == Changes{"bob answers 486 after 2.5s"});
    CHECK_FALSE(desk.has("what-if/run"));
    CHECK(desk.sees("En clair : bob answers 486 after 2.5s."));
}

TEST_CASE("a change is picked with the keyboard alone") {
    Desk desk(call_607);
    desk.press(Key::w);
    pick_by_key(desk, "who", "alice");
    pick_by_key(desk, "does", "has-option");
    pick_by_key(desk, "option", "cancel_after");
    focus(desk, "what-if/value");
    desk.type("4");
    desk.press(Key::enter);
    CHECK(desk.bench.here().changes == Changes{"alice's cancel_after is 4s"});
}

TEST_CASE("a wrong entry says what is wrong and what can be entered") {
    Desk desk(call_607);
    desk.press(Key::w);
    desk.click("what-if/does");
    desk.click("menu:answers-later");
    CHECK(desk.sees("Enter a time in seconds, such as 2 or 0.5."));
    desk.click("what-if/seconds");
    desk.type("soon");
    CHECK(desk.sees("“soon” is not a time; enter seconds from 0 to 3600, such as 2 or 0.5."));
    CHECK_FALSE(enabled(desk, "what-if/run"));
    desk.press(Key::enter);
    CHECK(desk.bench.here().changes.empty());
    // Letters that are typed are no keys of the simulator.
    CHECK(desk.has("what-if/run"));
}

TEST_CASE("the message that is looked at is the one to be lost, and the first difference is found again") {
    Desk desk(call_607, "en", 1280, 1200);
    desk.press(Key::right);
    desk.press(Key::w);
    desk.click("what-if/who");
    desk.click("menu:*");
    CHECK(desk.sees("number 2 of 2"));
    desk.click("what-if/nth");
    desk.click("menu:0");
    CHECK(desk.sees("In words: lose INVITE alice -> proxy."));
    desk.click("what-if/run");
    CHECK(desk.bench.here().changes == Changes{"lose INVITE alice -> proxy"});
    CHECK(desk.sees("As it is"));
    CHECK(desk.sees("With the change"));
    desk.press(Key::end);
    desk.click("first-difference");
    CHECK(desk.bench.here().step == 1);
    desk.press(Key::end);
    desk.press(Key::x);
    CHECK(desk.bench.here().step == 1);
}

TEST_CASE("nobody is offered what they cannot do") {
    const Offer offer = Desk().library.offer("607-unwanted", {});
    using Does = ChangeDraft::Does;
    CHECK(deeds_of(offer, "alice") == std::vector{Does::chooses, Does::goes_off, Does::has_option});
    CHECK(deeds_of(offer, "proxy") == std::vector{Does::answers, Does::never_answers, Does::goes_off});
    CHECK(deeds_of(offer, "") == std::vector{Does::loses, Does::delays});
}

TEST_CASE("times are typed as the reader writes numbers") {
    CHECK(duration_of("2") == "2s");
    CHECK(duration_of(" 2,5 ") == "2.5s");
    CHECK(duration_of("0.3") == "300ms");
    CHECK(duration_of("300 ms") == "300ms");
    CHECK_FALSE(duration_of("4000"));
    CHECK_FALSE(duration_of("-1"));
    CHECK_FALSE(duration_of("two"));
}
