#include <doctest/doctest.h>

#include "language/spellings.h"

using sipdex::language::Spellings;

namespace {

std::string near(const Spellings& known, const std::string& word, int typos) {
    std::string all;
    for (const std::string& one : known.nearest(word, typos)) all += (all.empty() ? "" : " ") + one;
    return all;
}

}  // namespace

TEST_CASE("a word with a typo leads to the known ones near it, in scripts of one, two and three octets a letter") {
    const Spellings known({"busy", "call", "занято", "звонок", "话忙", "通话中"});
    CHECK(near(known, "bsy", 1) == "busy");
    CHECK(near(known, "анято", 1) == "занято");
    CHECK(near(known, "звоник", 1) == "звонок");
    CHECK(near(known, "话中", 1) == "话忙 通话中");
    CHECK(near(known, "bu", 1) == "bu");  // begins a known one
    CHECK(near(known, "xyzzy", 1) == "xyzzy");
    CHECK(near(known, "bsy", 0) == "bsy");
}
