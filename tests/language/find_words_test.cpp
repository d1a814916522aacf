#include <doctest/doctest.h>

#include "language/find_words.h"

using sipdex::language::find_words;

TEST_CASE("words are found whole, in any case, across a line's end, and with their accents only") {
    CHECK(find_words("It Stands in the way", "stands in") == 3);
    CHECK(find_words("it stands\nin the way", "stands in") == 3);
    CHECK(find_words("il nomme « l’autre\u00a0côté »", "l’autre côté") == 12);
    CHECK_FALSE(find_words("It stands inside", "stands in"));
    CHECK_FALSE(find_words("bystands in", "stands in"));
    CHECK_FALSE(find_words("le retard est note", "noté"));
    CHECK(find_words("(*DOIT*, RFC 3261)", "(*doit*") == 0);
    CHECK_FALSE(find_words("", "anew"));
    CHECK_FALSE(find_words("anew", ""));
}

TEST_CASE("a beginning of words is found at the beginning of words only") {
    CHECK(find_words("une bifurcation", "bifur…") == 4);
    CHECK(find_words("il bifurque", "bifur…") == 3);
    CHECK_FALSE(find_words("trifurque", "furque…"));
    CHECK_FALSE(find_words("bifur", "…"));
}
