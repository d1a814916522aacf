// What the hand and the eye are given: the mouse as it is held, its shape, words cut to their room.
#include <doctest/doctest.h>

#include "window/harness.h"
#include "window/kit/input.h"

using sipdex::document::ToResponse;
using sipdex::test::Desk;
using sipdex::window::Event;
using sipdex::window::Key;
using sipdex::window::Type;
using sipdex::window::Ui;

namespace {

Event button(bool down) {
    Event event;
    event.kind = Event::Kind::button;
    event.down = down;
    return event;
}

Event move(float x, float y) {
    Event event;
    event.kind = Event::Kind::move;
    event.x = x;
    event.y = y;
    return event;
}

}  // namespace

TEST_CASE("a button stays held while the mouse moves") {
    Desk desk;
    auto& input = desk.bench.input();
    input.add(move(300, 300)), input.add(button(true)), input.add(move(310, 320)), input.add(move(320, 340));
    desk.frames();
    CHECK(input.held(0));
    CHECK(input.x() == 320);
    input.add(button(false));
    desk.frames();
    CHECK_FALSE(input.held(0));
}

TEST_CASE("over a field the mouse is a beam, over what can be pressed a hand, elsewhere an arrow") {
    Desk desk({"reference", ToResponse{"607"}, {}});
    desk.click("search");
    CHECK(desk.bench.ui().cursor() == Ui::Cursor::beam);
    for (const auto& thing : desk.bench.ui().things())
        if (thing.kind == "button") {
            const auto where = desk.bench.ink().on_screen(thing.where);
            desk.bench.input().add(move(float(where.x + where.width / 2), float(where.y + where.height / 2)));
            desk.frames();
            CHECK(desk.bench.ui().cursor() == Ui::Cursor::hand);
            break;
        }
    desk.bench.input().add(move(1, 799));
    desk.frames();
    CHECK(desk.bench.ui().cursor() == Ui::Cursor::arrow);
}

TEST_CASE("words that just fit are not cut, and those that do not end in an ellipsis within their room") {
    Desk desk;
    const Ui& ui = desk.bench.ui();
    for (const char* words : {"486 Busy Here", "Temporarily Unavailable", "Ne pas déranger"}) {
        const double width = ui.set(words, Type::body).width();
        CHECK(ui.cut(words, Type::body, false, width).width() == width);
        CHECK(ui.cut(words, Type::body, false, width / 2).width() <= width / 2);
    }
}

TEST_CASE("Escape in the search box takes away what was typed, then leads back") {
    Desk desk({"reference", ToResponse{"607"}, {}});
    desk.press(Key::k, true);
    desk.type("300");
    CHECK(desk.has("hit:0"));
    desk.press(Key::escape);
    CHECK_FALSE(desk.has("hit:0"));
    CHECK(desk.here() == "reference 607");
}
