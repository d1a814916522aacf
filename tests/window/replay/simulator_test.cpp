#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <functional>
#include <set>

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

namespace {

// Where words are written that begin so, in the narration: what is left of it is the ladder.
Rect written(Desk& desk, const std::string& words) {
    for (const Ink::Written& one : desk.bench.ink().written())
        if (one.words.starts_with(words) && one.where.x > thing(desk, "story-width").where.x)
            return desk.bench.ink().on_screen(one.where);
    FAIL("nowhere is written ", words, "\n", desk.bench.dump());
    return {};
}

void mouse(Desk& desk, Event::Kind kind, double x, double y, bool down = false) {
    Event event;
    event.kind = kind;
    event.x = float(x);
    event.y = float(y);
    event.down = down;
    desk.bench.input().add(event);
}

std::string copied(Desk& desk) {
    ImGui::SetClipboardText("nothing");
    desk.press(Key::c, true);
    return ImGui::GetClipboardText();
}

}  // namespace

TEST_CASE("text of the message beside the ladder is selected with the mouse, and copied") {
    Desk desk(call_607, "en", 1280, 1000);
    desk.settle();
    CHECK(copied(desk) == "nothing");
    desk.drag("INVITE sip:", "Max-Forwards: 70");
    const std::string lines = copied(desk);
    CHECK(lines.starts_with("INVITE sip:"));
    CHECK(lines.ends_with("Max-Forwards: 70"));
    CHECK(lines.find('\n') != std::string::npos);
    CHECK(desk.sees("Copied"));
    CHECK(desk.here() == "simulator 607-unwanted");  // the name of a header field led nowhere
    desk.press(Key::escape);
    CHECK(copied(desk) == "nothing");
    CHECK(desk.here() == "simulator 607-unwanted");

    // Two quick presses on a word.
    const Rect line = written(desk, "Max-Forwards: 70");
    const double x = line.x + line.width - 3, y = line.y + line.height / 2;
    mouse(desk, Event::Kind::move, x, y);
    for (const bool down : {true, false, true, false}) mouse(desk, Event::Kind::button, x, y, down);
    desk.frames();
    CHECK(copied(desk) == "70");
    // The next step is another text.
    desk.press(Key::right);
    CHECK(copied(desk) == "nothing");
}

