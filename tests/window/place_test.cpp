#include "window/place.h"

#include <doctest/doctest.h>

using sipdex::document::ToResponse;
using sipdex::window::History;
using sipdex::window::Place;

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
