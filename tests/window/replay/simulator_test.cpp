#include <doctest/doctest.h>

#include "window/harness.h"
#include "window/ladder/time_axis.h"
#include "window/replay/message_changes.h"

using namespace sipdex::window;
using sipdex::recording::Recording;
using sipdex::recording::Transmission;
using sipdex::test::Desk;

namespace {

const Place call_607{"simulator", {}, {"607-unwanted"}};

Ui::Thing thing(const Desk& desk, const std::string& id) {
    for (const Ui::Thing& one : desk.bench.ui().things())
        if (one.id == id) return one;
    FAIL("nothing is called ", id);
    return {};
}

double distance(const Desk& desk, int one, int other) {
    return thing(desk, "rung0:" + std::to_string(other)).where.y - thing(desk, "rung0:" + std::to_string(one)).where.y;
}

void focus(Desk& desk, const std::string& id) {
    for (int i = 0; i < 200 && desk.bench.ui().focus() != id; ++i) desk.press(Key::tab);
    REQUIRE(desk.bench.ui().focus() == id);
    desk.frames();
}

Transmission message(std::size_t from, std::size_t to, int at_ms, const std::string& octets) {
    Transmission sent;
    sent.from = from;
    sent.to = to;
    sent.sent = std::chrono::milliseconds(at_ms);
    sent.received = sent.sent + std::chrono::milliseconds(1);
    sent.written = octets;
    sent.message = *sipdex::sip::parse(octets).message;
    return sent;
}

std::string described(const std::vector<FieldChange>& changes) {
    std::string lines;
    for (const FieldChange& change : changes) {
        lines += change.kind == FieldChange::Kind::added     ? "+ "
                 : change.kind == FieldChange::Kind::removed ? "- "
                                                             : "~ ";
        lines += change.part == FieldChange::Part::field  ? change.name + ": "
                 : change.part == FieldChange::Part::body ? "body"
                                                          : "";
        lines += change.before + (change.before.empty() || change.after.empty() ? "" : " > ") + change.after + "\n";
    }
    return lines;
}

const std::string invite =
    "INVITE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1\r\nMax-Forwards: 70\r\nTo: "
    "<sip:bob@example.com>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n";
const std::string forwarded =
    "INVITE sip:bob@192.0.2.4 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.10\r\nVia: SIP/2.0/UDP 192.0.2.1\r\nRecord-Route: "
    "<sip:192.0.2.10;lr>\r\nMax-Forwards: 69\r\nTo: <sip:bob@example.com>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n";
const std::string busy =
    "SIP/2.0 486 Busy Here\r\nVia: SIP/2.0/UDP 192.0.2.10\r\nVia: SIP/2.0/UDP 192.0.2.1\r\nTo: "
    "<sip:bob@example.com>;tag=b\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n";
const std::string busy_back =
    "SIP/2.0 486 Busy Here\r\nVia: SIP/2.0/UDP 192.0.2.1\r\nTo: <sip:bob@example.com>;tag=b\r\nCall-ID: 1\r\nCSeq: 1 "
    "INVITE\r\n\r\n";

}  // namespace

TEST_CASE("without an exchange the simulator lists all of them, and the one that is pressed is replayed") {
    Desk desk(Place{"simulator", {}, {}});
    CHECK(desk.sees("Pick an exchange to replay it"));
    CHECK_FALSE(desk.sees("INVITE"));
    desk.click("exchange:607-unwanted");
    CHECK(desk.sees("INVITE"));
    CHECK_FALSE(desk.sees("Pick an exchange to replay it"));
}

TEST_CASE("in true time a wait is as tall as it lasts") {
    Desk desk(call_607, "en", 1280, 1600);
    CHECK(distance(desk, 0, 1) == distance(desk, 3, 4));  // 500 ms and 200 ms
    desk.press(Key::t);
    CHECK(distance(desk, 5, 6) == doctest::Approx(distance(desk, 0, 1) * 3.98 / 0.5).epsilon(0.02));
    CHECK(desk.settings.text("folds-simulator").find("true-time") != std::string::npos);
    desk.press(Key::t);
    CHECK(distance(desk, 0, 1) == distance(desk, 3, 4));
}

TEST_CASE("on a time axis a doubling timer doubles, and moments stand between the steps") {
    const auto s = [](double seconds) { return Time(std::int64_t(seconds * 1e6)); };
    const TimeAxis axis({s(0), s(0.5), s(1.5), s(3.5), s(32)}, s(64), {true, 10, 30, 0, 60});
    CHECK(axis.of_step(1) == 40);
    CHECK(axis.of_step(2) == 100);
    CHECK(axis.of_step(3) == 220);
    CHECK(axis.of_step(4) == 1930);
    CHECK(axis.end() == 3850);
    CHECK(axis.of(s(1)) == 70);
    CHECK(axis.of(s(48)) == 2890);
    CHECK(axis.of_place(axis.place_at(1000)) == doctest::Approx(1000));
}

