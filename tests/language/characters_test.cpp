#include "language/characters.h"

#include <doctest/doctest.h>

using namespace sipdex::language;

TEST_CASE("what would steer a terminal or turn the reading direction is shown as a sign") {
    CHECK(clean("a\x1b[31mb") == "a\uFFFD[31mb");
    CHECK(clean("a\u009bb\x7f") == "a\uFFFDb\uFFFD");
    CHECK(clean("a\u202egnp.exe\u202c \u2066x\u2069") == "a\uFFFDgnp.exe\uFFFD \uFFFDx\uFFFD");
    CHECK(clean("one\r\ntwo\tthree\u2028four") == "one\ntwo three\nfour");
    CHECK(clean("\xff\xc3(\xe2\x82") == "\uFFFD\uFFFD(\uFFFD\uFFFD");
    CHECK(clean("été, Łódź, 日本, سلام\u200f") == "été, Łódź, 日本, سلام\u200f");
}

TEST_CASE("what somebody typed stands on one line, cut where it is far too long, with a sign") {
    CHECK(shown("  486 Busy\nHere\r\n") == "  486 Busy Here");
    CHECK(shown("a\u200fb\u061cc") == "abc");
    CHECK(shown("abcdef", 6) == "abcdef");
    CHECK(shown("abcdef", 3) == "abc…");
    CHECK(shown("ae\u0301e\u0301", 2) == "a…");
    CHECK(shown(
              "e" +
                  [] {
                      std::string marks;
                      for (int i = 0; i < 50; ++i) marks += "\u0301";
                      return marks;
                  }(),
              3) == "e\u0301\u0301…");
    CHECK(shown(std::string(1 << 20, '<')) == std::string(most_shown, '<') + "…");
    CHECK(shown("") == "");
}

TEST_CASE("letters take the columns that terminals give them") {
    CHECK(width_of("Busy") == 4);
    CHECK(width_of("東京") == 4);
    CHECK(width_of("e\u0301te\u0301") == 3);
    CHECK(width_of("\U0001F600") == 2);
    CHECK(width_of("শক্ত") == 3);                 // Bengali: the sign that joins two consonants takes none
    CHECK(width_of("กำลัง") == 4);                // Thai: two marks above take none
    CHECK(width_of("\u1112\u1161\u11ab") == 2);  // Hangul spelt out
}

TEST_CASE("JSON keeps its values and loses what steers a terminal") {
    CHECK(escaped_json("{\"a\": \"é\u009b\u202e\u2028\x7f\u200e日\"}") ==
          "{\"a\": \"é\\u009b\\u202e\\u2028\\u007f\\u200e日\"}");
}
