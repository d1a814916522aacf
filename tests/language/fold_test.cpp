#include "language/fold.h"

#include <doctest/doctest.h>

using namespace sipdex::language;

TEST_CASE("folding forgets case and accents but not the script") {
    CHECK(folded("ENREGISTRÉ") == "enregistre");
    CHECK(folded("Łódź Straße cœur") == "lodz strasse coeur");
    CHECK(folded("Москва") == "москва");
    CHECK(folded("６０７") == "607");
}

TEST_CASE("of ASCII only the case of letters is forgotten") {
    // An accented letter before it sends a text through all the rules of folding.
    std::string ascii;
    for (char c = 1; c > 0 && c < 0x7f; ++c) ascii += c;
    CHECK("e" + folded(ascii) == folded("é" + ascii));
}

TEST_CASE("words are found by the boundaries of their language") {
    CHECK(folded_words("L’appelant n’a pas répondu : 486 !", "fr") ==
          std::vector<std::string>{"l", "appelant", "n", "a", "pas", "repondu", "486"});
    CHECK(folded_words("Retry-After", "en") == std::vector<std::string>{"retry", "after"});
    CHECK(folded_words("协议错误", "zh").size() == 2);
    CHECK(folded_words(" …! ", "en").empty());
}

TEST_CASE("a swap of neighbours is one typo") {
    CHECK(typos_between("unwnated", "unwanted", 2) == 1);
    CHECK(typos_between("busy", "buzy", 1) == 1);
    CHECK(typos_between("busy", "bus", 1) == 1);
    CHECK(typos_between("busy", "gone", 1) == 2);
    CHECK(typos_between("é", "e", 2) == 1);
    CHECK(typos_between("", "abc", 3) == 3);
    CHECK(typos_between("registration", "regsitartion", 2) == 2);
    CHECK(typos_between("registration", "gistration", 2) == 2);
    CHECK(typos_between("registration", "gistrations", 2) == 3);
}
