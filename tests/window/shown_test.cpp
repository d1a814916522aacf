// What each view shows: its title, everything that can be pressed with its state, and the words, in their order. Where
// they stand is left to the eye and to the fonts of the machine, but they stand within the window and not on each other.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "window/harness.h"

using sipdex::document::ToResponse;
using sipdex::document::ToTerm;
using sipdex::test::Desk;
using sipdex::window::Key;
using sipdex::window::Place;

namespace {

// The dump without places; words run on, wherever a line was broken.
std::string shown(const Desk& desk) {
    std::istringstream lines(desk.bench.dump());
    std::string text, words;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream cells(line);
        std::string kind, id, where, rest;
        std::getline(cells, kind, '\t'), std::getline(cells, id, '\t');
        if (kind != "title" && kind != "place" && kind != "language") std::getline(cells, where, '\t');
        std::getline(cells, rest);
        if (kind == "words") words += rest + "\n";
        else text += kind + " | " + id + (rest.empty() ? "" : " | " + rest) + "\n";
    }
    std::replace(text.begin(), text.end(), '\t', ' ');
    return text + words;
}

struct Shown {
    const char* name;
    Place place;
    std::vector<Key> keys;
};

std::vector<Shown> all_shown() {
    Place changed{"simulator", {}, {"607-unwanted"}};
    changed.changes = {"lose 1st INVITE alice -> proxy"};
    Place forks{"forks", {}, {"486@3s", "603@5s"}};
    return {
        {"start", {"start", {}, {}}, {}},
        {"reference", {"reference", ToResponse{"607"}, {}}, {}},
        {"term", {"reference", ToTerm{"early-dialog"}, {}}, {}},
        {"compare", {"compare", {}, {"607", "300"}}, {}},
        {"compare-three", {"compare", {}, {"607", "300", "603"}}, {}},
        {"compare-none", {"compare", {}, {}}, {}},
        {"simulator", {"simulator", {}, {"607-unwanted"}}, {Key::right, Key::right, Key::right}},
        {"simulator-two", {"simulator", {}, {"300-choice", "607-unwanted"}}, {Key::right}},
        {"simulator-changed", changed, {}},
        {"forks", forks, {}},
        {"keys", {"start", {}, {}}, {Key::f1}},
    };
}

}  // namespace

TEST_CASE("each view shows its things in their order and state, and its words") {
    for (const Shown& one : all_shown())
        for (const std::string language : {"en", "fr"}) {
            Desk desk(one.place, language);
            for (const Key key : one.keys) desk.press(key);
            desk.settle();
            CHECK(sipdex::test::difference_from_expected("window/" + std::string(one.name) + "." + language + ".txt",
                                                         shown(desk)) == "");
        }
}

TEST_CASE("what can be pressed lies within the window, and buttons do not lie on each other") {
    for (const Shown& one : all_shown())
        for (const double width : {1280.0, 1000.0}) {
            Desk desk(one.place, "fr", width, 800);
            desk.settle();
            const auto& things = desk.bench.ui().things();
            for (std::size_t i = 0; i < things.size(); ++i) {
                const auto& a = things[i];
                if (a.kind != "button") continue;
                CAPTURE(one.name);
                CAPTURE(a.id);
                CHECK(a.where.width > 0);
                CHECK(a.where.x >= 0);
                CHECK(a.where.x + a.where.width <= width + 0.5);
                for (std::size_t j = i + 1; j < things.size(); ++j) {
                    const auto& b = things[j];
                    if (b.kind != "button" || b.layer != a.layer) continue;
                    const bool apart =
                        a.where.x + a.where.width <= b.where.x + 0.5 || b.where.x + b.where.width <= a.where.x + 0.5 ||
                        a.where.y + a.where.height <= b.where.y + 0.5 || b.where.y + b.where.height <= a.where.y + 0.5;
                    CHECK_MESSAGE(apart, a.id, " lies on ", b.id);
                }
            }
        }
}

TEST_CASE("no words of a page lie across the edge of a button") {
    for (const Shown& one : all_shown())
        for (const double width : {1920.0, 1280.0, 1000.0, 800.0}) {
            Desk desk(one.place, "fr", width, 800);
            desk.settle();
            for (const auto& thing : desk.bench.ui().things()) {
                if (thing.kind != "button") continue;
                const auto& box = thing.where;
                for (const auto& written : desk.bench.ink().written()) {
                    const auto& words = written.seen;
                    const bool apart = words.x + words.width <= box.x + 1 || box.x + box.width <= words.x + 1 ||
                                       words.y + words.height <= box.y + 3 || box.y + box.height <= words.y + 3;
                    const bool inside = words.x >= box.x - 1 && words.x + words.width <= box.x + box.width + 1;
                    CHECK_MESSAGE((apart || inside), one.name, " at ", width, ": “", written.words, "” lies across ",
                                  thing.id);
                }
            }
        }
}

TEST_CASE("in a wide window the head of a page begins where its text begins") {
    for (const double width : {1280.0, 1920.0, 2560.0}) {
        Desk desk({"reference", ToResponse{"607"}, {}}, "en", width, 1200);
        desk.settle();
        double head = -1, text = -1;
        for (const auto& written : desk.bench.ink().written()) {
            if (written.words == "607" && head < 0 && written.where.height > 30) head = written.where.x;
            if (written.words == "Typical causes" && text < 0) text = written.where.x;
        }
        CAPTURE(width);
        CHECK(std::abs(head - text) < 48);  // the code stands in a shape of its class
        CHECK(text > 296);                  // right of the sidebar
    }
}
