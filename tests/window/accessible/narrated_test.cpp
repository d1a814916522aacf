// A replay as somebody hears it who does not see it.
#include <doctest/doctest.h>

#include <algorithm>

#include "window/accessible/changes.h"
#include "window/accessible/told_tree.h"
#include "window/replay/inspector.h"

using namespace sipdex;
using namespace sipdex::test;
using window::Key;
using window::accessible::Change;

namespace {

const window::Place call_607{"simulator", {}, {"607-unwanted"}};

// Reads out what a screen reader does by itself: what gets the focus, and what is said.
class Ear {
public:
    explicit Ear(Desk& desk) : desk_(desk) {}

    // Lets real seconds pass, and listens to every frame.
    void listen(double seconds = 0.5) {
        for (double gone = 0; gone < seconds; gone += 1.0 / 60) {
            desk_.pass(1.0 / 120);
            hear();
        }
    }
    void hear() {
        Tree now = told(desk_);
        for (const Change& change : changes_between(before_, now)) {
            const Node* node = now.find(change.node);
            if (change.kind != Change::Kind::state || !change.on || !node) continue;
            focused_ += change.state == State::focused;
            if (change.state == State::showing && node->role == Role::notification) heard_ += node->name + "\n";
            else if (change.state == State::focused && node->flows)
                heard_ += node->prose->words(0, node->prose->size()) + "\n";
            else if (change.state == State::focused) heard_ += "(" + node->name + ")\n";
        }
        before_ = std::move(now);
    }
    // What was heard since this was asked last, in a line.
    std::string heard() {
        std::string all = std::exchange(heard_, {});
        std::ranges::replace(all, '\n', ' ');
        return all;
    }

    // How often the focus has moved, with which a reader falls silent.
    int moved() const { return focused_; }

private:
    Desk& desk_;
    Tree before_;
    std::string heard_;
    int focused_ = 0;
};

// The narration of a message as the catalog has it, in a line.
std::string narration(Desk& desk, const std::string& exchange, std::size_t message) {
    std::string all;
    for (std::string& one : narrated(desk.bench.ui(), desk.library.replay(exchange), message)) {
        std::ranges::replace(one, '\n', ' ');
        all += one + " ";
    }
    return all;
}

std::string narrations(Desk& desk, const std::string& exchange, std::size_t from, std::size_t to) {
    std::string all;
    for (std::size_t i = from; i < to; ++i) all += narration(desk, exchange, i);
    return all;
}

std::size_t messages(Desk& desk, const std::string& exchange) {
    return desk.library.replay(exchange).recording.messages.size();
}

}  // namespace

TEST_CASE("an exchange that is opened and played is heard: each narration whole, once and in order") {
    Desk desk({"simulator", {}, {}});
    desk.settle();
    desk.bench.listen(true);
    Ear ear(desk);
    ear.listen();
    ear.heard();
    desk.bench.grant(Wish{Wish::Kind::press, "exchange:607-unwanted"});
    ear.listen();
    CHECK(ear.heard() == narration(desk, "607-unwanted", 0));
    const std::size_t count = messages(desk, "607-unwanted");
    REQUIRE(count > 3);
    const int moved = ear.moved();
    desk.press(Key::space);
    for (int i = 0; i < 60; ++i) ear.listen(1);
    CHECK(ear.heard() == narrations(desk, "607-unwanted", 1, count));
    CHECK(ear.moved() == moved);
}

TEST_CASE("steps are heard as they are gone to, back and forth, whether the ladder has the focus or nothing") {
    Desk desk(call_607);
    heard(desk);
    Ear ear(desk);
    ear.listen();
    ear.heard();
    desk.press(Key::right);
    ear.listen();
    CHECK(ear.heard() == narration(desk, "607-unwanted", 1));
    desk.press(Key::left);
    ear.listen();
    CHECK(ear.heard() == narration(desk, "607-unwanted", 0));
    desk.press(Key::end);
    ear.listen();
    const std::size_t count = messages(desk, "607-unwanted");
    CHECK(ear.heard() == narration(desk, "607-unwanted", count - 1));
    desk.press(Key::home);
    ear.listen();
    ear.heard();

    desk.bench.grant(Wish{Wish::Kind::focus, "ladder:0"});
    ear.listen();
    ear.heard();
    desk.press(Key::down);
    ear.listen();
    const std::string stepped = ear.heard();
    CHECK(stepped.starts_with("("));  // the message of the ladder, which has the focus
    CHECK(stepped.ends_with(") " + narration(desk, "607-unwanted", 1)));
}

TEST_CASE("who has read on in a narration hears the next one whole, and once") {
    Desk desk(call_607);
    heard(desk);
    Ear ear(desk);
    ear.listen();
    for (std::size_t message = 1; message < messages(desk, "607-unwanted"); ++message) {
        desk.press(Key::down);
        desk.press(Key::down);
        ear.listen();
        ear.heard();
        desk.press(Key::right);
        ear.listen();
        CHECK(ear.heard() == narration(desk, "607-unwanted", message));
    }
}

TEST_CASE("states, timers and changes that are shown beside a narration do not repeat it") {
    Desk desk(call_607);
    heard(desk);
    desk.press(Key::right);
    Ear ear(desk);
    ear.listen();
    ear.heard();
    for (const Key key : {Key::l, Key::d, Key::t}) {
        desk.press(key);
        ear.listen();
        CHECK(ear.heard() == "");
    }
}

TEST_CASE("of two replays beside each other each message is heard once") {
    Desk desk({"simulator", {}, {"607-unwanted", "300-choice"}});
    desk.settle();
    desk.bench.listen(true);
    Ear ear(desk);
    ear.listen();
    const std::string begun = ear.heard();
    CHECK(begun.find(narration(desk, "607-unwanted", 0)) != std::string::npos);
    CHECK(begun.find(narration(desk, "300-choice", 0)) != std::string::npos);
    desk.press(Key::space);
    for (int i = 0; i < 120; ++i) ear.listen(1);
    const std::string all = ear.heard();
    for (const char* exchange : {"607-unwanted", "300-choice"}) {
        std::size_t at = 0;
        for (std::size_t i = 1; i < messages(desk, exchange); ++i) {
            const std::string one = narration(desk, exchange, i);
            const std::size_t found = all.find(one, at);
            CHECK_MESSAGE(found != std::string::npos, one);
            if (found != std::string::npos) at = found + one.size();
        }
    }
    std::size_t length = 0;
    for (const char* exchange : {"607-unwanted", "300-choice"})
        length += narrations(desk, exchange, 1, messages(desk, exchange)).size();
    CHECK(all.size() == length);
}
