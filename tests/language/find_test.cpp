#include <doctest/doctest.h>

#include "language/find.h"

using sipdex::language::Finder;

namespace {

// What was found, piece by piece, with bars between.
std::string found(const std::string& wanted, const std::string& text, const char* tag = "en") {
    std::string all;
    for (const auto& match : Finder(wanted, tag).in(text))
        all += (all.empty() ? "" : "|") + text.substr(match.first, match.last - match.first);
    return all;
}

}  // namespace

TEST_CASE("words are found whatever their case and accents") {
    CHECK(found("busy", "486 Busy Here, BUSY Everywhere") == "Busy|BUSY");
    CHECK(found("occupe", "Le poste est occupé, la ligne OCCUPÉE", "fr") == "occupé|OCCUPÉ");
    CHECK(found("strasse", "Hauptstraße", "de") == "straße");
    CHECK(found("звонок", "Этот Звонок", "ru") == "Звонок");
    CHECK(found("通話", "通話中です", "ja") == "通話");
}

TEST_CASE("marks that only tell a direction hide nothing") {
    CHECK(found("486 busy", "\u2066486\u2069 Busy Here") == "486\u2069 Busy");
}

TEST_CASE("matches do not overlap, and nothing is found where nothing is") {
    CHECK(found("aa", "aaaaa") == "aa|aa");
    CHECK(found("", "anything") == "");
    CHECK(found("x", "") == "");
    CHECK(found("\u2066", "486") == "");
    CHECK(found("b",
                "a\xff"
                "b\xc3") == "b");
}
