#include <doctest/doctest.h>

#include "document/keep_together.h"

using namespace sipdex::document;

TEST_CASE("an RFC and its number, a cause and its number are kept on one line") {
    CHECK(glued("see RFC 3261 §8.1.3.2, RFC 6665") == "see RFC\u00a03261 §8.1.3.2, RFC\u00a06665");
    CHECK(glued("(cause 17) Cause 34 les causes 1 et 3") == "(cause\u00a017) Cause\u00a034 les causes 1 et 3");
    CHECK(glued("because 17 of them") == "because 17 of them");
    CHECK(glued("l’RFC 3261 a pour cause deux pannes") == "l’RFC 3261 a pour cause deux pannes");
    CHECK(glued("RFC ") == "RFC ");
    CHECK(glued("") == "");
    const auto ranges = kept_together("x RFC 3261, y");
    REQUIRE(ranges.size() == 1);
    CHECK(ranges[0].begin == 2);
    CHECK(ranges[0].end == 10);
}