TEST_CASE("transactions and timers stand beside their party and are told") {
    Desk desk(call_607, "en", 1920, 1080);
    CHECK_FALSE(desk.sees("Calling"));
    desk.press(Key::l);
    CHECK(desk.sees("Calling"));
    CHECK(desk.sees("A 0.5 s"));
    CHECK(desk.sees("Timer B starts and will fire after 32 s"));
    desk.press(Key::right);
    CHECK(desk.sees("Timer A fires"));
    CHECK(desk.sees("Timer A starts and will fire after 1 s"));
    desk.press(Key::l);
    CHECK_FALSE(desk.sees("Calling"));
}

TEST_CASE("what a proxy changes in a request it forwards") {
    Recording call;
    call.messages = {message(0, 1, 0, invite), message(1, 2, 10, forwarded), message(2, 1, 20, busy),
                     message(1, 0, 30, busy_back)};
    CHECK_FALSE(message_before(call, 0));
    REQUIRE(message_before(call, 1) == 0);
    CHECK(described(changes_between(call.messages[0].message, call.messages[1].message)) ==
          "~ INVITE sip:bob@example.com SIP/2.0 > INVITE sip:bob@192.0.2.4 SIP/2.0\n"
          "+ Via: SIP/2.0/UDP 192.0.2.10\n"
          "+ Record-Route: <sip:192.0.2.10;lr>\n"
          "~ Max-Forwards: 70 > 69\n");
    REQUIRE(message_before(call, 2) == 1);  // an answer, compared with what it answers
    CHECK(described(changes_between(call.messages[1].message, call.messages[2].message)) ==
          "~ To: <sip:bob@example.com> > <sip:bob@example.com>;tag=b\n"
          "- Record-Route: <sip:192.0.2.10;lr>\n"
          "- Max-Forwards: 69\n");
    REQUIRE(message_before(call, 3) == 2);
    CHECK(described(changes_between(call.messages[2].message, call.messages[3].message)) ==
          "- Via: SIP/2.0/UDP 192.0.2.10\n");
}

TEST_CASE("a second attempt is compared with the first") {
    Recording call;
    call.messages = {message(0, 1, 0, invite),
                     message(0, 1, 50, std::string(invite).replace(invite.find("1 INVITE"), 1, "2"))};
    REQUIRE(message_before(call, 1) == 0);
    CHECK(described(changes_between(call.messages[0].message, call.messages[1].message)) ==
          "~ CSeq: 1 INVITE > 2 INVITE\n");
}

TEST_CASE("the changes are shown beside the message when asked for") {
    Desk desk(call_607);
    desk.press(Key::d);
    CHECK(desk.sees("Nothing came before it"));
    desk.press(Key::right);
    CHECK(desk.sees("The same octets as message 1"));
    desk.press(Key::right);
    desk.press(Key::right);
    CHECK(desk.sees("Compared with message 2"));
    CHECK(desk.sees("192.0.2.10:5060"));
    desk.press(Key::d);
    CHECK_FALSE(desk.sees("Compared with"));
}

TEST_CASE("header fields of a message are explained, and lead to their page") {
    Desk desk(call_607);
    std::string via;
    for (const Ui::Thing& one : desk.bench.ui().things())
        if (one.kind == "link" && one.label == "Via") via = one.id;
    REQUIRE_FALSE(via.empty());
    CHECK_FALSE(desk.sees("Each hop adds one"));
    focus(desk, via);
    CHECK(desk.sees("Each hop adds one"));
    for (const Ui::Thing& one : desk.bench.ui().things()) CHECK(one.label != "Content-Length");  // has no page
    desk.press(Key::enter);
    CHECK(desk.here() == "reference header/Via");
}

TEST_CASE("the start line of a response leads to its page") {
    Desk desk(call_607);
    desk.press(Key::end);
    desk.click("rung0:6");
    for (const Ui::Thing& one : desk.bench.ui().things())
        if (one.kind == "link" && one.label == "607 Unwanted") {
            desk.click(one.id);
            break;
        }
    CHECK(desk.here() == "reference 607");
}

