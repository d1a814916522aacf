#include "window/ladder/player.h"

#include <doctest/doctest.h>

using sipdex::recording::Recording;
using sipdex::window::Player;
using sipdex::window::Time;

namespace {

Recording sent_at(std::initializer_list<int> milliseconds) {
    Recording recording;
    for (const int at : milliseconds) {
        recording.messages.emplace_back();
        recording.messages.back().sent = std::chrono::milliseconds(at);
    }
    return recording;
}

}  // namespace

TEST_CASE("two recordings share a step where they send at the same moment") {
    const Recording one = sent_at({0, 100, 100}), other = sent_at({0, 50, 100});
    const Player player({&one, &other});
    REQUIRE(player.steps().size() == 4);
    CHECK(player.steps()[0].messages[0] == 0);
    CHECK(player.steps()[0].messages[1] == 0);
    CHECK_FALSE(player.steps()[1].messages[0]);
    CHECK(player.steps()[1].messages[1] == 1);
    CHECK(player.steps()[2].messages[0] == 1);
    CHECK(player.steps()[2].messages[1] == 2);
    CHECK(player.steps()[3].messages[0] == 2);
}

TEST_CASE("stepping stops at both ends") {
    const Recording recording = sent_at({0, 10});
    Player player({&recording});
    player.back();
    CHECK(player.step() == 0);
    player.forward();
    player.forward();
    CHECK(player.step() == 1);
    CHECK(player.position() == 1);
    CHECK(player.clock() == std::chrono::milliseconds(10));
}

TEST_CASE("playing shortens a long wait while the clock stays true") {
    const Recording recording = sent_at({0, 32000});
    Player player({&recording});
    player.play();
    player.advance(1.3);
    CHECK(player.clock() == std::chrono::seconds(16));
    player.advance(1.4);
    CHECK(player.step() == 1);
    CHECK_FALSE(player.playing());
}

TEST_CASE("at four times the speed a replay takes a quarter of the time") {
    const Recording recording = sent_at({0, 1000, 2000});
    Player player({&recording});
    player.set_speed(4);
    player.play();
    player.advance(0.49);
    CHECK(player.playing());
    player.advance(0.02);
    CHECK_FALSE(player.playing());
    CHECK(player.step() == 2);
}

TEST_CASE("playing at the end begins again") {
    const Recording recording = sent_at({0, 10, 20});
    Player player({&recording});
    player.to_end();
    player.play();
    CHECK(player.step() == 0);
    CHECK(player.playing());
}

TEST_CASE("a recording without messages has nothing to play") {
    const Recording recording;
    Player player({&recording});
    player.play();
    player.forward();
    player.seek(0.7);
    player.advance(5);
    CHECK(player.empty());
    CHECK_FALSE(player.playing());
    CHECK_FALSE(player.latest(0));
}
