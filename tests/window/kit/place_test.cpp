#include "window/kit/place.h"

#include <doctest/doctest.h>

#include <vector>

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

TEST_CASE("a place has an address, and the address leads back to it") {
    using sipdex::document::ToTerm;
    using sipdex::window::link_of;
    using sipdex::window::place_of_link;
    CHECK(link_of({"compare", {}, {"300", "607"}}, "fr") == "sipdex://compare/300/607?lang=fr");
    const std::vector<Place> places = {
        {"reference", ToResponse{"603-network-blocked"}, {}},
        {"reference", ToTerm{"path/busy-at-once"}, {}},
        {"reference", ToTerm{"header/Retry-After"}, {}},
        {"reference", ToTerm{"index/"}, {}},
        {"compare", {}, {"300", "486", "607"}},
        {"simulator", {}, {"486-busy"}, 0, 0, {"bob answers 603 after 2s", "lose 1st 200 to INVITE bob -> proxy"}},
        {"forks", {}, {"486@12s", "180", "off"}},
        {"start", {}, {}}};
    for (const Place& place : places) {
        const std::string link = link_of(place, "en");
        CAPTURE(link);
        CHECK(link.find(' ') == std::string::npos);
        const auto back = place_of_link(link);
        REQUIRE(back);
        CHECK(back->place.same_as(place));
        CHECK(back->language == "en");
    }
    CHECK(place_of_link("sipdex:compare/300/607")->place.ids.size() == 2);
    for (const char* const wrong : {"", "sip:bob@example.com", "sipdex:", "sipdex://", "sipdex://nowhere/1",
                                    "sipdex://response", "sipdex://term/", "sipdex://compare/1/2/3/4/5/6/7"}) {
        CAPTURE(wrong);
        CHECK_FALSE(place_of_link(wrong));
    }
    // What was pasted in stays with whoever pasted it.
    CHECK(link_of({"reference", ToTerm{"pasted/SIP/2.0 486 Busy Here"}, {}}, "en").empty());
}