TEST_CASE("a presenter keeps the outcome until it is stepped to or asked for") {
    Desk desk(call_607);
    CHECK(desk.sees("607: the call is unwanted"));
    desk.press(Key::p);
    CHECK_FALSE(desk.has("search"));
    CHECK_FALSE(desk.sees("607"));
    CHECK_FALSE(desk.has("rung0:1"));
    CHECK(desk.sees("What will happen?"));
    desk.press(Key::right);
    CHECK(desk.has("rung0:1"));
    CHECK_FALSE(desk.has("rung0:2"));
    desk.press(Key::end);
    CHECK(desk.sees("607: the call is unwanted"));
    desk.press(Key::escape);
    CHECK(desk.has("search"));
    CHECK(desk.here() == "simulator 607-unwanted");
    desk.press(Key::home);
    desk.click("present");
    CHECK_FALSE(desk.sees("607"));
    desk.click("show-outcome");
    CHECK(desk.sees("607: the call is unwanted"));
    CHECK(desk.has("rung0:9"));
}

TEST_CASE("a ladder is zoomed by keys, and fitted") {
    Desk desk(call_607, "en", 1280, 420);  // too low for all of it to be legible at once
    const double before = distance(desk, 0, 1);
    CHECK(before == 42);
    desk.press(Key::plus);
    CHECK(distance(desk, 0, 1) > before * 1.4);
    desk.press(Key::f);
    const auto first = thing(desk, "rung0:0").where, last = thing(desk, "rung0:9").where;
    CHECK(last.y + last.height < 420 - 56 - 36);
    CHECK(first.y > 100);
    desk.press(Key::f);
    CHECK(distance(desk, 0, 1) == before);
    CHECK(desk.bench.text_scale(1) == 1);
}

TEST_CASE("the arrow keys go through the messages of a ladder that has the focus") {
    Desk desk(call_607);
    focus(desk, "ladder:0");
    desk.press(Key::down);
    desk.press(Key::down);
    CHECK(desk.bench.here().step == 2);
    desk.press(Key::up);
    CHECK(desk.bench.here().step == 1);
    desk.press(Key::space);
    CHECK(desk.bench.moving());
}

TEST_CASE("times are written as the reader's language writes them") {
    Desk desk(call_607, "fr");
    desk.press(Key::right);
    CHECK(desk.sees("0,500\u00a0s"));
    CHECK_FALSE(desk.sees("0.500"));
}

TEST_CASE("names and labels stay whole in two narrow ladders side by side") {
    Desk desk(Place{"simulator", {}, {"300-choice", "607-unwanted"}}, "fr", 1024, 768);
    CHECK(desk.sees("serveur de redirection"));
    CHECK(desk.sees("300 Multiple Choices"));
}

TEST_CASE("what if a message were lost: both courses side by side, the first difference marked") {
    Desk desk(call_607, "en", 1280, 1200);
    desk.press(Key::w);
    desk.click("what-if/who");
    desk.click("menu:*");
    desk.click("what-if/run");
    REQUIRE(desk.bench.here().changes == std::vector<std::string>{"lose 1st INVITE alice -> proxy"});
    CHECK(desk.has("rung1:0"));
    desk.press(Key::right);
    desk.click("rung1:1");
    CHECK(desk.sees("From here on, the run differs from the original"));
    desk.click("take-back:0");
    CHECK(desk.bench.here().changes.empty());
    CHECK_FALSE(desk.has("rung1:0"));
}

TEST_CASE("a change that cannot be made says why, where it was typed") {
    Desk desk(call_607);
    desk.press(Key::w);
    desk.click("what-if/typed");
    desk.type("bob sings");
    desk.press(Key::enter);
    CHECK(desk.sees("“bob sings” is no change."));
    CHECK(desk.bench.here().changes.empty());
}

TEST_CASE("an exchange stops to ask, and the answer plays out beside it") {
    Desk desk(Place{"simulator", {}, {"300-choice"}});
    CHECK_FALSE(desk.sees("Which Contact"));
    desk.press(Key::right);
    CHECK(desk.sees("Which Contact does Alice choose?"));
    for (const Ui::Thing& one : desk.bench.ui().things())
        if (one.kind == "choice" && one.label == "None of them") {
            desk.click(one.id);
            break;
        }
    CHECK(desk.bench.here().changes == std::vector<std::string>{"alice chooses none"});
}

TEST_CASE("a decision is told with the message that it led to") {
    Desk desk(call_607, "en", 1280, 1600);
    desk.click("rung0:8");
    CHECK(desk.sees("The proxy passes on 607."));
    desk.click("rung0:7");
    CHECK_FALSE(desk.sees("The proxy passes on 607."));
}

TEST_CASE("a ladder opens so that all of it is seen, where it can be read") {
    Desk desk(call_607, "en", 1280, 560);
    CHECK(distance(desk, 0, 1) < 42);
    CHECK(distance(desk, 0, 1) >= 20);
    const auto last = thing(desk, "rung0:9").where;
    CHECK(last.y + last.height < 560 - 56 - 36);
    CHECK(desk.sees("607 Unwanted"));
    CHECK_FALSE(desk.has("minimap:0"));
}