TEST_CASE("Ctrl+A selects what is told of a step; of two runs beside each other, the one the mouse was over last") {
    Desk desk(call_607, "en", 1280, 1000);
    desk.settle();
    desk.press(Key::a, true);
    std::string all = copied(desk);
    CHECK(all.find("INVITE sip:") != std::string::npos);
    CHECK(all.find("Max-Forwards: 70") != std::string::npos);
    CHECK(all.find("607 Unwanted") == std::string::npos);  // of the ladder, and of a later message

    Desk two(Place{"simulator", {}, {"607-unwanted", "300-choice"}}, "en", 1280, 1000);
    two.settle();
    mouse(two, Event::Kind::move, 1200, 880);
    two.frames();
    two.press(Key::a, true);
    const std::string right = copied(two);
    mouse(two, Event::Kind::move, 400, 880);
    two.frames();
    two.press(Key::a, true);
    const std::string left = copied(two);
    CHECK(left != "nothing");
    CHECK(right != "nothing");
    CHECK(left != right);

    Desk lab(Place{"forks", {}, {}}, "en", 1280, 1000);
    lab.settle();
    lab.press(Key::a, true);
    CHECK(copied(lab).find("INVITE") != std::string::npos);
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

TEST_CASE("icons of the simulator have a word beside them where there is room, and say in a sentence what they do") {
    const std::vector<std::pair<std::string, std::string>> words{
        {"what-if", "What if?"}, {"present", "Present"},   {"true-time", "To scale"}, {"lanes", "Timers"},
        {"changes", "Changes"},  {"zoom-fit", "Fit"},      {"to-start", "Start"},     {"back-step", "Previous"},
        {"play", "Play"},        {"forward-step", "Next"}, {"to-end", "End"},
    };
    const auto worded = [&](double width, double height) {
        Desk desk(call_607, "en", width, height);
        desk.settle();
        std::string all;
        for (const auto& [id, word] : words) {
            const Rect where = thing(desk, id).where;
            for (const Ink::Written& one : desk.bench.ink().written())
                if (one.words == word && contains(where, one.where.x + 1, one.where.y + 1)) {
                    CHECK_FALSE(one.cut);
                    all += id + " ";
                }
        }
        return all;
    };
    CHECK(worded(1920, 1080) ==
          "what-if present true-time lanes changes zoom-fit to-start back-step play forward-step to-end ");
    CHECK(worded(800, 500) == "");
    Desk desk(call_607, "en", 1920, 1080);
    CHECK(thing(desk, "lanes").label == "Transactions and timers (L)");
    CHECK(thing(desk, "lanes").kind == "icon");  // its label comes on hover
    const double seek = thing(desk, "seek").where.x;
    desk.click("play");
    CHECK(desk.sees("Pause"));
    CHECK(thing(desk, "seek").where.x == seek);
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

namespace {

// A window on an exchange that goes on and on, and its minimap.
class LongDesk {
public:
    explicit LongDesk(std::size_t messages) {
        library_.messages = messages;
        bench_.ink().record(true);
        frames();
    }

    void frames() {
        for (int i = 0; i < 4 || bench_.input().pending(); ++i) {
            bench_.input().take();
            ImGui::NewFrame();
            bench_.frame(1280, 800, 0);
            ImGui::Render();
        }
    }
    void press(Key key) {
        Event event;
        event.press.key = key;
        event.down = true;
        bench_.input().add(event);
        frames();
    }
    void mouse(Event::Kind kind, double x, double y, bool down = false) {
        Event event;
        event.kind = kind;
        event.x = float(x);
        event.y = float(y);
        event.down = down;
        bench_.input().add(event);
        frames();
    }
    std::vector<std::string> rungs() const {
        std::vector<std::string> ids;
        for (const Ui::Thing& one : bench_.ui().things())
            if (one.id.starts_with("rung0:")) ids.push_back(one.id);
        return ids;
    }
    Rect map() const {
        for (const Ui::Thing& one : bench_.ui().things())
            if (one.id == "minimap:0") return one.where;
        FAIL("there is no minimap");
        return {};
    }
    // What is drawn in the minimap in colours that `wanted` wants, each connected piece as the box around it.
    std::vector<Rect> drawn(const std::function<bool(ImU32)>& wanted) const {
        const Rect strip = map();
        std::vector<Rect> boxes;
        for (int drawn = 0; drawn < ImGui::GetDrawData()->CmdListsCount; ++drawn) {
            const ImDrawList* list = ImGui::GetDrawData()->CmdLists[drawn];
            for (int i = 0; i + 3 <= list->IdxBuffer.Size; i += 3) {
                Rect box;
                for (int corner = i; corner < i + 3; ++corner) {
                    const ImDrawVert& at = list->VtxBuffer[list->IdxBuffer[corner]];
                    if (!wanted(at.col) || !contains(grown(strip, 1), at.pos.x, at.pos.y)) break;
                    const double right = std::max<double>(box.x + box.width, at.pos.x),
                                 below = std::max<double>(box.y + box.height, at.pos.y);
                    if (corner == i) box = {at.pos.x, at.pos.y, 0, 0};
                    else {
                        box.x = std::min<double>(box.x, at.pos.x), box.y = std::min<double>(box.y, at.pos.y);
                        box.width = right - box.x, box.height = below - box.y;
                    }
                    if (corner == i + 2) boxes.push_back(box);
                }
            }
        }
        return boxes;
    }
    // The frame around what is in view: the wash in it, of two triangles.
    Rect frame() const {
        const auto boxes = drawn([&](ImU32 colour) {
            return colour == bench_.ui().colour(Role::accent, 0.2f) || colour == bench_.ui().colour(Role::accent, 0.3f);
        });
        REQUIRE(boxes.size() == 2);
        return boxes.front();
    }
    // How many messages are drawn as clear as this.
    int lines(float opacity) const {
        std::set<int> at;
        for (const Rect& box : drawn([&](ImU32 colour) {
                 return std::ranges::any_of(
                     std::array{Role::text, Role::provisional, Role::success, Role::redirection, Role::request_failure,
                                Role::server_failure, Role::global_failure},
                     [&](Role role) { return colour == bench_.ui().colour(role, opacity); });
             }))
            at.insert(int(std::lround(box.y + box.height / 2)));
        return int(at.size());
    }

private:
    sipdex::test::LongLibrary library_;
    Desk desk_{call_607};
    Workbench bench_{library_, desk_.settings, desk_.textures, call_607};
};

}  // namespace

TEST_CASE("of 10,000 messages only those in sight are drawn, and the minimap leads to the others") {
    LongDesk desk(10'000);
    CHECK(desk.rungs().front() == "rung0:0");
    CHECK(desk.rungs().size() < 20);
    const Rect map = desk.map();
    desk.mouse(Event::Kind::move, map.x + map.width / 2, map.y + map.height / 2);
    desk.mouse(Event::Kind::button, 0, 0, true);
    desk.mouse(Event::Kind::button, 0, 0, false);
    const int reached = std::stoi(desk.rungs().front().substr(6));
    CHECK(reached > 4900);
    CHECK(reached < 5100);
    desk.press(Key::end);
    CHECK(desk.rungs().back() == "rung0:9999");
    CHECK(desk.rungs().size() < 20);
}

TEST_CASE("the minimap's frame lies around what is in view, and under the mouse that holds it") {
    for (const std::size_t messages : {std::size_t(100), std::size_t(10'000)}) {
        CAPTURE(messages);
        LongDesk desk(messages);
        const Rect map = desk.map();
        const double high = desk.frame().height;
        CHECK(desk.frame().y == map.y);
        CHECK(desk.frame().x + desk.frame().width == map.x + map.width);
        CHECK(desk.frame().width == map.width - 1);
        if (messages == 100)
            CHECK(high == doctest::Approx(map.height * double(desk.rungs().size()) / 100).epsilon(0.2));
        else CHECK(high == 18);
        for (const double part : {0.3, 0.6}) {
            CAPTURE(part);
            desk.mouse(Event::Kind::move, map.x + map.width / 2, map.y + part * map.height);
            desk.mouse(Event::Kind::button, 0, 0, true);
            CHECK(std::abs(desk.frame().y + high / 2 - map.y - part * map.height) < 1);
            CHECK(desk.frame().height == doctest::Approx(high));
            desk.mouse(Event::Kind::button, 0, 0, false);
            CHECK(std::abs(desk.frame().y + high / 2 - map.y - part * map.height) < 1);
        }
        desk.mouse(Event::Kind::move, 10, 10);
        desk.press(Key::end);
        CHECK(std::abs(desk.frame().y + high - map.y - map.height) < 1);
        CHECK(desk.frame().height == doctest::Approx(high));
        desk.press(Key::home);
        CHECK(desk.frame().y == map.y);
    }
}

TEST_CASE("the minimap has a line for each message, pale until the replay has come to it") {
    LongDesk desk(100);
    const int first = desk.lines(0.8f), waiting = desk.lines(0.3f);
    CHECK(first == 1);
    CHECK(first + waiting == 100);
    for (int i = 0; i < 9; ++i) desk.press(Key::right);
    CHECK(desk.lines(0.8f) == 10);
    CHECK(desk.lines(0.3f) == 90);
    desk.press(Key::end);
    CHECK(desk.lines(0.8f) == 100);
    CHECK(desk.lines(0.3f) == 0);
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
