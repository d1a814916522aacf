// What holds for all rules and all exchanges of the catalog.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

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

TEST_CASE("what the flows of RFC 3665 and RFC 5359 are found to have is what they are there to show") {
    const std::filesystem::path flows = shared_folder() / "corpus/logs/rfc-flows";
    if (shared_folder().empty()) {
        std::cout << "skipped: there are no flows beside the repository\n";
        return;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(flows)) files.push_back(entry.path());
    std::ranges::sort(files);
    std::string all;
    for (const auto& file : files)
        if (const std::string worse = worse_than_notes(judged_file(file)); !worse.empty())
            all += file.stem().string() + ": " + worse;
    CHECK(all ==
          "rfc3665-2.5-unsuccessful_registration: fault challenge-refused\n"
          "rfc3665-3.10-unsuccessful_no_response_from_user_agent: fault timeout-silent-hop\n");
}