TEST_CASE("the fork lab says above the ladder what the caller gets and why, to a room only when asked") {
    Desk desk(Place{"forks", {}, {}});
    CHECK(desk.sees("Alice gets 607 Unwanted at 4.780 s."));
    CHECK(desk.sees("A 6xx goes before every other response."));
    desk.press(Key::p);
    CHECK_FALSE(desk.sees("607 Unwanted"));
    desk.click("show-outcome");
    CHECK(desk.sees("Alice gets 607 Unwanted at 4.780 s."));
}

TEST_CASE("machines are named in the reader's language, their states as the RFC has them") {
    Desk desk(call_607, "fr", 1920, 1080);
    desk.press(Key::l);
    CHECK(desk.sees("transaction cliente INVITE\u00a0: Calling"));
}

TEST_CASE("in the fork lab each phone is told what to answer, and when") {
    Desk desk(Place{"forks", {}, {}});
    CHECK(desk.here() == "forks 486@3s 603@5s 200@8s");
    desk.click("phone:1");
    desk.click("menu:180");
    CHECK(desk.here() == "forks 486@3s 180 200@8s");
    desk.click("delay:0");
    desk.click("menu:12s");
    desk.click("unplug:2");
    CHECK(desk.here() == "forks 486@12s 180");
    desk.click("add-phone");
    CHECK(desk.here() == "forks 486@12s 180 180");
}

TEST_CASE("of 10,000 messages only those in sight are drawn, and the minimap leads to the others") {
    sipdex::test::LongLibrary library;
    Desk desk(call_607);
    Workbench bench(library, desk.settings, desk.textures, call_607);
    bench.ink().record(true);
    const auto frames = [&] {
        for (int i = 0; i < 4 || bench.input().pending(); ++i) {
            bench.input().take();
            ImGui::NewFrame();
            bench.frame(1280, 800, 0);
            ImGui::Render();
        }
    };
    frames();
    const auto rungs = [&] {
        std::vector<std::string> ids;
        for (const Ui::Thing& one : bench.ui().things())
            if (one.id.starts_with("rung0:")) ids.push_back(one.id);
        return ids;
    };
    CHECK(rungs().front() == "rung0:0");
    CHECK(rungs().size() < 20);
    Rect map;
    for (const Ui::Thing& one : bench.ui().things())
        if (one.id == "minimap:0") map = one.where;
    REQUIRE(map.height > 0);
    Event event;
    event.kind = Event::Kind::move;
    event.x = float(map.x + map.width / 2);
    event.y = float(map.y + map.height / 2);
    bench.input().add(event);
    event.kind = Event::Kind::button;
    event.down = true;
    bench.input().add(event);
    frames();
    event.down = false;
    bench.input().add(event);
    frames();
    const int reached = std::stoi(rungs().front().substr(6));
    CHECK(reached > 4900);
    CHECK(reached < 5100);
    event = {};
    event.press.key = Key::end;
    event.down = true;
    bench.input().add(event);
    frames();
    CHECK(rungs().back() == "rung0:9999");
    CHECK(rungs().size() < 20);
}

TEST_CASE(
    "the panes of the simulator are moved with the arrows, keep their sizes, and go back when the edge is pressed") {
    std::string kept;
    double usual = 0;
    {
        Desk desk(call_607);
        usual = thing(desk, "story-width").where.x;
        focus(desk, "story-width");
        for (int i = 0; i < 3; ++i) desk.press(Key::left);
        desk.settle();
        CHECK(thing(desk, "story-width").where.x == doctest::Approx(usual - 72).epsilon(0.01));
        for (int i = 0; i < 80; ++i) desk.press(Key::left);
        desk.settle();
        CHECK(thing(desk, "story-width").where.x > 400);  // the ladder keeps its room
        for (int i = 0; i < 2; ++i) desk.press(Key::right);
        desk.settle();
        kept = desk.settings.text("folds-simulator");
        CHECK(kept.find("width=") != std::string::npos);
    }
    Desk again(call_607, "en", 1280, 800, {{"folds-simulator", kept}});
    CHECK(thing(again, "story-width").where.x < usual - 100);
    again.click("story-width");
    again.settle();
    CHECK(thing(again, "story-width").where.x == doctest::Approx(usual).epsilon(0.01));

    Desk two({"simulator", {}, {"607-unwanted", "300-choice"}});
    const double before = thing(two, "story-height").where.y;
    focus(two, "story-height");
    two.press(Key::up);
    two.settle();
    CHECK(thing(two, "story-height").where.y == doctest::Approx(before - 24).epsilon(0.01));
}
