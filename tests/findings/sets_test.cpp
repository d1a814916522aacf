// What holds for all rules and all exchanges of the catalog.
#include <doctest/doctest.h>

#include "findings/judged.h"
#include "simulator/drawing.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;

TEST_CASE("what each exchange of the catalog is found to have") {
    std::string all;
    for (const std::string& id : exchange_ids()) all += id + "\n" + judged_exchange(exchange_named(id)) + "\n";
    CHECK(difference_from_expected("findings/exchanges.txt", all) == "");
}
