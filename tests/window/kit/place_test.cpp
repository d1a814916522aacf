#include "window/kit/place.h"

#include <doctest/doctest.h>

using sipdex::document::ToResponse;
using sipdex::window::History;
using sipdex::window::Place;
using sipdex::window::place_in_words;
using sipdex::window::words_of;

TEST_CASE("going back and on again leads through the same places") {
    History history(Place{"start", {}, {}});
    history.go({"reference", ToResponse{"607"}, {}});
    history.here().scroll = 420;
    history.go({"compare", {}, {"300", "607"}});
    history.back();
    CHECK(history.here().scroll == 420);
    history.forward();
    CHECK(history.here().view == "compare");
    CHECK_FALSE(history.can_go_forward());
}

TEST_CASE("going elsewhere from the past forgets what lay ahead") {
    History history(Place{"start", {}, {}});
    history.go({"reference", ToResponse{"607"}, {}});
    history.back();
    history.go({"reference", ToResponse{"300"}, {}});
    CHECK_FALSE(history.can_go_forward());
    history.back();
    CHECK(history.here().view == "start");
}

TEST_CASE("going where one is adds no step back") {
    History history(Place{"start", {}, {}});
    history.go({"start", {}, {}});
    CHECK_FALSE(history.can_go_back());
}

TEST_CASE("a remembered place keeps the changes of a what-if and the phones of a fork lab") {
    const Place what_if{"simulator", {}, {"486-busy"},
                        0,           0,  {"bob answers 603 after 2s", "lose 1st 200 to INVITE bob -> proxy"}};
    CHECK(place_in_words(words_of(what_if)).same_as(what_if));
    const Place lab{"forks", {}, {"486@12s", "180", "off"}};
    CHECK(place_in_words(words_of(lab)).same_as(lab));
}
