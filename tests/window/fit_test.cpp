// Every view at every size, scale and length of words: nothing is cut without a way to read it, nothing lies on anything else.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "window/harness.h"

using namespace sipdex;
using document::ToResponse;
using document::ToTerm;
using sipdex::test::Desk;
using window::Key;
using window::Place;
using window::Rect;

namespace {

struct Shown {
    const char* name;
    Place place;
    std::vector<Key> keys;
    Key with_control = Key::none;  // pressed after them
    const char* typed = "";        // and then
    std::vector<const char*> clicks = {};
};

std::vector<Shown> all_shown() {
    Place forks{"forks", {}, {"486@3s", "603@5s"}};
    return {
        {"start", {"start", {}, {}}, {}},
        {"response", {"reference", ToResponse{"607"}, {}}, {}},
        {"term", {"reference", ToTerm{"early-dialog"}, {}}, {}},
        {"two", {"compare", {}, {"607", "300"}}, {}},
        {"three", {"compare", {}, {"607", "300", "603"}}, {}},
        {"pairs", {"compare", {}, {}}, {}},
        {"exchanges", {"simulator", {}, {}}, {}},
        {"replay", {"simulator", {}, {"607-unwanted"}}, {Key::right, Key::right}},
        {"replays", {"simulator", {}, {"300-choice", "607-unwanted"}}, {Key::right}},
        {"present", {"simulator", {}, {"607-unwanted"}}, {Key::right, Key::p}},
        {"forks", forks, {}},
        {"evidence", {"evidence", {}, {}}, {}},
        {"evidence read", {"evidence", {}, {"office.pcapng"}}, {}},
        {"evidence while read", {"evidence", {}, {"slow"}}, {}},
        {"evidence not read", {"evidence", {}, {"empty"}}, {}},
        {"keys", {"start", {}, {}}, {Key::f1}},
        {"sheet", {"reference", ToResponse{"607"}, {}}, {}, Key::e},
        {"sheet of two", {"compare", {}, {"300", "607"}}, {}, Key::e, "", {"landscape", "handout"}},
        {"sheet of three", {"compare", {}, {"300", "603", "607"}}, {}, Key::e},
        {"sheet as text", {"reference", ToResponse{"607"}, {}}, {}, Key::e, "", {"sheet-format", "menu:md"}},
        {"paper of a sheet", {"reference", ToResponse{"607"}, {}}, {}, Key::e, "", {"sheet-paper"}},
        {"sheet saved", {"reference", ToResponse{"607"}, {}}, {}, Key::e, "", {"save-sheet"}},
        {"notes", {"compare", {}, {"300", "607"}}, {}, Key::n},
        {"offers", {"reference", ToResponse{"607"}, {}}, {}, Key::k},
        {"hits", {"start", {}, {}}, {}, Key::k, "busy"},
        {"found", {"reference", ToResponse{"607"}, {}}, {}, Key::f, "call"},
    };
}

struct Size {
    double width, height, scale;
};
const std::vector<Size> sizes = {
    {800, 500, 0.75}, {800, 500, 1},     {1280, 800, 1},  {1280, 800, 1.5}, {1280, 800, 2},
    {1920, 1080, 1},  {1920, 1080, 1.5}, {1920, 1080, 3}, {3840, 2160, 1},  {3840, 2160, 3},
};
const std::vector<std::string> speeches = {"en", "fr", "longer", "mirrored"};

double overlap(double a, double a_length, double b, double b_length) {
    return std::min(a + a_length, b + b_length) - std::max(a, b);
}

// What is wrong with a window, each once.
std::set<std::string> faults_of(Desk& desk) {
    std::set<std::string> faults;
    const auto& written = desk.bench.ink().written();
    const auto& things = desk.bench.ui().things();
    const double scale = desk.bench.ui().scale();
    struct Box {
        Rect rect;
        std::size_t text;
    };
    std::vector<Box> boxes;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const auto& one = written[i];
        // What is cut can be read whole as the hint of its row or button, or where the window is wider.
        const bool told = std::ranges::any_of(things, [&](const auto& thing) {
            const Rect where = desk.bench.ink().on_screen(thing.where);
            return thing.label.find(one.words) != std::string::npos && !one.inked.empty() &&
                   window::contains(where, one.inked[0].x + 1, one.inked[0].y + one.inked[0].height / 2);
        });
        if (one.cut && !told) faults.insert("cut: “" + one.words + "”");
        // A ladder of many parties is moved sideways in its place.
        const bool panned = std::ranges::any_of(things, [&](const auto& thing) {
            const Rect where = desk.bench.ink().on_screen(thing.where);
            return thing.kind == "ladder" && std::abs(where.x - one.clip.x) < 1 &&
                   std::abs(where.width - one.clip.width) < 1;
        });
        for (const Rect& line : one.inked) {
            const Rect seen = window::common(line, one.clip);
            if (seen.height < line.height / 2) continue;  // scrolled away
            if (line.width - seen.width > 3 * scale && seen.width > 0 && !panned)
                faults.insert("out of its place: “" + one.words + "”");
            if (seen.width > 0) boxes.push_back({seen, i});
        }
    }
    for (std::size_t i = 0; i < boxes.size(); ++i)
        for (std::size_t j = i + 1; j < boxes.size(); ++j) {
            const auto &a = boxes[i], &b = boxes[j];
            if (a.text == b.text || written[a.text].layer != written[b.text].layer) continue;
            const double wide = overlap(a.rect.x, a.rect.width, b.rect.x, b.rect.width);
            const double high = overlap(a.rect.y, a.rect.height, b.rect.y, b.rect.height);
            // Lines are higher than their letters: a third of one may lie under another.
            if (wide > 2 && high > std::min(a.rect.height, b.rect.height) * 0.4)
                faults.insert("on each other: “" + written[a.text].words + "” and “" + written[b.text].words + "”");
        }
    return faults;
}

}  // namespace

TEST_CASE("at every size and scale, in languages with longer words and from right to left, words are whole and apart") {
    for (const Shown& one : all_shown())
        for (const Size& size : sizes)
            for (const std::string& speech : speeches) {
                Desk desk(one.place, speech == "fr" ? "fr" : "en", size.width, size.height,
                          {{"text-size", std::to_string(size.scale)}});
                if (speech == "longer" || speech == "mirrored") desk.library.speak_pseudo(speech == "mirrored");
                for (const Key key : one.keys) desk.press(key);
                if (one.with_control != Key::none) desk.press(one.with_control, true);
                desk.type(one.typed);
                for (const char* id : one.clicks) {
                    desk.bench.grant(window::accessible::Wish{window::accessible::Wish::Kind::press, id});
                    desk.frames(6);
                }
                desk.frames(6);
                if (!one.clicks.empty()) desk.settle();
                std::string told;
                for (const std::string& fault : faults_of(desk)) told += "\n  " + fault;
                CHECK_MESSAGE(told.empty(), std::string(one.name), " at ", size.width, "x", size.height, ", ",
                              size.scale * 100, " %, ", speech, told);
            }
}
